// objects/number/gmp_memory.h: what GMP allocates while it works comes from the caller's scratch.
//
// GMP's functions on large operands ask for memory in their middle, and end the process when there
// is none. So they ask here: an Arena makes a piece of memory the one place from which GMP
// allocates on this thread, and its size is reserved beforehand by somebody who can report failure.
//
// G1  The bounds below hold for what GMP asks for: tests/objects/number/gmp_memory_test.cc counts
//     requests that did not fit, over sizes in all of GMP's ranges of algorithms.
// G2  Without an Arena, or when it is full, memory comes from malloc, as it does in GMP, so other
//     users of GMP in the process see no difference.
//
// Arenas do not nest. Each thread has its own; no locks.
// Why: docs/decisions/090-gmp-without-abort.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::integer::gmp {

class Arena {
 public:
  // An empty span: there is no Arena, and whoever gave none knows that GMP asks for nothing.
  explicit Arena(std::span<std::uint64_t> memory) noexcept;
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
};

// What this thread's calls of GMP asked for, since `forget_requests`.
struct Requests {
  std::size_t peak_bytes = 0;      // the most that was in use of an arena
  std::size_t past_the_arena = 0;  // how many did not fit or met no arena
};
[[nodiscard]] Requests requests() noexcept;
void forget_requests() noexcept;

// Limbs of scratch, for operands of so many limbs.

// Below, GMP needs no more than the stack.
inline constexpr std::size_t kStackLimbs = 256;

[[nodiscard]] constexpr std::size_t linear_scratch(std::size_t limbs) noexcept {
  return 12 * limbs + 1024;
}
[[nodiscard]] constexpr std::size_t multiply_scratch(std::size_t a, std::size_t b) noexcept {
  return (a < b ? a : b) < kStackLimbs ? 0 : linear_scratch(a + b);
}
[[nodiscard]] constexpr std::size_t divide_scratch(std::size_t numerator) noexcept {
  return numerator < kStackLimbs ? 0 : linear_scratch(numerator);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer::gmp
