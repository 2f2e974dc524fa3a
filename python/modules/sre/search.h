// python/modules/sre/search.h: one search, as methods of a pattern begin it.
//
//     Search search(arguments);                        // self, string, pos, endpos
//     if (failed(search.begin(arguments + 1))) return kRaised;
//     return search.answer(search.matcher().match(Matcher::Extent::kPart));
//
// Attached threads; one belongs to one. Tests: tests/python/language/regular_expressions.py
#pragma once

#include "python/modules/native_type.h"
#include "python/modules/sre/match.h"
#include "python/modules/sre/matcher.h"
#include "python/modules/sre/subject.h"

namespace orochi::inline OROCHI_DESIGN::sre {

class Search {
 public:
  explicit Search(Pattern& pattern) noexcept : pattern_(pattern), matcher_(pattern.program()) {}

  // In the whole string; or from one place to another.
  [[nodiscard]] Status begin(Value string) noexcept { return begin(string, 0, INT64_MAX); }
  [[nodiscard]] Status begin(Value string, std::int64_t start, std::int64_t end) noexcept;
  [[nodiscard]] Status begin(Value string, Value start, Value end) noexcept;
  // The string that matches are to know, if it is not the one that is searched.
  void show(Value string) noexcept { string_ = string; }

  [[nodiscard]] Matcher& matcher() noexcept { return matcher_; }
  [[nodiscard]] const Subject& subject() const noexcept { return subject_; }
  [[nodiscard]] const Bounds& bounds() const noexcept { return bounds_; }

  // The match; None if there is none.
  [[nodiscard]] Ref<> answer(Truth found) noexcept;
  [[nodiscard]] Ref<> match() noexcept { return Match::make(pattern_, string_, bounds_, matcher_); }
  // Of a match that was found; a group that has none: `otherwise`.
  [[nodiscard]] Ref<> text(std::size_t group, const Ref<>& otherwise) noexcept;

 private:
  Pattern& pattern_;
  Value string_;
  Subject subject_;
  Bounds bounds_;
  Matcher matcher_;
};

}  // namespace orochi::inline OROCHI_DESIGN::sre
