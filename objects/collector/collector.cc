#include "objects/collector/collector.h"

#include <cassert>
#include <utility>

#include "memory/heap.h"
#include "memory/memory_watch.h"
#include "objects/model/error.h"
#include "runtime/hostile.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<bool> g_collecting{false};  // I1
constinit SysAtomic<bool> g_enabled{true};
constinit SysAtomic<Collector::Observer> g_observer{nullptr};

// The collector's turn, from construction to destruction, if nobody has it.
class Turn {
 public:
  // acquire, release: what one collection left to the next.
  Turn() noexcept : is_mine_(!g_collecting.exchange(true, kAcquire)) {}
  ~Turn() {
    if (is_mine_) g_collecting.store(false, kRelease);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return is_mine_; }

 private:
  const bool is_mine_;
};

// Stops the world for one phase, and notes how long the others had to wait.
template <class Phase>
auto stopped(Phase&& phase) noexcept {
  const platform::Nanos began = platform::now();
  World::stop(StopKind::kPause);
  const struct Start {
    explicit Start(platform::Nanos time) noexcept : began(time) {}
    ~Start() {
      World::start();
      StatisticsKeeper::note_pause(platform::now() - began);
    }
    const platform::Nanos began;
  } start(began);
  return phase();
}

void tell(Collector::Event event, const Collected& result) noexcept {
  // acquire: pairs with the release in set_observer.
  if (const Collector::Observer observer = g_observer.load(kAcquire)) observer(event, result);
}

// The phases, as objects/collector/collection.h draws them. False: no memory.
[[nodiscard]] bool run(Collection& collection) noexcept {
  collection.prepare();
  const bool found = stopped([&] {
    if (!collection.find_stopped()) return false;
    collection.claim_stopped();
    return true;
  });
  if (!found) return false;
  collection.call_back();
  collection.finalize();
  // Without a call nobody can have brought anything back, and the others need not wait again.
  if (collection.has_called_out()) stopped([&] { collection.spare_resurrected_stopped(); });
  collection.clear();
  return true;
}

[[nodiscard]] Collected collect_in_turn() noexcept {
  Collection collection;
  if (!run(collection)) {
    StatisticsKeeper::note_given_up();
    Pacing::put_off();
    return {.how = Collected::How::kNoMemory};
  }
  // What is free again does not count as in use, so give it back before the next limit is set.
  if (collection.found() != 0) heap::trim();
  StatisticsKeeper::note(collection);
  Pacing::plan_next(collection.scanned(), collection.found() - collection.spared());
  return {.found = collection.found(), .spared = collection.spared()};
}

bool is_due() noexcept {
  return Collector::is_enabled() &&
         (MemoryWatch::is_over_limit() || Hostile::has(Hostile::Mode::kMemory));
}

void at_safepoint() noexcept {
  if (is_due()) static_cast<void>(Collector::collect());
}

}  // namespace

void Collector::start() noexcept {
  set_safepoint_hook(Breaker::kMemory, at_safepoint);
  Pacing::put_off();
}

Collected Collector::collect() noexcept {
  assert(Thread::current()->no_suspend == 0 && !World::is_pause_of_mine());
  const Turn turn;
  if (!turn) return {.how = Collected::How::kBusy};
  Error before = Error::take();
  tell(Event::kStart, {});
  const Collected result = collect_in_turn();
  tell(Event::kStop, result);
  std::move(before).restore();
  return result;
}

// relaxed, all: a wish, and nothing hangs on it.
void Collector::enable() noexcept { g_enabled.store(true, kRelaxed); }
void Collector::disable() noexcept { g_enabled.store(false, kRelaxed); }
bool Collector::is_enabled() noexcept { return g_enabled.load(kRelaxed); }

bool Collector::is_collecting() noexcept {
  return g_collecting.load(kRelaxed);
}  // relaxed: a glance

void Collector::set_observer(Observer observer) noexcept {
  g_observer.store(observer, kRelease);  // pairs with the acquire in tell
}

CollectorStatistics Collector::statistics() noexcept { return StatisticsKeeper::read(); }

void Collector::after_fork_child() noexcept {
  g_collecting.store(false, kRelaxed);  // relaxed: one thread exists
  SideTables::forget_after_fork();
}

}  // namespace orochi::inline OROCHI_DESIGN
