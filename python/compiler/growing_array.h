// python/compiler/growing_array.h: an array that grows, for what is not yet known to be how long.
//
// A failed `push` leaves the array as it was. Elements are plain memory.
#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>

#include "memory/raw_memory.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

template <class T>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<T>, "elements are moved as bytes");

 public:
  GrowingArray() noexcept = default;
  ~GrowingArray() { raw_memory::release(items_); }
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] T* data() noexcept { return items_; }
  [[nodiscard]] const T* data() const noexcept { return items_; }
  [[nodiscard]] T& operator[](std::size_t index) noexcept { return items_[index]; }
  [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return items_[index]; }
  [[nodiscard]] T& back() noexcept { return items_[size_ - 1]; }

  // False: no memory.
  [[nodiscard]] bool push(const T& item) noexcept {
    if (size_ == capacity_ && !grow(size_ + 1)) return false;
    items_[size_++] = item;
    return true;
  }
  [[nodiscard]] bool append(const T* items, std::size_t count) noexcept {
    if (count == 0) return true;
    if (capacity_ - size_ < count && !grow(size_ + count)) return false;
    std::memcpy(items_ + size_, items, count * sizeof(T));
    size_ += count;
    return true;
  }
  // Forgets all from number `size` on.
  void shrink_to(std::size_t size) noexcept { size_ = size; }
  // Forgets the first `count`.
  void drop_front(std::size_t count) noexcept {
    size_ -= count;
    if (size_ != 0) std::memmove(items_, items_ + count, size_ * sizeof(T));
  }

 private:
  [[nodiscard]] bool grow(std::size_t wanted) noexcept {
    std::size_t capacity = capacity_ < 8 ? 16 : capacity_ * 2;
    if (capacity < wanted) capacity = wanted;
    if (capacity > static_cast<std::size_t>(-1) / sizeof(T)) return false;
    void* const items = raw_memory::reallocate(items_, capacity * sizeof(T));
    if (items == nullptr) return false;
    items_ = static_cast<T*>(items);
    capacity_ = capacity;
    return true;
  }

  T* items_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
