// objects/model/value.h: a Python value as one word.
//
//   low bits   the rest
//   000        a pointer to an object, which the word's holder counts; all bits 0: no value
//   100        a pointer to an object, not counted: in registers of the running thread only
//   x11        an integer of 62 bits, shifted by 2
//   101        one of a few singletons (Special)
//   001, 010, 110   a float: its bits, rotated left by 4, with bit 1 flipped
//
// Counted pointers are the plain address. Integers add and subtract without being unpacked. Which
// floats fit (float self-tagging, after Melancon, Serrano and Feeley): the rotation brings the
// sign and the exponent's three highest bits down, and where those are 000, 011 or 100 the flip
// makes them a tag of a float. That is zero, the tiny, and all from 2^-255 up to 2^257. Other
// floats, and integers of more than 62 bits, are objects (objects/types).
//
// I1  Every word has exactly one tag; a float that does not fit is never encoded.
// I2  A deferred pointer is never stored in the heap (rule 26).
//
// A Value says nothing about who counts: objects/model/ref.h has the handle that owns.
// Any thread; a Value is a number.
// Tests: tests/objects/model/value_test.cc
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

class Object;

// Values that are no object and no number. Order: false and true are 0 and 1.
enum class Special : std::uint8_t {
  kFalse,
  kTrue,
  kNone,
  kNotImplemented,
  kEllipsis,
  kUnset,  // no value yet, or none any more: never seen by a program (rule 14)
};

class Value {
 public:
  using Word = std::uint64_t;

  static const Value kNone, kTrue, kFalse, kNotImplemented, kEllipsis, kUnset;

  // No value: what a function returns that has raised, what a free place holds.
  constexpr Value() noexcept = default;
  constexpr explicit Value(Special special) noexcept
      : word_{static_cast<Word>(special) << kTagBits | kSpecialTag} {}
  explicit Value(Object* object) noexcept : word_{reinterpret_cast<Word>(object)} {}

  [[nodiscard]] static constexpr Value of_word(Word word) noexcept {
    Value value;
    value.word_ = word;
    return value;
  }
  [[nodiscard]] constexpr Word word() const noexcept { return word_; }

  [[nodiscard]] static constexpr Value of_bool(bool truth) noexcept {
    return Value(truth ? Special::kTrue : Special::kFalse);
  }
  [[nodiscard]] static Value deferred(Object* object) noexcept {
    return of_word(reinterpret_cast<Word>(object) | kDeferredTag);
  }

  // --- Integers. ---
  static constexpr std::int64_t kMaxInt = (std::int64_t{1} << 61) - 1;
  static constexpr std::int64_t kMinInt = -kMaxInt - 1;

  [[nodiscard]] static constexpr bool fits(std::int64_t number) noexcept {
    return number >= kMinInt && number <= kMaxInt;
  }
  // Requires: fits(number).
  [[nodiscard]] static constexpr Value of_int(std::int64_t number) noexcept {
    assert(fits(number));
    return of_word(static_cast<Word>(number) << kIntShift | kIntTag);
  }
  [[nodiscard]] constexpr std::int64_t as_int() const noexcept {
    assert(is_int());
    return static_cast<std::int64_t>(word_) >> kIntShift;
  }

  // --- Floats. ---
  [[nodiscard]] static constexpr bool fits(double number) noexcept {
    return is_float_tag(encode(number));
  }
  // Requires: fits(number).
  [[nodiscard]] static constexpr Value of_float(double number) noexcept {
    assert(fits(number));
    return of_word(encode(number));
  }
  [[nodiscard]] constexpr double as_float() const noexcept {
    assert(is_float());
    return std::bit_cast<double>(std::rotr(word_ ^ kFloatFlip, kFloatTurn));
  }

  // --- Questions. ---
  [[nodiscard]] constexpr bool is_empty() const noexcept { return word_ == 0; }
  [[nodiscard]] constexpr explicit operator bool() const noexcept { return !is_empty(); }
  [[nodiscard]] constexpr bool is_int() const noexcept { return (word_ & kIntTag) == kIntTag; }
  [[nodiscard]] constexpr bool is_float() const noexcept { return is_float_tag(word_); }
  [[nodiscard]] constexpr bool is_special() const noexcept { return tag() == kSpecialTag; }
  [[nodiscard]] constexpr bool is_none() const noexcept { return is(Special::kNone); }
  [[nodiscard]] constexpr bool is_bool() const noexcept {
    return (word_ | Word{1} << kTagBits) == Value(Special::kTrue).word_;
  }
  [[nodiscard]] constexpr bool is(Special special) const noexcept {
    return word_ == Value(special).word_;
  }
  [[nodiscard]] constexpr Special as_special() const noexcept {
    assert(is_special());
    return static_cast<Special>(word_ >> kTagBits);
  }
  [[nodiscard]] constexpr bool is_deferred() const noexcept { return tag() == kDeferredTag; }
  // A pointer that its holder counts.
  [[nodiscard]] constexpr bool is_counted() const noexcept { return tag() == 0 && word_ != 0; }
  // A pointer of either kind.
  [[nodiscard]] constexpr bool is_object() const noexcept {
    return (word_ & (kDeferredTag - 1)) == 0 && word_ != 0;
  }
  // A value without a header: nobody counts it.
  [[nodiscard]] constexpr bool is_immediate() const noexcept {
    return (word_ & (kDeferredTag - 1)) != 0;
  }

