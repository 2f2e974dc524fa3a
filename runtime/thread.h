// runtime/thread.h: a thread, as the runtime knows it: attached, detached or suspended.
//
//   attached    may touch objects; reaches a safepoint soon, or detaches before it blocks
//   detached    touches no object; may block as long as it likes, and nobody waits for it
//   suspended   as detached, and kept from attaching while the world is stopped
//
// The state is the slot's word (memory/slot_word.h). The order of steps is the protocol:
//
//   attach   1 take the GIL, if it is on
//            2 detached -> attached, seq_cst
//            3 read the epoch                          (rule 40: after 2, before any container)
//            4 read the notices, then the GIL's mode (rule 47): at a stop go back to suspended, and
//              if the GIL is on now and was not, to detached; give it back, wait, and start over;
//              at a shutdown go back to detached and be refused
//            5 take an exclusive world again, resume the innermost critical section
//              (either may block, and so detach again)
//   detach   1 suspend the critical sections, give an exclusive world back; say whether the return
//              can be refused
//            2 attached -> detached, seq_cst
//            3 read the notices: at a stop be suspended under the world's lock (rule 39)
//            4 read the merge queue; if it is not empty, pass it on to who is attached (rule 20)
//            5 give back the GIL, if it was on before 2
//   No destructor runs inside detach.
//
// Two ways to leave and come back. `detach` and `attach` are for blocking calls of the program: a
// shutdown refuses the return, and the thread then unwinds through its own frames without touching
// an object, and calls `exit`. `detach_to_wait` and `attach_after_wait` are for waits of the
// runtime itself (a lock, the GIL, a stop), whose callers are in the middle of something: they are
// never refused, and a shutdown waits for them.
//
// A record belongs to one OS thread from `Thread::start` to `Thread::exit`, and stays with the slot
// for the next one. Records and slots are found through `current()`.
//
// Tests: tests/runtime/thread_test.cc   Stress: stress/runtime/world_stress.cc
// Bench: AttachDetach, ThreadState in bench/runtime/thread_bench.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "memory/slot.h"
#include "runtime/gil_policy.h"
#include "runtime/notice.h"
#include "runtime/safepoint.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {

class ParallelCriticalSection;

// What the floors above keep for a thread, who alone knows what it is. It touches it alone, or
// whoever has stopped the world.
struct alignas(16) UpperRoom {
  std::array<std::byte, 64> bytes{};
};

enum class Attach {
  kDone,
  kRefused,  // the runtime shuts down: this thread must not touch objects any more
  kNoSlot,   // no owner id is left, or no memory for one
};

class Thread {
 public:
  // Makes this OS thread known and attaches it. Requires: it is not known yet. After any answer but
  // kDone it is not known.
  [[nodiscard]] static Attach start() noexcept;

  // Hands over everything and forgets this OS thread. Runs destructors of what is queued for it,
  // unless it was refused. Requires: attached, or refused; in no critical section, holding no lock
  // and no world.
  static void exit() noexcept;

  // The calling thread's record; null if it is not known to the runtime. May be detached.
  [[nodiscard]] static Thread* current() noexcept {
    return static_cast<Thread*>(orochi::current().thread);
  }

  // The rest are the calling thread's own moves. All may park.

  // Requires: detached. Refused at shutdown; the thread then stays detached, for `exit`.
  [[nodiscard]] Attach attach() noexcept;
  // Requires: attached, in no pause of its own.
  void detach() noexcept;

  // For waits of the runtime itself: as above, and the return is certain.
  void detach_to_wait() noexcept;
  void attach_after_wait() noexcept;

  // For safepoints: stands still while somebody else's stop is on; gives way to who wants the GIL.
  void stand_for_stop() noexcept;
  void share_gil() noexcept;

  [[nodiscard]] bool is_attached() const noexcept {
    return slot_->state.guess() == SlotState::kAttached;
  }
  [[nodiscard]] Slot& slot() const noexcept { return *slot_; }

  // Any thread that has read the slot as detached: this one is in a wait of the runtime itself and
  // will attach again. False: it left, or is just leaving, for a call that a shutdown ends.
  [[nodiscard]] bool will_return() const noexcept {
    // acquire: pairs with the release in leave. The thread may have come back since the caller read
    // the slot; it says "no" only when it leaves again, and then we see all that it did.
    return will_return_.load(kAcquire);
  }

  // The innermost critical section of this thread; null outside. Touched by the thread only.
  ParallelCriticalSection* innermost = nullptr;
  // How often this thread's critical sections were suspended (runtime/critical_section.h).
  std::uint64_t suspensions = 0;
  // How many stretches it is in in which it must not detach (debug builds; the same file).
  std::uint32_t no_suspend = 0;
  // How many locks this thread holds that do not detach (debug builds; runtime/mutex.h).
  std::uint32_t raw_locks_held = 0;
  // What this thread has stopped (runtime/world.h).
  WorldHold hold;
  // All bytes are 0 when a thread begins.
  UpperRoom upper;

 private:
  enum class Return { kRefusable, kCertain };
  enum class Verdict { kStay, kStartOver, kRefuse };

  [[nodiscard]] static Thread* record_of(Slot& slot) noexcept;
  static void recycle(Slot& slot) noexcept;
  void begin() noexcept;

  [[nodiscard]] static Verdict judge(Return kind, bool holds_gil) noexcept;

  [[nodiscard]] Attach attach_refusably(GilWhy why) noexcept;
  [[nodiscard]] Attach enter(Return kind, bool holds_gil) noexcept;
  [[nodiscard]] Attach enter_with_care(Return kind, bool holds_gil) noexcept;
  [[nodiscard]] Attach enter_slow(Return kind, bool holds_gil) noexcept;
  [[nodiscard]] Attach attach_with_gil(Return kind, GilWhy why) noexcept;
  [[nodiscard]] bool step_in() noexcept;
  void leave(Return kind) noexcept;
  void leave_holding(Return kind) noexcept;
  void announce(Return kind) noexcept;
  void step_out() noexcept;
  void wait_for_slot() noexcept;
  void heed_outside() noexcept;
  void let_go() noexcept;
  void take_again() noexcept;

  Slot* slot_ = nullptr;
  SysAtomic<bool> will_return_{false};  // Written by the thread, as it leaves; read by a shutdown.
};

// A stretch in which the calling thread is detached, for a blocking call. Inside it no object may
// be touched.
class Detached {
 public:
  Detached() noexcept : thread_(*Thread::current()) { thread_.detach(); }
  // Ends the stretch early and says how. Once.
  [[nodiscard]] Attach end() noexcept {
    ended_ = true;
    return thread_.attach();
  }
  // A refusal shows in Thread::is_attached.
  ~Detached() {
    if (!ended_) static_cast<void>(thread_.attach());
  }
  Detached(const Detached&) = delete;
  Detached& operator=(const Detached&) = delete;

 private:
  Thread& thread_;
  bool ended_ = false;
};

}  // namespace orochi::inline OROCHI_DESIGN
