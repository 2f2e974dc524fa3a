#include "python/bytecode/disassembler.h"

#include <charconv>

#include "objects/types/digits.h"
#include "python/bytecode/place_table.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

void pad(std::size_t used, std::size_t width, Write write) {
  for (; used < width; ++used) write(" ");
}
void write_right(std::string_view text, std::size_t width, Write write) {
  pad(text.size(), width, write);
  write(text);
}

void write_double(double number, Write write) {
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  const std::string_view text(digits, static_cast<std::size_t>(end - digits));
  write(text);
  if (text.find_first_of(".en") == std::string_view::npos) write(".0");
}

// ASCII, one line, and not all of a long text.
void write_quoted(std::string_view text, Write write) {
  constexpr std::size_t kMost = 60;
  constexpr std::string_view kHex = "0123456789abcdef";
  write("'");
  for (const char& c : text.substr(0, kMost)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      write("\\n");
    } else if (c == '\'' || c == '\\') {
      write("\\");
      write({&c, 1});
    } else if (byte < ' ' || byte >= 0x7F) {
      write("\\x");
      write(kHex.substr(byte >> 4, 1));
      write(kHex.substr(byte & 15, 1));
    } else {
      write({&c, 1});
    }
  }
  write("'");
  if (text.size() > kMost) write("...");
}

void write_items(const Constant& constant, Write write) {
  const bool is_tuple = constant.kind == Constant::Kind::kTuple;
  write(is_tuple ? "(" : "frozenset({");
  for (std::size_t i = 0; i < constant.items.size(); ++i) {
    if (i > 0) write(", ");
    write_constant(constant.items[i], write);
  }
  if (is_tuple && constant.items.size() == 1) write(",");
  write(is_tuple ? ")" : "})");
}

class Disassembler {
 public:
  Disassembler(const Code& code, Write write) noexcept : code_(code), write_(write) {}

  void run() {
    header();
    PlaceReader places(code_.places);
    std::uint32_t line = 0;
    for (std::uint32_t i = 0; i < code_.instructions.size(); ++i) {
      while (i >= places.end() && places.next()) {
      }
      const bool changed = places.place().line != line;
      line = places.place().line;
      write_right(changed && line != 0 ? Digits(line).text() : std::string_view(), 5, write_);
      instruction(i);
    }
    exceptions();
  }

 private:
  void number(std::uint64_t value) { write_(Digits(value).text()); }

  void header() {
    write_(code_.qualified_name);
    write_(": ");
    number(code_.local_count);
    write_(" locals, ");
    number(code_.register_count);
    write_(" registers\n");
  }

  void instruction(std::uint32_t i) {
    const Instruction& instruction = code_.instructions[i];
    const OpcodeInfo& info = info_of(instruction.opcode);
    write_(is_target(i) ? " >" : "  ");
    write_right(Digits(i).text(), 4, write_);
    write_("  ");
    write_(info.name);
    const Operand operands[] = {info.a, info.b, info.c};
    const std::uint32_t values[] = {instruction.a, instruction.b, instruction.c};
    bool first = true;
    for (int k = 0; k < 3; ++k) {
      if (operands[k] == Operand::kNone) continue;
      if (first) pad(info.name.size(), 20, write_);
      write_(first ? " " : ", ");
      first = false;
      operand(operands[k], is_wide(operands[k]) ? instruction.wide() : values[k]);
      if ((instruction.marks & (1U << k)) != 0) write_("'");
    }
    write_("\n");
  }

  [[nodiscard]] bool is_target(std::uint32_t number) const {
    for (const Instruction& instruction : code_.instructions) {
      const Flow flow = info_of(instruction.opcode).flow;
      if ((flow == Flow::kJump || flow == Flow::kBranch) && instruction.wide() == number)
        return true;
    }
    for (const ExceptionEntry& entry : code_.exceptions)
      if (entry.handler == number) return true;
    return false;
  }

  void register_name(std::uint32_t r) {
    if (r < code_.local_count) return write_(code_.locals[r].name);
    write_("t");
    number(r - code_.local_count);
  }

  void operand(Operand operand, std::uint32_t value) {
    switch (operand) {
      case Operand::kRead:
      case Operand::kWrite:
      case Operand::kUpdate:
      case Operand::kEmpty:
      case Operand::kLocal:
      case Operand::kTake:
        return register_name(value);
      case Operand::kConstant:
      case Operand::kWideConstant:
      case Operand::kCode:
        return write_constant(code_.constants[value], write_);
      case Operand::kName:
      case Operand::kWideName:
        return write_(code_.names[value]);
      case Operand::kSite:
      case Operand::kWideSite:
        return write_(code_.names[code_.sites[value]]);
      case Operand::kJump:
        write_("to ");
        return number(value);
      case Operand::kFree:
        return write_(code_.free_variables[value].name);
      case Operand::kShape:
        return shape(code_.shapes[value]);
      case Operand::kNone:
      case Operand::kCount:
      case Operand::kSense:
      case Operand::kConversion:
        return number(value);
      default:
        register_name(value);
        return write_("..");
    }
  }
  void shape(const Shape& shape) {
    number(shape.first);
    write_("/");
    number(shape.second);
  }

  void exceptions() {
    for (const ExceptionEntry& entry : code_.exceptions) {
      write_("       ");
      number(entry.begin);
      write_("-");
      number(entry.end - 1);
      write_(": exceptions go to ");
      number(entry.handler);
      write_(" as ");
      register_name(entry.exception);
      write_(", empty from ");
      register_name(entry.depth);
      write_("\n");
    }
  }

  const Code& code_;
  Write write_;
};

}  // namespace

void write_constant(const Constant& constant, Write write) noexcept {
  switch (constant.kind) {
    case Constant::Kind::kNone:
      return write("None");
    case Constant::Kind::kFalse:
      return write("False");
    case Constant::Kind::kTrue:
      return write("True");
    case Constant::Kind::kEllipsis:
      return write("...");
    case Constant::Kind::kInt:
      return write(constant.text);
    case Constant::Kind::kFloat:
      return write_double(constant.number, write);
    case Constant::Kind::kComplex:
      write_double(constant.number, write);
      write("+");
      write_double(constant.imaginary, write);
      return write("j");
    case Constant::Kind::kBytes:
      write("b");
      return write_quoted(constant.text, write);
    case Constant::Kind::kStr:
      return write_quoted(constant.text, write);
    case Constant::Kind::kTuple:
    case Constant::Kind::kFrozenSet:
      return write_items(constant, write);
    case Constant::Kind::kCode:
      write("<");
      write(constant.code->qualified_name);
      return write(">");
  }
}

void disassemble_alone(const Code& code, Write write) noexcept { Disassembler(code, write).run(); }

void disassemble(const Code& code, Write write) noexcept {
  disassemble_alone(code, write);
  for (const Constant& constant : code.constants) {
    if (constant.kind != Constant::Kind::kCode) continue;
    write("\n");
    disassemble(*constant.code, write);
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
