#include "python/compiler/lexer.h"

#include "python/compiler/characters.h"
#include "python/compiler/number_text.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

struct Operator {
  TokenKind kind = TokenKind::kUnknown;
  std::uint32_t size = 1;
};

// `c`, `c=`, `cc`, `cc=`: the four forms that most operators have.
struct Family {
  TokenKind alone;
  TokenKind with_equal;
  TokenKind twice = TokenKind::kUnknown;
  TokenKind twice_with_equal = TokenKind::kUnknown;
};

Operator longest_of(const Family& family, const char* at) noexcept {
  const bool has_twice = family.twice != TokenKind::kUnknown;
  if (has_twice && at[1] == at[0]) {
    const bool has_both = family.twice_with_equal != TokenKind::kUnknown;
    return has_both && at[2] == '=' ? Operator{family.twice_with_equal, 3}
                                    : Operator{family.twice, 2};
  }
  return at[1] == '=' ? Operator{family.with_equal, 2} : Operator{family.alone, 1};
}

Operator less_at(const char* at) noexcept {
  if (at[1] == '>') return {TokenKind::kNotEqual, 2};
  return longest_of(
      {TokenKind::kLess, TokenKind::kLessEqual, TokenKind::kLeftShift, TokenKind::kLeftShiftEqual},
      at);
}

Operator operator_at(const char* at) noexcept {
  using K = TokenKind;
  switch (at[0]) {
    case '(':
      return {K::kLeftParenthesis};
    case ')':
      return {K::kRightParenthesis};
    case '[':
      return {K::kLeftBracket};
    case ']':
      return {K::kRightBracket};
    case '{':
      return {K::kLeftBrace};
    case '}':
      return {K::kRightBrace};
    case ',':
      return {K::kComma};
    case ';':
      return {K::kSemicolon};
    case '~':
      return {K::kTilde};
    case ':':
      return longest_of({K::kColon, K::kColonEqual}, at);
    case '+':
      return longest_of({K::kPlus, K::kPlusEqual}, at);
    case '-':
      return at[1] == '>' ? Operator{K::kArrow, 2} : longest_of({K::kMinus, K::kMinusEqual}, at);
    case '*':
      return longest_of({K::kStar, K::kStarEqual, K::kDoubleStar, K::kDoubleStarEqual}, at);
    case '/':
      return longest_of({K::kSlash, K::kSlashEqual, K::kDoubleSlash, K::kDoubleSlashEqual}, at);
    case '%':
      return longest_of({K::kPercent, K::kPercentEqual}, at);
    case '&':
      return longest_of({K::kAmpersand, K::kAmpersandEqual}, at);
    case '|':
      return longest_of({K::kBar, K::kBarEqual}, at);
    case '^':
      return longest_of({K::kCaret, K::kCaretEqual}, at);
    case '@':
      return longest_of({K::kAt, K::kAtEqual}, at);
    case '<':
      return less_at(at);
    case '>':
      return longest_of({K::kGreater, K::kGreaterEqual, K::kRightShift, K::kRightShiftEqual}, at);
    case '=':
      return at[1] == '=' ? Operator{K::kEqualEqual, 2} : Operator{K::kEqual, 1};
    case '!':
      return at[1] == '=' ? Operator{K::kNotEqual, 2} : Operator{};
    case '.':
      return at[1] == '.' && at[2] == '.' ? Operator{K::kEllipsis, 3} : Operator{K::kDot};
    default:
      return {};
  }
}

constexpr char closing_of(char opening) noexcept {
  return opening == '(' ? ')' : opening == '[' ? ']' : '}';
}

}  // namespace

Token Lexer::next() noexcept {
  if (failed_) return failed();  // I1
  return lex();
}

Token Lexer::lex() noexcept {
  for (;;) {
    Token error;
    blank_line_ = false;
    if (at_line_start_ && !begin_line(error)) return error;
    start_token();
    if (pending_ != 0) return pending_indentation();
    bool joined = true;
    while (joined) {
      skip_blanks();
      joined = *next_ == '\\';
      if (joined && !skip_continuation(error)) return error;
    }
    start_token();
    if (*next_ != '\n') return lex_at_character();
    at_line_start_ = true;
    const Token newline = finish(TokenKind::kNewline);
    take_newline();
    if (!blank_line_ && level_ == 0) return newline;
  }
}

