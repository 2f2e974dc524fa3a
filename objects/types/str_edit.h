// objects/types/str_edit.h: strs joined, replaced, stripped, cut, in another case, and shown.
//
// As Python's methods of str do it, without the parsing of arguments. Each result has the narrowest
// repertoire (I1 of str.h). An empty Ref: an exception is pending.
//
// Attached threads. Nothing here locks; only what is lent as a FunctionRef may run code of others.
// Tests: tests/objects/types/str_edit_test.cc
#pragma once

#include <cstddef>
#include <span>

#include "memory/function_ref.h"
#include "objects/text/case_mapping.h"
#include "objects/text/escape.h"
#include "objects/text/search.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// The parts with `separator` between them.
[[nodiscard]] Ref<Str> join(const Str& separator, std::span<const Str* const> parts) noexcept;

// The first `most` matches of `what`, from the left and not overlapping, replaced.
[[nodiscard]] Ref<Str> replace(Str& str, const Str& what, const Str& with,
                               std::size_t most = text::kNotFound) noexcept;

enum class Sides : std::uint8_t { kBoth, kLeft, kRight };
// Without the code points at its ends that `characters` has; null: that are spaces.
[[nodiscard]] Ref<Str> strip(Str& str, const Str* characters, Sides sides) noexcept;

[[nodiscard]] Ref<Str> change_case(const Str& str, text::CaseChange change) noexcept;

// As repr() and ascii() show it.
[[nodiscard]] Ref<Str> quote(const Str& str, text::Escapes escapes) noexcept;

// Is told where each piece begins and ends, from the left. Failed: it goes no further.
using PieceVisitor = FunctionRef<Status(std::size_t begin, std::size_t end)>;
// str.split(separator, most). Requires: the separator is not empty.
[[nodiscard]] Status split(const Str& str, const Str& separator, std::size_t most,
                           PieceVisitor visit) noexcept;
// str.split(None, most): at runs of spaces, without empty pieces.
[[nodiscard]] Status split_at_spaces(const Str& str, std::size_t most, PieceVisitor visit) noexcept;
// str.splitlines(keepends).
enum class LineEnds : bool { kDrop, kKeep };
[[nodiscard]] Status split_lines(const Str& str, LineEnds ends, PieceVisitor visit) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
