// runtime/held_locks.h: which locks the calling thread holds, for assertions of debug builds.
//
// A byte cannot say who owns it. So in debug builds each thread remembers the addresses of what it
// holds, and misuse dies with a sentence instead of a hang. Release builds call nothing of this.
//
// The thread remembers up to kMost locks; while it holds more, the questions are answered in its
// favour.
// Tests: tests/runtime/mutex_test.cc
#pragma once

namespace orochi::inline OROCHI_DESIGN {

class HeldLocks {
 public:
  // Before the calling thread waits for the lock: it must not hold it already.
  static void check_not_held(const void* lock) noexcept;
  static void add(const void* lock) noexcept;
  // Before the calling thread unlocks: it must hold it.
  static void remove(const void* lock) noexcept;

  static constexpr int kMost = 32;
};

}  // namespace orochi::inline OROCHI_DESIGN
