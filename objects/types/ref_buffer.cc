#include "objects/types/ref_buffer.h"

#include <algorithm>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {

RefBuffer::~RefBuffer() {
  for (std::size_t i = 0; i < size_; ++i) drop(values()[i]);
  free_buffer(buffer_);
}

bool RefBuffer::make_room() noexcept {
  if (size_ < capacity_) return true;
  if (capacity_ > SIZE_MAX / 2 / sizeof(Value)) return false;
  auto* const buffer = static_cast<Value*>(allocate_buffer(2 * capacity_ * sizeof(Value)));
  if (buffer == nullptr) return false;
  std::copy_n(values(), size_, buffer);
  free_buffer(buffer_);
  buffer_ = buffer;
  capacity_ *= 2;
  return true;
}

Status RefBuffer::add(Ref<> value) noexcept {
  if (!make_room()) return raise_memory_error();
  values()[size_++] = value.release();
  return Status::kDone;
}

Status RefBuffer::add_all(Value iterable) noexcept {
  const Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  for (;;) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return kRaised;
    if (!item) return Status::kDone;
    if (failed(add(std::move(item)))) return kRaised;
  }
}

Ref<Tuple> RefBuffer::to_tuple() noexcept {
  Ref<Tuple> tuple = Tuple::make_blank(size_);
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < size_; ++i) tuple->initialise(i, Ref<>::adopt(values()[i]));
  size_ = 0;
  return tuple;
}

Ref<Tuple> tuple_of_all(Value iterable) noexcept {
  const bool is_tuple = iterable.is_object() && &type_of(*iterable.object()) == &tuple_type();
  if (is_tuple) return Ref<Tuple>::of(static_cast<Tuple&>(*iterable.object()));
  RefBuffer items;
  if (failed(items.add_all(iterable))) return kRaised;
  return items.to_tuple();
}

}  // namespace orochi::inline OROCHI_DESIGN
