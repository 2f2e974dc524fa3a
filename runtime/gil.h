// runtime/gil.h: the global lock as a mode that can be switched while threads run (D14).
//
//   off      nobody needs it; whoever is attached runs beside all others
//   on       one thread is attached at a time
//   auto     off, until somebody says that he cannot do without (`require`); then on for good
//   scoped   off, but the world is exclusive while undeclared code runs (`ScopedExclusive`)
//
// In a design that is not parallel it is on, always, and cannot be switched.
//
// I1  A thread that is attached holds the GIL exactly if it is on. So nobody needs a flag of his
//     own, and while some thread holds it nobody else can be attached.
// I2  The mode changes in a pause only (rule 47), by the thread that has stopped the world. By I1
//     no other thread holds the GIL then: turning it on gives it to the switching thread without
//     waiting, turning it off sends every waiter away.
// I3  An attached thread that found it off looks again *after it has read the stop notice*. A
//     thread that begins is not suspended by a stop. Were it to look before, a switch could fall
//     between:
//       1 T begins, takes nothing (off)   2 S stops the world, does not see T   3 T is attached
//       4 T looks: off   5 S turns it on and starts the world   6 T reads the notice: no stop
//     and T runs on beside the holder. In the right order, the absence of the notice in step 6
//     makes the switch visible.
//
// For runtime/thread.cc. One who holds it never waits for a stop or for a slot: a suspended thread
// gives it back first.
//
//   attach     held = take(slot, why)
//              move to attached; on failure:              if (held) give_back(slot), wait, again
//              stop notice; if posted, move back:         if (held) give_back(slot), wait, again
//              if (!held && is_on()): move back, again                                       (I3)
//   detach     held = is_on(), while still attached
//              all steps of detach, then                  if (held) give_back(slot)
//   safepoint  asked by Breaker::kGil and must_yield():
//              all steps of detach, then held = yield(slot), then attach from its second step;
//              who has stopped the world cannot (all others are suspended): put_off()
//   exit       held = is_on(), while still attached; the slot becomes free; give_back(slot)
//
// Mechanism: runtime/gil_lock.h   Policy: runtime/gil_policy.h
// Tests: tests/runtime/gil_test.cc   Stress: stress/runtime/gil_stress.cc
// Bench: GilHandoff, GilSwitch in bench/runtime/gil_bench.cc   Page: docs/gil.md
#pragma once

#include <string_view>

#include "memory/door/platform.h"
#include "memory/policy.h"
#include "memory/slot.h"
#include "runtime/gil_lock.h"

namespace orochi::inline OROCHI_DESIGN {

enum class GilMode { kOff, kOn, kAuto, kScoped };

enum class GilSwitch {
  kDone,
  kAlwaysOn,  // refused: this design has nothing to put in its place
  kRequired,  // refused: code that cannot do without has been loaded
  kInUse,     // refused: undeclared code is running that scoped mode would not cover
};

// What the caller of `require` has to do.
enum class GilNeed {
  kMet,        // nothing: it was on
  kTurnedOn,   // tell the user, once, who did it
  kScoped,     // run that code inside ScopedExclusive
  kOverruled,  // nothing: the user has said off, at his own risk
};

namespace detail {
inline constinit GilLock g_gil{kPolicy.parallel ? GilLock::Start::kOff : GilLock::Start::kOn};
}  // namespace detail

class Gil {
 public:
  // Any thread; good for as long as an attached caller reaches no safepoint. One load, if any.
  [[nodiscard]] static bool is_on() noexcept {
    if constexpr (!kPolicy.parallel) return true;
    return detail::g_gil.is_on();
  }

  // The moves of runtime/thread.cc, as above. `take` and `yield` park.
  [[nodiscard]] static bool take(Slot& slot, GilWhy why) noexcept {
    return detail::g_gil.take(slot, why);
  }
  static void give_back(Slot& slot) noexcept { detail::g_gil.give_back(slot); }
  [[nodiscard]] static bool must_yield() noexcept { return detail::g_gil.must_yield(); }
  static void put_off() noexcept { detail::g_gil.put_off(); }
  [[nodiscard]] static bool yield(Slot& slot) noexcept { return detail::g_gil.yield(slot); }
  // A thread begins, before its first take.
  static void begin_thread(Slot& slot) noexcept;

  // Attached threads. All but `mode` stop the world, so they may park, and are safepoints.
  [[nodiscard]] static GilMode mode() noexcept;
  [[nodiscard]] static GilSwitch set_mode(GilMode mode) noexcept;
  // Code named `who` has not declared that it can do without. A copy of the name is kept.
  [[nodiscard]] static GilNeed require(std::string_view who) noexcept;
  // Who turned it on for good; empty: nobody has. A long name is cut.
  [[nodiscard]] static std::string_view required_by() noexcept;
  // A sentence for people.
  [[nodiscard]] static std::string_view reason(GilSwitch refused) noexcept;

  // The rest: any thread, at any time.
  static void set_rule(GilRule rule) noexcept { detail::g_gil.set_rule(rule); }
  [[nodiscard]] static GilRule rule() noexcept { return detail::g_gil.rule(); }
  static void set_interval(platform::Nanos span) noexcept { detail::g_gil.set_interval(span); }
  [[nodiscard]] static platform::Nanos interval() noexcept { return detail::g_gil.interval(); }

  // Asks the kernel to run this thread, and all that begin from now on, in short slices, so that
  // one that returns from blocking finds a core soon. 0 ends that for threads to come. False: the
  // kernel refuses, and nothing has changed.
  [[nodiscard]] static bool set_time_slice(platform::Nanos slice) noexcept;

  [[nodiscard]] static GilLock::Counters counters() noexcept { return detail::g_gil.counters(); }
  [[nodiscard]] static OwnerId holder() noexcept { return detail::g_gil.holder(); }
  // How long the slot's thread has waited for the GIL since it began.
  [[nodiscard]] static platform::Nanos waited(const Slot& slot) noexcept {
    return slot.gil_waited.load(kRelaxed);  // relaxed: a statistic
  }

  // In a forked child, by the surviving thread, attached.
  static void reset_after_fork(const Slot& survivor) noexcept;

 private:
  static void become(GilMode mode) noexcept;
};

// A stretch of undeclared code. In scoped mode the world is exclusive from construction to
// destruction, however deeply they nest, but for the times at which the thread blocks (detaches):
// there a GIL would be released too (rule 45). In other modes it costs a count.
//
// Attached threads. May park, and is a safepoint.
class ScopedExclusive {
 public:
  ScopedExclusive() noexcept;
  ~ScopedExclusive();
  ScopedExclusive(const ScopedExclusive&) = delete;
  ScopedExclusive& operator=(const ScopedExclusive&) = delete;

 private:
  const bool exclusive_;
};

}  // namespace orochi::inline OROCHI_DESIGN
