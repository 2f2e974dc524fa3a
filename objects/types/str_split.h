// objects/types/str_split.h: strs cut into lists and tuples of strs, and put together from them.
//
// An empty Ref: an exception is pending. Attached threads. Only `join_all` may run code of others.
// Tests: tests/objects/types/str_methods_test.cc
#pragma once

#include <cstddef>

#include "objects/types/list.h"
#include "objects/types/str.h"
#include "objects/types/str_edit.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// At `separator`, or at spaces if that is null; at most `most` times, from the left or the right.
// Raises ValueError for an empty separator.
[[nodiscard]] Ref<List> split_to_list(Str& str, const Str* separator, std::size_t most) noexcept;
[[nodiscard]] Ref<List> split_from_right(Str& str, const Str* separator, std::size_t most) noexcept;
[[nodiscard]] Ref<List> lines_of(Str& str, LineEnds ends) noexcept;

// Before, separator, after; at its first place or its last.
[[nodiscard]] Ref<Tuple> partition(Str& str, Str& separator) noexcept;
[[nodiscard]] Ref<Tuple> partition_from_right(Str& str, Str& separator) noexcept;

// separator.join(parts).
[[nodiscard]] Ref<Str> join_all(const Str& separator, Value parts) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
