// What can be assigned to, looped over into, or deleted.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// The targets of `for`: no `in` belongs to them.
Expr* Parser::star_targets() noexcept {
  Expr* const found = maybe_tuple(&Parser::target_item);
  if (found == nullptr || invalid_target(found, TargetKind::kAssign) != nullptr) return nullptr;
  set_context(found, Context::kStore);
  return found;
}

Expr* Parser::star_target() noexcept {
  Expr* const found = target_item();
  if (found == nullptr || invalid_target(found, TargetKind::kAssign) != nullptr) return nullptr;
  set_context(found, Context::kStore);
  return found;
}

Expr* Parser::target_item() noexcept {
  if (!at(TokenKind::kStar)) return primary();
  const Place start = token().place;
  advance();
  Expr* const value = at(TokenKind::kStar) ? nullptr : primary();
  return value == nullptr ? nullptr : make<Starred>(since(start), value, Context::kLoad);
}

// The part that is at fault, or null.
Expr* Parser::invalid_target(Expr* target, TargetKind kind) noexcept {
  switch (target->kind) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
      return nullptr;
    case NodeKind::kStarred:
      if (kind == TargetKind::kDelete) return target;
      return invalid_target(as<Starred>(target)->value, kind);
    case NodeKind::kList:
    case NodeKind::kTuple: {
      const auto& items = is<List>(target) ? as<List>(target)->elts : as<Tuple>(target)->elts;
      for (Expr* const item : items)
        if (Expr* const found = invalid_target(item, kind)) return found;
      return nullptr;
    }
    case NodeKind::kCompare: {
      // `for a in b` was read as a comparison.
      const auto* const compare = as<Compare>(target);
      if (kind != TargetKind::kFor) return target;
      return compare->ops[0] == Comparison::kIn ? invalid_target(compare->left, kind) : nullptr;
    }
    default:
      return target;
  }
}

// Requires: there is nothing invalid in it.
void Parser::set_context(Expr* target, Context context) noexcept {
  switch (target->kind) {
    case NodeKind::kName:
      as<Name>(target)->ctx = context;
      break;
    case NodeKind::kAttribute:
      as<Attribute>(target)->ctx = context;
      break;
    case NodeKind::kSubscript:
      as<Subscript>(target)->ctx = context;
      break;
    case NodeKind::kStarred:
      as<Starred>(target)->ctx = context;
      set_context(as<Starred>(target)->value, context);
      break;
    case NodeKind::kList:
      as<List>(target)->ctx = context;
      for (Expr* const item : as<List>(target)->elts) set_context(item, context);
      break;
    case NodeKind::kTuple:
      as<Tuple>(target)->ctx = context;
      for (Expr* const item : as<Tuple>(target)->elts) set_context(item, context);
      break;
    default:
      break;
  }
}

// As messages name it.
std::string_view Parser::describe(const Expr* expression) noexcept {
  switch (expression->kind) {
    case NodeKind::kAttribute:
      return "attribute";
    case NodeKind::kSubscript:
      return "subscript";
    case NodeKind::kStarred:
      return "starred";
    case NodeKind::kName:
      return "name";
    case NodeKind::kList:
      return "list";
    case NodeKind::kTuple:
      return "tuple";
    case NodeKind::kLambda:
      return "lambda";
    case NodeKind::kCall:
      return "function call";
    case NodeKind::kGeneratorExp:
      return "generator expression";
    case NodeKind::kYield:
    case NodeKind::kYieldFrom:
      return "yield expression";
    case NodeKind::kAwait:
      return "await expression";
    case NodeKind::kListComp:
      return "list comprehension";
    case NodeKind::kSetComp:
      return "set comprehension";
    case NodeKind::kDictComp:
      return "dict comprehension";
    case NodeKind::kDict:
      return "dict literal";
    case NodeKind::kSet:
      return "set display";
    case NodeKind::kJoinedStr:
    case NodeKind::kFormattedValue:
      return "f-string expression";
    case NodeKind::kCompare:
      return "comparison";
    case NodeKind::kIfExp:
      return "conditional expression";
    case NodeKind::kNamedExpr:
      return "named expression";
    case NodeKind::kConstant:
      break;
    default:
      return "expression";
  }
  switch (as<Constant>(expression)->value.kind) {
    case Literal::Kind::kNone:
      return "None";
    case Literal::Kind::kFalse:
      return "False";
    case Literal::Kind::kTrue:
      return "True";
    case Literal::Kind::kEllipsis:
      return "ellipsis";
    default:
      return "literal";
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
