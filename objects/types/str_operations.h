// objects/types/str_operations.h: new strs from old ones, and what can be asked about them.
//
// As Python's str does it, without the parsing of arguments. Each result has the narrowest
// repertoire (I1 of str.h). An empty Ref: an exception is pending.
//
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/str_operations_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Ref<Str> concat(Str& a, Str& b) noexcept;
// Of nothing for a `times` that is not positive.
[[nodiscard]] Ref<Str> repeat(Str& str, std::int64_t times) noexcept;

// `count` code points: those at begin, begin + step ... Requires: they are all there.
[[nodiscard]] Ref<Str> slice(Str& str, std::size_t begin, std::int64_t step,
                             std::size_t count) noexcept;
// From begin to end, which are inside.
[[nodiscard]] Ref<Str> slice(Str& str, std::size_t begin, std::size_t end) noexcept;

// A part of a text, as the methods of str take it: bounds below 0 count from the end, and none lies
// outside. `is_outside`: it begins behind the
// end, and not even an empty text is found there.
struct Bounds {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_outside = false;

  [[nodiscard]] static Bounds within(std::size_t size, std::int64_t begin = 0,
                                     std::int64_t end = INT64_MAX) noexcept;
};

// From the text's begin, or text::kNotFound.
[[nodiscard]] std::size_t find(const Str& str, const Str& what, Bounds bounds) noexcept;
[[nodiscard]] std::size_t find_last(const Str& str, const Str& what, Bounds bounds) noexcept;
[[nodiscard]] std::size_t count(const Str& str, const Str& what, Bounds bounds) noexcept;
[[nodiscard]] bool contains(const Str& str, const Str& what) noexcept;
[[nodiscard]] bool starts_with(const Str& str, const Str& what, Bounds bounds) noexcept;
[[nodiscard]] bool ends_with(const Str& str, const Str& what, Bounds bounds) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
