#include "python/bytecode/effects.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

using Kind = Access::Kind;

class Collector {
 public:
  Collector(const Instruction& instruction, std::span<const Shape> shapes) noexcept
      : instruction_(instruction), shapes_(shapes) {}

  [[nodiscard]] Accesses collect() noexcept {
    const OpcodeInfo& info = info_of(instruction_.opcode);
    const Operand operands[] = {info.a, info.b, info.c};
    const Register values[] = {instruction_.a, instruction_.b, instruction_.c};
    for (int i = 0; i < 3; ++i) before(operands[i], values[i], static_cast<std::uint8_t>(1U << i));
    for (int i = 0; i < 3; ++i) after(operands[i], values[i], static_cast<std::uint8_t>(1U << i));
    return found_;
  }

 private:
  [[nodiscard]] std::uint32_t first() const noexcept { return shapes_[instruction_.c].first; }
  [[nodiscard]] std::uint32_t second() const noexcept { return shapes_[instruction_.c].second; }

  void take(Register at, std::uint32_t count) noexcept { found_.add(Kind::kTake, at, count); }
  void give(Register at, std::uint32_t count) noexcept { found_.add(Kind::kWrite, at, count); }

  void take_call(Register at, std::uint32_t arguments) noexcept {
    take(at, 1);
    take(static_cast<Register>(at + 2), arguments);
  }

  void before(Operand operand, Register at, std::uint8_t mark) noexcept {
    switch (operand) {
      case Operand::kRead:
        return found_.add(Kind::kRead, at, 1, mark);
      case Operand::kUpdate:
        // A cell is made of an unbound variable too.
        if (instruction_.opcode == Opcode::kMakeCell) return found_.add(Kind::kEmpty, at, 1);
        return take(at, 1);
      case Operand::kEmpty:
        return found_.add(Kind::kEmpty, at, 1);
      case Operand::kLocal:
        return found_.add(Kind::kMayRead, at, 1);
      default:
        return take_window(operand, at);
    }
  }

  void take_window(Operand operand, Register at) noexcept {
    switch (operand) {
      case Operand::kTake:
        return take(at, 1);
      case Operand::kTake2:
        return take(at, 2);
      case Operand::kTake3:
        return take(at, 3);
      case Operand::kTakeC:
        return take(at, instruction_.c);
      case Operand::kTakePairs:
        return take(at, 2U * instruction_.c);
      case Operand::kTakeShape:
        return take(at, first());
      case Operand::kTakeCall:
        return take_call(at, instruction_.c);
      case Operand::kTakeMethod:
        return take(at, 2U + instruction_.c);
      case Operand::kTakeCallShape:
        return take_call(at, first());
      case Operand::kTakeMethodShape:
        return take(at, 2 + first());
      default:
        return;
    }
  }

  void after(Operand operand, Register at, std::uint8_t mark) noexcept {
    switch (operand) {
      case Operand::kWrite:
        return found_.add(Kind::kWrite, at, 1, mark);
      case Operand::kUpdate:
        return give(at, 1);
      case Operand::kGive2:
        return give(at, 2);
      case Operand::kGive3:
        return give(at, 3);
      case Operand::kGiveC:
        return give(at, instruction_.c);
      case Operand::kGiveShape:
        return give(at, first() + 1 + second());
      default:
        return;
    }
  }

  const Instruction& instruction_;
  std::span<const Shape> shapes_;
  Accesses found_;
};

}  // namespace

Accesses accesses_of(const Instruction& instruction, std::span<const Shape> shapes) noexcept {
  return Collector(instruction, shapes).collect();
}

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
