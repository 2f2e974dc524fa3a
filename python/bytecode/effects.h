// python/bytecode/effects.h: what an instruction does to registers, from the table of opcodes.
//
// Order: reads and takes come first, then writes; so a register may be both. Two opcodes act on one
// of their two ways only: see `happens`.
//
// Tests: tests/python/bytecode/effects_test.cc
#pragma once

#include <cstdint>
#include <span>

#include "python/bytecode/code.h"
#include "python/bytecode/instruction.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

struct Access {
  enum class Kind : std::uint8_t { kRead, kMayRead, kTake, kEmpty, kWrite };
  Kind kind;
  std::uint8_t mark;  // the bit of the mark that speaks of it; 0: none does
  Register first;
  std::uint32_t count;
};

struct Accesses {
  static constexpr std::size_t kMost = 6;
  Access items[kMost];
  std::uint8_t size = 0;

  constexpr void add(Access::Kind kind, Register first, std::uint32_t count,
                     std::uint8_t mark = 0) noexcept {
    items[size++] = {kind, mark, first, count};
  }
  [[nodiscard]] const Access* begin() const noexcept { return items; }
  [[nodiscard]] const Access* end() const noexcept { return items + size; }
};

[[nodiscard]] Accesses accesses_of(const Instruction& instruction,
                                   std::span<const Shape> shapes) noexcept;

// The ways out of an instruction that does not raise.
enum class Way : std::uint8_t {
  kNext,   // to the next instruction
  kOther,  // to the target, or over the next
};

// False: on this way, the instruction does not do that. ForNext writes where it skips and takes
// where it does not; JumpIfTrueElseDrop and its brother take where they do not jump.
[[nodiscard]] constexpr bool happens(const Instruction& instruction, const Access& access,
                                     Way way) noexcept {
  switch (instruction.opcode) {
    case Opcode::kForNext:
      return access.kind == Access::Kind::kTake ? way == Way::kNext : way == Way::kOther;
    case Opcode::kJumpIfTrueElseDrop:
    case Opcode::kJumpIfFalseElseDrop:
      return way == Way::kNext;
    default:
      return true;
  }
}

[[nodiscard]] constexpr bool has_next(Flow flow) noexcept {
  return flow == Flow::kNext || flow == Flow::kBranch || flow == Flow::kSkip;
}
[[nodiscard]] constexpr bool has_target(Flow flow) noexcept {
  return flow == Flow::kJump || flow == Flow::kBranch;
}

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
