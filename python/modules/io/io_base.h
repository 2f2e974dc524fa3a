// python/modules/io/io_base.h: what all streams have: _IOBase, and the three abstract types on it.
//
// A type below says what it can do by overriding methods; what is here calls those by their names,
// or says that the stream does not do such things. A stream that nobody has closed closes itself
// when it ends, by its `close`.
//
// Attached threads; whether it is closed may be asked by any. All methods run any code.
// Tests: tests/python/modules/io/io_base_test.cc
#pragma once

#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// io.DEFAULT_BUFFER_SIZE
inline constexpr std::size_t kDefaultBufferSize = 8192;

class IoBase : public Object {
 public:
  explicit IoBase(ShapeIndex shape) noexcept : Object(shape) {}

  // Of _IOBase.close; types that know better have a `closed` of their own. relaxed, both: it
  // publishes nothing.
  [[nodiscard]] bool is_marked_closed() const noexcept { return closed_.load(kRelaxed); }
  void mark_closed() noexcept { closed_.store(true, kRelaxed); }

 private:
  Atomic<bool> closed_{false};
};

[[nodiscard]] Type& io_base_type() noexcept;
[[nodiscard]] Type& raw_io_base_type() noexcept;
[[nodiscard]] Type& buffered_io_base_type() noexcept;
[[nodiscard]] Type& text_io_base_type() noexcept;
[[nodiscard]] Status make_io_base_types() noexcept;

// The parts of make_io_base_types, given the type that they stand on; null: it raised.
[[nodiscard]] Type* make_raw_io_base_type() noexcept;
[[nodiscard]] Type* make_buffered_io_base_type() noexcept;
[[nodiscard]] Type* make_text_io_base_type() noexcept;

// _IOBase.readline, readlines and close, for types that use them on.
[[nodiscard]] Ref<> read_line_by_bytes(Value self, std::int64_t limit) noexcept;
[[nodiscard]] Status close_plainly(IoBase& self) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
