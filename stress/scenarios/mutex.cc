// runtime/mutex.h: three threads, one at a time, and no sleeper is forgotten (rule 41).

#include "runtime/mutex.h"

#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

// Whoever sleeps is woken by whoever unlocks, but one that sleeps beside it is forgotten.
class ForgetsTheOthers {
 public:
  void lock() noexcept {
    std::uint32_t free = 0;
    if (word_.compare_exchange(free, 1, kAcquire, kRelaxed)) return;
    while (word_.exchange(2, kAcquire) != 0) {
      platform::futex_wait(word_, 2, platform::kNever);
      free = 0;
      if (word_.compare_exchange(free, 1, kAcquire, kRelaxed)) return;
    }
  }
  void unlock() noexcept {
    if (word_.exchange(0, kRelease) == 2) platform::futex_wake_one(word_);
  }

 private:
  SysAtomic<std::uint32_t> word_{0};
};

template <class Lock>
struct ThreeTurns {
  Lock lock;
  SysAtomic<int> turns{0};

  ThreeTurns() {
    call(lock, "lock");
    call(turns, "turns");
  }
  void take_a_turn() {
    lock.lock();
    turns.store(turns.load(kRelaxed) + 1, kRelaxed);  // relaxed: under the lock
    lock.unlock();
  }
  using Actors =
      stress::Actors<&ThreeTurns::take_a_turn, &ThreeTurns::take_a_turn, &ThreeTurns::take_a_turn>;
  [[nodiscard]] Outcome outcome() const { return {turns.load(kRelaxed)}; }
};

const Registration kMutex{{
    .name = "mutex",
    .question = "Is a thread that sleeps for a lock ever forgotten?",
    .actors = {"one", "another", "a third"},
    .shows = {"turns"},
    .outcomes = {{{3}, kAcceptable, "one after the other"},
                 {{kAny}, kForbidden, "two were inside at once"}},
    .body = body<ThreeTurns<Mutex>>(),
    .twins = {{"forgets_the_others", "a woken thread takes the lock as if nobody slept beside it",
               body<ThreeTurns<ForgetsTheOthers>>(), SeenBy::kExplorer}},
    .bounds = {.preemptions = 2, .stale_reads = 0, .early_timeouts = 0, .leaps = 1},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
