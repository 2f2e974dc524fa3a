// Counts and merges while threads come, sleep, are suspended and go.
//
// The question is always the same: is every object destroyed, once, by an attached thread, and not
// before its last reference is gone? An object's fields are plain, so ThreadSanitizer asks the
// rest: does everything that was done with the object come before its destruction?
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <thread>
#include <vector>

#include "stress/seconds.h"
#include "tests/memory/counting_world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr int kThreads = 4;

// Places through which references change hands: whoever exchanges one out has a reference.
std::array<SysAtomic<Object*>, 64> g_places;
SysAtomic<bool> g_stop{false};

// Every holder reads a field that the destructor writes.
void look_at(Object& object) { EXPECT_EQ(object.life, Object::kAlive) << "destroyed while held"; }

class Worker {
 public:
  explicit Worker(unsigned seed) : random_(seed) {}

  // One thread's life: start, some work, exit. The next life has another id, or the same.
  void live() {
    Owner me;
    const Acting acting(me);
    me.start();
    for (int steps = chance(500); steps >= 0; --steps) step(me);
    me.safepoint();
    me.exit();
  }

 private:
  void step(Owner& me) {
    switch (chance(8)) {
      case 0:
        nap(me);
        break;
      case 1:
        me.safepoint();
        break;
      case 2:
      case 3:
        put(make());
        break;
      case 4:
        pass_on_twice();
        break;
      default:
        take();
    }
  }

  int chance(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  Object* make() {
    Object* const object = make_object();
    // Some objects hold another, so that destructors drop.
    if (object != nullptr && chance(4) == 0) object->child = swap_place(nullptr);
    return object;
  }
  // Both directions at once; null is no reference.
  Object* swap_place(Object* mine) {
    // acq_rel: who takes the object sees it as it was put there.
    return g_places[random_() % g_places.size()].exchange(mine, kAcqRel);
  }
  void put(Object* object) { let_go(swap_place(object)); }
  void take() { let_go(swap_place(nullptr)); }
  void let_go(Object* object) {
    if (object == nullptr) return;
    look_at(*object);
    drop(object);
  }
  // Two references to one object in two places, as often as not from a stranger.
  void pass_on_twice() {
    Object* const object = swap_place(nullptr);
    if (object == nullptr) return;
    look_at(*object);
    if (chance(2) == 0) object->rc().mark_weakly_referenced();
    retain(object);
    put(object);
    put(object);
  }
  void nap(Owner& me) {
    me.detach();
    if (chance(2) == 0) platform::yield();
    me.attach();
  }

  std::minstd_rand random_;
};

// Suspends whoever is detached, and lets go again, as stops of the world do.
void suspend_others() {
  std::minstd_rand random(99);
  while (!g_stop.load(kAcquire)) {
    const auto made = SlotTable::made();
    Slot& slot = SlotTable::at(static_cast<OwnerId>(kFirstOwner + random() % made));
    if (slot.state.move(SlotState::kDetached, SlotState::kSuspended)) {
      platform::yield();
      EXPECT_TRUE(slot.state.move(SlotState::kSuspended, SlotState::kDetached));
      merge_as_detacher(slot);
    }
    platform::yield();
  }
}

void empty_the_places() {
  Owner me;
  const Acting acting(me);
  me.start();
  for (SysAtomic<Object*>& place : g_places) {
    if (Object* const object = place.exchange(nullptr, kAcqRel)) drop(object);
  }
  drain_local();
  me.exit();
}

TEST(RefcountStressConcurrency, EveryObjectIsDestroyedOnce) {
  set_destroyer(destroy_object);
  g_made.store(0, kRelaxed);
  g_destroyed.store(0, kRelaxed);
  g_stop.store(false, kRelaxed);
  std::vector<std::thread> threads;
  const auto deadline = stress::deadline();
  for (unsigned seed = 1; seed <= kThreads; ++seed) {
    threads.emplace_back([seed, deadline] {
      Worker worker(seed);
      while (std::chrono::steady_clock::now() < deadline) worker.live();
    });
  }
  std::thread suspender(suspend_others);
  for (std::thread& thread : threads) thread.join();
  g_stop.store(true, kRelease);
  suspender.join();
  empty_the_places();

  EXPECT_EQ(g_destroyed.load(kAcquire), g_made.load(kAcquire));
  int live = 0;
  heap::for_each_block_stopped([&live](void*) { ++live; });
  EXPECT_EQ(live, 0) << "blocks that are neither free nor anybody's";
  const MergeTotals totals = merge_totals();
  EXPECT_EQ(totals.queued, totals.merged);
  std::printf("%lu objects; %lu queued, %lu holds by helpers, at most %lu in one go\n",
              static_cast<unsigned long>(g_made.load(kAcquire)),
              static_cast<unsigned long>(totals.queued), static_cast<unsigned long>(totals.helped),
              static_cast<unsigned long>(totals.longest));
}

// Readers without a reference try to count an object that its owner and another drop. Its memory
// stays until all have looked, as the epoch sees to elsewhere.
class TriesRace {
 public:
  static constexpr int kRounds = 2'000;
  static constexpr int kReaders = 2;

