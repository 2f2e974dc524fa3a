// The parameters of functions and lambdas: at most one `/`, one `*` and one `**`, in this order,
// and no parameter without a default behind one with, before the `*`.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Up to the closing token, which is left.
ast::Arguments* Parser::parameters(const ParameterStyle& style) noexcept {
  const Mark before = mark();
  ast::Arguments* const found = parse_parameters(style);
  if (found != nullptr && at(style.closing)) return found;
  if (suggesting_ && !stopped()) {
    go_back(before);
    static_cast<void>(diagnose_parameters(style));
  }
  return nullptr;
}

ast::Arguments* Parser::parse_parameters(const ParameterStyle& style) noexcept {
  auto* const args = make<ast::Arguments>(
      Place{}, Sequence<Arg*>{}, Sequence<Arg*>{}, static_cast<Arg*>(nullptr), Sequence<Arg*>{},
      Sequence<Expr*>{}, static_cast<Arg*>(nullptr), Sequence<Expr*>{});
  if (args == nullptr || !positional_parameters(style, *args)) return nullptr;
  if (at(TokenKind::kStar) && !star_parameters(style, *args)) return nullptr;
  if (at(TokenKind::kDoubleStar)) {
    advance();
    args->kwarg = parameter(style, false);
    if (args->kwarg == nullptr) return nullptr;
    static_cast<void>(take(TokenKind::kComma));
  }
  return set_height(*args) ? args : nullptr;
}

// True at the end of the list, and where a comma was taken.
bool Parser::comma_or_end(const ParameterStyle& style) noexcept {
  return take(TokenKind::kComma) || at(style.closing);
}

// With its default; names in front of `*` or `/`.
bool Parser::parameter_with_default(const ParameterStyle& style, Parameter& found) noexcept {
  found = {parameter(style, false), nullptr};
  if (found.arg == nullptr) return false;
  const Place equal = token().place;
  if (!take(TokenKind::kEqual)) return true;
  if (suggesting_ && (at(TokenKind::kRightParenthesis) || at(TokenKind::kComma)))
    raise_at(equal, "expected default value expression");
  found.fallback = expression();
  return found.fallback != nullptr;
}

bool Parser::positional_parameters(const ParameterStyle& style, ast::Arguments& args) noexcept {
  Collector<Parameter> all(*this);
  std::size_t before_slash = 0;
  bool had_default = false;
  while (at(TokenKind::kName) || at(TokenKind::kSlash)) {
    if (at(TokenKind::kSlash)) {
      if (before_slash != 0 || all.empty()) return false;
      advance();
      before_slash = all.size();
    } else {
      Parameter next;
      if (!parameter_with_default(style, next)) return false;
      if (had_default && next.fallback == nullptr) return false;
      had_default = next.fallback != nullptr;
      if (!all.add(next)) return false;
    }
    if (!comma_or_end(style)) return false;
  }
  Sequence<Parameter> found;
  return all.finish(found) && split_parameters(found, before_slash, args);
}

bool Parser::split_parameters(const Sequence<Parameter>& found, std::size_t before_slash,
                              ast::Arguments& args) noexcept {
  Collector<Arg*> names(*this);
  for (const Parameter& one : found)
    if (!names.add(one.arg)) return false;
  Sequence<Arg*> all;
  if (!names.finish(all)) return false;
  args.posonlyargs = {all.items, static_cast<std::uint32_t>(before_slash)};
  args.args = {all.items + before_slash, all.size - static_cast<std::uint32_t>(before_slash)};
  Collector<Expr*> defaults(*this);
  for (const Parameter& one : found)
    if (one.fallback != nullptr && !defaults.add(one.fallback)) return false;
  return defaults.finish(args.defaults);
}

// `*`, alone or with a name, and the parameters that follow it: by name only, and there is at least
// one if it is alone.
bool Parser::star_parameters(const ParameterStyle& style, ast::Arguments& args) noexcept {
  advance();
  if (at(TokenKind::kName)) {
    args.vararg = parameter(style, true);
    if (args.vararg == nullptr) return false;
  }
  if (!comma_or_end(style)) return false;
  Collector<Parameter> all(*this);
  while (at(TokenKind::kName)) {
    Parameter next;
    if (!parameter_with_default(style, next) || !all.add(next)) return false;
    if (!comma_or_end(style)) return false;
  }
  Sequence<Parameter> found;
  if (args.vararg == nullptr && all.empty()) return false;
  return all.finish(found) && split_keyword_parameters(found, args);
}

bool Parser::split_keyword_parameters(const Sequence<Parameter>& found,
                                      ast::Arguments& args) noexcept {
  if (found.empty()) return true;
  args.kwonlyargs = {shared_.arena.allocate_array<Arg*>(found.size), found.size};
  args.kw_defaults = {shared_.arena.allocate_array<Expr*>(found.size), found.size};
  if (args.kwonlyargs.items == nullptr || args.kw_defaults.items == nullptr)
    return out_of_memory<Expr>() != nullptr;
  for (std::uint32_t i = 0; i < found.size; ++i) {
    args.kwonlyargs[i] = found[i].arg;
    args.kw_defaults[i] = found[i].fallback;
  }
  return true;
}

Arg* Parser::parameter(const ParameterStyle& style, bool star) noexcept {
  const Place start = token().place;
  Identifier name;
  if (!take_identifier(name)) return nullptr;
  Expr* annotation = nullptr;
  if (style.annotated && take(TokenKind::kColon)) {
    annotation = star && at(TokenKind::kStar) ? starred() : expression();
    if (annotation == nullptr) return nullptr;
  }
  return make<Arg>(since(start), name, annotation);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
