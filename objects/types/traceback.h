// objects/types/traceback.h: the way an exception took, from where it was caught to where it was
// raised: one entry for each frame that it left.
//
// An entry keeps what the language gives it, a frame, and the place in its code as a number: so
// leaving a frame costs one object. What that means (which file, which line) the language is asked
// when somebody looks: set_place_finder.
//
// Attached threads. `next` may change; the rest is constant.
// Tests: tests/objects/types/traceback_test.cc
#pragma once

#include <cstdint>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/status.h"
#include "objects/model/type.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class Exception;

// Where something happened. Lines count from 1; columns from 0, in bytes of UTF-8, and the end is
// behind the last. 0 as line, or a column below 0: not known.
struct SourcePlace {
  Ref<Str> file;
  Ref<Str> function;
  std::int64_t line = 0;
  std::int64_t end_line = 0;
  std::int64_t column = -1;
  std::int64_t end_column = -1;
};

// Failed: it raised. May not keep what it is given.
using PlaceFinder = Status (*)(Value frame, std::uint32_t position, SourcePlace& place) noexcept;
// Once, by the language, before there are tracebacks.
void set_place_finder(PlaceFinder finder) noexcept;

[[nodiscard]] Type& traceback_type() noexcept;
// Once, by make_exception_types.
[[nodiscard]] Status make_traceback_type() noexcept;

class Traceback : public Object {
 public:
  Traceback(ShapeIndex shape, Ref<> frame, std::uint32_t position, Ref<Traceback> next) noexcept
      : Object(shape), frame_(std::move(frame)), next_(std::move(next)), position_(position) {}

  // `next`: the entry of the frame that this one called; nothing: here it was raised.
  [[nodiscard]] static Ref<Traceback> make(Ref<> frame, std::uint32_t position,
                                           Ref<Traceback> next) noexcept;

  // Borrowed from the entry.
  [[nodiscard]] Value frame() const noexcept { return frame_.get(); }
  [[nodiscard]] std::uint32_t position() const noexcept { return position_; }
  [[nodiscard]] Status find_place(SourcePlace& place) const noexcept;

  [[nodiscard]] Ref<Traceback> next() noexcept { return next_.load(*this).cast<Traceback>(); }
  // Failed: a ValueError is pending, as there would be a circle.
  [[nodiscard]] Status set_next(Ref<Traceback> next) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(frame_));
    visit(Children::of(next_));
  }
  void clear() noexcept { next_.store(*this, Ref<>()); }

 private:
  const ConstField frame_;
  Field next_;
  const std::uint32_t position_;
};
static_assert(sizeof(Traceback) == 40);

// The exception leaves a frame. Failed: a MemoryError is pending.
[[nodiscard]] Status add_traceback(Exception& exception, Ref<> frame,
                                   std::uint32_t position) noexcept;

[[nodiscard]] Traceback* as_traceback(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
