// tests/objects/number/doubles.h: doubles for tests: the ones at edges, random ones of several
// kinds, and how to write one exactly in Python.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

inline const std::vector<double>& edge_doubles() {
  using Limits = std::numeric_limits<double>;
  static const std::vector<double> edges{0.0,
                                         -0.0,
                                         1.0,
                                         -1.0,
                                         0.1,
                                         0.5,
                                         1.5,
                                         2.5,
                                         0.25,
                                         1e15,
                                         1e16,
                                         1e17,
                                         9e15,
                                         1e-4,
                                         1e-5,
                                         9.5e-5,
                                         1e22,
                                         1e23,
                                         5e-324,
                                         123456789.0,
                                         9.9995,
                                         99.995,
                                         2.675,
                                         1e100,
                                         1e-100,
                                         1e308,
                                         -1e308,
                                         0x1p53,
                                         0.3,
                                         1234567.891,
                                         Limits::max(),
                                         Limits::min(),
                                         Limits::infinity(),
                                         -Limits::infinity(),
                                         Limits::quiet_NaN()};
  return edges;
}

class Doubles {
 public:
  explicit Doubles(std::uint32_t seed) : random_(seed) {}

  // Edges first, then any bits, short decimals, halves, integers.
  double next() {
    if (count_ < edge_doubles().size()) return edge_doubles()[count_++];
    const auto whole = static_cast<double>(static_cast<std::int64_t>(random_()) >> below(60));
    switch (count_++ % 4) {
      case 0:
        return std::bit_cast<double>(random_());
      case 1:
        return whole / std::pow(10.0, static_cast<double>(below(25)));
      case 2:
        return whole / 0x1p20;
      default:
        return whole;
    }
  }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

 private:
  std::mt19937_64 random_;
  std::size_t count_ = 0;
};

inline std::string python_literal(double x) {
  char text[64];
  std::snprintf(text, sizeof text, "float.fromhex('%a')", x);
  return text;
}

}  // namespace orochi::inline OROCHI_DESIGN
