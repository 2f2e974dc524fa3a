#include "python/compiler/format_string.h"

#include "python/compiler/characters.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr int kDeepest = 2;  // an expression in the format of an expression, and no deeper
constexpr std::int32_t kNoConversion = -1;

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\v';
}

bool is_blank(const char* begin, const char* end) noexcept {
  for (; begin != end; ++begin)
    if (!is_blank(*begin)) return false;
  return true;
}

// Where the text of a token at `at` is in the file.
Origin origin_of(const Token& token, const char* at) noexcept {
  Origin origin{token.place.line, token.place.column};
  for (const char* c = token.begin; c != at; ++c) {
    ++origin.column;
    if (*c == '\n') origin = {origin.line + 1, 0};
  }
  return origin;
}

}  // namespace

// The brackets that are open in an expression.
struct OpenBrackets {
  char closing[Lexer::kMostBrackets];
  std::uint32_t count = 0;
};

bool FormatString::fail(std::string_view message) noexcept {
  if (!parser_.stopped()) parser_.raise_last(message);
  return false;
}

bool FormatString::out_of_memory() noexcept {
  parser_.shared_.diagnostics.out_of_memory();
  return false;
}

bool FormatString::add(const Token& token, const StringParts& parts) noexcept {
  if (parts.format) return add_format(token, parts);
  bytes_ = parts.bytes;
  if (parts.raw) {
    if (text_.append(parts.body.data(), parts.body.size())) return true;
    return out_of_memory();
  }
  Compilation& shared = parser_.shared_;
  EscapeDecoder decoder(shared.arena, shared.diagnostics, shared.options, token);
  const bool fits = parts.bytes ? decoder.decode_bytes(parts.body, text_)
                                : decoder.decode_text(parts.body, text_);
  if (fits) return true;
  return decoder.message().empty() ? out_of_memory() : fail(decoder.message());
}

bool FormatString::add_format(const Token& token, const StringParts& parts) noexcept {
  has_format_ = true;
  Values values(parser_);
  Reader reader{token, parts.raw, parts.body.data(), parts.body.data() + parts.body.size()};
  if (!read(reader, 0, values)) return false;
  Sequence<Expr*> found;
  if (!values.finish(found)) return false;
  return values_.append(found.items, found.size) || out_of_memory();
}

// Text and fields, up to the end or, in a format, up to the brace that ends it.
bool FormatString::read(Reader& reader, int depth, Values& values) noexcept {
  for (;;) {
    if (!read_text(reader, depth)) return false;
    if (reader.next == reader.end || *reader.next == '}') return true;
    if (!read_field(reader, depth, values)) return false;
  }
}

// Up to a field or the end. Two braces are one, except in a format.
bool FormatString::read_text(Reader& reader, int depth) noexcept {
  const char* begin = reader.next;
  while (reader.next != reader.end) {
    const char c = *reader.next;
    if (c == '\\' && !reader.raw) {
      const bool named =
          reader.end - reader.next > 2 && reader.next[1] == 'N' && reader.next[2] == '{';
      ++reader.next;
      if (named) {
        while (reader.next != reader.end && *reader.next != '}') ++reader.next;
      } else if (reader.next != reader.end && (*reader.next == '{' || *reader.next == '}')) {
        continue;  // the backslash stays, and the brace means what it always does
      }
      if (reader.next != reader.end) ++reader.next;
    } else if (c == '{' || c == '}') {
      if (!append(reader, begin, reader.next)) return false;
      if (depth != 0) return true;
      const bool twice = reader.next + 1 != reader.end && reader.next[1] == c;
      if (!twice) return c == '{' || fail("f-string: single '}' is not allowed");
      begin = reader.next + 1;
      reader.next += 2;
    } else {
      ++reader.next;
    }
  }
  return append(reader, begin, reader.end);
}

bool FormatString::append(const Reader& reader, const char* begin, const char* end) noexcept {
  const std::string_view body(begin, static_cast<std::size_t>(end - begin));
  StringParts parts;
  parts.raw = reader.raw;
  parts.body = body;
  return add(reader.token, parts);
}

// {expression}, {expression=}, {expression!r}, {expression:format}, and all of these together.
bool FormatString::read_field(Reader& reader, int depth, Values& values) noexcept {
  if (depth == kDeepest) return fail("f-string: expressions nested too deeply");
  const char* const brace = reader.next++;
  if (!find_end_of_expression(reader)) return false;
  const char* const expression_end = reader.next;
  if (reader.next == reader.end) return fail("f-string: expecting '}'");
  Expr* const value = parse_expression(reader, brace, expression_end);
  if (value == nullptr) return false;
  const char* shown_end = nullptr;
  if (*reader.next == '=') {
    do ++reader.next;
    while (reader.next != reader.end && is_blank(*reader.next));
    shown_end = reader.next;
    const std::string_view shown(brace + 1, static_cast<std::size_t>(shown_end - brace - 1));
    if (!text_.append(shown.data(), shown.size())) return out_of_memory();
  }
  if (!flush(values, place_)) return false;
  std::int32_t conversion = kNoConversion;
  if (!read_conversion(reader, conversion)) return false;
  Expr* format = nullptr;
  if (reader.next != reader.end && *reader.next == ':') {
    ++reader.next;
    format = read_format_spec(reader, depth);
    if (format == nullptr) return false;
  }
  if (reader.next == reader.end || *reader.next != '}') return fail("f-string: expecting '}'");
  ++reader.next;
  if (shown_end != nullptr && format == nullptr && conversion == kNoConversion) conversion = 'r';
  return values.add(parser_.make<FormattedValue>(place_, value, conversion, format));
}

