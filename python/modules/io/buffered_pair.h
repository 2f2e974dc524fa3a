// python/modules/io/buffered_pair.h: BufferedRWPair: a buffered reader and a buffered writer of two
// raw streams, as one: a socket's or a terminal's two directions.
//
// It has no state but the two, which are set once.
//
// Attached threads that hold no lock which does not detach; runs any code.
// Tests: tests/python/modules/io/buffered_pair_test.cc
#pragma once

#include "objects/model/field.h"
#include "python/modules/io/io_base.h"

namespace orochi::inline OROCHI_DESIGN {

class BufferedPair : public IoBase {
 public:
  explicit BufferedPair(ShapeIndex shape) noexcept : IoBase(shape) {}

  // Makes the two. Raises what they raise.
  [[nodiscard]] Status initialise(Value reader, Value writer, Value size) noexcept;

  // Counted. Empty: __init__ has not been called, and a ValueError is pending.
  [[nodiscard]] Ref<> reader() noexcept { return part(reader_); }
  [[nodiscard]] Ref<> writer() noexcept { return part(writer_); }

  // Both, the writer first, whatever the first of them raises.
  [[nodiscard]] Status close() noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(reader_));
    visit(Children::of(writer_));
  }
  void clear() noexcept {
    reader_.store(*this, Ref<>());
    writer_.store(*this, Ref<>());
  }

 private:
  [[nodiscard]] Ref<> part(Field& field) noexcept;

  Field reader_;
  Field writer_;
};

[[nodiscard]] Type& buffered_pair_type() noexcept;
[[nodiscard]] Status make_buffered_pair_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
