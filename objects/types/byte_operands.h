// objects/types/byte_operands.h: what the operators and methods of bytes and bytearrays are given.
//
// Attached threads. Nothing here runs code of others.
// Tests: tests/objects/types/bytes_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "objects/types/bytes_like.h"
#include "objects/types/index_arguments.h"

namespace orochi::inline OROCHI_DESIGN {

// A byte as an integer. Raises: byte must be in range(0, 256); 'str' object cannot be interpreted
// as an integer.
[[nodiscard]] Status read_byte(Value value, std::uint8_t& byte) noexcept;

// What is looked for: some bytes, or one as an integer.
class Needle {
 public:
  // As methods word what else it is.
  [[nodiscard]] Status take_argument(Value value) noexcept;
  // As `in` does.
  [[nodiscard]] Status take_operand(Value value) noexcept;

  [[nodiscard]] ByteSpan span() const noexcept {
    return is_single_ ? ByteSpan(&single_, 1) : bytes_.span();
  }

 private:
  // False: it is neither, and nothing is raised.
  [[nodiscard]] bool take(Value value, Status& status) noexcept;

  BytesLike bytes_;
  std::uint8_t single_ = 0;
  bool is_single_ = false;
};

// A bound of a search: an integer, or None for `standard`.
[[nodiscard]] Status read_bound(Value value, std::int64_t standard, std::int64_t& bound) noexcept;

// `self + other` where `other` has no bytes: can't concat int to bytes.
[[nodiscard]] Ref<> refuse_byte_concat(Value self, Value other) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
