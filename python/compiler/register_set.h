// python/compiler/register_set.h: sets of registers, many of one size: one for each block.
//
// One thread.
// Tests: tests/python/compiler/liveness_test.cc
#pragma once

#include <cstdint>

#include "python/compiler/growing_array.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// A set that lives in a RegisterSets; lent.
class RegisterSet {
 public:
  RegisterSet(std::uint64_t* words, std::size_t count) noexcept : words_(words), count_(count) {}

  [[nodiscard]] bool has(std::uint32_t r) const noexcept {
    return ((words_[r / 64] >> (r % 64)) & 1) != 0;
  }
  void add(std::uint32_t r) const noexcept { words_[r / 64] |= bit(r); }
  void remove(std::uint32_t r) const noexcept { words_[r / 64] &= ~bit(r); }
  void clear() const noexcept {
    for (std::size_t i = 0; i < count_; ++i) words_[i] = 0;
  }
  void copy(RegisterSet from) const noexcept {
    for (std::size_t i = 0; i < count_; ++i) words_[i] = from.words_[i];
  }
  // True: something was new.
  bool add_all(RegisterSet from) const noexcept {
    std::uint64_t grown = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      grown |= from.words_[i] & ~words_[i];
      words_[i] |= from.words_[i];
    }
    return grown != 0;
  }

 private:
  [[nodiscard]] static constexpr std::uint64_t bit(std::uint32_t r) noexcept {
    return std::uint64_t{1} << (r % 64);
  }

  std::uint64_t* words_;
  std::size_t count_;
};

class RegisterSets {
 public:
  // `sets` empty ones. False: no memory.
  [[nodiscard]] bool make(std::size_t sets, std::uint32_t registers) noexcept {
    count_ = (registers + 63) / 64;
    for (std::size_t i = 0; i < sets * count_; ++i)
      if (!words_.push(0)) return false;
    return true;
  }
  [[nodiscard]] RegisterSet operator[](std::size_t set) noexcept {
    return {words_.data() + set * count_, count_};
  }

 private:
  GrowingArray<std::uint64_t> words_;
  std::size_t count_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
