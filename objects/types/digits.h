// objects/types/digits.h: numbers as text, for messages: decimal, and the address of an object.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace orochi::inline OROCHI_DESIGN {

class Digits {
 public:
  explicit Digits(std::size_t number) noexcept
      : end_(std::to_chars(text_.data(), text_.data() + text_.size(), number).ptr) {}
  [[nodiscard]] std::string_view text() const noexcept {
    return {text_.data(), static_cast<std::size_t>(end_ - text_.data())};
  }

 private:
  std::array<char, 20> text_;
  const char* const end_;
};

// "0x7f3a5c0011e0"
class Address {
 public:
  explicit Address(const void* place) noexcept
      : end_(std::to_chars(text_.data() + 2, text_.data() + text_.size(),
                           reinterpret_cast<std::uintptr_t>(place), 16)
                 .ptr) {}
  [[nodiscard]] std::string_view text() const noexcept {
    return {text_.data(), static_cast<std::size_t>(end_ - text_.data())};
  }

 private:
  std::array<char, 18> text_{'0', 'x'};
  const char* const end_;
};

}  // namespace orochi::inline OROCHI_DESIGN
