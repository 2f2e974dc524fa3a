// objects/types/str.h: text that never changes.
//
//   0   16  header
//   16  8   hash         or 0xFF..: nobody has asked yet
//   24  8   size, in code points, and what the text is made of (below)
//   32      the code points, each in as many bytes as the widest needs: objects/text/code_points.h
//
// The text is in the same block whatever its length, so a str is one allocation and no reader ever
// follows a pointer. The empty text and the first 256 characters exist once, and are immortal.
//
// I1  A str has the narrowest repertoire that holds it (T1 of code_points.h), so equal texts have
//     equal bytes and equal hashes.
// I2  The text is written before anybody else can reach the str. Only the hash and one bit change
//     afterwards: the hash from "nobody asked" to its value, which is the same whoever stores it;
//     the bit says that it is interned, and is written by objects/types/intern.h.
//
// Beside it: intern.h (one object for each name), str_operations.h (what `str` can do).
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/str_test.cc
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "memory/atomic.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& str_type() noexcept;
// Once, after start_model.
[[nodiscard]] Status make_str_type() noexcept;

class Str : public Object {
 public:
  // For new_object_with_trailing; the text is not written yet.
  explicit Str(ShapeIndex shape, std::size_t size, text::Repertoire repertoire) noexcept
      : Object(shape), about_(size << kSizeShift | static_cast<std::uint64_t>(repertoire)) {}

  // --- Making one. Empty: an exception is pending. ---

  // Of code points of any width, which need not be the narrowest.
  [[nodiscard]] static Ref<Str> of(text::View points) noexcept;
  [[nodiscard]] static Ref<Str> of_character(text::CodePoint point) noexcept;
  [[nodiscard]] static Ref<Str> of_latin1(std::span<const std::uint8_t> bytes) noexcept;
  // Requires: all of it is ASCII.
  [[nodiscard]] static Ref<Str> of_ascii(std::string_view ascii) noexcept;
  // What is not UTF-8 is a UnicodeDecodeError.
  [[nodiscard]] static Ref<Str> of_utf8(std::string_view utf8) noexcept;
  [[nodiscard]] static Ref<Str> empty() noexcept;

  // For one that is filled in place, at writable(), by the thread that made it, before anybody else
  // can reach it. I1 is the caller's business.
  [[nodiscard]] static Ref<Str> make_blank(std::size_t size, text::Repertoire repertoire) noexcept;
  template <class Unit>
  [[nodiscard]] Unit* writable() noexcept {
    assert(sizeof(Unit) == width());
    return reinterpret_cast<Unit*>(this + 1);
  }
  // Units of width().
  [[nodiscard]] void* writable() noexcept { return this + 1; }

  // --- Reading it. ---

  [[nodiscard]] std::size_t size() const noexcept { return about() >> kSizeShift; }
  [[nodiscard]] text::Repertoire repertoire() const noexcept {
    return static_cast<text::Repertoire>(about() & kRepertoireMask);
  }
  [[nodiscard]] bool is_ascii() const noexcept { return repertoire() == text::Repertoire::kAscii; }
  // Bytes of each code point.
  [[nodiscard]] std::size_t width() const noexcept { return text::bytes_per_point(repertoire()); }
  [[nodiscard]] text::View view() const noexcept { return {this + 1, size(), width()}; }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept {
    return {reinterpret_cast<const std::uint8_t*>(this + 1), size() * width()};
  }
  // Requires: is_ascii(). Which is UTF-8 too.
  [[nodiscard]] std::string_view ascii() const noexcept {
    assert(is_ascii());
    return {reinterpret_cast<const char*>(this + 1), size()};
  }

  // Never -1. Computed once, and quick from then on.
  [[nodiscard]] std::int64_t hash() const noexcept {
    const std::int64_t known = hash_.load(kRelaxed);  // relaxed: I2, it depends on nothing else
    return known != kNoHash ? known : compute_hash();
  }

  [[nodiscard]] friend bool equal(const Str& a, const Str& b) noexcept {
    return &a == &b || a.has_equal_text(b);
  }

  // There is no other str of this text that is interned and alive.
  [[nodiscard]] bool is_interned() const noexcept { return (about() & kInternedBit) != 0; }

  void give_back(const Remains& remains) noexcept;

 private:
  friend class InternTable;

  static constexpr std::int64_t kNoHash = -1;
  static constexpr std::uint64_t kRepertoireMask = 0b11;
  static constexpr std::uint64_t kInternedBit = 0b100;
  static constexpr unsigned kSizeShift = 3;

  [[nodiscard]] std::uint64_t about() const noexcept {
    return about_.load(kRelaxed);  // relaxed: only the bit changes, and who asks for it has a lock
  }
  void mark_interned() noexcept { about_.store(about() | kInternedBit, kRelaxed); }  // as above

  [[nodiscard]] std::int64_t compute_hash() const noexcept;
  [[nodiscard]] bool has_equal_text(const Str& other) const noexcept;

  mutable Atomic<std::int64_t> hash_{kNoHash};
  Atomic<std::uint64_t> about_;  // size, interned or not, repertoire
};
static_assert(sizeof(Str) == 32, "the text after it is aligned for any width");

// The str that a value is, not of a subtype: nobody can have given it another hash or equality.
[[nodiscard]] const Str* as_exact_str(Value value) noexcept;

// The str that a value is, of the type or of a subtype; null: it is none.
[[nodiscard]] inline Str* as_str(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(*value.object());
  const bool is_str = &type == &str_type() || type.is_subtype_of(str_type());
  return is_str ? static_cast<Str*>(value.object()) : nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN
