#include "objects/number/power.h"

#include <gmp.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "objects/number/bitwise.h"
#include "objects/number/gmp_memory.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

constexpr Small kOne{1};
constexpr Limb kOneLimb = 1;
constexpr View kOneView{&kOneLimb, 1, false};

// Only its highest bit is set: its powers are shifts.
bool is_power_of_two(View a) noexcept {
  return !a.is_zero() && trailing_zeros(a) + 1 == bit_length(a);
}

// Bits of a ** exponent, not counting the highest: exact for powers of two. Nothing: too many.
std::optional<std::uint64_t> bits_of_power(View a, std::uint64_t exponent) noexcept {
  const std::uint64_t bits = is_power_of_two(a) ? trailing_zeros(a) : bit_length(a);
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(bits, exponent, &product)) return std::nullopt;
  return product;
}

// Two numbers of full room to square to and fro, before what multiplication wants.
class PowerSteps {
 public:
  PowerSteps(Limb* out, std::size_t room, std::span<Limb> scratch, View base) noexcept
      : to_(out), other_(scratch.data()), scratch_(scratch.subspan(room)), base_(base) {}

  void square() noexcept { step(value_); }
  void times_base() noexcept { step(base_); }
  [[nodiscard]] View value() const noexcept { return value_; }

 private:
  void step(View factor) noexcept {
    value_ = multiply(to_, value_, factor, scratch_);
    std::swap(to_, other_);
  }

  Limb* to_;
  Limb* other_;
  std::span<Limb> scratch_;
  View base_;
  View value_ = kOneView;
};

// GMP's signed integers, of which only those below want any. One that reads:
class Operand {
 public:
  explicit Operand(View a) noexcept {
    const auto size = static_cast<mp_size_t>(a.size);
    mpz_roinit_n(value_, a.limbs, a.negative ? -size : size);
  }
  [[nodiscard]] mpz_srcptr get() const noexcept { return value_; }

 private:
  mpz_t value_;
};

// And one that is written.
class Result {
 public:
  explicit Result(std::size_t limbs) noexcept { mpz_init2(value_, (limbs + 1) * kLimbBits); }
  ~Result() { mpz_clear(value_); }
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  [[nodiscard]] mpz_ptr get() noexcept { return value_; }
  [[nodiscard]] View view() const noexcept {
    return {mpz_limbs_read(value_), mpz_size(value_), mpz_sgn(value_) < 0};
  }

 private:
  mpz_t value_;
};

// The residue that has the modulus' sign, of one that is not negative.
View with_sign_of(View modulus, Limb* out, View residue) noexcept {
  if (modulus.negative && !residue.is_zero()) return add(out, residue, modulus);
  return copy(out, residue);
}

// GMP keeps a table of odd powers while it raises: up to 512 entries, fewer for a short exponent.
std::size_t power_table_entries(View exponent) noexcept {
  const std::uint64_t bits = bit_length(exponent);
  return std::size_t{1} << std::clamp(static_cast<int>(std::bit_width(bits)) - 3, 1, 9);
}

}  // namespace

std::size_t power_room(View a, std::uint64_t exponent) noexcept {
  const std::optional<std::uint64_t> bits = bits_of_power(a, exponent);
  return bits ? std::min<std::uint64_t>(*bits / kLimbBits + 3, kNoRoom) : kNoRoom;
}

std::size_t power_scratch(View a, std::uint64_t exponent) noexcept {
  if (is_power_of_two(a)) return 0;
  const std::size_t room = power_room(a, exponent);
  if (room >= kNoRoom / 16) return kNoRoom;
  return room + (room < gmp::kStackLimbs ? 0 : gmp::linear_scratch(room));
}

View power(Limb* out, View a, std::uint64_t exponent, std::span<Limb> scratch) noexcept {
  const bool negative = a.negative && (exponent & 1) != 0;
  if (exponent == 0) return copy(out, kOne.view());
  if (a.is_zero()) return {out, 0, false};
  if (is_power_of_two(a)) {
    const View magnitude = shift_left(out, kOne.view(), trailing_zeros(a) * exponent);
    return {out, magnitude.size, negative};
  }
  PowerSteps steps{out, power_room(a, exponent), scratch, a.abs()};
  for (std::size_t bit = std::bit_width(exponent); bit-- != 0;) {
    steps.square();
    if ((exponent >> bit & 1) != 0) steps.times_base();
  }
  const View magnitude = copy(out, steps.value());
  return {out, magnitude.size, negative};
}

std::size_t modular_power_scratch(View a, View exponent, View modulus) noexcept {
  const std::size_t entries = power_table_entries(exponent);
  return gmp::linear_scratch(a.size + 4 * modulus.size) + entries * (modulus.size + 1);
}

std::optional<View> modular_power(Limb* out, View a, View exponent, View modulus,
                                  std::span<Limb> scratch) noexcept {
  if (modulus.size == 1 && modulus.limbs[0] == 1) return View{out, 0, false};
  const gmp::Arena arena{scratch};
  const Operand positive_modulus{modulus.abs()};
  const Operand positive_exponent{exponent.abs()};
  const Operand base{a};
  Result inverse{std::max(a.size, modulus.size)};
  mpz_srcptr raised = base.get();
  if (exponent.negative) {
    if (mpz_invert(inverse.get(), raised, positive_modulus.get()) == 0) return std::nullopt;
    raised = inverse.get();
  }
  Result result{modulus.size};
  mpz_powm(result.get(), raised, positive_exponent.get(), positive_modulus.get());
  return with_sign_of(modulus, out, result.view());
}

std::size_t gcd_scratch(View a, View b) noexcept { return gmp::linear_scratch(a.size + b.size); }

View gcd(Limb* out, View a, View b, std::span<Limb> scratch) noexcept {
  const gmp::Arena arena{scratch};
  Result result{gcd_room(a, b)};
  mpz_gcd(result.get(), Operand{a}.get(), Operand{b}.get());
  return copy(out, result.view());
}

std::size_t square_root_scratch(View a) noexcept { return gmp::linear_scratch(a.size); }

View square_root(Limb* out, View a, std::span<Limb> scratch) noexcept {
  if (a.is_zero()) return {out, 0, false};
  const gmp::Arena arena{scratch};
  mpn_sqrtrem(out, nullptr, a.limbs, static_cast<mp_size_t>(a.size));
  return normalized(out, square_root_room(a), false);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
