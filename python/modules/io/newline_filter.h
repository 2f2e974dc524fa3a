// python/modules/io/newline_filter.h: universal newlines: \n, \r and \r\n end lines alike.
//
// Text comes in parts. A \r at the end of a part is held back until it is known whether \n follows,
// so that \r\n is never cut in two. Which kinds there were is remembered; on wish all become \n.
//
// Part of what guards it; copied to try something out.
// Tests: tests/python/modules/io/chunk_decoder_test.cc
#pragma once

#include <cstdint>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class NewlineFilter {
 public:
  constexpr NewlineFilter() noexcept = default;
  explicit constexpr NewlineFilter(bool translates) noexcept : translates_(translates) {}

  // The text that is certain by now. Final: nothing more comes.
  [[nodiscard]] Ref<Str> filter(Ref<Str> text, bool is_final) noexcept;

  [[nodiscard]] bool holds_return() const noexcept { return holds_return_; }
  void hold_return(bool holds) noexcept { holds_return_ = holds; }
  // Forgets which kinds there were, too.
  void reset() noexcept {
    holds_return_ = false;
    seen_ = 0;
  }
  // Those that another one has seen were here too.
  void add_kinds(const NewlineFilter& other) noexcept { seen_ |= other.seen_; }
  // None, a str, or a tuple of several.
  [[nodiscard]] Ref<> kinds() const noexcept;

 private:
  enum Kind : std::uint8_t { kReturn = 1, kFeed = 2, kBoth = 4 };

  [[nodiscard]] Ref<Str> join_return(Ref<Str> text, bool is_final) noexcept;
  [[nodiscard]] Ref<Str> cut_return(Ref<Str> text) noexcept;
  void note_kinds(text::View text) noexcept;

  bool translates_ = false;
  bool holds_return_ = false;
  std::uint8_t seen_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
