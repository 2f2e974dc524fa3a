// tests/objects/number/numbers.h: integers for tests: they own their limbs, are made from bits or
// from text, and print in hexadecimal.
#pragma once

#include <charconv>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

// What a caller allocates, without a limb to spare: sanitizers see who writes beyond.
class Room {
 public:
  explicit Room(std::size_t limbs) : limbs_(new Limb[limbs]), size_(limbs) {}
  ~Room() { delete[] limbs_; }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  operator Limb*() const { return limbs_; }
  operator std::span<Limb>() const { return {limbs_, size_}; }

 private:
  Limb* limbs_;
  std::size_t size_;
};

class Number {
 public:
  Number(std::int64_t value) : Number(Small{value}) {}
  explicit Number(View a) : limbs_(a.limbs, a.limbs + a.size), negative_(a.negative) {}
  // Sign and hexadecimal digits, as `hex` gives them.
  explicit Number(std::string hex) {
    if (hex.starts_with('-')) negative_ = true, hex.erase(0, 1);
    hex.erase(0, hex.starts_with("0x") ? 2 : 0);
    for (; !hex.empty(); hex.resize(hex.size() - std::min<std::size_t>(hex.size(), 16))) {
      const std::size_t from = hex.size() < 16 ? 0 : hex.size() - 16;
      Limb limb = 0;
      std::from_chars(hex.data() + from, hex.data() + hex.size(), limb, 16);
      limbs_.push_back(limb);
    }
    *this = Number{normalized(limbs_.data(), limbs_.size(), negative_)};
  }

  [[nodiscard]] View view() const { return {limbs_.data(), limbs_.size(), negative_}; }
  operator View() const { return view(); }

 private:
  explicit Number(Small small) : Number(small.view()) {}

  std::vector<Limb> limbs_;
  bool negative_ = false;
};

inline std::string hex(View a) {
  std::string text = a.negative ? "-0x" : "0x";
  if (a.is_zero()) text += '0';
  for (std::size_t i = a.size; i-- != 0;) {
    char digits[17];
    std::snprintf(digits, sizeof digits, i + 1 == a.size ? "%lx" : "%016lx", a.limbs[i]);
    text += digits;
  }
  return text;
}

// Numbers whose size, sign and pattern vary: long rows of equal bits find carries.
class Numbers {
 public:
  explicit Numbers(std::uint32_t seed) : random_(seed) {}

  Number next(std::size_t most_limbs) {
    const std::size_t size = random_() % (most_limbs + 1);
    std::vector<Limb> limbs(size);
    for (Limb& limb : limbs) limb = limb_of(random_() % 4);
    return Number{normalized(limbs.data(), size, random_() % 2 == 0)};
  }
  Number next_nonzero(std::size_t most_limbs) {
    for (;;) {
      Number number = next(most_limbs);
      if (!number.view().is_zero()) return number;
    }
  }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

 private:
  Limb limb_of(std::uint64_t pattern) {
    switch (pattern) {
      case 0:
        return 0;
      case 1:
        return ~Limb{0};
      case 2:
        return Limb{1} << random_() % 64;
      default:
        return random_();
    }
  }

  std::mt19937_64 random_;
};

inline bool is_normalized(View a) { return a.size == 0 ? !a.negative : a.limbs[a.size - 1] != 0; }

}  // namespace orochi::inline OROCHI_DESIGN::integer
