// runtime/single_thread.h: one thread pays for one thread (D7).
//
// While one thread state exists, nobody else can take the lock of an object. Then the lock's atomic
// exchanges become plain loads and stores of the same states, and the second thread may come at any
// safepoint. This file keeps the mode: one byte for the process, read at each lock and each unlock
// of an object (runtime/object_lock.h).
//
//            the one at its safepoint; a newcomer that holds the one's slot, which is detached;
//            the one at its exit
//       +----------------------------------------------------------------------------------+
//       |                                                                                  v
//     single                                                                            several
//       ^                                                                                  |
//       +----------------------------------------------------------------------------------+
//            at a safepoint of the only thread there is
//
// The process begins with "several". So a thread that passes no safepoints never gets the mode, and
// no newcomer ever waits for it.
//
// I1  The mode changes only while its thread, the one that locks plainly before or after the
//     change, is at a safepoint or not attached (rule 36). So no change falls between the look at
//     the mode, the load and the store of a plain operation, which no safepoint divides (rule 37).
// I2  A newcomer is counted, and has seen the mode to be "several", before it first attaches. Who
//     exits is not counted any more after its last lock operation.
// I3  Count and mode change under one raw lock. It is what orders the plain operations of the one
//     before those of the newcomer, and those of the last to leave before the survivor's.
// I4  A newcomer posts a notice and then reads the one's state; the one detaches and then reads the
//     notices (runtime/notice.h). So a newcomer never sleeps for a thread that is not attached.
//
// Only object locks, taken by attached threads, ask for the mode (rule 38). Without parallel
// threads all of this is empty.
//
// Tests: tests/runtime/single_thread_test.cc   Bench: LockPair/single_thread in mutex_bench.cc
#pragma once

#include "memory/door/sys_atomic.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

namespace detail {
// On a line of its own: read by all, written seldom.
struct alignas(64) SingleThreadMode {
  SysAtomic<bool> on{false};
};
inline constinit SingleThreadMode g_single_thread;
}  // namespace detail

class SingleThread {
 public:
  // Attached threads, at each operation, never kept over a safepoint.
  [[nodiscard]] static bool is_on() noexcept {
    // relaxed: I2 and I3, the thread has seen every change that concerns it through the raw lock.
    return detail::g_single_thread.on.load(kRelaxed);
  }

  // For runtime/thread.cc. The slot's thread, detached, before it first attaches. Parks until the
  // only other thread has agreed.
  static void before_first_attach(Slot& slot) noexcept;
  // The slot's thread, attached for the last time; it takes no lock of an object any more.
  static void before_exit(Slot& slot) noexcept;
  // The slot's thread, which just detached and found the notice.
  static void after_detach() noexcept;
  // The slot's thread, attached, asked through Breaker::kMode.
  static void at_safepoint(Slot& slot) noexcept;
  // In a forked child, whose only thread, attached, this is.
  static void after_fork_child(Slot& survivor) noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