  // Requires: is_object().
  [[nodiscard]] Object* object() const noexcept {
    assert(is_object());
    return reinterpret_cast<Object*>(word_ & ~Word{kDeferredTag});
  }

  // Requires: is_counted(). The same, and the word is the address.
  [[nodiscard]] Object* counted_object() const noexcept {
    assert(is_counted());
    return reinterpret_cast<Object*>(word_);
  }

  // The low three bits.
  [[nodiscard]] constexpr unsigned tag() const noexcept {
    return static_cast<unsigned>(word_ & ((Word{1} << kTagBits) - 1));
  }

  // The same word. Numbers that are equal as Python sees it may be different words.
  friend constexpr bool operator==(Value, Value) noexcept = default;

 private:
  static constexpr unsigned kTagBits = 3;
  static constexpr unsigned kDeferredTag = 0b100;
  static constexpr unsigned kIntTag = 0b11;
  static constexpr unsigned kIntShift = 2;
  static constexpr unsigned kSpecialTag = 0b101;
  static constexpr Word kFloatFlip = 0b010;
  static constexpr int kFloatTurn = 4;
  static constexpr unsigned kFloatTags = 1U << 0b001 | 1U << 0b010 | 1U << 0b110;

  [[nodiscard]] static constexpr Word encode(double number) noexcept {
    return std::rotl(std::bit_cast<Word>(number), kFloatTurn) ^ kFloatFlip;
  }
  [[nodiscard]] static constexpr bool is_float_tag(Word word) noexcept {
    return (kFloatTags >> (word & 0b111) & 1U) != 0;
  }

  friend constexpr bool try_add(Value, Value, Value&) noexcept;
  friend constexpr bool try_subtract(Value, Value, Value&) noexcept;
  friend constexpr bool try_multiply(Value, Value, Value&) noexcept;

  [[nodiscard]] constexpr std::int64_t bits() const noexcept {
    return static_cast<std::int64_t>(word_);
  }

  Word word_ = 0;
};
static_assert(sizeof(Value) == 8, "values travel in one register");

inline constexpr Value Value::kNone{Special::kNone};
inline constexpr Value Value::kTrue{Special::kTrue};
inline constexpr Value Value::kFalse{Special::kFalse};
inline constexpr Value Value::kNotImplemented{Special::kNotImplemented};
inline constexpr Value Value::kEllipsis{Special::kEllipsis};
inline constexpr Value Value::kUnset{Special::kUnset};

// Small integers, both. False: the result needs more than 62 bits, and `result` is not written.
//
// With a = 4x + 3 and b = 4y + 3: a + (b - 3) = 4(x + y) + 3, and b - 3 cannot overflow.

[[nodiscard]] constexpr bool try_add(Value a, Value b, Value& result) noexcept {
  assert(a.is_int() && b.is_int());
  std::int64_t bits = 0;
  if (__builtin_add_overflow(a.bits(), b.bits() - std::int64_t{Value::kIntTag}, &bits))
    return false;
  result = Value::of_word(static_cast<Value::Word>(bits));
  return true;
}

[[nodiscard]] constexpr bool try_subtract(Value a, Value b, Value& result) noexcept {
  assert(a.is_int() && b.is_int());
  std::int64_t bits = 0;
  if (__builtin_sub_overflow(a.bits(), b.bits() - std::int64_t{Value::kIntTag}, &bits))
    return false;
  result = Value::of_word(static_cast<Value::Word>(bits));
  return true;
}

// x * 4y = 4xy.
[[nodiscard]] constexpr bool try_multiply(Value a, Value b, Value& result) noexcept {
  assert(a.is_int() && b.is_int());
  std::int64_t bits = 0;
  if (__builtin_mul_overflow(a.as_int(), b.bits() - std::int64_t{Value::kIntTag}, &bits))
    return false;
  result = Value::of_word(static_cast<Value::Word>(bits) | Value::kIntTag);
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
