#include "objects/text/compare.h"

#include <algorithm>
#include <cstring>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

// How many code points at the front are equal.
template <class One, class Other>
std::size_t common_prefix(std::span<const One> a, std::span<const Other> b) noexcept {
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t i = 0;
  while (i < size && a[i] == b[i]) ++i;
  return i;
}

}  // namespace

std::strong_ordering compare(View a, View b) noexcept {
  if (a.width == 1 && b.width == 1) {
    const std::size_t size = std::min(a.size, b.size);
    const int order = size == 0 ? 0 : std::memcmp(a.data, b.data, size);
    return order != 0 ? order <=> 0 : a.size <=> b.size;
  }
  const std::size_t same = with_units(a, [&](auto left) {
    return with_units(b, [&](auto right) { return common_prefix(left, right); });
  });
  if (same == a.size || same == b.size) return a.size <=> b.size;
  return a[same] <=> b[same];
}

bool equal(View a, View b) noexcept {
  if (a.size != b.size) return false;
  if (a.width != b.width) return compare(a, b) == 0;
  return a.size == 0 || std::memcmp(a.data, b.data, a.size * a.width) == 0;
}

bool starts_with(View text, View prefix) noexcept {
  return prefix.size <= text.size && equal(text.slice(0, prefix.size), prefix);
}

bool ends_with(View text, View suffix) noexcept {
  return suffix.size <= text.size && equal(text.slice(text.size - suffix.size, text.size), suffix);
}

}  // namespace orochi::inline OROCHI_DESIGN::text
