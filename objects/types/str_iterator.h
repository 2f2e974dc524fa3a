// objects/types/str_iterator.h: going through the characters of a str.
//
// I1  An iterator that is at its end keeps its str until it dies (rule 15).
//
// Attached threads; threads may share one: objects/types/iterator_place.h.
// Tests: tests/objects/types/str_methods_test.cc
#pragma once

#include <cstddef>
#include <utility>

#include "objects/types/iterator_place.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Both, for texts that are ASCII and for others. Once, by make_str_type.
[[nodiscard]] Status make_str_iterator_types() noexcept;
enum class IteratedText : bool { kAny, kAscii };
[[nodiscard]] Type& str_iterator_type(IteratedText text) noexcept;

class StrIterator : public Object {
 public:
  StrIterator(ShapeIndex shape, Ref<Str> str) noexcept : Object(shape), str_(std::move(str)) {}

  [[nodiscard]] static Ref<StrIterator> make(Str& str) noexcept;

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  [[nodiscard]] std::size_t remaining() const noexcept { return str().size() - place_.get(); }

  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(str_));
  }

 private:
  [[nodiscard]] const Str& str() const noexcept {
    return static_cast<const Str&>(*str_.get().object());
  }

  const ConstField str_;
  IteratorPlace place_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