  void run() {
    std::vector<std::thread> readers;
    for (int i = 0; i < kReaders; ++i) readers.emplace_back([this] { read(); });
    own();
    for (std::thread& reader : readers) reader.join();
  }
  // How many tries succeeded.
  [[nodiscard]] std::uint64_t counted() const { return counted_.load(kAcquire); }

 private:
  static constexpr OwnerId kOwner = 1;
  static constexpr OwnerId kOther = 2;
  static constexpr OwnerId kReader = 3;

  struct Tried {
    Refcount rc{kOwner};
    bool is_alive = true;
  };

  void own() {
    for (int round = 1; round <= kRounds; ++round) {
      Tried& object = *new (block_) Tried;
      object.rc.retain_published(kOther);  // as a first reader did, under a lock
      deaths_.store(0, kRelaxed);
      begun_.store(round, kRelease);
      pay(object, object.rc.drop(kOwner));
      pay(object, object.rc.drop(kOther));
      while (done_.load(kAcquire) != kReaders * round) platform::yield();
      ASSERT_EQ(deaths_.load(kAcquire), 1);
      ASSERT_EQ(object.rc.kind(), BlockKind::kDestroyed);
    }
  }
  void read() {
    for (int round = 1; round <= kRounds; ++round) {
      while (begun_.load(kAcquire) != round) platform::yield();
      Tried& object = *std::launder(reinterpret_cast<Tried*>(block_));
      while (object.rc.try_retain(kReader)) {
        counted_.fetch_add(1U, kRelaxed);
        EXPECT_TRUE(object.is_alive) << "a try brought back the dead";
        pay(object, object.rc.drop(kReader));
      }
      done_.fetch_add(1, kAcqRel);
    }
  }
  void pay(Tried& object, Debt debt) {
    ASSERT_NE(debt, Debt::kQueue) << "no reference here is one of the owner's half";
    if (debt != Debt::kDestroy) return;
    object.is_alive = false;
    deaths_.fetch_add(1, kAcqRel);
  }

  alignas(Tried) std::byte block_[sizeof(Tried)];
  SysAtomic<int> begun_{0};
  SysAtomic<int> done_{0};
  SysAtomic<int> deaths_{0};
  SysAtomic<std::uint64_t> counted_{0};
};

TEST(RefcountStressConcurrency, TriesNeverBringBackTheDead) {
  std::uint64_t counted = 0;
  const auto deadline = stress::deadline();
  do {
    TriesRace race;
    race.run();
    counted += race.counted();
  } while (std::chrono::steady_clock::now() < deadline);
  EXPECT_GT(counted, 0U) << "no try ever met the living: this did not race";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
