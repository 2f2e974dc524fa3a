// What decides where control goes: truth, `and` and `or`, comparisons.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr Opcode kCompareOpcodes[] = {
    Opcode::kCompareEqual,
    Opcode::kCompareNotEqual,
    Opcode::kCompareLess,
    Opcode::kCompareLessEqual,
    Opcode::kCompareGreater,
    Opcode::kCompareGreaterEqual,
    Opcode::kIs,
    Opcode::kIsNot,
    Opcode::kIn,
    Opcode::kNotIn,
};

constexpr bool is_ordering(Comparison op) noexcept { return op < Comparison::kIs; }
constexpr bool is_identity(Comparison op) noexcept {
  return op == Comparison::kIs || op == Comparison::kIsNot;
}

// Behind each comparison comes the test of the same order.
constexpr Opcode test_opcode(Comparison op) noexcept {
  return static_cast<Opcode>(static_cast<int>(kCompareOpcodes[static_cast<int>(op)]) + 2);
}
static_assert(test_opcode(Comparison::kLt) == Opcode::kTestLess);

bool is_none(const Expr& node) noexcept {
  return is<ast::Constant>(&node) && as<ast::Constant>(&node)->value.kind == Literal::Kind::kNone;
}

}  // namespace

// Goes to the label if the truth of the expression is `sense`.
void CodeGenerator::jump_if(const Expr& node, bool sense, Label label) noexcept {
  if (stopped()) return;
  const At at(*this, node.place);
  bytecode::Constant value;
  if (folder_.fold(node, value)) {
    if (truth_of(value) == sense) jump(label);
    return;
  }
  switch (node.kind) {
    case NodeKind::kUnaryOp:
      if (as<UnaryOp>(&node)->op != UnaryOperator::kNot) break;
      return jump_if(*as<UnaryOp>(&node)->operand, !sense, label);
    case NodeKind::kBoolOp:
      return jump_if_bool_op(*as<BoolOp>(&node), sense, label);
    case NodeKind::kIfExp:
      return jump_if_conditional(*as<IfExp>(&node), sense, label);
    case NodeKind::kCompare:
      return jump_if_compare(*as<Compare>(&node), sense, label);
    default:
      break;
  }
  const Temps temps(*this);
  jump(sense ? Opcode::kJumpIfTrue : Opcode::kJumpIfFalse, any(node), label);
}

// `a or b` goes on with b unless a decides; what a decides is where the operator's own sense lies.
void CodeGenerator::jump_if_bool_op(const BoolOp& node, bool sense, Label label) noexcept {
  const bool decides = node.op == BoolOperator::kOr;
  const Label end = assembler_.new_label();
  const Label decided = decides == sense ? label : end;
  for (std::uint32_t i = 0; i + 1 < node.values.size; ++i)
    jump_if(*node.values[i], decides, decided);
  jump_if(*node.values.back(), sense, label);
  assembler_.bind(end);
}

void CodeGenerator::jump_if_conditional(const IfExp& node, bool sense, Label label) noexcept {
  const Label otherwise = assembler_.new_label();
  const Label end = assembler_.new_label();
  jump_if(*node.test, false, otherwise);
  jump_if(*node.body, sense, label);
  jump(end);
  assembler_.bind(otherwise);
  jump_if(*node.orelse, sense, label);
  assembler_.bind(end);
}

void CodeGenerator::jump_if_compare(const Compare& node, bool sense, Label label) noexcept {
  warn_of_compare(node);
  if (node.ops.size > 1) return jump_if_chain(node, sense, label);
  const Temps temps(*this);
  const Comparison op = node.ops[0];
  const Register left = any(*node.left);
  if (is_identity(op) && is_none(*node.comparators[0])) {
    const bool wants_none = (op == Comparison::kIs) == sense;
    return jump(wants_none ? Opcode::kJumpIfNone : Opcode::kJumpIfNotNone, left, label);
  }
  test(op, left, compared_operand(*node.comparators[0], op), sense, label);
}

