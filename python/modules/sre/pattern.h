// python/modules/sre/pattern.h: re.Pattern: a compiled regular expression.
//
//   0   16  header
//   ..      pattern, groupindex, indexgroup; flags, groups, kind
//   ..      code, words: after the fixed part
//
// P1  Constant, so threads share it without locks. The code was checked (code_checker.h).
//
// Attached threads. Tests: tests/python/language/regular_expressions.py
#pragma once

#include <cstdint>
#include <span>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/dict.h"
#include "objects/types/tuple.h"
#include "python/modules/sre/codes.h"
#include "python/modules/sre/matcher.h"

namespace orochi::inline OROCHI_DESIGN::sre {

// What a pattern can be used on.
enum class TextKind : std::uint8_t { kStr, kBytes, kAny };

class Pattern : public Object {
 public:
  struct About {
    std::uint32_t flags = 0;
    std::size_t groups = 0;
    TextKind kind = TextKind::kAny;
  };
  struct Parts {
    Ref<> source;
    Ref<Dict> numbers;  // of groups, by name
    Ref<Tuple> names;   // of groups, by number
  };

  // The code is to be written at writable_code().
  Pattern(ShapeIndex shape, Parts&& parts, const About& about, std::size_t words) noexcept
      : Object(shape),
        source_(std::move(parts.source)),
        numbers_(std::move(parts.numbers)),
        names_(std::move(parts.names)),
        about_(about),
        words_(words) {}
  [[nodiscard]] Code* writable_code() noexcept { return reinterpret_cast<Code*>(this + 1); }

  // What was compiled. Borrowed, all three.
  [[nodiscard]] Value source() const noexcept { return source_.get(); }
  [[nodiscard]] Dict& numbers() const noexcept {
    return static_cast<Dict&>(*numbers_.get().object());
  }
  [[nodiscard]] const Tuple& names() const noexcept {
    return static_cast<const Tuple&>(*names_.get().object());
  }

  [[nodiscard]] std::uint32_t flags() const noexcept { return about_.flags; }
  [[nodiscard]] std::size_t groups() const noexcept { return about_.groups; }
  [[nodiscard]] TextKind kind() const noexcept { return about_.kind; }
  [[nodiscard]] std::span<const Code> code() const noexcept {
    return {reinterpret_cast<const Code*>(this + 1), words_};
  }
  [[nodiscard]] Program program() const noexcept { return {code(), groups()}; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(source_));
    visit(Children::of(numbers_));
    visit(Children::of(names_));
  }

 private:
  const ConstField source_;
  const ConstField numbers_;
  const ConstField names_;
  const About about_;
  const std::size_t words_;
};
static_assert(sizeof(Pattern) % alignof(Code) == 0);

// _sre.compile(pattern, flags, code, groups, groupindex, indexgroup)
Ref<> compile(const Value* arguments) noexcept;

// Its methods, in functions of their own files.
Ref<> pattern_sub(const Value* arguments) noexcept;
Ref<> pattern_subn(const Value* arguments) noexcept;
Ref<> pattern_scanner(const Value* arguments) noexcept;
Ref<> pattern_finditer(const Value* arguments) noexcept;

[[nodiscard]] Ref<> repr_pattern(Value self) noexcept;
[[nodiscard]] Ref<> compare_patterns(CompareOp op, Value self, Value other) noexcept;
[[nodiscard]] Status hash_pattern(Value self, std::int64_t& hash) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::sre
