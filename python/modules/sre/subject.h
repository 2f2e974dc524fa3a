// python/modules/sre/subject.h: the text in which a pattern is looked for.
//
// A str, or whatever is bytes-like. Bytes that somebody may change while they are matched are
// looked at as they were at one moment, and a lease sees to it that they keep their number
// meanwhile.
//
// Attached threads; one belongs to one. Tests: tests/python/language/regular_expressions.py
#pragma once

#include "objects/text/code_points.h"
#include "objects/types/bytes_like.h"
#include "python/modules/sre/pattern.h"

namespace orochi::inline OROCHI_DESIGN::sre {

class Subject {
 public:
  // Once, first. Raises TypeError for what the pattern cannot be used on.
  [[nodiscard]] Status take(const Pattern& pattern, Value string) noexcept;

  [[nodiscard]] text::View view() const noexcept { return view_; }
  [[nodiscard]] std::size_t size() const noexcept { return view_.size; }
  // A str or bytes; of all of it the string itself where that is one of these.
  [[nodiscard]] Ref<> part(std::size_t begin, std::size_t end) const noexcept;

 private:
  Ref<> string_;
  BytesLease lease_;
  BytesLike bytes_;
  text::View view_;
  bool is_str_ = false;
};

// The same, of a string that was matched before and may have been changed since.
[[nodiscard]] Ref<> part_of(Value string, std::size_t begin, std::size_t end) noexcept;

// What a text is made of; raises TypeError for what is none.
[[nodiscard]] Status kind_of_text(Value string, TextKind& kind) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::sre
