// Functions and lambdas: what their definition does, and their code.
#include "python/compiler/annotation_text.h"
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

void CodeGenerator::make_function(Register to, const bytecode::Code* code) noexcept {
  if (code == nullptr) return;
  bytecode::Constant value;
  value.kind = bytecode::Constant::Kind::kCode;
  value.code = code;
  emit_wide(Opcode::kMakeFunction, to, constant(value));
}

// ---- decorators ------------------------------------------------------------------------------

// The argument of each call is the window of the next one, so that its result comes to lie there.
std::uint32_t CodeGenerator::push_decorators(const Sequence<Expr*>& list) noexcept {
  const std::uint32_t first = next_temporary_;
  for (std::uint32_t i = 0; i < list.size; ++i) {
    static_cast<void>(pushed(*list[i]));
    static_cast<void>(push());
  }
  return first;
}

void CodeGenerator::call_decorators(const Sequence<Expr*>& list, Register first) noexcept {
  for (std::uint32_t i = list.size; i-- > 0;) {
    const At at(*this, list[i]->place);
    const auto window = static_cast<Register>(first + 2 * i);
    emit(Opcode::kCall, window, window, 1);
  }
}

// ---- definitions -----------------------------------------------------------------------------

template <class T>
void CodeGenerator::function_definition(const T& node) noexcept {
  if (!parameters_are_fine(*node.args) || forbidden(node.name)) return;
  const Temps temps(*this);
  const auto first = static_cast<Register>(push_decorators(node.decorator_list));
  const At at(*this, node.place);
  Register value = function_value(node, *node.args, node.returns, {});
  call_decorators(node.decorator_list, first);
  if (!node.decorator_list.empty()) value = first;
  store_name(node.name, value);
}

void CodeGenerator::typed(const FunctionDef& node) noexcept { function_definition(node); }
void CodeGenerator::typed(const AsyncFunctionDef& node) noexcept { function_definition(node); }

bool CodeGenerator::parameters_are_fine(const Arguments& args) noexcept {
  for (const auto& list : {args.posonlyargs, args.args, args.kwonlyargs})
    for (std::uint32_t i = 0; i < list.size; ++i)
      if (forbidden(list[i]->arg)) return false;
  if (args.vararg != nullptr && forbidden(args.vararg->arg)) return false;
  return args.kwarg == nullptr || !forbidden(args.kwarg->arg);
}

// What goes with the function is evaluated before it is made.
Register CodeGenerator::function_value(const Node& node, const Arguments& args, const Expr* returns,
                                       Want want) noexcept {
  const Register function = stage(want);
  {
    const Temps temps(*this);
    const Register positional = defaults(args);
    const Register keyword = keyword_defaults(args);
    const Register annotated = annotations(args, returns);
    make_function(function, function_code(node));
    if (positional != kNoRegister) emit(Opcode::kSetDefaults, function, positional);
    if (keyword != kNoRegister) emit(Opcode::kSetKeywordDefaults, function, keyword);
    if (annotated != kNoRegister) emit(Opcode::kSetAnnotations, function, annotated);
  }
  return settle(function, want);
}

Register CodeGenerator::defaults(const Arguments& args) noexcept {
  if (args.defaults.empty()) return kNoRegister;
  const Register tuple = push();
  bytecode::Constant folded;
  if (folder_.fold_items(args.defaults, folded)) {
    load_constant(tuple, folded);
    return tuple;
  }
  static_cast<void>(window(Opcode::kBuildTuple, args.defaults, {tuple}));
  return tuple;
}

Register CodeGenerator::keyword_defaults(const Arguments& args) noexcept {
  GrowingArray<Identifier> names;
  const Register dict = static_cast<Register>(next_temporary_);
  {
    const Temps temps(*this);
    for (std::uint32_t i = 0; i < args.kw_defaults.size; ++i) {
      if (args.kw_defaults[i] == nullptr) continue;
      static_cast<void>(pushed(*args.kw_defaults[i]));
      if (!names.push(context_.text(mangled(args.kwonlyargs[i]->arg)))) context_.out_of_memory();
    }
  }
  if (names.empty()) return kNoRegister;
  const auto count = static_cast<std::uint32_t>(names.size());
  emit(Opcode::kBuildKeyedDict, dict, dict,
       assembler_.shape(count, constant(names_constant(names))));
  return push();
}

