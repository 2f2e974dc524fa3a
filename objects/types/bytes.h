// objects/types/bytes.h: bytes that never change.
//
//   0   16  header
//   16  8   hash   or 0xFF..: nobody has asked yet
//   24  8   size
//   32      the bytes
//
// All of it is one block, so no reader ever follows a pointer. What is empty, and what has one
// byte, exists once and is immortal.
//
// I1  The bytes are written before anybody else can reach the object. Only the hash changes
//     afterwards: from "nobody asked" to its value, which is the same whoever stores it.
//
// Beside it: bytes_like.h (whatever lends its bytes), byte_edit.h (what bytes and bytearrays can
// do), codec.h (text to bytes and back).
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/bytes_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/text/ascii.h"

namespace orochi::inline OROCHI_DESIGN {

using text::ByteSpan;

[[nodiscard]] Type& bytes_type() noexcept;
// Once, after make_str_type. Its iterator too.
[[nodiscard]] Status make_bytes_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status define_bytes_methods() noexcept;

class Bytes : public Object {
 public:
  // For new_object_with_trailing; the bytes are not written yet.
  explicit Bytes(ShapeIndex shape, std::size_t size) noexcept : Object(shape), size_(size) {}

  // --- Making one. Empty: an exception is pending. ---

  [[nodiscard]] static Ref<Bytes> of(ByteSpan bytes) noexcept;
  // Of bytes_type() or a subtype.
  [[nodiscard]] static Ref<Bytes> of(ByteSpan bytes, Type& type) noexcept;
  [[nodiscard]] static Ref<Bytes> of_byte(std::uint8_t byte) noexcept;
  [[nodiscard]] static Ref<Bytes> empty() noexcept;
  // For one that is filled in place, at writable(), by the thread that made it, before anybody else
  // can reach it. What is empty needs no filling, and has nothing to be filled.
  [[nodiscard]] static Ref<Bytes> make_blank(std::size_t size) noexcept;
  [[nodiscard]] std::uint8_t* writable() noexcept {
    return reinterpret_cast<std::uint8_t*>(this + 1);
  }

  // --- Reading it. ---

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] ByteSpan span() const noexcept {
    return {reinterpret_cast<const std::uint8_t*>(this + 1), size_};
  }
  // Never -1. Computed once, and quick from then on.
  [[nodiscard]] std::int64_t hash() const noexcept {
    const std::int64_t known = hash_.load(kRelaxed);  // relaxed: I1, it depends on nothing else
    return known != kNoHash ? known : compute_hash();
  }

  [[nodiscard]] friend bool equal(const Bytes& a, const Bytes& b) noexcept {
    return &a == &b || a.has_equal_bytes(b);
  }

 private:
  static constexpr std::int64_t kNoHash = -1;

  [[nodiscard]] std::int64_t compute_hash() const noexcept;
  [[nodiscard]] bool has_equal_bytes(const Bytes& other) const noexcept;

  mutable Atomic<std::int64_t> hash_{kNoHash};
  const std::size_t size_;
};
static_assert(sizeof(Bytes) == 32);

// The bytes that a value is, not of a subtype: nobody can have given it another hash or equality.
[[nodiscard]] const Bytes* as_exact_bytes(Value value) noexcept;
// Of the type or of a subtype; null: it is none.
[[nodiscard]] Bytes* as_bytes(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
