// objects/text/unicode_tables.h: what the Unicode Character Database says of each code point.
//
// Two questions are asked of a code point: what kind of character it is, and what it becomes in
// another case. Few answers are different, so each answer has a number, numbers stand in pages of
// neighbouring code points, and equal pages stand once. An answer is three loads away.
//
// The tables are unicode_tables.inc, which tools/unicode/make_tables.py makes: version 14.0,
// because that is Python 3.11's, and a program must not see other characters here than there.
//
// For unicode.h and case_mapping.h alone.
#pragma once

#include <cstdint>
#include <span>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

// The bits of CharacterKind::flags. make_tables.py has the same order.
enum class Property : std::uint16_t {
  kDecimal = 1 << 0,
  kDigit = 1 << 1,
  kNumeric = 1 << 2,
  kSpace = 1 << 3,
  kIdStart = 1 << 4,
  kIdContinue = 1 << 5,
  kLower = 1 << 6,
  kUpper = 1 << 7,
  kCaseIgnorable = 1 << 8,
};

inline constexpr std::uint8_t kNoDigit = 0xFF;

struct CharacterKind {
  std::uint8_t category;  // text::Category
  std::uint8_t digit;     // its value, or kNoDigit
  std::uint16_t flags;

  [[nodiscard]] constexpr bool has(Property property) const noexcept {
    return (flags & static_cast<std::uint16_t>(property)) != 0;
  }
};

[[nodiscard]] const CharacterKind& kind_of(CodePoint point) noexcept;

enum class Case : std::uint8_t { kLower, kUpper, kTitle, kFold };

// The most code points that one becomes.
inline constexpr std::size_t kMostMapped = 3;

// What one code point becomes in another case: itself, another one, or up to three.
class Mapped {
 public:
  explicit Mapped(CodePoint one) noexcept : points_{one}, size_(1) {}
  explicit Mapped(std::span<const CodePoint> several) noexcept : size_(several.size()) {
    for (std::size_t i = 0; i < size_; ++i) points_[i] = several[i];
  }
  [[nodiscard]] const CodePoint* begin() const noexcept { return points_; }
  [[nodiscard]] const CodePoint* end() const noexcept { return points_ + size_; }

 private:
  CodePoint points_[kMostMapped];
  std::size_t size_;
};

// By the full mappings that depend on nothing but the code point.
[[nodiscard]] Mapped mapped(CodePoint point, Case to) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
