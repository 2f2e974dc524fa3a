// memory/raw_mutex.h: one at a time, and each sees what the last one did.

#include "memory/raw_mutex.h"

#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

// Looks, and then takes.
class Unlocked {
 public:
  void lock() noexcept {
    while (word_.load(kAcquire) != 0) platform::spin_pause();
    word_.store(1, kRelaxed);
  }
  void unlock() noexcept { word_.store(0, kRelease); }

 private:
  SysAtomic<int> word_{0};
};

template <class Lock>
struct Turns {
  Lock lock;
  SysAtomic<int> count{0};  // not plain, so that a sanitizer lets the twin be caught by its count

  Turns() {
    call(lock, "lock");
    call(count, "count");
  }
  void take_a_turn() {
    lock.lock();
    count.store(count.load(kRelaxed) + 1, kRelaxed);  // relaxed: under the lock
    lock.unlock();
  }
  using Actors = stress::Actors<&Turns::take_a_turn, &Turns::take_a_turn>;
  [[nodiscard]] Outcome outcome() const { return {count.load(kRelaxed)}; }
};

const Registration kRawMutex{{
    .name = "raw_mutex",
    .question = "Does every turn under a lock count?",
    .actors = {"one", "other"},
    .shows = {"turns"},
    .outcomes = {{{2}, kAcceptable, "one after the other"},
                 {{1}, kForbidden, "both were inside at once"}},
    .body = body<Turns<RawMutex>>(),
    .twins = {{"check_then_act", "looks whether it is free, and takes it then",
               body<Turns<Unlocked>>()}},
    .bounds = {.preemptions = 3},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
