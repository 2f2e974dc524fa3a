// tests/objects/text/texts.h: texts for tests: they own their code points, have the narrowest width
// (T1) and can be written as Python expressions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

using Points = std::vector<CodePoint>;

class Text {
 public:
  explicit Text(const Points& points) : size_(points.size()) {
    CodePoint widest = 0;
    for (const CodePoint point : points) widest = std::max(widest, point);
    width_ = bytes_per_point(repertoire_of(widest));
    store_.resize(size_ * width_);
    copy_points(store_.data(), width_, view_of(std::span<const CodePoint>{points}));
  }
  explicit Text(std::u32string_view points) : Text(Points{points.begin(), points.end()}) {}

  [[nodiscard]] View view() const { return {store_.data(), size_, width_}; }
  operator View() const { return view(); }

 private:
  std::vector<std::uint8_t> store_;
  std::size_t size_;
  std::size_t width_;
};

inline Points points_of(View text) {
  Points points(text.size);
  copy_points(points.data(), sizeof(CodePoint), text);
  return points;
}

// A str, in Python. (Not a literal: surrogates and control characters stay out of the line.)
inline std::string python_text(View text) {
  std::string literal = "\"";
  for (const CodePoint point : points_of(text)) {
    char escape[16];
    const bool is_plain = point >= 0x20 && point < 0x7F && point != '"' && point != '\\';
    std::snprintf(escape, sizeof escape, is_plain ? "%c" : "\\U%08x", point);
    literal += escape;
  }
  return literal + "\"";
}

inline std::string python_bytes(std::string_view bytes) {
  std::string literal = "b\"";
  for (const char c : bytes) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned>(c) & 0xFFU);
    literal += escape;
  }
  return literal + "\"";
}

class Random {
 public:
  explicit Random(std::uint32_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  // `size` of the given code points.
  Points of(std::u32string_view alphabet, std::size_t size) {
    Points points(size);
    for (CodePoint& point : points) point = alphabet[below(alphabet.size())];
    return points;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace orochi::inline OROCHI_DESIGN::text
