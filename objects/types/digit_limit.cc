#include "objects/types/digit_limit.h"

#include <bit>

#include "memory/atomic.h"
#include "objects/model/error.h"
#include "objects/types/digits.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Atomic<std::size_t> g_limit{0};  // relaxed, both: it orders nothing

[[nodiscard]] bool is_fine(std::size_t digits, int base) noexcept {
  if (digits <= kLeastDigitLimit) return true;
  const std::size_t limit = digit_limit();
  return limit == 0 || digits <= limit || std::has_single_bit(static_cast<unsigned>(base));
}

constexpr std::string_view kAdvice = "; use sys.set_int_max_str_digits() to increase the limit";

}  // namespace

std::size_t digit_limit() noexcept { return g_limit.load(kRelaxed); }
void set_digit_limit(std::size_t digits) noexcept { g_limit.store(digits, kRelaxed); }

Status check_read_digits(std::size_t digits, int base) noexcept {
  if (is_fine(digits, base)) return Status::kDone;
  return raise(ErrorKind::kValue, {"Exceeds the limit (", Digits(digit_limit()).text(),
                                   " digits) for integer string conversion: value has ",
                                   Digits(digits).text(), " digits", kAdvice});
}

Status check_printed_digits(std::size_t digits, int base) noexcept {
  if (is_fine(digits, base)) return Status::kDone;
  return raise(ErrorKind::kValue, {"Exceeds the limit (", Digits(digit_limit()).text(),
                                   " digits) for integer string conversion", kAdvice});
}

}  // namespace orochi::inline OROCHI_DESIGN
