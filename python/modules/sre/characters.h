// python/modules/sre/characters.h: what patterns ask of one code point: its kind, its other case,
// whether a set has it, and whether an operation takes it.
//
// Functions of code that the checker has passed (code_checker.h). What depends on a locale asks the
// C library's, as patterns with re.LOCALE want it.
//
// Any thread. Tests: tests/python/language/regular_expressions.py
#pragma once

#include "objects/text/code_points.h"
#include "python/modules/sre/codes.h"

namespace orochi::inline OROCHI_DESIGN::sre {

using text::CodePoint;

[[nodiscard]] bool is_of_category(Category category, CodePoint point) noexcept;

[[nodiscard]] CodePoint lower_ascii(CodePoint point) noexcept;
[[nodiscard]] CodePoint lower_locale(CodePoint point) noexcept;
// One code point for one: the first of those that str.lower makes.
[[nodiscard]] CodePoint lower_unicode(CodePoint point) noexcept;
[[nodiscard]] bool is_cased_ascii(CodePoint point) noexcept;
[[nodiscard]] bool is_cased_unicode(CodePoint point) noexcept;

// `set`: the first operation of a set, which ends with kFailure.
[[nodiscard]] bool has(const Code* set, CodePoint point) noexcept;

// Of operations that take one code point.
[[nodiscard]] bool takes_one(Op op) noexcept;
[[nodiscard]] bool accepts(const Code* op, CodePoint point) noexcept;
[[nodiscard]] inline std::size_t words_of_one(const Code* op) noexcept {
  switch (static_cast<Op>(op[0])) {
    case Op::kAny:
    case Op::kAnyAll:
      return 1;
    case Op::kIn:
    case Op::kInIgnore:
    case Op::kInLocaleIgnore:
    case Op::kInUnicodeIgnore:
      return 1 + std::size_t{op[1]};
    default:
      return 2;
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
