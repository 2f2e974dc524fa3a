// stress/harness/outcome.h: what one round of a scenario came to, and what we think of that.
//
// An outcome is up to four small numbers. A scenario lists the outcomes it knows, each with a grade
// and a reason; the first row that matches counts. What no row matches is forbidden too: an outcome
// that nobody thought of is a finding.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace orochi::stress {

struct Outcome {
  static constexpr std::size_t kMost = 4;
  std::array<std::int16_t, kMost> values{};

  constexpr Outcome() = default;
  template <std::integral... Values>
  constexpr Outcome(Values... numbers) : values{static_cast<std::int16_t>(numbers)...} {
    static_assert(sizeof...(Values) <= kMost);
  }
  [[nodiscard]] constexpr std::uint64_t key() const { return std::bit_cast<std::uint64_t>(values); }
  [[nodiscard]] static constexpr Outcome of(std::uint64_t key) {
    Outcome outcome;
    outcome.values = std::bit_cast<std::array<std::int16_t, kMost>>(key);
    return outcome;
  }
};

// In a row: whatever the number is.
inline constexpr std::int16_t kAny = std::numeric_limits<std::int16_t>::min();

enum class Grade {
  kAcceptable,   // may happen, need not
  kInteresting,  // may happen, and surprises people
  kForbidden,    // must not happen
};

struct Row {
  Outcome outcome;
  Grade grade;
  const char* reason;

  [[nodiscard]] constexpr bool matches(const Outcome& seen) const {
    for (std::size_t i = 0; i < Outcome::kMost; ++i)
      if (outcome.values[i] != kAny && outcome.values[i] != seen.values[i]) return false;
    return true;
  }
};
using Table = std::vector<Row>;

// The number of the first row that matches; kUnlisted if none does.
inline constexpr std::size_t kUnlisted = ~std::size_t{0};
[[nodiscard]] constexpr std::size_t row_of(const Table& table, const Outcome& seen) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].matches(seen)) return i;
  return kUnlisted;
}

[[nodiscard]] constexpr bool is_forbidden(const Table& table, const Outcome& seen) {
  const std::size_t row = row_of(table, seen);
  return row == kUnlisted || table[row].grade == Grade::kForbidden;
}

// How often each outcome was seen. Counting is on the hammer's hot path: a few outcomes come again
// and again, so they stand in a small table that is searched from the last one hit.
class Tally {
 public:
  void add(const Outcome& outcome, std::uint64_t count = 1) {
    const std::uint64_t key = outcome.key();
    if (last_ < seen_.size() && seen_[last_].key == key) [[likely]] {
      seen_[last_].count += count;
      return;
    }
    add_slowly(key, count);
  }
  void add(const Tally& other) {
    for (const Seen& seen : other.seen_) add(Outcome::of(seen.key), seen.count);
  }
  [[nodiscard]] std::uint64_t rounds() const {
    std::uint64_t sum = 0;
    for (const Seen& seen : seen_) sum += seen.count;
    return sum;
  }
  // visit(Outcome, count) for each.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Seen& seen : seen_) visit(Outcome::of(seen.key), seen.count);
  }
  [[nodiscard]] bool has_forbidden(const Table& table) const {
    for (const Seen& seen : seen_)
      if (is_forbidden(table, Outcome::of(seen.key))) return true;
    return false;
  }
  [[nodiscard]] std::uint64_t forbidden(const Table& table) const {
    std::uint64_t sum = 0;
    for (const Seen& seen : seen_)
      if (is_forbidden(table, Outcome::of(seen.key))) sum += seen.count;
    return sum;
  }

 private:
  struct Seen {
    std::uint64_t key;
    std::uint64_t count;
  };
  void add_slowly(std::uint64_t key, std::uint64_t count) {
    for (last_ = 0; last_ < seen_.size(); ++last_)
      if (seen_[last_].key == key) break;
    if (last_ == seen_.size()) seen_.push_back({key, 0});
    seen_[last_].count += count;
  }

  std::size_t last_ = 0;
  std::vector<Seen> seen_;
};

}  // namespace orochi::stress
