// objects/collector/object_stack.h: a stack of objects, of any height, that may grow in a pause.
//
// Pieces of raw memory, linked; never the heap of objects, which must not change while it is
// scanned. It counts nothing.
//
// One thread at a time. Tests: tests/objects/collector/object_stack_test.cc
#pragma once

#include <cassert>
#include <cstddef>

#include "objects/model/object.h"

namespace orochi::inline OROCHI_DESIGN {

class ObjectStack {
 public:
  constexpr ObjectStack() noexcept = default;
  ~ObjectStack();
  ObjectStack(ObjectStack&& other) noexcept { swap(other); }
  ObjectStack& operator=(ObjectStack&& other) noexcept {
    swap(other);
    return *this;
  }
  ObjectStack(const ObjectStack&) = delete;
  ObjectStack& operator=(const ObjectStack&) = delete;

  [[nodiscard]] bool is_empty() const noexcept { return size() == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return below_ + used_; }

  // False: no memory, and nothing has changed.
  [[nodiscard]] bool push(Object& object) noexcept {
    if (top_ == nullptr || used_ == kPieceObjects) [[unlikely]] {
      if (!add_piece()) return false;
    }
    top_->objects[used_++] = &object;
    return true;
  }
  // Requires: not empty.
  [[nodiscard]] Object& pop() noexcept {
    assert(!is_empty());
    Object& object = *top_->objects[--used_];
    if (used_ == 0 && top_->below != nullptr) [[unlikely]]
      remove_piece();
    return object;
  }

  // Calls visit(Object&) for each, the newest pieces first.
  template <class Visit>
  void for_each(Visit&& visit) const {
    std::size_t used = used_;
    for (const Piece* piece = top_; piece != nullptr; piece = piece->below) {
      for (std::size_t i = 0; i < used; ++i) visit(*piece->objects[i]);
      used = kPieceObjects;
    }
  }

  void swap(ObjectStack& other) noexcept;

 private:
  static constexpr std::size_t kPieceObjects = 4095;

  struct Piece {
    Piece* below;
    Object* objects[kPieceObjects];
  };

  [[gnu::noinline]] bool add_piece() noexcept;
  [[gnu::noinline]] void remove_piece() noexcept;

  Piece* top_ = nullptr;
  std::size_t used_ = 0;   // of the top piece
  std::size_t below_ = 0;  // in those below it, which are full
  Piece* spare_ = nullptr;
};

}  // namespace orochi::inline OROCHI_DESIGN
