// python/modules/itertools/places.h: the numbers by which products and permutations know where
// they are: an array whose length does not change.
//
// With the lock of the object that has it.
#pragma once

#include <cstddef>
#include <utility>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN::itertools {

class Places {
 public:
  constexpr Places() noexcept = default;
  Places(Places&& other) noexcept
      : numbers_(std::exchange(other.numbers_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Places& operator=(Places&&) = delete;

  // All 0. Once, of an empty one.
  [[nodiscard]] Status make(std::size_t size) noexcept {
    numbers_ = static_cast<std::size_t*>(
        size > SIZE_MAX / sizeof(std::size_t) ? nullptr : allocate_buffer(bytes_of(size)));
    if (numbers_ == nullptr) return raise_memory_error();
    for (std::size_t i = 0; i < size; ++i) numbers_[i] = 0;
    size_ = size;
    return Status::kDone;
  }
  void give_back() noexcept { free_buffer(numbers_); }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t& operator[](std::size_t index) noexcept { return numbers_[index]; }
  [[nodiscard]] std::size_t operator[](std::size_t index) const noexcept { return numbers_[index]; }

 private:
  // A buffer of nothing is null.
  [[nodiscard]] static std::size_t bytes_of(std::size_t size) noexcept {
    return (size == 0 ? 1 : size) * sizeof(std::size_t);
  }

  std::size_t* numbers_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::itertools
