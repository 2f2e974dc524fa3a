// python/compiler/number_text.h: numbers as text, for messages.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class Number {
 public:
  explicit Number(std::uint64_t number) noexcept
      : size_(static_cast<std::size_t>(
            std::to_chars(digits_, digits_ + sizeof digits_, number).ptr - digits_)) {}
  [[nodiscard]] std::string_view text() const noexcept { return {digits_, size_}; }

 private:
  char digits_[24];
  std::size_t size_;
};

// At least `width` digits.
class Hex {
 public:
  explicit Hex(std::uint32_t number, std::size_t width = 2, bool upper = false) noexcept {
    const char* const all = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    do {
      digits_[sizeof digits_ - ++size_] = all[number & 15];
      number >>= 4;
    } while (number != 0 || size_ < width);
  }
  [[nodiscard]] std::string_view text() const noexcept {
    return {digits_ + sizeof digits_ - size_, size_};
  }

 private:
  char digits_[8];
  std::size_t size_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
