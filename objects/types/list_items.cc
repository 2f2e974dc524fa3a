#include "objects/types/list_items.h"

#include <algorithm>

#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Half as many again, so that an item is moved about twice however long the list becomes.
[[nodiscard]] std::size_t room_for(std::size_t size, std::size_t more) noexcept {
  return size == 0 && more > 1 ? more : size + std::max(more, size / 2 + 4);
}

// An array smaller than this is not worth replacing.
constexpr std::size_t kSmallArray = 16;

}  // namespace

Status ListItems::make_room(Held holder, std::size_t more) noexcept {
  const std::size_t size = this->size(holder);
  if (more <= fields_.length(holder) - size) return Status::kDone;
  if (more > kMost - size) return raise_memory_error();
  return fields_.resize(holder, size, std::min(room_for(size, more), kMost));
}

void ListItems::Change::open_gap(std::size_t place, std::size_t count) noexcept {
  const std::size_t size = items_.size(holder_);
  items_.fields_.shift(holder_, place, place + count, size - place);
  items_.set_size(size + count);
}

void ListItems::Change::close_gap(std::size_t place, std::size_t count) noexcept {
  const std::size_t size = items_.size(holder_);
  assert(place + count <= size);
  items_.fields_.shift(holder_, place + count, place, size - place - count);
  cut(size - count);
}

void ListItems::Change::cut(std::size_t size) noexcept {
  for (std::size_t i = size; i < items_.size(holder_); ++i) at(i).forget(holder_);  // I4
  items_.set_size(size);
}

TakenFields ListItems::Change::take_all() noexcept {
  items_.set_size(0);
  return items_.fields_.take(holder_);
}

void ListItems::Change::shrink() noexcept {
  const std::size_t size = items_.size(holder_);
  const std::size_t length = items_.fields_.length(holder_);
  if (length <= kSmallArray || size >= length / 4) return;
  // Without memory it stays as it is, and nobody needs to know.
  static_cast<void>(items_.fields_.try_resize(holder_, size, size * 2));
}

}  // namespace orochi::inline OROCHI_DESIGN
