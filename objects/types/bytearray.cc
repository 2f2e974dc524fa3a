#include "objects/types/bytearray.h"

#include <algorithm>
#include <cstring>

#include "memory/buffer.h"
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/bytearray_protocols.h"
#include "objects/types/index.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_bytearray_type = nullptr;  // written by make_bytearray_type, before there are any

constexpr std::size_t kLeastRoom = 16;

[[nodiscard]] std::size_t room_of(const std::uint8_t* buffer) noexcept {
  return buffer == nullptr ? 0 : buffer_bytes(buffer);
}
[[nodiscard]] std::uint8_t* allocate(std::size_t room) noexcept {
  return static_cast<std::uint8_t*>(allocate_buffer(room));
}

}  // namespace

// --- The type. ---

Type& bytearray_type() noexcept { return *g_bytearray_type; }

Status make_bytearray_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_bytearray_type = Type::make({.name = "bytearray",
                                 .layout = &layout_of<Bytearray>,
                                 .ancestors = ancestors,
                                 .protocols = bytearray_protocols()});
  return g_bytearray_type == nullptr ? Status::kFailed : Status::kDone;
}

Bytearray* as_bytearray(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(*value.object());
  const bool is_one = &type == g_bytearray_type || type.is_subtype_of(*g_bytearray_type);
  return is_one ? static_cast<Bytearray*>(value.object()) : nullptr;
}

// --- Making. ---

Ref<Bytearray> Bytearray::make(Type& type) noexcept { return new_object<Bytearray>(type); }

Ref<Bytearray> Bytearray::make_blank(std::size_t size) noexcept {
  Ref<Bytearray> made = make(bytearray_type());
  if (!made || size == 0) return made;
  if (!made->make_room(Held::unreachable(*made), size)) return raise_memory_error();
  made->set_size(size);
  return made;
}

Ref<Bytearray> Bytearray::of(ByteSpan bytes) noexcept {
  Ref<Bytearray> made = make_blank(bytes.size());
  if (made) std::ranges::copy(bytes, made->writable());
  return made;
}

// --- The buffer. ---

bool Bytearray::make_room(Held holder, std::size_t size) noexcept {
  const std::size_t room = room_of(buffer_);
  if (size <= room - begin_) return true;
  // Not more is moved than was taken from the front since the last time.
  if (size <= room && begin_ >= this->size()) {
    std::ranges::copy(span(holder), buffer_);
    begin_ = 0;
    return true;
  }
  if (size > PTRDIFF_MAX) return false;
  // An eighth more, so that appending moves each byte a few times only.
  std::uint8_t* const larger = allocate(std::max(size + size / 8, kLeastRoom));
  if (larger == nullptr) return false;
  std::ranges::copy(span(holder), larger);
  free_buffer(std::exchange(buffer_, larger));  // nobody reads without the lock
  begin_ = 0;
  return true;
}

// A buffer that is nearly empty is replaced by a smaller one, if there is one to be had.
void Bytearray::give_up_room(Held holder) noexcept {
  const std::size_t room = room_of(buffer_);
  if (room <= 4 * kLeastRoom || size() > room / 4) return;
  std::uint8_t* const smaller = allocate(std::max(size() + size() / 8, kLeastRoom));
  if (smaller == nullptr) return;
  std::ranges::copy(span(holder), smaller);
  free_buffer(std::exchange(buffer_, smaller));
  begin_ = 0;
}

// I1.
Status Bytearray::refuse_if_exported() const noexcept {
  if (exports_ == 0) return Status::kDone;
  return raise(ErrorKind::kBuffer, {"Existing exports of data: object cannot be re-sized"});
}

Status Bytearray::open(Held holder, std::size_t begin, std::size_t end, std::size_t room) noexcept {
  const std::size_t before = end - begin;
  if (room == before) return Status::kDone;
  if (failed(refuse_if_exported())) return kRaised;
  const std::size_t rest = size() - before;
  if (room > PTRDIFF_MAX - rest || !make_room(holder, rest + room)) return raise_memory_error();
  if (begin == 0 && room < before) {
    begin_ += before - room;
  } else if (size() != end) {
    std::memmove(data(holder) + begin + room, data(holder) + end, size() - end);
  }
  set_size(rest + room);
  if (room < before) give_up_room(holder);
  return Status::kDone;
}

