// python/modules/io/byte_store.h: bytes in a buffer that grows, as a part of something larger.
//
//   ByteStore     inside an object, which guards it and ends it by give_back
//   ByteBuilder   on the stack, and ends itself
//
// Without memory a growing fails and nothing has changed; nothing is raised.
// Attached threads. Tests: tests/python/modules/io/buffered_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/buffer.h"
#include "objects/model/children.h"
#include "objects/types/bytes.h"

namespace orochi::inline OROCHI_DESIGN {

class ByteStore {
 public:
  constexpr ByteStore() noexcept = default;
  ByteStore(const ByteStore&) = delete;
  ByteStore& operator=(const ByteStore&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint8_t* data() const noexcept { return bytes_; }
  [[nodiscard]] ByteSpan span() const noexcept { return {bytes_, size_}; }
  [[nodiscard]] std::size_t room() const noexcept {
    return bytes_ == nullptr ? 0 : buffer_bytes(bytes_);
  }

  // So much room in all, or more.
  [[nodiscard]] bool reserve(std::size_t room) noexcept;
  [[nodiscard]] bool append(ByteSpan bytes) noexcept;
  // What is between the size before and a greater one is for the caller to write.
  // Requires: there is room.
  void set_size(std::size_t size) noexcept { size_ = size; }
  void clear() noexcept { size_ = 0; }
  // Frees the buffer too.
  void reset() noexcept;

  void give_back(const Remains& remains) noexcept { remains.give_back_buffer(bytes_); }

 private:
  std::uint8_t* bytes_ = nullptr;
  std::size_t size_ = 0;
};

class ByteBuilder : public ByteStore {
 public:
  ByteBuilder() noexcept = default;
  ~ByteBuilder() { reset(); }
  ByteBuilder(const ByteBuilder&) = delete;
  ByteBuilder& operator=(const ByteBuilder&) = delete;
};

}  // namespace orochi::inline OROCHI_DESIGN
