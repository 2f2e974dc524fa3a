// python/modules/struct/format.h: what a format such as "<I2h" says: which values lie where.
//
// A compiled format is constant; any thread that counts it may use it.
//
// Attached threads. Tests: tests/python/modules/struct_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/bytes.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN::structs {

// Values of one kind behind each other; of `s` and `p` one value of `count` bytes.
struct Item {
  char letter;
  std::uint8_t width;  // of each value
  bool is_host;        // as this system has it, which shows in messages
  std::size_t offset;
  std::size_t count;

  [[nodiscard]] bool is_text() const noexcept { return letter == 's' || letter == 'p'; }
  [[nodiscard]] std::size_t values() const noexcept { return is_text() ? 1 : count; }
};

class Format : public Object {
 public:
  Format(ShapeIndex shape, std::size_t count, bool is_big, bool is_native) noexcept
      : Object(shape), count_(count), is_big_(is_big), is_native_(is_native) {}

  // Raises struct.error.
  [[nodiscard]] static Ref<Format> compile(std::string_view text) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }  // bytes
  [[nodiscard]] std::size_t values() const noexcept { return values_; }
  [[nodiscard]] bool is_big() const noexcept { return is_big_; }  // the highest byte first
  [[nodiscard]] bool is_native() const noexcept { return is_native_; }
  [[nodiscard]] std::span<const Item> items() const noexcept {
    return {reinterpret_cast<const Item*>(this + 1), count_};
  }

 private:
  friend class FormatReader;

  const std::size_t count_;
  std::size_t size_ = 0;
  std::size_t values_ = 0;
  const bool is_big_;
  const bool is_native_;
};

// --- values.cc ---

// The value at `out`, which has room for it. Raises struct.error and others.
[[nodiscard]] Status pack_value(const Format& format, const Item& item, std::uint8_t* out,
                                Value value) noexcept;
[[nodiscard]] Ref<> unpack_value(const Format& format, const Item& item,
                                 const std::uint8_t* bytes) noexcept;

// struct.error
Raised raise_error(std::initializer_list<std::string_view> parts) noexcept;
Raised raise_error(const StrBuilder& text) noexcept;
// Both, once, when the module is made.
[[nodiscard]] Type* make_error_type() noexcept;
[[nodiscard]] Status make_format_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::structs
