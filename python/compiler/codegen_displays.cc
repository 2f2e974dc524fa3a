// Tuples, lists, sets, dicts and f-strings.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// What is longer is built in pieces, so that a long display does not need as many registers.
constexpr std::uint32_t kMostInWindow = 64;
// From so many on, a display of constants is made of a constant.
constexpr std::uint32_t kFewConstants = 3;

bool has_star(const Sequence<Expr*>& elements) noexcept {
  for (std::uint32_t i = 0; i < elements.size; ++i)
    if (is<Starred>(elements[i])) return true;
  return false;
}

bool has_double_star(const ast::Dict& node) noexcept {
  for (std::uint32_t i = 0; i < node.keys.size; ++i)
    if (node.keys[i] == nullptr) return true;
  return false;
}

}  // namespace

Register CodeGenerator::typed(const Tuple& node, Want want) noexcept {
  const bool large = node.elts.size > kMostInWindow || has_star(node.elts);
  if (!large) return window(Opcode::kBuildTuple, node.elts, want);
  Register list;
  {
    const Temps temps(*this);
    list = large_display(node.elts, {Opcode::kBuildList, Opcode::kListAppend, Opcode::kListExtend},
                         push());
  }
  const Register to = target(want);
  emit(Opcode::kListToTuple, to, list);
  return to;
}

Register CodeGenerator::typed(const List& node, Want want) noexcept {
  return display(node.elts, {Opcode::kBuildList, Opcode::kListAppend, Opcode::kListExtend}, want);
}

Register CodeGenerator::typed(const ast::Set& node, Want want) noexcept {
  return display(node.elts, {Opcode::kBuildSet, Opcode::kSetAdd, Opcode::kSetUpdate}, want);
}

Register CodeGenerator::display(const Sequence<Expr*>& elements, const Display& how,
                                Want want) noexcept {
  bytecode::Constant folded;
  const Expr* const first = elements.empty() ? nullptr : elements[0];
  const bool may_fold = elements.size >= kFewConstants && folder_.fold(*first, folded) &&
                        folder_.fold_items(elements, folded);
  if (!may_fold && elements.size <= kMostInWindow && !has_star(elements))
    return window(how.build, elements, want);
  const Register to = stage(want);
  if (!may_fold) {
    static_cast<void>(large_display(elements, how, to));
  } else {
    const Temps temps(*this);
    emit(how.build, to, to, 0);
    const Register items = push();
    load_constant(items, folded);
    emit(how.extend, to, items);
  }
  return settle(to, want);
}

Register CodeGenerator::large_display(const Sequence<Expr*>& elements, const Display& how,
                                      Register to) noexcept {
  emit(how.build, to, to, 0);
  for (std::uint32_t i = 0; i < elements.size && !stopped(); ++i) {
    const Temps temps(*this);
    const Expr& element = *elements[i];
    const bool star = is<Starred>(&element);
    emit(star ? how.extend : how.add, to, any(star ? *as<Starred>(&element)->value : element));
  }
  return to;
}

Register CodeGenerator::window(Opcode build, const Sequence<Expr*>& elements, Want want) noexcept {
  Register first;
  {
    const Temps temps(*this);
    first = static_cast<Register>(next_temporary_);
    for (std::uint32_t i = 0; i < elements.size; ++i) static_cast<void>(pushed(*elements[i]));
  }
  const Register to = target(want);
  emit(build, to, first, static_cast<std::uint16_t>(elements.size));
  return to;
}

// ---- dicts -----------------------------------------------------------------------------------

bool CodeGenerator::constant_keys(const ast::Dict& node, bytecode::Constant& keys) noexcept {
  if (node.keys.size < 2 || node.keys.size > kMostInWindow || has_double_star(node)) return false;
  return folder_.fold_items(node.keys, keys);
}

Register CodeGenerator::keyed_dict(const ast::Dict& node, const bytecode::Constant& keys,
                                   Want want) noexcept {
  Register first;
  {
    const Temps temps(*this);
    first = static_cast<Register>(next_temporary_);
    for (std::uint32_t i = 0; i < node.values.size; ++i) static_cast<void>(pushed(*node.values[i]));
  }
  const Register to = target(want);
  emit(Opcode::kBuildKeyedDict, to, first, assembler_.shape(node.values.size, constant(keys)));
  return to;
}

Register CodeGenerator::typed(const ast::Dict& node, Want want) noexcept {
  bytecode::Constant keys;
  if (constant_keys(node, keys)) return keyed_dict(node, keys, want);
  const Register to = stage(want);
  emit(Opcode::kBuildDict, to, to, 0);
  for (std::uint32_t i = 0; i < node.values.size && !stopped(); ++i) {
    const Temps temps(*this);
    if (node.keys[i] == nullptr) {
      emit(Opcode::kDictUpdate, to, any(*node.values[i]));
      continue;
    }
    const Register key = any(*node.keys[i]);
    emit(Opcode::kDictSet, to, key, any(*node.values[i]));
  }
  return settle(to, want);
}

// ---- f-strings -------------------------------------------------------------------------------

void CodeGenerator::format(const FormattedValue& node, Register to) noexcept {
  const auto conversion = static_cast<std::uint16_t>(node.conversion < 0 ? 0 : node.conversion);
  const Temps temps(*this);
  if (node.format_spec == nullptr)
    return emit(Opcode::kFormatValue, to, any(*node.value), conversion);
  const Register value = pushed(*node.value);
  static_cast<void>(pushed(*node.format_spec));
  emit(Opcode::kFormatSpec, to, value, conversion);
}

Register CodeGenerator::typed(const FormattedValue& node, Want want) noexcept {
  const Register to = stage(want);
  format(node, to);
  return settle(to, want);
}

Register CodeGenerator::typed(const JoinedStr& node, Want want) noexcept {
  if (node.values.size == 1 && is<FormattedValue>(node.values[0]))
    return expression(*node.values[0], want);
  if (node.values.size <= kMostInWindow) return window(Opcode::kBuildString, node.values, want);
  const Register to = stage(want);
  {
    const Temps temps(*this);
    const Register first = push();
    for (std::uint32_t done = 0; done < node.values.size && !stopped();) {
      const Temps piece(*this);
      const std::uint32_t begin = done;
      const std::uint32_t end = std::min(done + kMostInWindow, node.values.size);
      for (; done < end; ++done) {
        if (done == 0) {
          into(*node.values[0], first);
        } else {
          static_cast<void>(pushed(*node.values[done]));
        }
      }
      const std::uint32_t count = end - begin + (begin == 0 ? 0 : 1);
      emit(Opcode::kBuildString, first, first, static_cast<std::uint16_t>(count));
    }
    move(to, first);
  }
  return settle(to, want);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
