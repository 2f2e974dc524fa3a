#include "python/compiler/number_value.h"

#include <charconv>
#include <limits>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using Literal = ast::Literal;

// Without underscores and in lower case; `text` itself where nothing changes.
std::string_view plain(std::string_view text, Arena& arena) noexcept {
  const auto changes = [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); };
  bool is_plain = true;
  for (const char c : text) is_plain = is_plain && !changes(c);
  if (is_plain) return text;
  char* const copy = arena.allocate_array<char>(text.size());
  if (copy == nullptr) return {};
  std::size_t size = 0;
  for (const char c : text)
    if (c != '_') copy[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return {copy, size};
}

bool has_base(std::string_view text) noexcept {
  return text.size() > 1 && text[0] == '0' && text[1] >= 'a' && text[1] != 'e' && text[1] != 'j';
}

// Out of range means too large or too close to zero; which of them is plain from the exponent that
// the first digit has.
double beyond_range(std::string_view text) noexcept {
  const std::size_t e = text.find('e');
  const bool small_exponent = e != std::string_view::npos && text.substr(e + 1, 1) == "-";
  const std::size_t point = std::min(text.find('.'), std::min(e, text.size()));
  const std::size_t first = text.find_first_of("123456789");
  const bool whole = first < point;
  if (e == std::string_view::npos) return whole ? std::numeric_limits<double>::infinity() : 0.0;
  return small_exponent ? 0.0 : std::numeric_limits<double>::infinity();
}

double float_value(std::string_view text) noexcept {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc::result_out_of_range ? beyond_range(text) : value;
}

}  // namespace

bool number_value(std::string_view text, Arena& arena, Literal& literal) noexcept {
  text = plain(text, arena);
  if (text.empty()) return false;
  if (has_base(text) || text.find_first_not_of("0123456789") == std::string_view::npos) {
    literal = {Literal::Kind::kInt, 0, text};
  } else if (text.back() == 'j') {
    literal = {Literal::Kind::kComplex, float_value(text.substr(0, text.size() - 1)), {}};
  } else {
    literal = {Literal::Kind::kFloat, float_value(text), {}};
  }
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
