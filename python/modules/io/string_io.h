// python/modules/io/string_io.h: StringIO: a stream of text in memory.
//
// The text is kept as code points of four bytes, whatever they are: a place is an index. Any thread
// may use one. Each of these is one step for all who watch, in one hold of the object's lock; what
// becomes of newlines in what is written is decided before.
//
// Attached threads. Tests: tests/python/modules/io/string_io_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/locked.h"
#include "objects/types/str.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/text_io.h"

namespace orochi::inline OROCHI_DESIGN {

class StringIo : public IoBase {
 public:
  explicit StringIo(ShapeIndex shape) noexcept : IoBase(shape) {}

  // With this text, at its begin. What there was before is gone. `newline`: None or a str.
  [[nodiscard]] Status start(Value newline, Value text) noexcept;

  // The number of characters below 0: all. Both.
  [[nodiscard]] Ref<Str> read(std::int64_t size) noexcept;
  [[nodiscard]] Ref<Str> read_line(std::int64_t limit) noexcept;
  [[nodiscard]] Ref<Str> value() noexcept;
  [[nodiscard]] Status write(Str& text) noexcept;

  // To a place that may be behind the end; below 0: to the end.
  [[nodiscard]] Status go_to(std::int64_t place, std::size_t& reached) noexcept;
  [[nodiscard]] Status tell(std::size_t& place) noexcept;
  // Below 0: to where it is.
  [[nodiscard]] Status truncate(std::int64_t size, std::size_t& cut) noexcept;
  // What takes the place of all that there is, with newlines as they are.
  [[nodiscard]] Status restore(const Str& text, std::size_t place) noexcept;

  void close() noexcept;
  [[nodiscard]] bool is_closed() const noexcept { return is_closed_.load(kRelaxed); }
  // Closed, or not begun.
  [[nodiscard]] Status check_open() const noexcept;
  [[nodiscard]] Ref<> newlines() noexcept;
  // As it was given.
  [[nodiscard]] Ref<> newline() noexcept { return newline_.load(*this); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(newline_));
  }
  void give_back(const Remains& remains) noexcept { points_.give_back(remains); }

 private:
  // --- With the lock. ---

  [[nodiscard]] std::size_t size() const noexcept { return points_.size() / kWidth; }
  [[nodiscard]] text::View view() const noexcept { return {points_.data(), size(), kWidth}; }
  [[nodiscard]] Ref<Str> take(std::size_t count) noexcept;
  [[nodiscard]] Status put(const Str& text) noexcept;

  static constexpr std::size_t kWidth = sizeof(text::CodePoint);

  Atomic<bool> has_begun_{false};  // relaxed: it chooses the words of an error
  Atomic<bool> is_closed_{false};  // relaxed: written under the lock. _IOBase.flush knows nothing
                                   // of it, and so does nothing when it is closed
  Field newline_;
  // With the lock.
  NewlineChoice newlines_;
  NewlineFilter seen_;
  ByteStore points_;
  std::size_t place_ = 0;  // may be behind the end
};

[[nodiscard]] Type& string_io_type() noexcept;
[[nodiscard]] Status make_string_io_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
