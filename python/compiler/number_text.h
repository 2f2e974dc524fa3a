// python/compiler/number_text.h: base 16, for messages. In base 10: objects/types/digits.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/types/digits.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

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