void CodeGenerator::test(Comparison op, Register left, const RightOperand& right, bool sense,
                         Label label) noexcept {
  if (is_ordering(op)) {
    const Opcode opcode = test_opcode(op);
    emit(right.is_constant ? bytecode::with_constant(opcode) : opcode, left, right.number,
         sense ? 1 : 0);
    return jump(label);
  }
  const Temps temps(*this);
  const Register truth = push();
  emit_compare(op, truth, left, right);
  jump(sense ? Opcode::kJumpIfTrue : Opcode::kJumpIfFalse, truth, label);
}

// An operand between two comparisons is used by both. Where the first one decides, a temporary
// must be dropped on the way out.
void CodeGenerator::jump_if_chain(const Compare& node, bool sense, Label label) noexcept {
  const Temps temps(*this);
  const Label end = assembler_.new_label();
  const Label decided = sense ? end : label;
  Register left = any(*node.left);
  for (std::uint32_t i = 0; i + 1 < node.ops.size; ++i) {
    const Register right = any(*node.comparators[i]);
    const Label on = assembler_.new_label();
    test(node.ops[i], left, {false, right}, true, on);
    drop(right);
    jump(decided);
    assembler_.bind(on);
    left = right;
  }
  const Comparison op = node.ops.back();
  test(op, left, compared_operand(*node.comparators.back(), op), sense, label);
  assembler_.bind(end);
}

Register CodeGenerator::typed(const Compare& node, Want want) noexcept {
  warn_of_compare(node);
  if (node.ops.size > 1) return compare_chain(node, want);
  Register left;
  RightOperand right{};
  {
    const Temps temps(*this);
    left = any(*node.left);
    right = compared_operand(*node.comparators[0], node.ops[0]);
  }
  const Register to = target(want);
  emit_compare(node.ops[0], to, left, right);
  return to;
}

Register CodeGenerator::compare_chain(const Compare& node, Want want) noexcept {
  const Register result = stage(want);
  {
    const Temps temps(*this);
    const Label end = assembler_.new_label();
    Register left = any(*node.left);
    for (std::uint32_t i = 0; i + 1 < node.ops.size; ++i) {
      const Register right = any(*node.comparators[i]);
      const Label decided = assembler_.new_label();
      const Label on = assembler_.new_label();
      emit_compare(node.ops[i], result, left, {false, right});
      jump(Opcode::kJumpIfFalseElseDrop, result, decided);
      jump(on);
      assembler_.bind(decided);
      drop(right);
      jump(end);
      assembler_.bind(on);
      left = right;
    }
    const Comparison op = node.ops.back();
    emit_compare(op, result, left, compared_operand(*node.comparators.back(), op));
    assembler_.bind(end);
  }
  return settle(result, want);
}

CodeGenerator::RightOperand CodeGenerator::compared_operand(const Expr& node,
                                                            Comparison op) noexcept {
  bytecode::Constant value;
  const bool looks_into = op == Comparison::kIn || op == Comparison::kNotIn;
  if (is_identity(op) || (looks_into && !folder_.fold_container(node, value)))
    return {false, any(node)};
  if (!looks_into) return right_operand(node);
  const std::uint32_t number = constant(value);
  if (number > 0xFFFF) return {false, any(node)};
  return {true, static_cast<std::uint16_t>(number)};
}

void CodeGenerator::emit_compare(Comparison op, Register to, Register left,
                                 const RightOperand& right) noexcept {
  emit_binary(kCompareOpcodes[static_cast<int>(op)], to, left, right);
}

Register CodeGenerator::typed(const BoolOp& node, Want want) noexcept {
  const Register result = stage(want);
  const Label end = assembler_.new_label();
  const Opcode decide =
      node.op == BoolOperator::kOr ? Opcode::kJumpIfTrueElseDrop : Opcode::kJumpIfFalseElseDrop;
  for (std::uint32_t i = 0; i < node.values.size; ++i) {
    if (i > 0) jump(decide, result, end);
    const Temps temps(*this);
    into(*node.values[i], result);
  }
  assembler_.bind(end);
  return settle(result, want);
}

Register CodeGenerator::typed(const IfExp& node, Want want) noexcept {
  const Register result = stage(want);
  const Label otherwise = assembler_.new_label();
  const Label end = assembler_.new_label();
  jump_if(*node.test, false, otherwise);
  into(*node.body, result);
  jump(end);
  assembler_.bind(otherwise);
  into(*node.orelse, result);
  assembler_.bind(end);
  return settle(result, want);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
