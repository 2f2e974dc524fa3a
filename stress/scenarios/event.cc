// One thread waits for what another announces: no wake-up falls between the look and the sleep
// (runtime/event.h, runtime/parking.h).

#include "runtime/event.h"

#include "scenario_door/shared.h"
#include "stress/harness/scenario.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace stress;

// Says that it sleeps after it looked.
class SleepsUnseen {
 public:
  void wait() {
    if (set_.load(kAcquire)) return;
    asleep_.store(1, kRelease);
    while (asleep_.load(kAcquire) == 1) platform::futex_wait(asleep_, 1, platform::kNever);
  }
  void set() {
    set_.store(true, kRelease);
    if (asleep_.load(kAcquire) == 0) return;
    asleep_.store(2, kRelease);
    platform::futex_wake_all(asleep_);
  }

 private:
  SysAtomic<bool> set_{false};
  SysAtomic<std::uint32_t> asleep_{0};
};

template <class AnyEvent>
struct Awaited {
  AnyEvent event;
  SysAtomic<int> value{0};
  int saw = 0;

  Awaited() {
    call(event, "event");
    call(value, "value");
  }
  void wait() {
    event.wait();
    saw = value.load(kRelaxed);  // relaxed: published by the event
  }
  void announce() {
    value.store(1, kRelaxed);
    event.set();
  }
  using Actors = stress::Actors<&Awaited::wait, &Awaited::announce>;
  [[nodiscard]] Outcome outcome() const { return {saw}; }
};

const Registration kEvent{{
    .name = "event",
    .question = "Can a wake-up fall between looking and sleeping?",
    .actors = {"waiter", "setter"},
    .shows = {"value"},
    .outcomes = {{{1}, kAcceptable, "woken, or never asleep"},
                 {{0}, kForbidden, "woken before the value was there"}},
    .body = body<Awaited<Event>>(),
    .twins = {{"sleeps_unseen", "looks, and says that it sleeps then",
               body<Awaited<SleepsUnseen>>()}},
    .bounds = {.preemptions = 3, .stale_reads = 1, .early_timeouts = 0, .leaps = 0},
}};

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
