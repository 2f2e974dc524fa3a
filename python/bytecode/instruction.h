// python/bytecode/instruction.h: one instruction: eight bytes, read at once and never written.
//
//     opcode 8 | marks 8 | A 16 | B 16 | C 16        B and C together are one operand of 32 bits
//
// What operands and marks mean stands in opcodes.h.
#pragma once

#include <cstdint>

#include "python/bytecode/opcodes.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

using Register = std::uint16_t;
// No instruction names it, so that a window of any length has an end that fits.
inline constexpr Register kNoRegister = 0xFFFF;

// One for each operand that is a register.
inline constexpr std::uint8_t kMarkA = 1;
inline constexpr std::uint8_t kMarkB = 2;
inline constexpr std::uint8_t kMarkC = 4;

struct Instruction {
  Opcode opcode = Opcode::kMove;
  std::uint8_t marks = 0;
  std::uint16_t a = 0;
  std::uint16_t b = 0;
  std::uint16_t c = 0;

  [[nodiscard]] constexpr std::uint32_t wide() const noexcept {
    return b | (std::uint32_t{c} << 16);
  }
  constexpr void set_wide(std::uint32_t operand) noexcept {
    b = static_cast<std::uint16_t>(operand);
    c = static_cast<std::uint16_t>(operand >> 16);
  }
};
static_assert(sizeof(Instruction) == 8, "one word");

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
