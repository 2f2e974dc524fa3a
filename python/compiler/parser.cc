// Tokens and the passes; the rules of files, which are the grammar's beginning.
#include "python/compiler/parser.h"

#include "python/compiler/source.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

void Parser::note_furthest(const Token& found, std::uint32_t number) noexcept {
  furthest_ = found;
  furthest_count_ = number + 1;
  if (window_.exhausted()) shared_.diagnostics.out_of_memory();
}

void Parser::advance() noexcept {
  const Token& taken = token();
  const bool about_lines = taken.kind == TokenKind::kNewline || taken.kind == TokenKind::kIndent ||
                           taken.kind == TokenKind::kDedent;
  if (!about_lines) last_ = taken.place;
  ++number_;
}

bool Parser::too_high() noexcept {
  shared_.diagnostics.set_error(
      {ErrorKind::kRecursion, "maximum recursion depth exceeded during compilation", {}});
  return false;
}

Root* Parser::parse_file() noexcept {
  Statements body;
  if (!statements_until(TokenKind::kEnd, body) || !at(TokenKind::kEnd)) return nullptr;
  return make<Module>(Place{}, body);
}

Root* Parser::parse_eval() noexcept {
  Expr* const body = expressions();
  if (body == nullptr) return nullptr;
  while (take(TokenKind::kNewline)) {
  }
  return at(TokenKind::kEnd) ? make<Expression>(Place{}, body) : nullptr;
}

// One statement: a line of simple ones, or a compound one with an empty line behind it.
Root* Parser::parse_interactive() noexcept {
  Collector<Stmt*> body(*this);
  Statements list;
  if (at(TokenKind::kNewline)) {
    advance();
    if (!body.add(make<Pass>(last_))) return nullptr;
  } else if (!statement(body)) {
    return nullptr;
  }
  while (take(TokenKind::kNewline)) {
  }
  if (!at(TokenKind::kEnd)) {
    if (stopped()) return nullptr;
    return raise_last("multiple statements found while compiling a single statement"), nullptr;
  }
  return body.finish(list) ? make<Interactive>(Place{}, list) : nullptr;
}

Expr* Parser::parse_in_string() noexcept {
  in_string_ = true;
  Expr* const value = star_expressions();
  return value;
}

namespace {

Root* run(Parser& parser, Mode mode) noexcept {
  switch (mode) {
    case Mode::kExec:
      return parser.parse_file();
    case Mode::kEval:
      return parser.parse_eval();
    case Mode::kSingle:
      return parser.parse_interactive();
  }
  return nullptr;
}

void find_error(Compilation& shared, std::string_view text, const Token& where,
                std::uint32_t tokens_read) noexcept {
  Lexer lexer(text, shared.arena, shared.diagnostics);
  Parser parser(shared, lexer, true);
  parser.start_from(where, tokens_read);
  static_cast<void>(run(parser, shared.options.mode));
  if (!parser.stopped()) parser.raise_generic(where);
  parser.look_for_wrong_text();
}

}  // namespace

Root* parse(std::string_view bytes, const ParseOptions& options, Arena& arena,
            Diagnostics& diagnostics) noexcept {
  Source source;
  if (!decode_source(bytes, arena, diagnostics, source)) return nullptr;
  return parse_text(source.text, options, arena, diagnostics);
}

Root* parse_text(std::string_view text, const ParseOptions& options, Arena& arena,
                 Diagnostics& diagnostics) noexcept {
  Compilation shared{arena, diagnostics, options, {}, 0};
  Lexer lexer(text, arena, diagnostics);
  Parser parser(shared, lexer, false);
  Root* const root = run(parser, options.mode);
  if (parser.stopped()) {
    parser.look_for_wrong_text();
    return nullptr;
  }
  if (root != nullptr) return root;
  find_error(shared, text, parser.furthest(), parser.tokens_read());
  return nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
