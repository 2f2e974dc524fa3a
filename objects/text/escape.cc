#include "objects/text/escape.h"

#include <algorithm>

#include "objects/text/unicode.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

// What stands for a code point; of size 0: itself.
struct Escape {
  char text[10];
  std::size_t size = 0;
};

Escape with_letter(char letter) noexcept { return {{'\\', letter}, 2}; }

// \xhh, \uhhhh, \Uhhhhhhhh.
Escape with_digits(CodePoint point) noexcept {
  Escape escape = with_letter(point < 0x100 ? 'x' : point < 0x10000 ? 'u' : 'U');
  const std::size_t digits = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
  for (std::size_t i = digits; i-- != 0;)
    escape.text[escape.size++] = "0123456789abcdef"[point >> 4 * i & 0xF];
  return escape;
}

Escape escape_ascii(CodePoint point, char quote) noexcept {
  switch (point) {
    case '\n':
      return with_letter('n');
    case '\r':
      return with_letter('r');
    case '\t':
      return with_letter('t');
    case '\\':
      return with_letter('\\');
    default:
      if (point == static_cast<CodePoint>(quote)) return with_letter(quote);
      return point < 0x20 || point == 0x7F ? with_digits(point) : Escape{};
  }
}

Escape escape_point(CodePoint point, char quote, Escapes escapes) noexcept {
  if (point < 0x80) return escape_ascii(point, quote);
  const bool is_shown = escapes == Escapes::kUnprintable && is_printable(point);
  return is_shown ? Escape{} : with_digits(point);
}

Escape escape_byte(std::uint8_t byte, char quote) noexcept {
  return byte < 0x80 ? escape_ascii(byte, quote) : with_digits(byte);
}

template <class Units>
char quote_of(const Units& units) noexcept {
  const auto has = [&](char c) {
    return std::find(units.begin(), units.end(), static_cast<unsigned char>(c)) != units.end();
  };
  return has('\'') && !has('"') ? '"' : '\'';
}

template <class Unit>
Unit* put(Unit* out, const Escape& escape, CodePoint point) noexcept {
  if (escape.size == 0) *out++ = static_cast<Unit>(point);
  return std::copy_n(escape.text, escape.size, out);
}

template <class Unit>
void write(void* out, char quote, View text, Escapes escapes) noexcept {
  auto* next = static_cast<Unit*>(out);
  *next++ = static_cast<Unit>(quote);
  with_units(text, [&](auto units) {
    for (const CodePoint point : units)
      next = put(next, escape_point(point, quote, escapes), point);
  });
  *next = static_cast<Unit>(quote);
}

}  // namespace

ReprMeasure measure_repr(View text, Escapes escapes) noexcept {
  ReprMeasure measure;
  CodePoint widest = 0;  // of those that stand for themselves; escapes are ASCII
  measure.size = 2;
  with_units(text, [&](auto units) {
    measure.quote = quote_of(units);
    for (const CodePoint point : units) {
      const std::size_t size = escape_point(point, measure.quote, escapes).size;
      measure.size += size == 0 ? 1 : size;
      if (size == 0) widest = std::max(widest, point);
    }
  });
  measure.repertoire = repertoire_of(widest);
  return measure;
}

void write_repr(void* out, const ReprMeasure& measure, View text, Escapes escapes) noexcept {
  const std::size_t width = bytes_per_point(measure.repertoire);
  if (width == 1)
    write<std::uint8_t>(out, measure.quote, text, escapes);
  else if (width == 2)
    write<std::uint16_t>(out, measure.quote, text, escapes);
  else
    write<std::uint32_t>(out, measure.quote, text, escapes);
}

namespace {

// Which of the two needs an escape.
char escaped_quote(char quote, ByteQuotes quotes) noexcept {
  return quotes == ByteQuotes::kOfBytes ? quote : '\'';
}

}  // namespace

std::size_t measure_bytes_repr(std::span<const std::uint8_t> bytes, ByteQuotes quotes) noexcept {
  const char escaped = escaped_quote(quote_of(bytes), quotes);
  std::size_t size = 3;  // b and the quotes
  for (const std::uint8_t byte : bytes)
    size += std::max<std::size_t>(1, escape_byte(byte, escaped).size);
  return size;
}

char* write_bytes_repr(char* out, std::span<const std::uint8_t> bytes, ByteQuotes quotes) noexcept {
  const char quote = quote_of(bytes);
  const char escaped = escaped_quote(quote, quotes);
  *out++ = 'b';
  *out++ = quote;
  for (const std::uint8_t byte : bytes) out = put(out, escape_byte(byte, escaped), byte);
  *out++ = quote;
  return out;
}

}  // namespace orochi::inline OROCHI_DESIGN::text
