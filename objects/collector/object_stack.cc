#include "objects/collector/object_stack.h"

#include <new>
#include <utility>

#include "memory/raw_memory.h"

namespace orochi::inline OROCHI_DESIGN {

ObjectStack::~ObjectStack() {
  while (top_ != nullptr) raw_memory::release(std::exchange(top_, top_->below));
  raw_memory::release(spare_);
}

bool ObjectStack::add_piece() noexcept {
  void* const memory =
      spare_ != nullptr ? std::exchange(spare_, nullptr) : raw_memory::allocate(sizeof(Piece));
  if (memory == nullptr) return false;
  if (top_ != nullptr) below_ += kPieceObjects;
  auto* const piece = new (memory) Piece;  // its places are written before they are read
  piece->below = top_;
  top_ = piece;
  used_ = 0;
  return true;
}

// One is kept, so that a stack that swings around a piece's end does not allocate all the time.
void ObjectStack::remove_piece() noexcept {
  raw_memory::release(std::exchange(spare_, std::exchange(top_, top_->below)));
  used_ = kPieceObjects;
  below_ -= kPieceObjects;
}

void ObjectStack::swap(ObjectStack& other) noexcept {
  std::swap(top_, other.top_);
  std::swap(used_, other.used_);
  std::swap(below_, other.below_);
  std::swap(spare_, other.spare_);
}

}  // namespace orochi::inline OROCHI_DESIGN
