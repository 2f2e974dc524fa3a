// That the bounds of gmp_memory.h hold (G1): no call of GMP's asks for what its Arena does not
// have, at sizes in all ranges of GMP's algorithms. OROCHI_GMP_SIZES=N goes up to N limbs.
#include "objects/number/gmp_memory.h"

#include <gmp.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "objects/number/division.h"
#include "objects/number/int_double.h"
#include "objects/number/int_text.h"
#include "objects/number/power.h"
#include "tests/objects/number/numbers.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

std::size_t largest_size() {
  const char* const wish = std::getenv("OROCHI_GMP_SIZES");
  return wish != nullptr ? std::strtoul(wish, nullptr, 10) : 20'000;
}

Number random_number(std::size_t limbs, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  std::vector<Limb> digits;
  for (std::size_t i = 0; i < limbs; ++i) digits.push_back(random() | 1);
  return Number{View{digits.data(), limbs, false}};
}

// Calls check(n) for sizes that grow by about a sixth.
template <class Check>
void for_sizes(std::size_t most, Check check) {
  for (std::size_t size = 1; size <= most; size += size / 6 + 1) check(size);
}

// The worst part of the scratch that was used, in limbs per limb of the operands.
class GmpMemory : public testing::Test {
 protected:
  void SetUp() override { gmp::forget_requests(); }
  void TearDown() override {
    EXPECT_EQ(gmp::requests().past_the_arena, 0U);
    RecordProperty("limbs_per_limb", std::to_string(worst_));
  }
  void note(std::size_t limbs) {
    const auto peak = static_cast<double>(gmp::requests().peak_bytes) / sizeof(Limb);
    worst_ = std::max(worst_, peak / static_cast<double>(limbs));
    ASSERT_EQ(gmp::requests().past_the_arena, 0U) << limbs << " limbs";
    gmp::forget_requests();
  }

 private:
  double worst_ = 0;
};

TEST_F(GmpMemory, RequestsAreCounted) {
  mpz_t number;
  mpz_init2(number, 1'000);
  EXPECT_EQ(gmp::requests().past_the_arena, 1U) << "no Arena";
  mpz_clear(number);
  Room memory{64};
  {
    const gmp::Arena arena{memory};
    mpz_init2(number, 1'000);
    EXPECT_EQ(gmp::requests().past_the_arena, 1U);
    EXPECT_EQ(gmp::requests().peak_bytes, 128U);
    mpz_realloc2(number, 2'000);
    EXPECT_EQ(gmp::requests().past_the_arena, 1U);
    mpz_realloc2(number, 8'000);
    EXPECT_EQ(gmp::requests().past_the_arena, 2U) << "full";
    mpz_clear(number);
  }
  gmp::forget_requests();
}

TEST_F(GmpMemory, Multiplication) {
  for_sizes(largest_size(), [&](std::size_t size) {
    for (const std::size_t other :
         {size, size / 2 + 1, size / 7 + 1, std::size_t{255}, std::size_t{256}}) {
      const Number a = random_number(size, size);
      const Number b = random_number(other, size);
      const Room out{multiply_room(a, b)};
      const Room scratch{multiply_scratch(a, b)};
      multiply(out, a, b, scratch);
      note(size + other);
      const Room squared{multiply_room(a, a)};
      const Room more{multiply_scratch(a, a)};
      multiply(squared, a, a, more);
      note(size + size);
    }
  });
}

TEST_F(GmpMemory, Division) {
  for_sizes(largest_size(), [&](std::size_t size) {
    for (const std::size_t other : {size, size / 2 + 1, size / 7 + 1, std::size_t{2}}) {
      if (other > size) continue;
      const Number a = random_number(size, size);
      const Number b = random_number(other, size + 1);
      const Room quotient{quotient_room(a, b)};
      const Room remainder{remainder_room(a, b)};
      const Room scratch{divide_scratch(a, b)};
      floor_divide(quotient, remainder, a, b, scratch);
      note(size);
    }
  });
}

TEST_F(GmpMemory, Text) {
  for_sizes(largest_size() / 3, [&](std::size_t size) {
    const Number a = random_number(size, size);
    for (const int base : {3, 10, 36}) {
      std::string text(print_int_room(a, base), '?');
      const Room scratch{print_int_scratch(a, base)};
      text.resize(print_int(text.data(), a, base, scratch));
      note(size);
      const std::optional<IntText> found = scan_int_text(text, base);
      const Room out{parse_int_room(*found)};
      const Room more{parse_int_scratch(*found)};
      ASSERT_TRUE(equal(parse_int(out, *found, more), a));
      note(size);
    }
  });
}

TEST_F(GmpMemory, Powers) {
  for_sizes(largest_size() / 4, [&](std::size_t size) {
    const Number a = random_number(size, size);
    const Room out{power_room(a, 5)};
    const Room scratch{power_scratch(a, 5)};
    power(out, a, 5, scratch);
    note(5 * size);
  });
}

TEST_F(GmpMemory, ModularPowersAndInverses) {
  for_sizes(largest_size() / 40, [&](std::size_t size) {
    for (const std::size_t exponent_size : {1U, 2U, 20U, 450U}) {
      if (exponent_size > 2 && size > 8) continue;  // these take long
      const Number a = random_number(2 * size, size);
      const Number exponent = random_number(exponent_size, size + 1);
      for (const bool even : {false, true}) {
        std::string digits = hex(random_number(size, size + 2));
        if (even) digits.back() = '8';
        const Number modulus{digits};
        const Room out{modular_power_room(modulus)};
        for (const View power : {exponent.view(), exponent.view().negated()}) {
          const Room scratch{modular_power_scratch(a, power, modulus)};
          (void)modular_power(out, a, power, modulus, scratch);
          note(size);
        }
      }
    }
  });
}

TEST_F(GmpMemory, DivisorsAndRoots) {
  for_sizes(largest_size() / 2, [&](std::size_t size) {
    const Number a = random_number(size, size);
    const Number b = random_number(size / 2 + 1, size + 1);
    for (const View other : {b.view(), a.view()}) {
      const Room out{gcd_room(a, other)};
      const Room scratch{gcd_scratch(a, other)};
      gcd(out, a, other, scratch);
      note(size);
    }
    const Room root{square_root_room(a)};
    const Room scratch{square_root_scratch(a)};
    square_root(root, a, scratch);
    note(size);
    const Room division{true_divide_scratch(a, b)};
    (void)true_divide(a, b, division);
    note(size);
  });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
