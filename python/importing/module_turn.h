// python/importing/module_turn.h: which thread makes which module: one at a time for each name.
//
//     const ModuleTurn turn(name);             // waits for whoever is importing it
//     if (!turn) ...                           // it would wait for itself
//
//     thread A   imports a ----> wants b ----> waits for B's turn to end
//     thread B   imports b ----> wants a ----> would wait for A, who waits for B: refused, and
//                                              takes the module as it is, half made
//
// T1  A turn lies on its thread's stack, in a list of all of them under one mutex; so nothing is
//     allocated, and what an import calls may import anything, the same name too.
// T2  Who waits is in a list of waiters, so that the way from turn to thread to turn can be gone:
//     back at the asking thread, there is a deadlock.
// T3  A turn begins before its module can be seen in sys.modules, and ends when it is complete: so
//     who finds a module there and no turn of another thread has a complete one.
//
// Attached threads; they detach while they wait.
// Tests: tests/python/importing/module_turn_test.cc
#pragma once

#include "objects/types/str.h"
#include "runtime/condition.h"
#include "runtime/mutex.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

class ModuleTurn {
 public:
  // The name is borrowed for as long as the turn lasts.
  explicit ModuleTurn(const Str& name) noexcept;
  ~ModuleTurn();
  ModuleTurn(const ModuleTurn&) = delete;
  ModuleTurn& operator=(const ModuleTurn&) = delete;

  // False: the threads would wait for each other for ever.
  [[nodiscard]] explicit operator bool() const noexcept { return is_granted_; }

  // Whether another thread than the caller is making the module now.
  [[nodiscard]] static bool is_taken_by_others(const Str& name) noexcept;
  // Whether anybody is, the caller too: the module is not complete yet.
  [[nodiscard]] static bool is_taken(const Str& name) noexcept;

 private:
  // On the stack of who waits.
  struct Waiter {
    const Thread& thread;
    const ModuleTurn* wanted;  // null: it is over, and the waiter has not woken yet
    Waiter* next;
  };

  // Under the mutex, all of them.
  [[nodiscard]] static ModuleTurn* find_other(const Str& name, const Thread& me) noexcept;
  [[nodiscard]] static const Waiter* waiter_of(const Thread& thread) noexcept;
  [[nodiscard]] static bool would_never_end(const ModuleTurn& wanted, const Thread& me) noexcept;
  static void hear_of_forks() noexcept;
  void wait_for(const ModuleTurn& other) noexcept;
  void enter() noexcept;
  void leave() noexcept;

  // In a forked child: what other threads were making nobody makes any more.
  static void forget_others() noexcept;

  static Mutex g_mutex;
  static Condition g_ended;
  // Under the mutex.
  static ModuleTurn* g_turns;
  static Waiter* g_waiters;

  const Str& name_;
  Thread& owner_;
  ModuleTurn* next_ = nullptr;
  bool is_granted_ = false;
};

}  // namespace orochi::inline OROCHI_DESIGN
