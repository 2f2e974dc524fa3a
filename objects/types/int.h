// objects/types/int.h: integers of any size.
//
// What fits into 62 bits is in the Value itself (objects/model/value.h); the rest is an object:
//
//   0   16  header
//   16  8   how many limbs there are, and the sign in the lowest bit
//   24      the limbs, the least first: objects/number/limbs.h
//
// True and False are integers too, of a subtype; they are Specials.
//
// I1  An object that is exactly an int never holds what fits into a Value. So equal ints are equal
//     words, or equal limbs.
// I2  Limbs are written before anybody else can reach the object, and never again.
//
// Beside it: int_arithmetic.h (what operators do), int_protocols.h (how they are found).
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/int_test.cc
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/number/limbs.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& int_type() noexcept;
[[nodiscard]] Type& bool_type() noexcept;
// Both. Once, after make_str_type.
[[nodiscard]] Status make_int_types() noexcept;

class BigInt : public Object {
 public:
  // For new_object_with_trailing; the limbs are not written yet.
  explicit BigInt(ShapeIndex shape, std::size_t room) noexcept : Object(shape) {
    set_size(room, false);
  }

  [[nodiscard]] integer::View view() const noexcept {
    return {limbs(), size_and_sign_ >> 1, (size_and_sign_ & 1) != 0};
  }

  // By its maker, before anybody else can reach it.
  [[nodiscard]] integer::Limb* limbs() noexcept {
    return reinterpret_cast<integer::Limb*>(this + 1);
  }
  void set_size(std::size_t size, bool negative) noexcept {
    size_and_sign_ = std::uint64_t{size} << 1 | static_cast<std::uint64_t>(negative);
  }

 private:
  [[nodiscard]] const integer::Limb* limbs() const noexcept {
    return reinterpret_cast<const integer::Limb*>(this + 1);
  }

  std::uint64_t size_and_sign_ = 0;
};
static_assert(sizeof(BigInt) == 24);

// Of int or a subtype, truths included.
[[nodiscard]] bool is_int(Value value) noexcept;

// The integer that a value is, in whatever form. Borrowed from the value, and from this.
class IntView {
 public:
  // Requires: is_int(value).
  explicit IntView(Value value) noexcept
      : small_(value.is_object() ? 0 : small_of(value)),
        big_(value.is_object() ? static_cast<const BigInt*>(value.object()) : nullptr) {}

  [[nodiscard]] integer::View view() const& noexcept {
    return big_ == nullptr ? small_.view() : big_->view();
  }
  integer::View view() const&& = delete;  // it would look at what is gone
  [[nodiscard]] bool is_zero() const noexcept { return view().is_zero(); }
  [[nodiscard]] bool is_odd() const noexcept { return view().is_odd(); }

 private:
  [[nodiscard]] static std::int64_t small_of(Value value) noexcept {
    return value.is_int() ? value.as_int() : std::int64_t{value.is(Special::kTrue)};
  }

  integer::Small small_;
  const BigInt* big_;
};

// --- Making ints. Empty: a MemoryError is pending. ---

[[nodiscard]] Ref<> make_int(integer::View number) noexcept;
[[nodiscard]] inline Ref<> make_int(std::int64_t number) noexcept {
  if (Value::fits(number)) [[likely]]
    return Ref<>::adopt(Value::of_int(number));
  const integer::Small small(number);
  return make_int(small.view());
}
[[nodiscard]] inline Ref<> make_size(std::size_t number) noexcept {
  const integer::Small small(integer::Limb{number}, false);
  return make_int(small.view());
}

// --- As text. ---

// In base 2 to 36, lower case, without a prefix.
[[nodiscard]] Ref<Str> print_int(Value number, int base) noexcept;
// As int(text, base) reads ASCII. Raises ValueError. Requires: base is 0 or 2 to 36.
[[nodiscard]] Ref<> parse_int(std::string_view text, int base) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
