// runtime/thread.h: a thread, as the runtime knows it: attached, detached or suspended.
//
//   attached    may touch objects; reaches a safepoint soon, or detaches before it blocks
//   detached    touches no object; may block as long as it likes, and nobody waits for it
//   suspended   as detached, and kept from attaching while the world is stopped
//
// The state is the slot's word (memory/slot_word.h). The order of steps is the protocol:
//
//   attach   1 take the GIL, if it is on              (rule 47: the mode is read again after 2)
//            2 detached -> attached, seq_cst
//            3 read the epoch                          (rule 40: after 2, before any container)
//            4 read the stop flag; if it is set, go back to suspended and wait, then start over
//            5 resume the innermost critical section   (may block, and so detach again)
//   detach   1 suspend the critical sections
//            2 attached -> detached, seq_cst
//            3 read the stop flag; if it is set, suspend yourself under the world's lock (rule 39)
//            4 read the merge queue; if it is not empty, merge as your own helper (rule 20)
//            5 give back the GIL
//   No destructor runs inside detach.
//
// A record belongs to one OS thread from `Thread::start` to `Thread::exit`. Records and slots are
// found through `current()`.
//
// Tests: tests/runtime/thread_test.cc   Stress: stress/runtime/thread_stress.cc
// Bench: AttachDetach, ThreadState in bench/runtime/thread_bench.cc
#pragma once

#include <cstdint>

#include "memory/slot.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN {

class CriticalSection;

enum class Attach {
  kDone,
  kRefused,      // the runtime shuts down: this thread must not touch objects any more
  kNoSlot,       // no owner id is left, or no memory for one
};

class Thread {
 public:
  // Makes this OS thread known and attaches it. Requires: it is not known yet.
  [[nodiscard]] static Attach start() noexcept;

  // Hands over everything and forgets this OS thread. Requires: attached, in no critical section,
  // holding no lock.
  static void exit() noexcept;

  // The calling thread's record; null if it is not known to the runtime. May be detached.
  [[nodiscard]] static Thread* current() noexcept {
    return static_cast<Thread*>(orochi::current().thread);
  }

  // The calling thread's own moves. May park. `attach` can be refused at shutdown; the thread then
  // stays detached for good.
  [[nodiscard]] Attach attach() noexcept;
  void detach() noexcept;

  [[nodiscard]] bool is_attached() const noexcept {
    return slot_->state.guess() == SlotState::kAttached;
  }
  [[nodiscard]] Slot& slot() const noexcept { return *slot_; }

  // The innermost critical section of this thread; null outside. Touched by the thread only.
  CriticalSection* innermost = nullptr;
  // How often this thread's critical sections were suspended (runtime/critical_section.h).
  std::uint64_t suspensions = 0;
  // How many locks this thread holds that do not detach (debug builds; runtime/mutex.h).
  std::uint32_t raw_locks_held = 0;

 private:
  Slot* slot_ = nullptr;
};

// A stretch in which the calling thread is detached. Inside it no object may be touched.
class Detached {
 public:
  Detached() noexcept;
  ~Detached();
  Detached(const Detached&) = delete;
  Detached& operator=(const Detached&) = delete;
};

}  // namespace orochi::inline OROCHI_DESIGN
