// memory/memory_watch.h: how much memory objects and buffers have, and telling when it is too much.
//
// The sum of all slabs and buffers, by our own accounts and not by what the system says of the
// process: an allocator may keep what it was given back for a while (Trap19).
//
//   who has an account    slots for their buffers, the pool for slabs: each a MemoryAccount of
//                         its own, which changes the sum by the grain
//   who wants to hear     sets a limit. Each grain that leads beyond it asks the thread that brings
//                         it (Breaker::kMemory), so who does not listen is told again
//
// So an allocation pays for an addition and a compare, and the sum lags by less than a grain for
// each account.
//
// Any thread. Tests: tests/memory/memory_watch_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/door/sys_atomic.h"

namespace orochi::inline OROCHI_DESIGN {

class MemoryWatch {
 public:
  static constexpr std::int64_t kGrain = std::int64_t{256} << 10;
  static constexpr std::size_t kNoLimit = SIZE_MAX / 2;

  [[nodiscard]] static std::size_t bytes() noexcept;
  [[nodiscard]] static std::size_t limit() noexcept;
  static void set_limit(std::size_t bytes) noexcept;
  [[nodiscard]] static bool is_over_limit() noexcept { return bytes() > limit(); }

  // For accounts.
  static void report(std::int64_t change) noexcept;
};

// What somebody has and has not reported yet. Written by one thread at a time.
class MemoryAccount {
 public:
  constexpr MemoryAccount() noexcept = default;

  // Modulo 2^64: to have less is to add the complement.
  void add(std::uint64_t change) noexcept {
    unreported_ += static_cast<std::int64_t>(change);
    if (unreported_ >= MemoryWatch::kGrain || unreported_ <= -MemoryWatch::kGrain) [[unlikely]]
      report();
  }

 private:
  void report() noexcept;

  std::int64_t unreported_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
