// python/modules/sre/stack.h: a row of plain things that grows at its end.
//
// Any thread; a stack belongs to one. Tests: tests/python/language/regular_expressions.py
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "memory/buffer.h"

namespace orochi::inline OROCHI_DESIGN::sre {

template <class T>
class Stack {
  static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 16);

 public:
  Stack() noexcept = default;
  ~Stack() { free_buffer(items_); }
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] T& operator[](std::size_t index) noexcept {
    assert(index < size_);
    return items_[index];
  }
  [[nodiscard]] const T& operator[](std::size_t index) const noexcept {
    assert(index < size_);
    return items_[index];
  }

  // False: there is no memory.
  [[nodiscard]] bool push(const T& item) noexcept {
    if (size_ == room_ && !grow()) [[unlikely]]
      return false;
    items_[size_++] = item;
    return true;
  }
  [[nodiscard]] T pop() noexcept {
    assert(size_ > 0);
    return items_[--size_];
  }
  // Forgets what is behind the first `size`.
  void cut(std::size_t size) noexcept {
    assert(size <= size_);
    size_ = size;
  }

 private:
  static constexpr std::size_t kFirstRoom = 16;

  [[gnu::noinline]] bool grow() noexcept {
    const std::size_t room = room_ == 0 ? kFirstRoom : room_ * 2;
    if (room > SIZE_MAX / 2 / sizeof(T)) return false;
    void* const items = reallocate_buffer(items_, room * sizeof(T));
    if (items == nullptr) return false;
    items_ = static_cast<T*>(items);
    room_ = room;
    return true;
  }

  T* items_ = nullptr;
  std::size_t size_ = 0;
  std::size_t room_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::sre
