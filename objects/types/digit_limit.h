// objects/types/digit_limit.h: how many decimal digits a text of an integer may have, in either
// direction: what sys.set_int_max_str_digits sets.
//
// Who can make a program convert huge integers could keep it busy. Bases that are powers of two
// cost nothing more, and have no limit. There is none at all until whoever starts a program says
// so.
//
// Any thread. Tests: tests/objects/types/digit_limit_test.cc
#pragma once

#include <cstddef>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

inline constexpr std::size_t kUsualDigitLimit = 4300;
inline constexpr std::size_t kLeastDigitLimit = 640;

// 0: there is no limit.
[[nodiscard]] std::size_t digit_limit() noexcept;
void set_digit_limit(std::size_t digits) noexcept;

// Raises ValueError if so many digits in that base are too many. Of a text that is read the message
// says how many there are; of a number that is printed nobody knows before.
[[nodiscard]] Status check_read_digits(std::size_t digits, int base) noexcept;
[[nodiscard]] Status check_printed_digits(std::size_t digits, int base) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
