// What is allowed and yet is surely a mistake: SyntaxWarnings.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using Kind = Literal::Kind;

std::string_view type_name(const Literal& literal) noexcept {
  switch (literal.kind) {
    case Kind::kNone:
      return "NoneType";
    case Kind::kFalse:
    case Kind::kTrue:
      return "bool";
    case Kind::kEllipsis:
      return "ellipsis";
    case Kind::kInt:
      return "int";
    case Kind::kFloat:
      return "float";
    case Kind::kComplex:
      return "complex";
    case Kind::kStr:
      return "str";
    case Kind::kBytes:
      return "bytes";
  }
  return {};
}

// Empty where the type is not plain to see.
std::string_view type_name(const Expr& node) noexcept {
  switch (node.kind) {
    case NodeKind::kConstant:
      return type_name(as<ast::Constant>(&node)->value);
    case NodeKind::kTuple:
      return "tuple";
    case NodeKind::kList:
    case NodeKind::kListComp:
      return "list";
    case NodeKind::kDict:
    case NodeKind::kDictComp:
      return "dict";
    case NodeKind::kSet:
    case NodeKind::kSetComp:
      return "set";
    case NodeKind::kGeneratorExp:
      return "generator";
    case NodeKind::kLambda:
      return "function";
    case NodeKind::kJoinedStr:
    case NodeKind::kFormattedValue:
      return "str";
    default:
      return {};
  }
}

bool cannot_be_called(const Expr& node) noexcept {
  return is<ast::Constant>(&node) || (!type_name(node).empty() && !is<Lambda>(&node));
}

bool has_no_items(const Expr& node) noexcept {
  if (is<ast::Constant>(&node)) {
    const Kind kind = as<ast::Constant>(&node)->value.kind;
    return kind != Kind::kStr && kind != Kind::kBytes;
  }
  return is<ast::Set>(&node) || is<SetComp>(&node) || is<GeneratorExp>(&node) || is<Lambda>(&node);
}

bool wants_integers(const Expr& node) noexcept {
  const std::string_view type = type_name(node);
  return type == "str" || type == "bytes" || type == "tuple" || type == "list";
}

bool cannot_be_index(const Expr& node) noexcept {
  const std::string_view type = type_name(node);
  return !type.empty() && type != "int" && type != "bool";
}

}  // namespace

void CodeGenerator::warn(std::string_view message) noexcept {
  context_.diagnostics().warn(message, static_cast<std::int32_t>(assembler_.place().line),
                              WarningKind::kSyntax);
}

void CodeGenerator::warn_of_call(const Expr& function) noexcept {
  if (!cannot_be_called(function)) return;
  const At at(*this, function.place);
  warn(context_.arena().join(
      {"'", type_name(function), "' object is not callable; perhaps you missed a comma?"}));
}

void CodeGenerator::warn_of_subscript(const ast::Subscript& node) noexcept {
  if (node.ctx != Context::kLoad) return;
  const std::string_view type = type_name(*node.value);
  if (has_no_items(*node.value)) {
    warn(context_.arena().join(
        {"'", type, "' object is not subscriptable; perhaps you missed a comma?"}));
  } else if (wants_integers(*node.value) && cannot_be_index(*node.slice)) {
    warn(context_.arena().join({type, " indices must be integers or slices, not ",
                                type_name(*node.slice), "; perhaps you missed a comma?"}));
  }
}

// Of None, True, False and ... there is but one; of others there may be several.
bool CodeGenerator::is_literal(const Expr& node) noexcept {
  using Kind = bytecode::Constant::Kind;
  bytecode::Constant value;
  if (!folder_.fold(node, value)) return false;
  return value.kind != Kind::kNone && value.kind != Kind::kTrue && value.kind != Kind::kFalse &&
         value.kind != Kind::kEllipsis;
}

void CodeGenerator::warn_of_compare(const Compare& node) noexcept {
  bool left = is_literal(*node.left);
  for (std::uint32_t i = 0; i < node.ops.size; ++i) {
    const bool right = is_literal(*node.comparators[i]);
    if ((left || right) && node.ops[i] == Comparison::kIs)
      return warn("\"is\" with a literal. Did you mean \"==\"?");
    if ((left || right) && node.ops[i] == Comparison::kIsNot)
      return warn("\"is not\" with a literal. Did you mean \"!=\"?");
    left = right;
  }
}

void CodeGenerator::warn_of_assert(const Assert& node) noexcept {
  const bool is_tuple = is<Tuple>(node.test) && !as<Tuple>(node.test)->elts.empty();
  if (is_tuple) warn("assertion is always true, perhaps remove parentheses?");
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
