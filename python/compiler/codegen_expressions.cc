// Expressions that are neither conditions, displays, calls nor functions.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr Opcode kBinaryOpcodes[] = {
    Opcode::kAdd,
    Opcode::kSubtract,
    Opcode::kMultiply,
    Opcode::kPower,
    Opcode::kDivide,
    Opcode::kFloorDivide,
    Opcode::kRemainder,
    Opcode::kShiftLeft,
    Opcode::kShiftRight,
    Opcode::kAnd,
    Opcode::kOr,
    Opcode::kXor,
    Opcode::kMatrixMultiply,
};
constexpr Opcode kUnaryOpcodes[] = {Opcode::kInvert, Opcode::kNot, Opcode::kPositive,
                                    Opcode::kNegative};
constexpr std::uint32_t kMostNarrow = 0xFFFF;

}  // namespace

Opcode opcode_of(Operator op) noexcept { return kBinaryOpcodes[static_cast<int>(op)]; }

Register CodeGenerator::expression(const Expr& node, Want want) noexcept {
  if (stopped()) return want.anywhere() ? Register{0} : want.place;
  const At at(*this, node.place);
  bytecode::Constant value;
  if (folder_.fold(node, value)) {
    const Register to = target(want);
    load_constant(to, value);
    return to;
  }
  switch (node.kind) {
#define OROCHI_EXPRESSION(Type) \
  case NodeKind::k##Type:       \
    return typed(*as<ast::Type>(&node), want);
    OROCHI_EXPRESSION(BoolOp)
    OROCHI_EXPRESSION(NamedExpr)
    OROCHI_EXPRESSION(BinOp)
    OROCHI_EXPRESSION(UnaryOp)
    OROCHI_EXPRESSION(Lambda)
    OROCHI_EXPRESSION(IfExp)
    OROCHI_EXPRESSION(Dict)
    OROCHI_EXPRESSION(Set)
    OROCHI_EXPRESSION(ListComp)
    OROCHI_EXPRESSION(SetComp)
    OROCHI_EXPRESSION(DictComp)
    OROCHI_EXPRESSION(GeneratorExp)
    OROCHI_EXPRESSION(Await)
    OROCHI_EXPRESSION(Yield)
    OROCHI_EXPRESSION(YieldFrom)
    OROCHI_EXPRESSION(Compare)
    OROCHI_EXPRESSION(Call)
    OROCHI_EXPRESSION(FormattedValue)
    OROCHI_EXPRESSION(JoinedStr)
    OROCHI_EXPRESSION(Constant)
    OROCHI_EXPRESSION(Attribute)
    OROCHI_EXPRESSION(Subscript)
    OROCHI_EXPRESSION(Starred)
    OROCHI_EXPRESSION(Name)
    OROCHI_EXPRESSION(List)
    OROCHI_EXPRESSION(Tuple)
    OROCHI_EXPRESSION(Slice)
#undef OROCHI_EXPRESSION
    default:
      return 0;
  }
}

Register CodeGenerator::pushed(const Expr& node) noexcept {
  const Register place = push();
  into(node, place);
  return place;
}

// For what it does; its value is dropped.
void CodeGenerator::effect(const Expr& node) noexcept {
  const Temps temps(*this);
  drop(any(node));
}

CodeGenerator::RightOperand CodeGenerator::right_operand(const Expr& node) noexcept {
  bytecode::Constant value;
  if (folder_.fold(node, value)) {
    const std::uint32_t number = constant(value);
    if (number <= kMostNarrow) return {true, static_cast<std::uint16_t>(number)};
  }
  return {false, any(node)};
}

Register CodeGenerator::typed(const Name& node, Want want) noexcept {
  return load_name(node.id, want);
}

// Reached where it was not folded: nowhere.
Register CodeGenerator::typed(const ast::Constant& node, Want want) noexcept {
  const Register to = target(want);
  load_constant(to, constant_of(node.value));
  return to;
}

Register CodeGenerator::typed(const BinOp& node, Want want) noexcept {
  Register left;
  RightOperand right{};
  {
    const Temps temps(*this);
    left = any(*node.left);
    right = right_operand(*node.right);
  }
  const Register to = target(want);
  emit_binary(opcode_of(node.op), to, left, right);
  return to;
}

Register CodeGenerator::typed(const UnaryOp& node, Want want) noexcept {
  Register operand;
  {
    const Temps temps(*this);
    operand = any(*node.operand);
  }
  const Register to = target(want);
  emit(kUnaryOpcodes[static_cast<int>(node.op)], to, operand);
  return to;
}

