#include "python/compiler/utf8.h"

#include <algorithm>
#include <cstring>

namespace orochi::inline OROCHI_DESIGN::compiler::utf8 {
namespace {

struct SecondByte {
  unsigned char first;
  unsigned char last;
};

// The second byte alone decides whether a character is over-long, a surrogate or out of range.
constexpr SecondByte second_byte_after(unsigned char first) noexcept {
  switch (first) {
    case 0xE0:
      return {0xA0, 0xBF};
    case 0xED:
      return {0x80, 0x9F};
    case 0xF0:
      return {0x90, 0xBF};
    case 0xF4:
      return {0x80, 0x8F};
    default:
      return {0x80, 0xBF};
  }
}

const char* flaw_of_first(std::string_view text) noexcept {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0xC2 || first > 0xF4) return "invalid start byte";
  const SecondByte range = second_byte_after(first);
  const std::size_t size = size_by_first(text.front());
  for (std::size_t i = 1; i < size; ++i) {
    if (i == text.size()) return "unexpected end of data";
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool fits = i == 1 ? byte >= range.first && byte <= range.last : is_continuation(text[i]);
    if (!fits) return "invalid continuation byte";
  }
  return nullptr;
}

std::size_t skip_ascii(std::string_view bytes, std::size_t at) noexcept {
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (at < bytes.size() && is_ascii(bytes[at])) ++at;
  return at;
}

}  // namespace

Flaw find_flaw(std::string_view bytes) noexcept {
  std::size_t at = skip_ascii(bytes, 0);
  while (at < bytes.size()) {
    if (const char* const reason = flaw_of_first(bytes.substr(at))) return {at, reason};
    at = skip_ascii(bytes, at + size_by_first(bytes[at]));
  }
  return {};
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler::utf8
