// python/compiler/arena.h: where one compilation keeps its text, names and tree; freed at once.
//
// Memory comes from memory/raw_memory.h in chunks that double up to a megabyte, and leaves when the
// arena does. Nothing in it has a destructor. Nothing moves.
//
// I1  Once a request was refused, `exhausted` says so until the arena dies. A null may therefore
//     be passed on without a word: whoever meets it last asks here what happened.
//
// One thread at a time.
// Tests: tests/python/compiler/arena_test.cc
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <type_traits>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class Arena {
 public:
  Arena() noexcept = default;
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Aligned for anything a tree holds; null: no memory (I1).
  [[nodiscard]] void* allocate(std::size_t bytes) noexcept {
    const std::size_t rounded = (bytes + kAlignment - 1) & ~(kAlignment - 1);
    if (rounded - 1 >= left_) return allocate_slow(bytes);  // 0 wraps: nothing, or far too much
    void* const block = next_;
    next_ += rounded;
    left_ -= rounded;
    return block;
  }

  // Not initialized.
  template <class T>
  [[nodiscard]] T* allocate_array(std::size_t count) noexcept {
    static_assert(std::is_trivially_destructible_v<T>, "nobody would call the destructor");
    static_assert(alignof(T) <= kAlignment);
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) return refuse<T>();
    return static_cast<T*>(allocate(count * sizeof(T)));
  }

  // The parts one after the other; empty when there is no memory (I1).
  [[nodiscard]] std::string_view join(std::initializer_list<std::string_view> parts) noexcept;

  [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }
  // Taken from raw memory.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  static constexpr std::size_t kAlignment = 8;
  static constexpr std::size_t kFirstChunk = std::size_t{16} * 1024;
  static constexpr std::size_t kLargestChunk = std::size_t{1024} * 1024;

  struct Chunk {
    Chunk* next;
  };

  [[nodiscard]] void* allocate_slow(std::size_t bytes) noexcept;
  [[nodiscard]] Chunk* add_chunk(std::size_t payload) noexcept;
  template <class T>
  T* refuse() noexcept {
    exhausted_ = true;
    return nullptr;
  }

  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t chunk_size_ = kFirstChunk;
  std::size_t bytes_ = 0;
  Chunk* chunks_ = nullptr;
  bool exhausted_ = false;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
