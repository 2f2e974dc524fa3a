// runtime/lifecycle.h: the whole process: start, shutdown and fork.
//
// Shutdown. `shut_down` posts a notice, asks every thread to leave (Breaker::kLeave), and waits
// until all have left or the deadline passes. From the notice on
//
//   a thread that detached for a blocking call   is refused when it comes back (Attach::kRefused);
//                                                it unwinds through its own frames, nobody hangs it
//   a thread that waits inside the runtime       comes back, reaches a safepoint, and leaves there
//   a new thread                                 is refused
//
// Nothing of the runtime is ever destroyed: a thread that is late finds its slot, the locks and the
// world as they were. Whether a program may end while threads are still inside is its own decision,
// made with the number that `shut_down` returns.
//
// Fork. The child has one thread, the caller, and a runtime that works: the world stands still
// while the process is copied, so no other thread is between two halves of anything; then every
// other slot becomes free, with its heap and its queues (H11), and all that waits or is locked
// starts anew. Locks of the program that other threads held stay locked, as with any fork.
//
// Tests: tests/runtime/lifecycle_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/door/platform.h"
#include "runtime/notice.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

class Lifecycle {
 public:
  // Opens the runtime, after a shutdown too, and makes the calling thread known and attached.
  [[nodiscard]] static Attach start() noexcept;

  // Attached; one thread, once between two starts. Returns how many others are still inside.
  [[nodiscard]] static std::uint32_t shut_down(platform::Nanos deadline) noexcept;

  // Any thread.
  [[nodiscard]] static bool is_shutting_down() noexcept {
    return Notices::read().has(Notice::kShutdown);
  }

  // fork(2). Attached; returns -1 with errno set, and nothing else changed, when it fails.
  [[nodiscard]] static int fork() noexcept;

  // For who calls fork himself: one before, one of the others after. Attached.
  static void before_fork() noexcept;
  static void after_fork_parent() noexcept;
  static void after_fork_child() noexcept;

  // What a floor above has to set right in a forked child. Called by the child's one thread,
  // attached, when the runtime works again. Any thread, as often as it likes: once is enough. For a
  // few hooks of the process (kMostHooks).
  using ChildHook = void (*)() noexcept;
  static constexpr std::size_t kMostHooks = 4;
  static void call_in_children(ChildHook hook) noexcept;

  // For runtime/thread.cc: a slot was left while the shutdown notice stands.
  static void notify_departure() noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
