#include "objects/text/search.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

// The quick way looks for the needle's first and last code point at the right distance, sixteen
// bytes at a time, and compares the rest where both are there. Where that is often in vain, the
// two-way algorithm takes over: after more comparisons than some for each place that was passed.
constexpr std::size_t kPatience = 4;
constexpr std::size_t kInitialPatience = 256;

// Sixteen bytes of units, compared lane by lane: a lane that is equal has all bits set.
template <class Unit>
struct BlockOf {
  using Type [[gnu::vector_size(16)]] = Unit;
};
template <class Unit>
using Block = typename BlockOf<Unit>::Type;
template <class Unit>
constexpr std::size_t kLanes = sizeof(Block<Unit>) / sizeof(Unit);

template <class Unit>
Block<Unit> load(const Unit* units) noexcept {
  Block<Unit> block;
  std::memcpy(&block, units, sizeof block);
  return block;
}

template <class Lanes>
bool has_any(const Lanes& lanes) noexcept {
  std::array<std::uint64_t, 2> words;
  std::memcpy(words.data(), &lanes, sizeof words);
  return (words[0] | words[1]) != 0;
}

template <class Unit>
class Reversed {
 public:
  explicit Reversed(std::span<const Unit> units) noexcept : units_(units) {}
  [[nodiscard]] std::size_t size() const noexcept { return units_.size(); }
  [[nodiscard]] Unit operator[](std::size_t i) const noexcept {
    return units_[units_.size() - 1 - i];
  }

 private:
  std::span<const Unit> units_;
};

// One search. The needle has two code points or more, none wider than a unit of the haystack.
template <class Unit, class NeedleUnit>
class Search {
 public:
  Search(std::span<const Unit> haystack, std::span<const NeedleUnit> needle) noexcept
      : haystack_(haystack),
        needle_(needle),
        places_(haystack.size() - needle.size() + 1),
        first_(Block<Unit>{} + static_cast<Unit>(needle.front())),
        last_(Block<Unit>{} + static_cast<Unit>(needle.back())) {}

  [[nodiscard]] std::size_t forward() noexcept {
    for (std::size_t at = 0; at < places_;) {
      const std::size_t end = block_end(at);
      if (end - at == kLanes<Unit> && !block_may_match(at)) {
        at = end;
        continue;
      }
      for (; at < end; ++at) {
        if (matches(at)) return at;
        if (is_in_vain(at)) return TwoWay{needle_}.find(haystack_, at + 1);
      }
    }
    return kNotFound;
  }

  [[nodiscard]] std::size_t backward() noexcept {
    for (std::size_t end = places_; end != 0;) {
      const std::size_t begin = end < kLanes<Unit> ? 0 : end - kLanes<Unit>;
      if (end - begin == kLanes<Unit> && !block_may_match(begin)) {
        end = begin;
        continue;
      }
      for (; end != begin; --end) {
        if (matches(end - 1)) return end - 1;
        if (is_in_vain(places_ - end)) return reversed_two_way(places_ - end + 1);
      }
    }
    return kNotFound;
  }

 private:
  [[nodiscard]] std::size_t block_end(std::size_t at) const noexcept {
    return places_ - at < kLanes<Unit> ? places_ : at + kLanes<Unit>;
  }

  [[nodiscard]] bool block_may_match(std::size_t at) const noexcept {
    const Unit* const units = haystack_.data() + at;
    return has_any((load(units) == first_) & (load(units + needle_.size() - 1) == last_));
  }

  [[nodiscard]] bool matches(std::size_t at) noexcept {
    const Unit* const units = haystack_.data() + at;
    const std::size_t last = needle_.size() - 1;
    if (units[0] != needle_[0] || units[last] != needle_[last]) return false;
    std::size_t i = 1;
    while (i < last && units[i] == needle_[i]) ++i;
    compared_ += i;
    return i >= last;
  }

  [[nodiscard]] bool is_in_vain(std::size_t passed) const noexcept {
    return compared_ > kInitialPatience + kPatience * passed;
  }

  // `from` counts places from the right.
  [[nodiscard]] std::size_t reversed_two_way(std::size_t from) const noexcept {
    const Reversed<NeedleUnit> needle{needle_};
    const Reversed<Unit> haystack{haystack_};
    const std::size_t found = TwoWay{needle}.find(haystack, from);
    return found == kNotFound ? kNotFound : places_ - 1 - found;
  }

