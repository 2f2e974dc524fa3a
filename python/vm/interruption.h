// python/vm/interruption.h: what comes from outside and is to be done by the main thread, between
// two instructions: handlers of signals.
//
//     interrupt()            a flag, and the main thread's breaker: from a signal's handler too
//     heed_interruptions()   the machine's safepoints, and calls of the system that were cut short
//
// I1  The flag is cleared before the work is looked for. So what comes meanwhile is seen by this
//     look or sets the flag again.
// I2  A safepoint that is none of the machine's takes the breaker's bit and may do nothing: what
//     it runs inside cannot raise. It sets the bit again, so the machine's next one comes.
//
// Tests: tests/python/language/signals.py
#pragma once

#include "memory/door/sys_atomic.h"
#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// What there is to do. Main thread, attached; runs any code. Failed: something is pending.
using InterruptionWork = Status (*)() noexcept;
// Once, by the main thread, attached.
void start_interruptions(InterruptionWork work) noexcept;

[[nodiscard]] bool is_main_thread() noexcept;

// Any thread, attached or not, and handlers of signals: it takes no lock.
void interrupt() noexcept;

namespace detail {
extern SysAtomic<bool> g_is_interrupted;
[[nodiscard]] Status do_interruptions() noexcept;
}  // namespace detail

// Does what there is to do, if this is the main thread. Attached threads.
[[nodiscard]] inline Status heed_interruptions() noexcept {
  // relaxed: a hint; whoever is late is asked again at the next safepoint.
  if (!detail::g_is_interrupted.load(kRelaxed)) [[likely]]
    return Status::kDone;
  return detail::do_interruptions();
}

}  // namespace orochi::inline OROCHI_DESIGN
