// Classes.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

void CodeGenerator::typed(const ClassDef& node) noexcept {
  if (!keywords_are_fine(node.keywords) || forbidden(node.name)) return;
  const Temps temps(*this);
  const auto first = static_cast<Register>(push_decorators(node.decorator_list));
  const At at(*this, node.place);
  Register value = push();
  class_value(node, value);
  call_decorators(node.decorator_list, first);
  if (!node.decorator_list.empty()) value = first;
  store_name(node.name, value);
}

// A call of __build_class__ with the body as a function, the name, and what the header says.
void CodeGenerator::class_value(const ClassDef& node, Register to) noexcept {
  const Temps temps(*this);
  const Register at = push_many(2);
  emit(Opcode::kLoadBuildClass, at);
  make_function(push(), class_code(node));
  load_str(push(), node.name);
  const CallArguments arguments{node.bases, node.keywords};
  if (needs_spread(arguments)) {
    spread_call(at, 2, arguments, to);
  } else {
    call(at, 2, arguments, false, to);
  }
}

const bytecode::Code* CodeGenerator::class_code(const ClassDef& node) noexcept {
  Scope* const scope = child_scope(node);
  if (scope == nullptr || stopped()) return nullptr;
  if (scope->code != nullptr) return scope->code;
  CodeGenerator inside(program_, *scope, this);
  return inside.class_body_code(node);
}

const bytecode::Code* CodeGenerator::class_body_code(const ClassDef& node) noexcept {
  make_cells();
  {
    const Temps temps(*this);
    const Register value = load_name("__name__", {});
    store_name("__module__", value);
    load_str(value, qualified_name_);
    store_name("__qualname__", value);
  }
  namespace_body(node.body);
  if (!scope_.has_class_cell) {
    return_none();
    return finish(0);
  }
  const Register cell = push();
  move(cell, 0);
  store_name("__classcell__", cell);
  emit(Opcode::kReturn, cell);
  return finish(0);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
