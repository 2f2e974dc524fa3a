// objects/types/str_builder.h: a str that grows at its end.
//
//     StrBuilder out;
//     out.add("Point(");
//     if (failed(out.add_repr(x))) return kRaised;
//     out.add(")");
//     return out.finish();
//
// The text begins in the builder itself and moves to a buffer that doubles, with units as wide as
// the widest code point so far. A builder that finds no memory takes nothing any more and says so
// in `finish`, so that nobody has to ask in between.
//
// Attached threads; a builder belongs to one.
// Tests: tests/objects/types/str_builder_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/model/error.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class StrBuilder {
 public:
  StrBuilder() noexcept = default;
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;

  // --- Nothing here runs code of others. ---

  void add(text::View points) noexcept { add(points, text::repertoire_of(points)); }
  void add(const Str& str) noexcept { add(str.view(), str.repertoire()); }
  // Requires: all of it is ASCII.
  void add(std::string_view ascii) noexcept;
  void add(text::CodePoint point, std::size_t times = 1) noexcept;
  // In base 10.
  void add_number(std::int64_t number) noexcept;
  // Lower case, with zeros before it.
  void add_hex(std::uint32_t number, unsigned digits) noexcept;
  // \xhh, \uhhhh or \Uhhhhhhhh, the shortest that has it.
  void add_escape(text::CodePoint point) noexcept;
  // What is not UTF-8 becomes U+FFFD.
  void add_utf8(std::string_view utf8) noexcept;

  // --- These run any code. Failed: it raised. ---

  [[nodiscard]] Status add_str(Value value) noexcept;
  [[nodiscard]] Status add_repr(Value value) noexcept;

  // Room for `size` more code points, none wider than the repertoire, to be written in units of
  // width() before anything else is added. Null: there is no memory.
  [[nodiscard]] void* extend(std::size_t size, text::Repertoire repertoire) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t width() const noexcept { return text::bytes_per_point(repertoire_); }
  // What there is so far, until more is added.
  [[nodiscard]] text::View view() const noexcept { return {points(), size_, width()}; }
  // Forgets what came after the first `size` code points.
  void cut(std::size_t size) noexcept { size_ = size; }

  // Empty: a MemoryError is pending. The builder is as it was.
  [[nodiscard]] Ref<Str> finish() const noexcept;

 private:
  void add(text::View points, text::Repertoire repertoire) noexcept;
  [[nodiscard]] Status add_shown(const Ref<>& shown, std::string_view method) noexcept;
  [[nodiscard]] bool make_room(std::size_t size, text::Repertoire repertoire) noexcept;

  [[nodiscard]] const std::uint8_t* points() const noexcept {
    return buffer_ == nullptr ? few_.data() : buffer_;
  }
  [[nodiscard]] std::uint8_t* points() noexcept {
    return buffer_ == nullptr ? few_.data() : buffer_;
  }

  static constexpr std::size_t kFewBytes = 256;

  std::uint8_t* buffer_ = nullptr;
  std::size_t bytes_ = kFewBytes;  // of room
  std::size_t size_ = 0;
  text::Repertoire repertoire_ = text::Repertoire::kAscii;
  bool has_memory_ = true;
  alignas(8) std::array<std::uint8_t, kFewBytes> few_;
};

// As raise of objects/model/error.h, with what was built.
Raised raise(ErrorKind kind, const StrBuilder& text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
