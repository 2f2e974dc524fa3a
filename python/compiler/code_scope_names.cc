// Names: where they are, by what their scopes say.
#include "python/compiler/code_scope.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

NameId CodeScope::mangled(Identifier name) noexcept {
  // The class of a class's own scope is the one that its body is in.
  const NameId inside = scope_.kind == ScopeKind::kClass ? scope_.name : scope_.class_name;
  return context_.intern_in(context_.text(inside), name);
}

CodeScope::Variable CodeScope::variable(Identifier name) noexcept {
  const NameId id = mangled(name);
  Symbol* const symbol = scope_.symbols.find(id);
  if (symbol == nullptr) return {VariableKind::kName, 0, id, false};
  const bool walrus = (symbol->uses & kAssignsInExpression) != 0;
  const bool function = scope_.is_function();
  switch (symbol->resolution) {
    case Resolution::kLocal:
      if (!function) break;
      return {VariableKind::kLocal, number_of(*symbol), id, walrus};
    case Resolution::kCell:
      return {VariableKind::kCell, number_of(*symbol), id, walrus};
    case Resolution::kFree:
      return {scope_.kind == ScopeKind::kClass ? VariableKind::kClassFree : VariableKind::kFree,
              symbol->number, id, walrus};
    case Resolution::kGlobalExplicit:
      return {VariableKind::kGlobal, 0, id, walrus};
    case Resolution::kGlobalImplicit:
      if (function) return {VariableKind::kGlobal, 0, id, walrus};
      break;
    case Resolution::kUnresolved:
      break;
  }
  return {VariableKind::kName, 0, id, walrus};
}

bool CodeScope::is_local(const Expr& node, Register& r) noexcept {
  if (!is<Name>(&node)) return false;
  const Variable found = variable(as<Name>(&node)->id);
  r = found.number;
  return found.kind == VariableKind::kLocal;
}

Register CodeScope::load_name(Identifier name, Want want) noexcept {
  const Variable found = variable(name);
  if (found.kind == VariableKind::kLocal) return load_local(found, want);
  const Register to = target(want);
  switch (found.kind) {
    case VariableKind::kLocal:
      break;
    case VariableKind::kCell:
      emit(Opcode::kLoadCell, to, found.number);
      break;
    case VariableKind::kFree:
      emit(Opcode::kLoadFree, to, found.number);
      break;
    case VariableKind::kClassFree:
      emit(Opcode::kLoadClassFree, to, found.number);
      break;
    case VariableKind::kGlobal:
      emit_wide(Opcode::kLoadGlobal, to, assembler_.site(found.name));
      break;
    case VariableKind::kName:
      emit_wide(Opcode::kLoadName, to, assembler_.site(found.name));
      break;
  }
  return to;
}

// In place, unless a walrus further on in the same expression may give it another value.
Register CodeScope::load_local(const Variable& found, Want want) noexcept {
  emit(Opcode::kCheckLocal, found.number);
  if (want.anywhere() && !found.is_walrus_target) return found.number;
  const Register to = target(want);
  move(to, found.number);
  return to;
}

void CodeScope::store_name(Identifier name, Register value) noexcept {
  if (forbidden(name)) return;
  const Variable to = variable(name);
  switch (to.kind) {
    case VariableKind::kLocal:
      return move(to.number, value);
    case VariableKind::kCell:
      return emit(Opcode::kStoreCell, to.number, value);
    case VariableKind::kFree:
    case VariableKind::kClassFree:
      return emit(Opcode::kStoreFree, value, to.number);
    case VariableKind::kGlobal:
      return emit_wide(Opcode::kStoreGlobal, value, assembler_.site(to.name));
    case VariableKind::kName:
      return emit_wide(Opcode::kStoreName, value, assembler_.site(to.name));
  }
}

void CodeScope::delete_name(Identifier name) noexcept {
  if (forbidden(name, Context::kDel)) return;
  const Variable from = variable(name);
  switch (from.kind) {
    case VariableKind::kLocal:
      emit(Opcode::kCheckLocal, from.number);
      return emit(Opcode::kDrop, from.number);
    case VariableKind::kCell:
      return emit(Opcode::kDeleteCell, from.number);
    case VariableKind::kFree:
    case VariableKind::kClassFree:
      return emit(Opcode::kDeleteFree, from.number);
    case VariableKind::kGlobal:
      return emit_wide(Opcode::kDeleteGlobal, 0, assembler_.name(from.name));
    case VariableKind::kName:
      return emit_wide(Opcode::kDeleteName, 0, assembler_.name(from.name));
  }
}

// True: it was reported.
bool CodeScope::forbidden(Identifier name, Context context) noexcept {
  if (name != "__debug__") return false;
  error(context == Context::kDel ? "cannot delete __debug__" : "cannot assign to __debug__");
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
