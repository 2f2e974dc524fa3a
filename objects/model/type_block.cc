#include "objects/model/type_block.h"

#include <bit>
#include <memory>
#include <new>

#include "memory/buffer.h"

namespace orochi::inline OROCHI_DESIGN {

static_assert(alignof(TypeBlock) == 8 && sizeof(TypeBlock) % 8 == 0 && alignof(TypeEntry) == 8,
              "the parts of a block follow each other");

TypeBlock* TypeBlock::make(Type& type, std::span<Type* const> ancestors,
                           std::size_t entries) noexcept {
  const std::size_t capacity = std::bit_ceil(entries * 2 + 2);
  const std::size_t order_length = ancestors.size() + 1;
  void* const buffer = allocate_buffer(sizeof(TypeBlock) + order_length * sizeof(Type*) +
                                       capacity * sizeof(TypeEntry));
  if (buffer == nullptr) return nullptr;
  auto* const block = new (buffer) TypeBlock;
  block->type_ = &type;
  block->order_length_ = static_cast<std::uint32_t>(order_length);
  block->capacity_ = static_cast<std::uint32_t>(capacity);
  auto** const order = reinterpret_cast<Type**>(block + 1);
  order[0] = &type;
  std::uninitialized_copy(ancestors.begin(), ancestors.end(), order + 1);
  std::uninitialized_value_construct_n(block->entries(), capacity);
  return block;
}

void TypeBlock::put(const TypeEntry& entry) noexcept {
  *place_of(entries(), capacity_, *entry.name) = entry;
}

}  // namespace orochi::inline OROCHI_DESIGN
