// python/modules/sre/match.h: re.Match: where a pattern has matched.
//
//   0   16  header
//   ..      pattern, string; pos, endpos, last group
//   ..      two places for each group and the whole: after the fixed part; kUnset: has not matched
//
// M1  Constant, so threads share it without locks.
//
// Attached threads. Tests: tests/python/language/regular_expressions.py
#pragma once

#include <cstdint>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "python/modules/sre/matcher.h"
#include "python/modules/sre/pattern.h"

namespace orochi::inline OROCHI_DESIGN::sre {

// Of the string, where it was to be looked.
struct Bounds {
  std::size_t start = 0;
  std::size_t end = 0;

  // As a program has them, cut to what there is.
  [[nodiscard]] static Bounds of(std::int64_t start, std::int64_t end, std::size_t size) noexcept;
};

class Match : public Object {
 public:
  Match(ShapeIndex shape, Ref<Pattern> pattern, Ref<> string, const Bounds& bounds,
        const Matcher& found) noexcept;
  [[nodiscard]] static Ref<> make(Pattern& pattern, Value string, const Bounds& bounds,
                                  const Matcher& found) noexcept;

  // Borrowed.
  [[nodiscard]] Pattern& pattern() const noexcept {
    return static_cast<Pattern&>(*pattern_.get().object());
  }
  [[nodiscard]] Value string() const noexcept { return string_.get(); }
  [[nodiscard]] const Bounds& bounds() const noexcept { return bounds_; }
  [[nodiscard]] std::size_t last_group() const noexcept { return last_group_; }

  // The whole is group 0.
  [[nodiscard]] std::size_t groups() const noexcept { return groups_ + 1; }
  [[nodiscard]] bool has(std::size_t group) const noexcept { return begin(group) != kUnset; }
  [[nodiscard]] std::size_t begin(std::size_t group) const noexcept { return places()[2 * group]; }
  [[nodiscard]] std::size_t end(std::size_t group) const noexcept {
    return places()[2 * group + 1];
  }
  // What it matched; `otherwise` if nothing.
  [[nodiscard]] Ref<> text(std::size_t group, Value otherwise) const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(pattern_));
    visit(Children::of(string_));
  }

 private:
  [[nodiscard]] std::size_t* places() noexcept { return reinterpret_cast<std::size_t*>(this + 1); }
  [[nodiscard]] const std::size_t* places() const noexcept {
    return reinterpret_cast<const std::size_t*>(this + 1);
  }

  const ConstField pattern_;
  const ConstField string_;
  const Bounds bounds_;
  const std::size_t last_group_;
  const std::size_t groups_;
};
static_assert(sizeof(Match) % alignof(std::size_t) == 0);

// Of a match that was just found, whether or not a program ever sees it as an object.
[[nodiscard]] inline bool has_matched(const Matcher& found, std::size_t group) noexcept {
  const std::size_t begin = found.mark(2 * group);
  const std::size_t end = found.mark(2 * group + 1);
  return begin != kUnset && end != kUnset && begin <= end;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
