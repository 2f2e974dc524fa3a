#include "objects/text/unicode_tables.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

// In the order of Case: a difference to the code point, or kSpecialCase and a place in the pool.
struct CaseMappings {
  std::int32_t to[4];
};
constexpr std::int32_t kSpecialCase = 1 << 24;

#include "objects/text/unicode_tables.inc"

// The number that two levels of pages give a code point.
template <class Page, class Number, std::size_t kPages, std::size_t kNumbers>
constexpr Number number_of(CodePoint point, const Page (&pages)[kPages],
                           const Number (&numbers)[kNumbers], unsigned bits) noexcept {
  const std::size_t page = pages[point >> bits];
  return numbers[page << bits | (point & ((CodePoint{1} << bits) - 1))];
}

}  // namespace

const CharacterKind& kind_of(CodePoint point) noexcept {
  return kKinds[number_of(point, kKindPages, kKindNumbers, kKindPageBits)];
}

Mapped mapped(CodePoint point, Case to) noexcept {
  const CaseMappings& mappings = kCases[number_of(point, kCasePages, kCaseNumbers, kCasePageBits)];
  const std::int32_t mapping = mappings.to[static_cast<std::size_t>(to)];
  if (mapping < kSpecialCase) return Mapped{point + static_cast<CodePoint>(mapping)};
  const auto place = static_cast<std::size_t>(mapping - kSpecialCase);
  return Mapped{std::span<const CodePoint>{kCasePool + place / 4, place % 4}};
}

}  // namespace orochi::inline OROCHI_DESIGN::text