// ---- annotations -----------------------------------------------------------------------------

bool CodeGenerator::has_annotation(const Arguments& args, const Expr* returns) const noexcept {
  for (const auto& list : {args.posonlyargs, args.args, args.kwonlyargs})
    for (std::uint32_t i = 0; i < list.size; ++i)
      if (list[i]->annotation != nullptr) return true;
  if (args.vararg != nullptr && args.vararg->annotation != nullptr) return true;
  if (args.kwarg != nullptr && args.kwarg->annotation != nullptr) return true;
  return returns != nullptr;
}

Register CodeGenerator::annotations(const Arguments& args, const Expr* returns) noexcept {
  if (!has_annotation(args, returns)) return kNoRegister;
  const auto tuple = static_cast<Register>(next_temporary_);
  std::uint32_t count = 0;
  {
    const Temps temps(*this);
    for (const auto& list : {args.posonlyargs, args.args})
      for (std::uint32_t i = 0; i < list.size; ++i)
        annotation_of(list[i]->arg, list[i]->annotation, count);
    if (args.vararg != nullptr) annotation_of(args.vararg->arg, args.vararg->annotation, count);
    for (std::uint32_t i = 0; i < args.kwonlyargs.size; ++i)
      annotation_of(args.kwonlyargs[i]->arg, args.kwonlyargs[i]->annotation, count);
    if (args.kwarg != nullptr) annotation_of(args.kwarg->arg, args.kwarg->annotation, count);
    annotation_of("return", returns, count);
  }
  emit(Opcode::kBuildTuple, tuple, tuple, static_cast<std::uint16_t>(count));
  return push();
}

void CodeGenerator::annotation_of(Identifier name, const Expr* annotation,
                                  std::uint32_t& count) noexcept {
  if (annotation == nullptr) return;
  load_str(push(), context_.text(mangled(name)));
  const Register place = push();
  count += 2;
  // `*args: *Ts` is what the one item of Ts is.
  if (is<Starred>(annotation) && (program_.future.flags & bytecode::kFutureAnnotations) == 0) {
    const Temps temps(*this);
    const Register items = any(*as<Starred>(annotation)->value);
    return emit(Opcode::kUnpackSequence, place, items, 1);
  }
  static_cast<void>(annotation_value(*annotation, {place}));
}

Register CodeGenerator::annotation_value(const Expr& annotation, Want want) noexcept {
  if ((program_.future.flags & bytecode::kFutureAnnotations) == 0)
    return expression(annotation, want);
  const Register to = target(want);
  load_str(to, annotation_text(annotation, context_));
  return to;
}

// ---- code ------------------------------------------------------------------------------------

const bytecode::Code* CodeGenerator::function_code(const Node& node) noexcept {
  Scope* const scope = child_scope(node);
  if (scope == nullptr || stopped()) return nullptr;
  if (scope->code != nullptr) return scope->code;
  CodeGenerator inside(program_, *scope, this);
  switch (node.kind) {
    case NodeKind::kFunctionDef:
      return inside.body_code(*as<FunctionDef>(&node)->args, as<FunctionDef>(&node)->body);
    case NodeKind::kAsyncFunctionDef:
      return inside.body_code(*as<AsyncFunctionDef>(&node)->args,
                              as<AsyncFunctionDef>(&node)->body);
    default:
      return inside.lambda_code(*as<Lambda>(&node));
  }
}

const bytecode::Code* CodeGenerator::body_code(const Arguments& args,
                                               const Sequence<Stmt*>& statements) noexcept {
  number_parameters(args);
  make_cells();
  body(statements, docstring(statements));
  assembler_.set_place(statements.back()->place);
  return_none();
  return finish(0);
}

const bytecode::Code* CodeGenerator::lambda_code(const Lambda& node) noexcept {
  number_parameters(*node.args);
  make_cells();
  assembler_.set_place(node.body->place);
  const Register value = any(*node.body);
  if (scope_.is_generator) {
    drop(value);
    return_none();
  } else {
    emit(Opcode::kReturn, value);
  }
  return finish(0);
}

Register CodeGenerator::typed(const Lambda& node, Want want) noexcept {
  if (!parameters_are_fine(*node.args)) return 0;
  return function_value(node, *node.args, nullptr, want);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
