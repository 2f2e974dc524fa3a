// What is assigned to, unpacked into, changed in place, and deleted.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

static_assert(static_cast<int>(Opcode::kAdd) + 2 == static_cast<int>(Opcode::kInplaceAdd));
Opcode inplace(Operator op) noexcept {
  return static_cast<Opcode>(static_cast<int>(opcode_of(op)) + 2);
}

bool has_elements(const Expr& node) noexcept { return is<Tuple>(&node) || is<List>(&node); }
// Requires: has_elements(node).
const Sequence<Expr*>& elements_of(const Expr& node) noexcept {
  return is<Tuple>(&node) ? as<Tuple>(&node)->elts : as<List>(&node)->elts;
}

}  // namespace

// ---- assignment ------------------------------------------------------------------------------

void CodeGenerator::typed(const Assign& node) noexcept {
  if (node.targets.size == 1) return assign_one(*node.targets[0], *node.value);
  const Register value = any(*node.value);
  for (std::uint32_t i = 0; i < node.targets.size; ++i) {
    const Temps temps(*this);
    store(*node.targets[i], value);
  }
}

void CodeGenerator::assign_one(const Expr& to, const Expr& value) noexcept {
  Register local;
  if (is_local(to, local)) {
    const At at(*this, to.place);
    if (!forbidden(as<Name>(&to)->id)) into(value, local);
    return;
  }
  if (has_elements(to) && assign_in_pairs(elements_of(to), value)) return;
  store(to, any(value));
}

// `a, b = b, a` makes no tuple. False: that is not possible.
bool CodeGenerator::assign_in_pairs(const Sequence<Expr*>& to, const Expr& value) noexcept {
  if (!is<Tuple>(&value)) return false;
  const Sequence<Expr*>& values = as<Tuple>(&value)->elts;
  if (values.size != to.size || to.empty()) return false;
  for (std::uint32_t i = 0; i < to.size; ++i)
    if (is<Starred>(to[i]) || is<Starred>(values[i])) return false;
  const auto first = static_cast<Register>(next_temporary_);
  for (std::uint32_t i = 0; i < values.size; ++i) static_cast<void>(pushed(*values[i]));
  for (std::uint32_t i = 0; i < to.size; ++i) {
    const Temps temps(*this);
    store(*to[i], static_cast<Register>(first + i));
  }
  return true;
}

void CodeGenerator::store(const Expr& node, Register value) noexcept {
  if (stopped()) return;
  const At at(*this, node.place);
  const Temps temps(*this);
  switch (node.kind) {
    case NodeKind::kName:
      return store_name(as<Name>(&node)->id, value);
    case NodeKind::kAttribute: {
      const Attribute& to = *as<Attribute>(&node);
      if (forbidden(to.attr)) return;
      const Register object = any(*to.value);
      const At name(*this, at_name_of(to, to.place));
      return emit(Opcode::kStoreAttribute, object, value, assembler_.short_site(mangled(to.attr)));
    }
    case NodeKind::kSubscript:
      return store_item(*as<ast::Subscript>(&node), value);
    case NodeKind::kStarred:
      return error("starred assignment target must be in a list or tuple");
    default:
      return unpack(elements_of(node), value);
  }
}

void CodeGenerator::store_item(const ast::Subscript& node, Register value) noexcept {
  const Register object = any(*node.value);
  const RightOperand key = right_operand(*node.slice);
  emit(key.is_constant ? Opcode::kStoreSubscriptK : Opcode::kStoreSubscript, object, key.number,
       value);
}

// ---- unpacking -------------------------------------------------------------------------------

void CodeGenerator::unpack(const Sequence<Expr*>& to, Register value) noexcept {
  std::uint32_t star = to.size;
  for (std::uint32_t i = 0; i < to.size; ++i) {
    if (!is<Starred>(to[i])) continue;
    if (star < to.size) return error("multiple starred expressions in assignment");
    star = i;
  }
  if (star < to.size) return unpack_star(to, star, value);
  if (unpack_pair(to, value)) return;
  const Register first = push_many(to.size);
  emit(Opcode::kUnpackSequence, first, value, static_cast<std::uint16_t>(to.size));
  for (std::uint32_t i = 0; i < to.size; ++i) store(*to[i], static_cast<Register>(first + i));
}

// Two locals are written where they are.
bool CodeGenerator::unpack_pair(const Sequence<Expr*>& to, Register value) noexcept {
  Register one;
  Register other;
  if (to.size != 2 || !is_local(*to[0], one) || !is_local(*to[1], other) || one == other)
    return false;
  emit(Opcode::kUnpackPair, one, other, value);
  return true;
}

void CodeGenerator::unpack_star(const Sequence<Expr*>& to, std::uint32_t star,
                                Register value) noexcept {
  // CPython's limit for what comes in front.
  if (star >= 256) return error("too many expressions in star-unpacking assignment");
  const Register first = push_many(to.size);
  emit(Opcode::kUnpackStar, first, value, assembler_.shape(star, to.size - star - 1));
  for (std::uint32_t i = 0; i < to.size; ++i) {
    const Expr& one = i == star ? *as<Starred>(to[i])->value : *to[i];
    store(one, static_cast<Register>(first + i));
  }
}

