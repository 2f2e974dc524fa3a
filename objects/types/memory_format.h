// objects/types/memory_format.h: items of memory as values: what a memoryview's format says.
//
// A format is one letter, as module `struct` has it, in the machine's own sizes and order.
//
// Attached threads. Reading runs no code of others; writing '?' asks a value for its truth.
// Tests: tests/objects/types/memoryview_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/model/status.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class MemoryFormat {
 public:
  // Bytes without a sign.
  constexpr MemoryFormat() noexcept = default;
  // False: it is none.
  [[nodiscard]] static bool parse(const Str& text, MemoryFormat& format) noexcept;

  [[nodiscard]] constexpr char letter() const noexcept { return letter_; }
  [[nodiscard]] constexpr std::size_t item_size() const noexcept { return item_size_; }
  // As it was written.
  [[nodiscard]] std::string_view text() const noexcept {
    return has_at_ ? std::string_view{with_at_, 2} : std::string_view{&with_at_[1], 1};
  }
  [[nodiscard]] constexpr bool is_of_bytes() const noexcept {
    return letter_ == 'B' || letter_ == 'b' || letter_ == 'c';
  }
  // Items are equal if and only if their bytes are.
  [[nodiscard]] constexpr bool is_exact() const noexcept {
    return letter_ != 'f' && letter_ != 'd' && letter_ != '?';
  }
  friend constexpr bool operator==(const MemoryFormat& a, const MemoryFormat& b) noexcept {
    return a.letter_ == b.letter_;
  }

  [[nodiscard]] Ref<> read(const std::uint8_t* item) const noexcept;
  // An item of at most 8 bytes, not written to its place yet.
  struct Packed {
    std::uint8_t bytes[8];
  };
  // Raises TypeError and ValueError.
  [[nodiscard]] Status pack(Value value, Packed& packed) const noexcept;

 private:
  template <class Number>
  [[nodiscard]] Status pack_integer(Value value, Packed& packed) const noexcept;
  [[nodiscard]] Status pack_float(Value value, Packed& packed) const noexcept;
  [[nodiscard]] Status pack_character(Value value, Packed& packed) const noexcept;
  [[nodiscard]] Status raise_invalid(std::string_view what) const noexcept;

  char letter_ = 'B';
  bool has_at_ = false;
  std::uint8_t item_size_ = 1;
  char with_at_[2] = {'@', 'B'};
};

}  // namespace orochi::inline OROCHI_DESIGN
