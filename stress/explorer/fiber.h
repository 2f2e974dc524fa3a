// stress/explorer/fiber.h: a stack of one's own, and the switch to it.
//
// All threads of a scenario are fibers of one OS thread, so exactly one runs at a time and a switch
// costs a few nanoseconds. A fiber may be abandoned in the middle of anything and prepared anew:
// nothing on its stack is unwound.
//
// Two bodies, chosen by the build: fiber_x86_64.cc (a dozen instructions) and fiber_ucontext.cc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orochi::explorer {

class Fiber {
 public:
  using Entry = void (*)(void* argument);
  static constexpr std::size_t kStackBytes = std::size_t{1} << 18;

  Fiber() noexcept = default;
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Where the stack lies; kStackBytes long. Without one, the fiber stands for the OS thread's own
  // stack and can only be switched from and back to.
  void set_stack(char* base) noexcept { base_ = base; }
  [[nodiscard]] const char* stack() const noexcept { return base_; }

  // The next switch to the fiber calls entry(argument), which must never return.
  void prepare(Entry entry, void* argument) noexcept;

  // Leaves `from`, which is running, for `to`. Returns when somebody switches back.
  static void switch_to(Fiber& from, Fiber& to) noexcept;

  // To be called first in every entry.
  static void arrived() noexcept;

  // Below this address the stack of a fiber that does not run holds nothing alive.
  [[nodiscard]] const char* live_from() const noexcept { return static_cast<const char*>(top_); }

 private:
  char* base_ = nullptr;
  void* top_ = nullptr;                       // the saved stack pointer
  [[maybe_unused]] void* context_ = nullptr;  // fiber_ucontext.cc only
};

}  // namespace orochi::explorer
