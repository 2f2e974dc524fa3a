// memory/fault.h: allocations that fail on demand, so that a test can try every one of them.
//
// An allocation is a block of the heap, a buffer, a chunk, a slot: whatever could fail for lack of
// memory asks `should_fail` first. A test arms a window, runs a script, and learns how many
// allocations it met:
//
//     for (std::uint64_t n = 0;; ++n) {
//       fault::Injection fault = fault::Injection::nth(n);
//       run_script();                          // must report the failure or get around it
//       if (fault.allocations() <= n) break;   // the script has no n-th allocation any more
//     }
//
// Not armed, this costs nothing where blocks are allocated: `should_fail` is asked on slow paths
// only. An Injection sends every heap to its slow path for as long as it lives (heap::park), so
// that each single block is counted.
//
// Whoever arms or disarms is the only thread that allocates meanwhile; the others of the process
// may allocate between the two. One Injection at a time.
//
// Tests: tests/memory/fault_test.cc
#pragma once

#include <cstdint>

#include "memory/door/sys_atomic.h"

namespace orochi::inline OROCHI_DESIGN::fault {

namespace detail {
inline constinit SysAtomic<bool> g_armed{false};
[[nodiscard]] bool count_and_decide() noexcept;
}  // namespace detail

[[nodiscard]] inline bool is_armed() noexcept {
  return detail::g_armed.load(kRelaxed);  // relaxed: set while nobody allocates
}

// Counts an allocation; true: it is to fail.
[[nodiscard]] inline bool should_fail() noexcept {
  return is_armed() && detail::count_and_decide();
}

class Injection {
 public:
  // Lets allocations number `first` to `last` - 1 fail, counted from 0 and from now.
  static Injection window(std::uint64_t first, std::uint64_t last) noexcept {
    return {first, last};
  }
  static Injection nth(std::uint64_t n) noexcept { return {n, n + 1}; }
  static Injection from(std::uint64_t n) noexcept { return {n, UINT64_MAX}; }
  static Injection none() noexcept { return {0, 0}; }  // only counts

  ~Injection();
  Injection(const Injection&) = delete;
  Injection& operator=(const Injection&) = delete;

  // How many there were so far.
  [[nodiscard]] std::uint64_t allocations() const noexcept;

 private:
  Injection(std::uint64_t first, std::uint64_t last) noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN::fault
