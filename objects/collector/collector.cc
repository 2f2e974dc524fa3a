#include "objects/collector/collector.h"

#include <cassert>

#include "memory/heap.h"
#include "memory/memory_watch.h"
#include "objects/model/call_out.h"
#include "runtime/hostile.h"
#include "runtime/lifecycle.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using How = Collected::How;

constinit SysAtomic<const Thread*> g_collecting{nullptr};  // I1: who; null: nobody
constinit SysAtomic<bool> g_enabled{true};
constinit SysAtomic<Collector::Observer> g_observer{nullptr};

// The collector's turn, from construction to destruction, if nobody has it.
class Turn {
 public:
  Turn() noexcept : is_mine_(take()) {}
  ~Turn() {
    if (is_mine_) g_collecting.store(nullptr, kRelease);  // pairs with the acquire in take
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return is_mine_; }

 private:
  [[nodiscard]] static bool take() noexcept {
    const Thread* nobody = nullptr;
    // acquire: what one collection left to the next. relaxed: who is refused looks no further.
    return g_collecting.compare_exchange(nobody, Thread::current(), kAcquire, kRelaxed);
  }

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

// The phases, as objects/collector/collection.h draws them.
[[nodiscard]] How run(Collection& collection) noexcept {
  collection.prepare();
  const bool found = stopped([&] {
    if (!collection.find_stopped()) return false;
    collection.claim_stopped();
    return true;
  });
  if (!found) return How::kNoMemory;
  collection.call_back();
  collection.finalize();
  // Without a call nobody can have brought anything back, and the others need not wait again.
  if (CallOut::may_go_on() && collection.has_called_out())
    stopped([&] { collection.spare_resurrected_stopped(); });
  collection.clear();
  collection.call_back_late();
  if (CallOut::may_go_on()) return How::kDone;
  collection.abandon();
  return How::kRefused;
}

[[nodiscard]] Collected collect_in_turn() noexcept {
  Collection collection;
  const How how = run(collection);
  if (how == How::kRefused) return {.how = how};
  if (how == How::kNoMemory) {
    StatisticsKeeper::note_given_up();
    Pacing::put_off();
    return {.how = how};
  }
  // What is free again does not count as in use, so give it back before the next limit is set.
  if (collection.found() != 0) heap::trim();
  StatisticsKeeper::note(collection);
  Pacing::plan_next(collection.scanned(), collection.found() - collection.spared());
  return {.found = collection.found(), .spared = collection.spared()};
}

// A collection of a thread that does not exist in the child will not end. What it had claimed stays
// alive.
void in_forked_child() noexcept {
  StatisticsKeeper::reset_after_fork();
  Pacing::reset_after_fork();
  const Thread* const collecting = g_collecting.load(kRelaxed);  // relaxed: one thread exists
  if (collecting == nullptr || collecting == Thread::current()) return;
  g_collecting.store(nullptr, kRelaxed);
  SideTables::forget_after_fork();
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
  Lifecycle::call_in_children(in_forked_child);
  set_safepoint_hook(Breaker::kMemory, at_safepoint);
  Pacing::put_off();
}

Collected Collector::collect() noexcept {
  assert(Thread::current()->no_suspend == 0 && !World::is_pause_of_mine());
  const Turn turn;
  if (!turn) return {.how = How::kBusy};
  Lifecycle::call_in_children(in_forked_child);  // whether it was started or not
  const CallOut call_out;
  tell(Event::kStart, {});
  if (!CallOut::may_go_on()) return {.how = How::kRefused};
  const Collected result = collect_in_turn();
  if (result.how != How::kRefused) tell(Event::kStop, result);
  return result;
}

// relaxed, all: a wish, and nothing hangs on it.
void Collector::enable() noexcept { g_enabled.store(true, kRelaxed); }
void Collector::disable() noexcept { g_enabled.store(false, kRelaxed); }
bool Collector::is_enabled() noexcept { return g_enabled.load(kRelaxed); }

bool Collector::is_collecting() noexcept {
  return g_collecting.load(kRelaxed) != nullptr;  // relaxed: a glance
}

void Collector::set_observer(Observer observer) noexcept {
  g_observer.store(observer, kRelease);  // pairs with the acquire in tell
}

CollectorStatistics Collector::statistics() noexcept { return StatisticsKeeper::read(); }

}  // namespace orochi::inline OROCHI_DESIGN