  std::span<const Unit> haystack_;
  std::span<const NeedleUnit> needle_;
  std::size_t places_;  // where the needle may begin
  Block<Unit> first_;
  Block<Unit> last_;
  std::size_t compared_ = 0;
};

// One code point.

template <class Unit>
std::size_t find_unit(std::span<const Unit> units, Unit wanted) noexcept {
  const Block<Unit> all = Block<Unit>{} + wanted;
  std::size_t i = 0;
  while (units.size() - i >= kLanes<Unit> && !has_any(load(units.data() + i) == all))
    i += kLanes<Unit>;
  while (i != units.size() && units[i] != wanted) ++i;
  return i == units.size() ? kNotFound : i;
}

// The C library has this one in all the widths that a processor offers.
template <>
std::size_t find_unit(std::span<const std::uint8_t> units, std::uint8_t wanted) noexcept {
  const void* const found =
      units.empty() ? nullptr : std::memchr(units.data(), wanted, units.size());
  if (found == nullptr) return kNotFound;
  return static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - units.data());
}

template <class Unit>
std::size_t find_last_unit(std::span<const Unit> units, Unit wanted) noexcept {
  const Block<Unit> all = Block<Unit>{} + wanted;
  std::size_t end = units.size();
  while (end >= kLanes<Unit> && !has_any(load(units.data() + end - kLanes<Unit>) == all))
    end -= kLanes<Unit>;
  while (end != 0 && units[end - 1] != wanted) --end;
  return end == 0 ? kNotFound : end - 1;
}

// Calls action(haystack, needle) with spans, where the needle is no wider.
template <class Action>
std::size_t with_both(View haystack, View needle, Action action) noexcept {
  return with_units(haystack, [&](auto units) {
    return with_units(needle, [&](auto needle_units) -> std::size_t {
      if constexpr (sizeof(needle_units[0]) <= sizeof(units[0]))
        return action(units, needle_units);
      else
        return kNotFound;
    });
  });
}

// By T1 a needle that is wider has a code point that the haystack cannot have.
bool cannot_match(View haystack, View needle) noexcept {
  return needle.size > haystack.size || needle.width > haystack.width;
}

}  // namespace

std::size_t find(View haystack, View needle) noexcept {
  if (needle.size == 0) return 0;
  if (cannot_match(haystack, needle)) return kNotFound;
  return with_both(haystack, needle, [](auto units, auto wanted) {
    using Unit = typename decltype(units)::value_type;
    if (wanted.size() == 1) return find_unit(units, static_cast<Unit>(wanted[0]));
    return Search{units, wanted}.forward();
  });
}

std::size_t find_last(View haystack, View needle) noexcept {
  if (needle.size == 0) return haystack.size;
  if (cannot_match(haystack, needle)) return kNotFound;
  return with_both(haystack, needle, [](auto units, auto wanted) {
    using Unit = typename decltype(units)::value_type;
    if (wanted.size() == 1) return find_last_unit(units, static_cast<Unit>(wanted[0]));
    return Search{units, wanted}.backward();
  });
}

std::size_t count(View haystack, View needle, std::size_t most) noexcept {
  Matches matches{haystack, needle};
  std::size_t found = 0;
  while (found < most && matches.next() != kNotFound) ++found;
  return found;
}

std::size_t Matches::next() noexcept {
  if (from_ > haystack_.size) return kNotFound;
  const std::size_t found = find(haystack_.slice(from_, haystack_.size), needle_);
  if (found == kNotFound) {
    from_ = kNotFound;
    return kNotFound;
  }
  const std::size_t at = from_ + found;
  from_ = at + (needle_.size == 0 ? 1 : needle_.size);
  return at;
}

std::size_t MatchesFromRight::next() noexcept {
  if (to_ == kNotFound) return kNotFound;
  const std::size_t at = find_last(haystack_.slice(0, to_), needle_);
  const std::size_t step = needle_.size == 0 ? 1 : 0;
  to_ = at == kNotFound || at < step ? kNotFound : at - step;
  return at;
}

}  // namespace orochi::inline OROCHI_DESIGN::text
