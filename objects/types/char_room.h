// objects/types/char_room.h: room for characters whose number is known before they are written.
//
//     const CharRoom room(format_double_room(style));
//     if (!room) return kRaised;
//     const PrintedDouble printed = format_double(room.data(), x, style);
//
// Attached threads. Tests: tests/objects/types/number_format_test.cc
#pragma once

#include <array>
#include <cstddef>

#include "memory/buffer.h"
#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {

class CharRoom {
 public:
  // False afterwards: a MemoryError is pending.
  [[nodiscard]] explicit CharRoom(std::size_t size) noexcept {
    if (size <= kFew) {
      chars_ = few_.data();
      return;
    }
    buffer_ = allocate_buffer(size);
    chars_ = static_cast<char*>(buffer_);
    if (chars_ == nullptr) raise_memory_error();
  }
  ~CharRoom() { free_buffer(buffer_); }
  CharRoom(const CharRoom&) = delete;
  CharRoom& operator=(const CharRoom&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return chars_ != nullptr; }
  [[nodiscard]] char* data() const noexcept { return chars_; }

 private:
  static constexpr std::size_t kFew = 512;

  char* chars_ = nullptr;
  void* buffer_ = nullptr;
  std::array<char, kFew> few_;
};

}  // namespace orochi::inline OROCHI_DESIGN