Register CodeGenerator::typed(const NamedExpr& node, Want want) noexcept {
  const Register value = stage(want);
  into(*node.value, value);
  store(*node.target, value);
  return settle(value, want);
}

// ---- attributes and items --------------------------------------------------------------------

// Where the name after the dot is on another line, errors point there.
Place CodeGenerator::at_name_of(const Attribute& node, const Place& whole) const noexcept {
  const Place& p = node.place;
  if (p.line == p.end_line) return whole;
  Place place = whole;
  place.line = p.end_line;
  const auto length = static_cast<std::uint32_t>(node.attr.size());
  place.column = p.end_column >= length ? p.end_column - length : 0;
  return place;
}

Register CodeGenerator::typed(const Attribute& node, Want want) noexcept {
  Register value;
  {
    const Temps temps(*this);
    value = any(*node.value);
  }
  const Register to = target(want);
  const At at(*this, at_name_of(node, node.place));
  emit(Opcode::kLoadAttribute, to, value, assembler_.short_site(mangled(node.attr)));
  return to;
}

Register CodeGenerator::typed(const ast::Subscript& node, Want want) noexcept {
  warn_of_subscript(node);
  Register value;
  RightOperand key{};
  {
    const Temps temps(*this);
    value = any(*node.value);
    key = right_operand(*node.slice);
  }
  const Register to = target(want);
  emit_binary(Opcode::kSubscript, to, value, key);
  return to;
}

Register CodeGenerator::typed(const Slice& node, Want want) noexcept {
  const std::uint16_t count = node.step == nullptr ? 2 : 3;
  Register first;
  {
    const Temps temps(*this);
    first = static_cast<Register>(next_temporary_);
    const Expr* const parts[] = {node.lower, node.upper, node.step};
    for (std::uint16_t i = 0; i < count; ++i) {
      const Register place = push();
      if (parts[i] == nullptr) {
        load_none(place);
      } else {
        into(*parts[i], place);
      }
    }
  }
  const Register to = target(want);
  emit(Opcode::kBuildSlice, to, first, count);
  return to;
}

Register CodeGenerator::typed(const Starred&, Want want) noexcept {
  error("can't use starred expression here");
  return target(want);
}

// ---- generators and coroutines ---------------------------------------------------------------

bool CodeGenerator::is_in_async_function() const noexcept {
  return scope_.function == FunctionKind::kFunction && is<AsyncFunctionDef>(scope_.node);
}

// False: it was reported that this is no place for `what`.
bool CodeGenerator::may_await(std::string_view what) noexcept {
  const bool top_level = program_.options.top_level_await && scope_.kind == ScopeKind::kModule;
  if (top_level || is_in_async_function()) return true;
  error(what);
  return false;
}

void CodeGenerator::delegate(Register result, Register source) noexcept {
  load_none(result);
  emit(Opcode::kDelegate, result, source);
}

void CodeGenerator::await_into(Register result, Register awaitable, std::uint16_t origin) noexcept {
  const Temps temps(*this);
  const Register source = push();
  emit(Opcode::kGetAwaitable, source, awaitable, origin);
  delegate(result, source);
}

Register CodeGenerator::typed(const Await& node, Want want) noexcept {
  const bool top_level = program_.options.top_level_await && scope_.kind == ScopeKind::kModule;
  if (!top_level && !scope_.is_function()) {
    error("'await' outside function");
    return 0;
  }
  if (!top_level && !is_in_async_function() && !scope_.is_comprehension()) {
    error("'await' outside async function");
    return 0;
  }
  const Register result = stage(want);
  {
    const Temps temps(*this);
    await_into(result, any(*node.value), 0);
  }
  return settle(result, want);
}

Register CodeGenerator::typed(const ast::Yield& node, Want want) noexcept {
  if (!scope_.is_function()) {
    error("'yield' outside function");
    return 0;
  }
  Register value;
  {
    const Temps temps(*this);
    if (node.value != nullptr) {
      value = any(*node.value);
    } else {
      value = push();
      load_none(value);
    }
  }
  const Register to = target(want);
  emit(Opcode::kYield, to, value);
  return to;
}

Register CodeGenerator::typed(const YieldFrom& node, Want want) noexcept {
  if (!scope_.is_function()) {
    error("'yield' outside function");
    return 0;
  }
  if (is_in_async_function()) {
    error("'yield from' inside async function");
    return 0;
  }
  const Register result = stage(want);
  {
    const Temps temps(*this);
    const Register source = push();
    emit(Opcode::kGetYieldFromIterator, source, any(*node.value));
    delegate(result, source);
  }
  return settle(result, want);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
