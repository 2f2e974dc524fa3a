// objects/types/byte_edit.h: bytes made from bytes, for those that never change and those that do.
//
// What is made goes where the caller has room: `room(size)` is asked once, before anything is
// written, and returns null after it has raised. So one function serves bytes, bytearrays and
// whatever comes. Sizes that nobody has memory for are an OverflowError.
//
// Attached threads. Nothing here locks; only what is lent as a FunctionRef may run code of others.
// Tests: tests/objects/types/bytes_methods_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "memory/function_ref.h"
#include "objects/model/status.h"
#include "objects/text/search.h"
#include "objects/types/bytes.h"
#include "objects/types/slice.h"
#include "objects/types/str_edit.h"

namespace orochi::inline OROCHI_DESIGN {

using ByteRoom = FunctionRef<std::uint8_t*(std::size_t size)>;

[[nodiscard]] inline text::View view_of(ByteSpan bytes) noexcept { return text::view_of(bytes); }

// --- Put together. ---

[[nodiscard]] Status concat(ByteSpan a, ByteSpan b, ByteRoom room) noexcept;
// Of nothing for a `times` that is not positive.
[[nodiscard]] Status repeat(ByteSpan bytes, std::int64_t times, ByteRoom room) noexcept;
// The parts, which are bytes, with `separator` between them.
[[nodiscard]] Status join(ByteSpan separator, std::span<const Value> parts, ByteRoom room) noexcept;

// --- Changed. ---

// The first `most` matches of `what`, from the left and not overlapping, replaced.
[[nodiscard]] Status replace(ByteSpan bytes, ByteSpan what, ByteSpan with, std::size_t most,
                             ByteRoom room) noexcept;
// Without the bytes in `deleted`; the others as the table of 256 has them, or null.
[[nodiscard]] Status translate(ByteSpan bytes, const std::uint8_t* table, ByteSpan deleted,
                               ByteRoom room) noexcept;
[[nodiscard]] Status change_case(ByteSpan bytes, text::AsciiCase to, ByteRoom room) noexcept;
// A `columns` that is not positive: with nothing in place of tabs.
[[nodiscard]] Status expand_tabs(ByteSpan bytes, std::int64_t columns, ByteRoom room) noexcept;
// `left` and `right` times `fill` around them.
[[nodiscard]] Status pad(ByteSpan bytes, std::size_t left, std::size_t right, std::uint8_t fill,
                         ByteRoom room) noexcept;
// Zeros up to `width`, behind a sign.
[[nodiscard]] Status zero_fill(ByteSpan bytes, std::int64_t width, ByteRoom room) noexcept;

// How wide the sides of a text of `size` are that fills `width`, as bytes.center has it.
struct Margins {
  std::size_t left = 0;
  std::size_t right = 0;

  [[nodiscard]] static Margins of_centered(std::size_t size, std::int64_t width) noexcept;
};

// --- Cut. ---

struct BytePart {
  std::size_t begin = 0;
  std::size_t end = 0;
};
// Without the bytes at its ends that `unwanted` has; null: that are spaces.
[[nodiscard]] BytePart strip(ByteSpan bytes, const ByteSpan* unwanted, Sides sides) noexcept;

// Requires: all its places are there.
[[nodiscard]] Status slice(ByteSpan bytes, const SlicePart& part, ByteRoom room) noexcept;

// Each tells where the pieces are; `kRight`: from the right, the last one first.
enum class From : std::uint8_t { kLeft, kRight };
// Requires: the separator is not empty.
[[nodiscard]] Status split(ByteSpan bytes, ByteSpan separator, std::size_t most, From from,
                           PieceVisitor visit) noexcept;
// At runs of spaces, without empty pieces.
[[nodiscard]] Status split_at_spaces(ByteSpan bytes, std::size_t most, From from,
                                     PieceVisitor visit) noexcept;
[[nodiscard]] Status split_lines(ByteSpan bytes, LineEnds ends, PieceVisitor visit) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
