// objects/types/bytes_iterator.h: going through bytes or a bytearray, byte by byte.
//
// Threads may share an iterator: each byte is given to one of them. A bytearray may change
// meanwhile; what is given is what stands at the place now.
//
// I1  An iterator that is at its end stays there, and keeps what it goes through until it dies
//     (rule 15).
//
// Attached threads. Each step may park.
// Tests: tests/objects/types/bytes_test.cc
#pragma once

#include <cstddef>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// bytes_iterator and bytearray_iterator. Once, by make_bytes_type.
[[nodiscard]] Status make_bytes_iterator_types() noexcept;
// Of both. Once, when there can be functions.
[[nodiscard]] Status define_bytes_iterator_methods() noexcept;

class BytesIterator : public Object {
 public:
  BytesIterator(ShapeIndex shape, Ref<> bytes) noexcept : Object(shape), bytes_(std::move(bytes)) {}

  // Of bytes or a bytearray.
  [[nodiscard]] static Ref<BytesIterator> make(Value bytes) noexcept;

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // How many are still to come, as far as one can say.
  [[nodiscard]] std::size_t remaining() noexcept;
  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(bytes_));
  }

 private:
  [[nodiscard]] Object& sequence() const noexcept { return *bytes_.get().object(); }
  [[nodiscard]] Object& guard() noexcept;
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] std::uint8_t at_place() const noexcept;

  const ConstField bytes_;
  std::size_t place_ = 0;  // with the lock of this, and of a bytearray
};

}  // namespace orochi::inline OROCHI_DESIGN