Status Bytearray::splice(Held holder, std::size_t begin, std::size_t end, ByteSpan with) noexcept {
  if (failed(open(holder, begin, end, with.size()))) return kRaised;
  std::ranges::copy(with, data(holder) + begin);
  return Status::kDone;
}

// --- One byte. ---

bool Bytearray::get(std::int64_t index, std::uint8_t& byte) noexcept {
  const Locked lock(*this);
  std::size_t place = 0;
  if (!find_position(index, size(), place)) return false;
  byte = data(lock.held())[place];
  return true;
}

bool Bytearray::set(std::int64_t index, std::uint8_t byte) noexcept {
  const Locked lock(*this);
  std::size_t place = 0;
  if (!find_position(index, size(), place)) return false;
  data(lock.held())[place] = byte;
  return true;
}

Status Bytearray::append(std::uint8_t byte) noexcept {
  const Locked lock(*this);
  return splice(lock.held(), size(), size(), {&byte, 1});
}

Status Bytearray::insert(std::int64_t index, std::uint8_t byte) noexcept {
  const Locked lock(*this);
  const auto length = static_cast<std::int64_t>(size());
  const std::int64_t from_front = index < 0 ? index + length : index;
  const auto place = static_cast<std::size_t>(std::clamp<std::int64_t>(from_front, 0, length));
  return splice(lock.held(), place, place, {&byte, 1});
}

Status Bytearray::pop(std::int64_t index, std::uint8_t& byte) noexcept {
  const Locked lock(*this);
  std::size_t place = 0;
  if (size() == 0) return raise(ErrorKind::kIndex, {"pop from empty bytearray"});
  if (!find_position(index, size(), place))
    return raise(ErrorKind::kIndex, {"pop index out of range"});
  byte = data(lock.held())[place];
  return splice(lock.held(), place, place + 1, {});
}

Status Bytearray::remove(std::uint8_t byte) noexcept {
  const Locked lock(*this);
  const ByteSpan bytes = span(lock.held());
  const auto found = std::ranges::find(bytes, byte);
  if (found == bytes.end()) return raise(ErrorKind::kValue, {"value not found in bytearray"});
  const auto place = static_cast<std::size_t>(found - bytes.begin());
  return splice(lock.held(), place, place + 1, {});
}

// --- Several. ---

Status Bytearray::remove_all() noexcept {
  const Locked lock(*this);
  return splice(lock.held(), 0, size(), {});
}

Status Bytearray::extend(ByteSpan bytes) noexcept {
  const Locked lock(*this);
  return splice(lock.held(), size(), size(), bytes);
}

Status Bytearray::repeat_in_place(std::int64_t times) noexcept {
  const Locked lock(*this);
  const std::size_t once = size();
  const std::size_t count = times <= 0 ? 0 : static_cast<std::size_t>(times);
  std::size_t whole = 0;
  if (__builtin_mul_overflow(once, count, &whole)) return raise_memory_error();
  if (whole <= once) return splice(lock.held(), whole, once, {});
  if (failed(open(lock.held(), once, once, whole - once))) return kRaised;
  std::uint8_t* const bytes = data(lock.held());
  for (std::size_t i = 1; i < count; ++i) std::copy_n(bytes, once, bytes + i * once);
  return Status::kDone;
}

void Bytearray::reverse() noexcept {
  const Locked lock(*this);
  std::reverse(data(lock.held()), data(lock.held()) + size());
}

std::size_t Bytearray::room() noexcept {
  const Locked lock(*this);
  return room_of(buffer_) - begin_;
}

// --- Exports. ---

void Bytearray::lend(LentBytes& lent) noexcept {
  const Locked lock(*this);
  ++exports_;
  lent = {.data = data(lock.held()), .size = size(), .guard = this, .is_readonly = false};
}

void Bytearray::take_back() noexcept {
  const Locked lock(*this);
  assert(exports_ != 0);
  --exports_;
}

}  // namespace orochi::inline OROCHI_DESIGN
