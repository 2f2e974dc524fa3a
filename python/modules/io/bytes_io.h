// python/modules/io/bytes_io.h: BytesIO: a stream of bytes in memory.
//
// Any thread may use one. Each of these is one step for all who watch, in one hold of the object's
// lock; bytes of others are taken before and given after it.
//
// What getbuffer() lends is the stream's own room: as long as it is lent nothing is written by
// methods, and it is not closed (BufferError).
//
// Attached threads. Tests: tests/python/modules/io/bytes_io_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/locked.h"
#include "objects/model/protocols.h"
#include "objects/types/bytes.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/io_base.h"

namespace orochi::inline OROCHI_DESIGN {

class BytesIo : public IoBase {
 public:
  explicit BytesIo(ShapeIndex shape) noexcept : IoBase(shape) {}

  // With these bytes, at their begin. What there was before is gone.
  [[nodiscard]] Status start(ByteSpan bytes) noexcept;

  // --- Empty: it raised, as it is closed or without memory. ---

  // The number of bytes below 0: all. Both.
  [[nodiscard]] Ref<Bytes> read(std::int64_t size) noexcept;
  [[nodiscard]] Ref<Bytes> read_line(std::int64_t limit) noexcept;
  [[nodiscard]] Ref<Bytes> value() noexcept;
  [[nodiscard]] Status write(ByteSpan bytes) noexcept;

  // Relative to the begin, to where it is, or to the end; to the begin if it would be before that.
  [[nodiscard]] Status seek(std::int64_t offset, int whence, std::size_t& place) noexcept;
  [[nodiscard]] Status tell(std::size_t& place) noexcept;
  // Below 0: to where it is.
  [[nodiscard]] Status truncate(std::int64_t size, std::size_t& cut) noexcept;

  [[nodiscard]] Status close() noexcept;
  [[nodiscard]] Status check_open() const noexcept;

  [[nodiscard]] Status lend(LentBytes& lent) noexcept;
  void take_back() noexcept;

  void give_back(const Remains& remains) noexcept { bytes_.give_back(remains); }

 private:
  // --- With the lock. ---

  [[nodiscard]] Status check_writable() const noexcept;
  [[nodiscard]] ByteSpan rest() const noexcept;
  [[nodiscard]] Ref<Bytes> take(std::size_t size) noexcept;

  ByteStore bytes_;
  std::size_t place_ = 0;  // may be behind the end
  std::size_t exports_ = 0;
};

[[nodiscard]] Type& bytes_io_type() noexcept;
[[nodiscard]] Status make_bytes_io_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