// ---- augmented assignment --------------------------------------------------------------------

void CodeGenerator::typed(const AugAssign& node) noexcept {
  switch (node.target->kind) {
    case NodeKind::kName:
      return augment_name(node, *as<Name>(node.target));
    case NodeKind::kAttribute:
      return augment_attribute(node, *as<Attribute>(node.target));
    default:
      return augment_item(node, *as<ast::Subscript>(node.target));
  }
}

void CodeGenerator::augment_name(const AugAssign& node, const Name& name) noexcept {
  Register left;
  {
    const At at(*this, name.place);
    if (forbidden(name.id)) return;
    left = load_name(name.id, {});
  }
  const RightOperand right = right_operand(*node.value);
  Register local;
  if (is_local(name, local)) return emit_binary(inplace(node.op), local, left, right);
  const Register result = is_temporary(left) ? left : push();
  emit_binary(inplace(node.op), result, left, right);
  store_name(name.id, result);
}

void CodeGenerator::augment_attribute(const AugAssign& node, const Attribute& to) noexcept {
  Register object;
  const Register value = push();
  {
    const At at(*this, to.place);
    object = any(*to.value);
    const At name(*this, at_name_of(to, to.place));
    emit(Opcode::kLoadAttribute, value, object, assembler_.short_site(mangled(to.attr)));
  }
  const RightOperand right = right_operand(*node.value);
  emit_binary(inplace(node.op), value, value, right);
  const At name(*this, at_name_of(to, to.place));
  emit(Opcode::kStoreAttribute, object, value, assembler_.short_site(mangled(to.attr)));
}

void CodeGenerator::augment_item(const AugAssign& node, const ast::Subscript& to) noexcept {
  Register object;
  RightOperand key{};
  const Register value = push();
  {
    const At at(*this, to.place);
    object = any(*to.value);
    key = right_operand(*to.slice);
    emit_binary(Opcode::kSubscript, value, object, key);
  }
  const RightOperand right = right_operand(*node.value);
  emit_binary(inplace(node.op), value, value, right);
  const At at(*this, to.place);
  emit(key.is_constant ? Opcode::kStoreSubscriptK : Opcode::kStoreSubscript, object, key.number,
       value);
}

// ---- annotations -----------------------------------------------------------------------------

void CodeGenerator::typed(const AnnAssign& node) noexcept {
  const bool is_name = is<Name>(node.target);
  if (node.value != nullptr) assign_one(*node.target, *node.value);
  if (stopped()) return;
  if (is_name && forbidden(as<Name>(node.target)->id)) return;
  if (is<Attribute>(node.target) && forbidden(as<Attribute>(node.target)->attr)) return;
  const Temps temps(*this);
  if (node.value == nullptr && !is_name) evaluate_target(*node.target);
  if (!scope_.is_function()) annotate(node);
}

// The parts of a target that is not assigned to.
void CodeGenerator::evaluate_target(const Expr& node) noexcept {
  if (is<Attribute>(&node)) return effect(*as<Attribute>(&node)->value);
  const auto& item = *as<ast::Subscript>(&node);
  effect(*item.value);
  effect(*item.slice);
}

// In a module or a class. Only names by themselves are recorded.
void CodeGenerator::annotate(const AnnAssign& node) noexcept {
  const bool strings = (program_.future.flags & bytecode::kFutureAnnotations) != 0;
  if (node.simple == 0) {
    if (!strings) effect(*node.annotation);
    return;
  }
  const Register value = annotation_value(*node.annotation, {});
  const Register all = load_name("__annotations__", {});
  const NameId name = mangled(as<Name>(node.target)->id);
  const Register key = push();
  load_str(key, context_.text(name));
  emit(Opcode::kStoreSubscript, all, key, value);
}

// ---- deletion --------------------------------------------------------------------------------

void CodeGenerator::typed(const Delete& node) noexcept {
  for (std::uint32_t i = 0; i < node.targets.size; ++i) remove(*node.targets[i]);
}

void CodeGenerator::remove(const Expr& node) noexcept {
  if (stopped()) return;
  const At at(*this, node.place);
  const Temps temps(*this);
  switch (node.kind) {
    case NodeKind::kName:
      return delete_name(as<Name>(&node)->id);
    case NodeKind::kAttribute: {
      const Attribute& from = *as<Attribute>(&node);
      const Register object = any(*from.value);
      return emit(Opcode::kDeleteAttribute, object, 0, assembler_.short_name(mangled(from.attr)));
    }
    case NodeKind::kSubscript: {
      const Register object = any(*as<ast::Subscript>(&node)->value);
      return emit(Opcode::kDeleteSubscript, object, any(*as<ast::Subscript>(&node)->slice));
    }
    default:
      for (const Expr* const element : elements_of(node)) remove(*element);
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
