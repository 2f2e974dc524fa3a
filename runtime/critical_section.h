// runtime/critical_section.h: the locks of one or two objects, for as long as the thread runs.
//
// Locks of objects are held by code that may call anything: a comparison, a destructor, a blocking
// read. Held across all that they would deadlock. So a critical section lets go of its locks when
// its thread detaches, and has them again when it runs on: what it promises is that nobody else is
// inside between two such points. A Ticket tells whether there was one:
//
//     const CriticalSection section(list.lock);
//     const CriticalSection::Ticket before = section.ticket();
//     const bool equal = compare(list[i], wanted);               // may call anything
//     if (section.was_suspended_since(before)) return retry();   // list may be another one now
//
// Sections are records on their thread's stack, linked from Thread::innermost outwards:
//
//                 at once, nobody had the locks
//     (begin) ---------------------------------------> active ---> (end) lets go
//        |                                             ^    |
//        | somebody had one: suspends those around it  |    | the thread detaches, or a section
//        v                                             |    v inside has to wait
//     acquiring ---------------------------------------+  suspended
//        ^          waits, holding nothing                  |
//        +--------------------------------------------------+
//          the thread attached, or the section inside ended
//
// All moves are the thread's own.
//
// I1  The active sections are the innermost ones: outside of one that is not active none is.
// I2  Who waits for a lock of an object holds none. A section that needs two waits for one of them
//     with empty hands, tries the other, and on failure lets go and waits for that. So sections
//     cannot deadlock with each other, and a thread that is not attached holds no object's lock
//     (which is what a stopped world and a forked child rely on).
// I3  A lock belongs to one record of the thread: the outermost active one that names it. Sections
//     inside borrow it, at the price of a compare (trap 13). When all were suspended, the innermost
//     has it for its own, until it ends and the next one takes it.
// I4  A section that is acquiring is left alone by the detach and attach inside its own wait.
//
// Attached threads, in no pause (rule 46). Beginning, ending and attaching may park; then sections
// around were suspended. Without parallel threads sections are empty, and a ticket counts detaches.
//
// Why: docs/critical-sections.md, docs/decisions/070-wait-with-empty-hands.md
// Tests: tests/runtime/critical_section_test.cc   Stress: stress/runtime/critical_section_stress.cc
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "runtime/object_lock.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

class ParallelCriticalSection {
 public:
  using Ticket = std::uint64_t;

  [[nodiscard]] explicit ParallelCriticalSection(ParallelObjectLock& lock) noexcept
      : ParallelCriticalSection(&lock, nullptr) {}
  // The same object twice is one object.
  [[nodiscard]] ParallelCriticalSection(ParallelObjectLock& one, ParallelObjectLock& other) noexcept
      : ParallelCriticalSection(&one, &one == &other ? nullptr : &other) {}
  ~ParallelCriticalSection() {
    if (state_ == State::kActive) [[likely]]
      let_go();
    thread_.innermost = enclosing_;
    if (enclosing_ != nullptr) resume_innermost(thread_);
  }
  ParallelCriticalSection(const ParallelCriticalSection&) = delete;
  ParallelCriticalSection& operator=(const ParallelCriticalSection&) = delete;

  // Was somebody else let in since the ticket was taken? In a section that encloses others too.
  [[nodiscard]] Ticket ticket() const noexcept { return thread_.suspensions; }
  [[nodiscard]] bool was_suspended_since(Ticket ticket) const noexcept {
    return ticket != thread_.suspensions;
  }

  // For runtime/thread.cc. The thread is about to detach; never parks.
  static void suspend_all(Thread& thread) noexcept;
  // The thread has attached. May park. Does nothing in a thread that is not attached.
  static void resume_innermost(Thread& thread) noexcept;

 private:
  enum class State : std::uint8_t { kActive, kAcquiring, kSuspended };

  struct Part {
    ParallelObjectLock* lock;  // null: the section has no second one
    bool own = false;          // to be unlocked by this record (I3)
  };

  ParallelCriticalSection(ParallelObjectLock* one, ParallelObjectLock* other) noexcept
      : thread_(*Thread::current()), enclosing_(thread_.innermost), first_{one}, second_{other} {
    if (take_at_once(first_) && take_at_once(second_)) [[likely]] {
      thread_.innermost = this;
    } else {
      wait_for_locks();
    }
  }

  [[nodiscard]] bool take_at_once(Part& part) noexcept OROCHI_UNCHECKED_LOCKING {
    if (part.lock == nullptr || (enclosing_ != nullptr && is_held_around(*part.lock))) return true;
    part.own = part.lock->try_lock();
    return part.own;
  }

  [[nodiscard]] bool names(const ParallelObjectLock& lock) const noexcept {
    return first_.lock == &lock || second_.lock == &lock;
  }

  [[nodiscard]] bool is_held_around(const ParallelObjectLock& lock) const noexcept;
  void wait_for_locks() noexcept;
  void acquire() noexcept;
  static void unlock(Part& part) noexcept OROCHI_UNCHECKED_LOCKING {
    if (part.own) part.lock->unlock();
    part.own = false;
  }
  void let_go() noexcept {
    unlock(first_);
    unlock(second_);
  }

  Thread& thread_;
  ParallelCriticalSection* const enclosing_;
  Part first_;
  Part second_;
  State state_ = State::kActive;
};

// One thread runs at a time, and from one detach to the next it is alone.
class EmptyCriticalSection {
 public:
  using Ticket = std::uint64_t;

  [[nodiscard]] explicit EmptyCriticalSection(EmptyObjectLock&) noexcept {}
  [[nodiscard]] EmptyCriticalSection(EmptyObjectLock&, EmptyObjectLock&) noexcept {}
  EmptyCriticalSection(const EmptyCriticalSection&) = delete;
  EmptyCriticalSection& operator=(const EmptyCriticalSection&) = delete;
  ~EmptyCriticalSection() {}  // as the other one, a guard and not an unused variable

  [[nodiscard]] Ticket ticket() const noexcept { return Thread::current()->suspensions; }
  [[nodiscard]] bool was_suspended_since(Ticket before) const noexcept {
    return before != ticket();
  }
};

using CriticalSection =
    std::conditional_t<kPolicy.parallel, ParallelCriticalSection, EmptyCriticalSection>;

static_assert(std::is_empty_v<EmptyCriticalSection>);

// A stretch in which the thread must not detach, so that its sections stay closed: between the test
// of a mark and the unlinking that depends on it (rule 2), between the first read and the last
// write of an atomic operation (rule 17). Debug builds die where the rule is broken.
class NoSuspend {
 public:
  [[nodiscard]] NoSuspend() noexcept {
    if constexpr (kDebug) ++Thread::current()->no_suspend;
  }
  ~NoSuspend() {
    if constexpr (kDebug) --Thread::current()->no_suspend;
  }
  NoSuspend(const NoSuspend&) = delete;
  NoSuspend& operator=(const NoSuspend&) = delete;
};

}  // namespace orochi::inline OROCHI_DESIGN
