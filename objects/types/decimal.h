// objects/types/decimal.h: a number in the text of an error.
//
//     raise(ErrorKind::kValue, {"there are ", Decimal(size).text(), " of them"});
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

class Decimal {
 public:
  template <std::integral Number>
  explicit Decimal(Number number) noexcept
      : end_(std::to_chars(text_.data(), text_.data() + text_.size(), number).ptr) {}
  Decimal(const Decimal&) = delete;
  Decimal& operator=(const Decimal&) = delete;

  [[nodiscard]] std::string_view text() const noexcept {
    return {text_.data(), static_cast<std::size_t>(end_ - text_.data())};
  }

 private:
  std::array<char, 20> text_;
  const char* const end_;
};

}  // namespace orochi::inline OROCHI_DESIGN
