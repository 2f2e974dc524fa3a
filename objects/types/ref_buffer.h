// objects/types/ref_buffer.h: references that are collected before anybody knows how many they are.
//
//     RefBuffer items;
//     if (failed(items.add_all(iterable))) return kRaised;
//     return items.to_tuple();
//
// Attached threads; a buffer belongs to one.
// Tests: tests/objects/types/ref_buffer_test.cc
#pragma once

#include <array>
#include <cstddef>

#include "objects/model/status.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

class RefBuffer {
 public:
  RefBuffer() noexcept = default;
  // May run destructors.
  ~RefBuffer();
  RefBuffer(const RefBuffer&) = delete;
  RefBuffer& operator=(const RefBuffer&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  // Borrowed from the buffer.
  [[nodiscard]] Value operator[](std::size_t index) const noexcept { return values()[index]; }

  // Failed: a MemoryError is pending, and the value is dropped.
  [[nodiscard]] Status add(Ref<> value) noexcept;
  // What iterating gives. Runs any code.
  [[nodiscard]] Status add_all(Value iterable) noexcept;

  // Of what was added, which the buffer then has no more. Empty: a MemoryError is pending.
  [[nodiscard]] Ref<Tuple> to_tuple() noexcept;

 private:
  [[nodiscard]] bool make_room() noexcept;
  [[nodiscard]] Value* values() noexcept { return buffer_ == nullptr ? few_.data() : buffer_; }
  [[nodiscard]] const Value* values() const noexcept {
    return buffer_ == nullptr ? few_.data() : buffer_;
  }

  static constexpr std::size_t kFew = 8;

  Value* buffer_ = nullptr;
  std::size_t capacity_ = kFew;
  std::size_t size_ = 0;
  std::array<Value, kFew> few_;
};

// tuple(x): x itself if it is exactly a tuple.
[[nodiscard]] Ref<Tuple> tuple_of_all(Value iterable) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