// Blanks, and the comment behind them.
void Lexer::skip_blanks() noexcept {
  while (*next_ == ' ' || *next_ == '\t' || *next_ == '\f') ++next_;
  if (*next_ != '#') return;
  while (*next_ != '\n' && next_ != end_) ++next_;
}

// A backslash joins its line with the next one, and nothing may stand between it and the newline.
bool Lexer::skip_continuation(Token& error) noexcept {
  if (next_[1] != '\n') {
    const auto column = static_cast<std::int32_t>(column_of(next_)) + 2;
    error = line_error(ErrorKind::kSyntax, "unexpected character after line continuation character",
                       column, 0);
    return false;
  }
  ++next_;
  take_newline();
  if (next_ != end_) return true;
  error = unexpected_end();
  return false;
}

Token Lexer::lex_at_character() noexcept {
  if (next_ == end_) return lex_end();
  if (may_start_name(*next_)) return lex_name();
  if (is_digit(*next_) || (*next_ == '.' && is_digit(next_[1]))) return lex_number();
  if (*next_ == '"' || *next_ == '\'') return lex_string(next_);
  return lex_operator();
}

Token Lexer::lex_end() noexcept {
  if (level_ != 0) return never_closed();
  return finish_end(TokenKind::kEnd, true);
}

Token Lexer::lex_operator() noexcept {
  const Operator found = operator_at(next_);
  next_ += found.size;
  if (found.kind == TokenKind::kUnknown) {
    const auto code = static_cast<unsigned char>(*start_);
    if (code < ' ' || code == 0x7F)
      return error(arena_.join({"invalid non-printable character U+", Hex(code, 4, true).text()}));
  }
  const bool is_bracket =
      found.kind >= TokenKind::kLeftParenthesis && found.kind <= TokenKind::kRightBrace;
  return is_bracket ? lex_bracket(found.kind) : finish(found.kind);
}

Token Lexer::lex_bracket(TokenKind kind) noexcept {
  const bool opens = *start_ == '(' || *start_ == '[' || *start_ == '{';
  return opens ? open(kind) : close(kind);
}

Token Lexer::open(TokenKind kind) noexcept {
  if (level_ == kMostBrackets) return error("too many nested parentheses");  // I2
  brackets_[level_++] = {*start_, line_, column_of(start_)};
  return finish(kind);
}

Token Lexer::close(TokenKind kind) noexcept {
  const std::string_view closing(start_, 1);
  if (level_ == 0) return error(arena_.join({"unmatched '", closing, "'"}));
  const Bracket& opened = brackets_[--level_];
  if (closing_of(opened.opening) == *start_) return finish(kind);
  const std::string_view opening(&opened.opening, 1);
  const Digits line(opened.line + origin_.line - 1);
  const bool same_line = opened.line == line_;
  return error(
      arena_.join({"closing parenthesis '", closing, "' does not match opening parenthesis '",
                   opening, "'", same_line ? "" : " on line ", same_line ? "" : line.text()}));
}

Token Lexer::finish(TokenKind kind) noexcept {
  const std::uint32_t first_shift = first_line_ == 1 ? origin_.column : 0;
  const std::uint32_t last_shift = line_ == 1 ? origin_.column : 0;
  const std::uint32_t lines_before = origin_.line - 1;
  Token token;
  token.kind = kind;
  token.level = static_cast<std::uint8_t>(level_);
  token.place.line = first_line_ + lines_before;
  token.place.column = static_cast<std::uint32_t>(start_ - first_line_start_) + first_shift;
  token.place.end_line = line_ + lines_before;
  token.place.end_column = column_of(next_) + last_shift;
  token.begin = start_;
  token.size = static_cast<std::uint32_t>(next_ - start_);
  return token;
}

// Tokens without text: the end of the file, and what indentation makes.
Token Lexer::finish_end(TokenKind kind, bool at_end) noexcept {
  start_ = next_;
  first_line_start_ = line_start_;
  first_line_ = line_;
  Token token = finish(kind);
  failed_ = failed_ || (at_end && kind == TokenKind::kError);
  return token;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