bool FormatString::read_conversion(Reader& reader, std::int32_t& conversion) noexcept {
  if (reader.next == reader.end) return fail("f-string: expecting '}'");
  if (*reader.next != '!') return true;
  ++reader.next;
  if (reader.next == reader.end) return fail("f-string: expecting '}'");
  conversion = static_cast<unsigned char>(*reader.next);
  ++reader.next;
  if (conversion == 's' || conversion == 'r' || conversion == 'a') return true;
  return fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
}

Expr* FormatString::read_format_spec(Reader& reader, int depth) noexcept {
  Values values(parser_);
  // CPython's places: the last text and the whole are where their token is, not all literals.
  const Place& place = reader.token.place;
  if (!read(reader, depth + 1, values) || !flush(values, place)) return nullptr;
  Sequence<Expr*> list;
  return values.finish(list) ? parser_.make<JoinedStr>(place, list) : nullptr;
}

// I1
bool FormatString::flush(Values& values, const Place& place) noexcept {
  if (text_.empty()) return true;
  return values.add(constant(Literal::Kind::kStr, false, place));
}

Expr* FormatString::constant(Literal::Kind kind, bool prefix_u, const Place& place) noexcept {
  Literal literal{kind, 0, parser_.shared_.arena.join({{text_.data(), text_.size()}})};
  if (parser_.shared_.arena.exhausted()) return parser_.out_of_memory<Expr>();
  text_.shrink_to(0);
  return parser_.make<Constant>(place, literal, prefix_u);
}

Expr* FormatString::finish(bool prefix_u) noexcept {
  if (!has_format_) {
    return constant(bytes_ ? Literal::Kind::kBytes : Literal::Kind::kStr, prefix_u, place_);
  }
  if (!text_.empty() && !values_.push(constant(Literal::Kind::kStr, prefix_u, place_)))
    return parser_.out_of_memory<Expr>();
  Sequence<Expr*> list;
  if (parser_.stopped() || !parser_.copy_list(values_.data(), values_.size(), list)) return nullptr;
  return parser_.make<JoinedStr>(place_, list);
}

// At the expression's beginning; afterwards at what ends it: } ! : or =.
bool FormatString::find_end_of_expression(Reader& reader) noexcept {
  OpenBrackets open;
  char quote = 0;
  int quotes = 0;
  for (; reader.next != reader.end; ++reader.next) {
    const char c = *reader.next;
    if (c == '\\') return fail("f-string expression part cannot include a backslash");
    if (quote == 0 && c == '#') return fail("f-string expression part cannot include '#'");
    const bool outside = quote == 0 && open.count == 0;
    if (outside && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      const bool has_next = reader.next + 1 != reader.end;
      const bool compares = has_next && reader.next[1] == '=' && c != ':' && c != '}';
      if (compares) {
        ++reader.next;
        continue;
      }
      if (c != '<' && c != '>') return true;
      continue;
    }
    if (!skip_in_expression(reader, open, quote, quotes)) return false;
  }
  if (quote != 0) return fail("f-string: unterminated string");
  if (open.count == 0) return true;
  const char closing = open.closing[open.count - 1];
  const char opening = closing == ')' ? '(' : closing == ']' ? '[' : '{';
  return fail(parser_.shared_.arena.join({"f-string: unmatched '", {&opening, 1}, "'"}));
}

// Strings and brackets.
bool FormatString::skip_in_expression(Reader& reader, OpenBrackets& open, char& quote,
                                      int& quotes) noexcept {
  const char c = *reader.next;
  const bool triple = reader.end - reader.next > 2 && reader.next[1] == c && reader.next[2] == c;
  if (quote != 0) {
    if (c != quote || (quotes == 3 && !triple)) return true;
    reader.next += quotes - 1;
    quote = 0;
    return true;
  }
  if (c == '"' || c == '\'') {
    quote = c;
    quotes = triple ? 3 : 1;
    reader.next += quotes - 1;
    return true;
  }
  if (c == '(' || c == '[' || c == '{') {
    if (open.count == Lexer::kMostBrackets) return fail("f-string: too many nested parenthesis");
    open.closing[open.count++] = c == '(' ? ')' : c == '[' ? ']' : '}';
    return true;
  }
  if (c != ')' && c != ']' && c != '}') return true;
  Arena& arena = parser_.shared_.arena;
  if (open.count == 0) return fail(arena.join({"f-string: unmatched '", {&c, 1}, "'"}));
  const char expected = open.closing[--open.count];
  if (expected == c) return true;
  const char opening = expected == ')' ? '(' : expected == ']' ? '[' : '{';
  return fail(arena.join({"f-string: closing parenthesis '",
                          {&c, 1},
                          "' does not match opening parenthesis '",
                          {&opening, 1},
                          "'"}));
}

// From the brace to the end of the expression.
Expr* FormatString::parse_expression(const Reader& reader, const char* begin,
                                     const char* end) noexcept {
  const Nesting nesting(parser_);
  if (!nesting) return nullptr;
  if (is_blank(begin + 1, end)) {
    fail(*end == '}' ? "f-string: empty expression not allowed"
                     : parser_.shared_.arena.join(
                           {"f-string: expression required before '", {end, 1}, "'"}));
    return nullptr;
  }
  const std::string_view inside(begin + 1, static_cast<std::size_t>(end - begin - 1));
  Compilation& shared = parser_.shared_;
  const std::string_view text = shared.arena.join({"(", inside, ")\n", {"\0", 1}});
  if (text.empty()) return parser_.out_of_memory<Expr>();
  return parse_in_string(shared, text.substr(0, text.size() - 1), origin_of(reader.token, begin));
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
