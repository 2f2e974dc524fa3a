// objects/types/bytearray.h: bytes that change, in a buffer that grows.
//
//     buffer   [ taken from the front | the bytes | room ]
//              0                      begin_      begin_ + size          buffer_bytes()
//
// All of it is guarded by the object's lock; only the size may be asked without. Each function
// below is one step for all who watch, in one hold of the lock. The bytes of others arrive as spans
// that nobody changes (BytesLike of objects/types/bytes_like.h), so no second lock is needed.
//
// Exports: whoever holds a lease (a memoryview among them) knows where the bytes are, and reads and
// writes them with this object's lock.
//
// I1  As long as there are exports the bytes stay where they are and as many as they are: what
//     would change their number raises a BufferError and has changed nothing.
//
// Attached threads, in no section of their own. All may park; none runs code of others.
// Tests: tests/objects/types/bytearray_test.cc   Stress: stress/objects/types/bytearray_stress.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "objects/model/layout.h"
#include "objects/model/locked.h"
#include "objects/model/type.h"
#include "objects/types/bytes.h"
#include "objects/types/slice.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& bytearray_type() noexcept;
// Once, after make_bytes_type. Its iterator too.
[[nodiscard]] Status make_bytearray_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status define_bytearray_methods() noexcept;

class Bytearray : public Object {
 public:
  explicit Bytearray(ShapeIndex shape) noexcept : Object(shape) {}
  // Of bytearray_type() or a subtype. Empty: an exception is pending.
  [[nodiscard]] static Ref<Bytearray> make(Type& type) noexcept;
  [[nodiscard]] static Ref<Bytearray> of(ByteSpan bytes) noexcept;
  // For one that is filled in place, at writable(), by the thread that made it, before anybody else
  // can reach it.
  [[nodiscard]] static Ref<Bytearray> make_blank(std::size_t size) noexcept;
  [[nodiscard]] std::uint8_t* writable() noexcept { return data(Held::unreachable(*this)); }

  // How many bytes it has, or had just now, or is about to have.
  [[nodiscard]] std::size_t size() const noexcept {
    return size_.load(kRelaxed);  // relaxed: orders nothing, who reads bytes has the lock
  }

  // read(ByteSpan), in a hold of the lock. It may not end up in this object.
  template <class Read>
  decltype(auto) read(Read read) noexcept {
    const Locked lock(*this);
    return read(span(lock.held()));
  }

  // --- One byte. An index below 0 counts from the end. ---

  // False: there is no such place.
  [[nodiscard]] bool get(std::int64_t index, std::uint8_t& byte) noexcept;
  [[nodiscard]] bool set(std::int64_t index, std::uint8_t byte) noexcept;
  [[nodiscard]] Status append(std::uint8_t byte) noexcept;
  // Before the byte at `index`; beyond an end, at that end.
  [[nodiscard]] Status insert(std::int64_t index, std::uint8_t byte) noexcept;
  // Raises IndexError.
  [[nodiscard]] Status pop(std::int64_t index, std::uint8_t& byte) noexcept;
  // The first that is `byte`. Raises ValueError.
  [[nodiscard]] Status remove(std::uint8_t byte) noexcept;
  // Raises IndexError.
  [[nodiscard]] Status remove_at(std::int64_t index) noexcept;

  // --- Several. ---

  [[nodiscard]] Status remove_all() noexcept;
  [[nodiscard]] Status extend(ByteSpan bytes) noexcept;
  [[nodiscard]] Status repeat_in_place(std::int64_t times) noexcept;
  void reverse() noexcept;
  [[nodiscard]] Ref<Bytearray> copy_part(const SliceBounds& bounds) noexcept;
  // Raises ValueError if there are not as many in a part with gaps.
  [[nodiscard]] Status replace_part(const SliceBounds& bounds, ByteSpan with) noexcept;
  [[nodiscard]] Status remove_part(const SliceBounds& bounds) noexcept;
  // bytearray.__alloc__: one more than there is room for, as CPython counts a zero at the end.
  [[nodiscard]] std::size_t room() noexcept;

  // --- Exports. ---

  void lend(LentBytes& lent) noexcept;
  void take_back() noexcept;

  void give_back(const Remains& remains) noexcept { remains.give_back_buffer(buffer_); }

 private:
  [[nodiscard]] std::uint8_t* data(Held) noexcept { return buffer_ + begin_; }
  [[nodiscard]] ByteSpan span(Held holder) noexcept { return {data(holder), size()}; }
  // Moves what there is to the front of the buffer, or into a larger one. False without memory.
  [[nodiscard]] bool make_room(Held holder, std::size_t size) noexcept;
  void give_up_room(Held holder) noexcept;
  // In place of those from `begin` to `end`, room for so many, which are to be written.
  [[nodiscard]] Status open(Held holder, std::size_t begin, std::size_t end,
                            std::size_t room) noexcept;
  [[nodiscard]] Status refuse_if_exported() const noexcept;
  [[nodiscard]] Status remove_places(Held holder, const SlicePart& places) noexcept;
  [[nodiscard]] Status splice(Held holder, std::size_t begin, std::size_t end,
                              ByteSpan with) noexcept;
  void set_size(std::size_t size) noexcept { size_.store(size, kRelaxed); }  // relaxed: as in size

  // With the lock.
  std::uint8_t* buffer_ = nullptr;  // of memory/buffer.h; null: nothing yet
  std::size_t begin_ = 0;
  Atomic<std::size_t> size_{0};
  std::size_t exports_ = 0;
};
static_assert(sizeof(Bytearray) == 48);

// The bytearray that a value is, of a subtype too; null: it is none.
[[nodiscard]] Bytearray* as_bytearray(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
