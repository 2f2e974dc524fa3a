// objects/types/sequence_key.h: what stands between the brackets of `sequence[key]`.
//
// Attached threads. Runs code of others where a key says its number in __index__.
// Tests: tests/objects/types/sequence_key_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/model/status.h"
#include "objects/types/slice.h"

namespace orochi::inline OROCHI_DESIGN {

struct SequenceKey {
  bool is_slice = false;
  std::int64_t index = 0;  // of one item
  SliceBounds bounds;      // of a slice

  // `kind`: of the sequence, for whoever reads the error: list indices must be integers or slices,
  // not str.
  [[nodiscard]] Status read(Value key, std::string_view kind) noexcept;

 private:
  [[nodiscard]] Status ask(Value key, std::string_view kind) noexcept;
};

// A count, as in `sequence * count`. Raises OverflowError, and TypeError for what is no integer.
[[nodiscard]] Status read_count(Value value, std::int64_t& count) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
