// Statements that stand for themselves, and lists of them.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

bool is_docstring(const Stmt& statement) noexcept {
  if (!is<ExprStmt>(&statement)) return false;
  const Expr* const value = as<ExprStmt>(&statement)->value;
  return is<ast::Constant>(value) && as<ast::Constant>(value)->value.kind == Literal::Kind::kStr;
}

}  // namespace

const bytecode::Code* CodeGenerator::module(const Root& tree) noexcept {
  assembler_.set_place({});
  if (is<Expression>(&tree)) {
    emit(Opcode::kReturn, any(*as<Expression>(&tree)->body));
  } else {
    namespace_body(is<Module>(&tree) ? as<Module>(&tree)->body : as<Interactive>(&tree)->body);
    return_none();
  }
  const bool awaits = scope_.is_coroutine && program_.options.top_level_await;
  return finish(awaits ? std::uint32_t{bytecode::kCoroutine} : 0U);
}

void CodeGenerator::body(const Sequence<Stmt*>& statements, std::uint32_t first) noexcept {
  for (std::uint32_t i = first; i < statements.size; ++i) statement(*statements[i]);
}

std::uint32_t CodeGenerator::docstring(const Sequence<Stmt*>& statements) noexcept {
  if (statements.empty() || !is_docstring(*statements[0])) return 0;
  if (program_.options.optimize >= 2) return 1;
  const Expr& text = *as<ExprStmt>(statements[0])->value;
  docstring_ = constant(constant_of(as<ast::Constant>(&text)->value));
  return 1;
}

// Of a module or a class.
void CodeGenerator::namespace_body(const Sequence<Stmt*>& statements) noexcept {
  if (has_annotations(statements)) emit(Opcode::kSetupAnnotations);
  if (program_.is_interactive) return body(statements);
  const std::uint32_t first = docstring(statements);
  if (docstring_ != bytecode::kNoDocstring) {
    const Temps temps(*this);
    const At at(*this, statements[0]->place);
    const Register text = push();
    emit_wide(Opcode::kLoadConstant, text, docstring_);
    store_name("__doc__", text);
  }
  body(statements, first);
}

// Whether a name is annotated outside of functions and classes inside.
bool CodeGenerator::has_annotations(const Sequence<Stmt*>& statements) noexcept {
  for (std::uint32_t i = 0; i < statements.size; ++i)
    if (has_annotations(*statements[i])) return true;
  return false;
}

bool CodeGenerator::has_annotations(const Stmt& node) noexcept {
  const auto in = [](const auto&... lists) { return (has_annotations(lists) || ...); };
  const auto in_try = [&](const auto& statement) {
    for (std::uint32_t i = 0; i < statement.handlers.size; ++i)
      if (in(statement.handlers[i]->body)) return true;
    return in(statement.body, statement.orelse, statement.finalbody);
  };
  switch (node.kind) {
    case NodeKind::kAnnAssign:
      return true;
    case NodeKind::kFor:
      return in(as<For>(&node)->body, as<For>(&node)->orelse);
    case NodeKind::kAsyncFor:
      return in(as<AsyncFor>(&node)->body, as<AsyncFor>(&node)->orelse);
    case NodeKind::kWhile:
      return in(as<While>(&node)->body, as<While>(&node)->orelse);
    case NodeKind::kIf:
      return in(as<If>(&node)->body, as<If>(&node)->orelse);
    case NodeKind::kWith:
      return in(as<With>(&node)->body);
    case NodeKind::kAsyncWith:
      return in(as<AsyncWith>(&node)->body);
    case NodeKind::kTry:
      return in_try(*as<Try>(&node));
    case NodeKind::kTryStar:
      return in_try(*as<TryStar>(&node));
    case NodeKind::kMatch:
      for (std::uint32_t i = 0; i < as<Match>(&node)->cases.size; ++i)
        if (in(as<Match>(&node)->cases[i]->body)) return true;
      return false;
    default:
      return false;
  }
}

void CodeGenerator::statement(const Stmt& node) noexcept {
  if (stopped()) return;
  const At at(*this, node.place);
  const Temps temps(*this);
  switch (node.kind) {
#define OROCHI_STATEMENT(Type) \
  case NodeKind::k##Type:      \
    return typed(*as<ast::Type>(&node));
    OROCHI_STATEMENT(FunctionDef)
    OROCHI_STATEMENT(AsyncFunctionDef)
    OROCHI_STATEMENT(ClassDef)
    OROCHI_STATEMENT(Return)
    OROCHI_STATEMENT(Delete)
    OROCHI_STATEMENT(Assign)
    OROCHI_STATEMENT(AugAssign)
    OROCHI_STATEMENT(AnnAssign)
    OROCHI_STATEMENT(For)
    OROCHI_STATEMENT(AsyncFor)
    OROCHI_STATEMENT(While)
    OROCHI_STATEMENT(If)
    OROCHI_STATEMENT(With)
    OROCHI_STATEMENT(AsyncWith)
    OROCHI_STATEMENT(Match)
    OROCHI_STATEMENT(Raise)
    OROCHI_STATEMENT(Try)
    OROCHI_STATEMENT(TryStar)
    OROCHI_STATEMENT(Assert)
    OROCHI_STATEMENT(Import)
    OROCHI_STATEMENT(ImportFrom)
    OROCHI_STATEMENT(Global)
    OROCHI_STATEMENT(Nonlocal)
    OROCHI_STATEMENT(ExprStmt)
    OROCHI_STATEMENT(Pass)
    OROCHI_STATEMENT(Break)
    OROCHI_STATEMENT(Continue)
#undef OROCHI_STATEMENT
    default:
      return;
  }
}

void CodeGenerator::typed(const ExprStmt& node) noexcept {
  if (program_.is_interactive && outer_ == nullptr)
    return emit(Opcode::kPrintExpression, any(*node.value));
  if (is<ast::Constant>(node.value)) return emit(Opcode::kNop);
  effect(*node.value);
}

void CodeGenerator::typed(const If& node) noexcept {
  const Label end = assembler_.new_label();
  const Label otherwise = node.orelse.empty() ? end : assembler_.new_label();
  jump_if(*node.test, false, otherwise);
  body(node.body);
  if (!node.orelse.empty()) {
    jump(end);
    assembler_.bind(otherwise);
    body(node.orelse);
  }
  assembler_.bind(end);
}

void CodeGenerator::typed(const ast::Raise& node) noexcept {
  if (node.exc == nullptr) return emit(Opcode::kRaiseAgain);
  const Register exception = any(*node.exc);
  if (node.cause == nullptr) return emit(Opcode::kRaise, exception);
  emit(Opcode::kRaiseFrom, exception, any(*node.cause));
}

void CodeGenerator::typed(const Assert& node) noexcept {
  warn_of_assert(node);
  if (program_.options.optimize >= 1) return;
  const Label end = assembler_.new_label();
  jump_if(*node.test, true, end);
  const Register at = push();
  emit(Opcode::kLoadAssertionError, at);
  if (node.msg != nullptr) {
    static_cast<void>(push());
    static_cast<void>(pushed(*node.msg));
    emit(Opcode::kCall, at, at, 1);
  }
  emit(Opcode::kRaise, at);
  assembler_.bind(end);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
