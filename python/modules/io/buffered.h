// python/modules/io/buffered.h: BufferedReader, BufferedWriter and BufferedRandom: a buffer before
// a raw stream.
//
//                         at_       end_
//     reading   [ was read | ahead   | room ]           the raw stream is behind what is ahead
//
//               write_begin_  write_end_
//     writing   [ was written | pending | room ]        the raw stream is before what is pending
//
// Which of the two it does a stream for both decides with each call: before it writes it goes back
// over what is ahead, before it reads it writes what is pending.
//
// Any thread may use one; calls are whole, one after another, in the order in which they get its
// lock, which is held while the raw stream is asked. So what several threads write is neither lost
// nor mixed. A call that comes back into its own stream, from the raw stream's methods, is a
// RuntimeError. A raw stream that is a FileIO is asked directly; others by their methods, with
// bytes of their own: nobody ever gets hold of the buffer.
//
// I1  Not both: nothing is ahead, or nothing is pending.
// I2  What is behind "with the lock" is read and written with it, by detached threads too, in
//     system calls; a thread that a shutdown refuses keeps the lock (L2 of stream_lock.h).
// I3  `place_` is where the raw stream is, as far as we have moved it; -1: it has to be asked.
//
// Attached threads that hold no lock which does not detach; all may run any code.
// Tests: tests/python/modules/io/buffered_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/model/field.h"
#include "objects/types/bytes_like.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/stream_lock.h"

namespace orochi::inline OROCHI_DESIGN {

class FileIo;

enum class BufferedKind : std::uint8_t { kReader, kWriter, kRandom };

// What a raw stream has done.
struct RawCount {
  enum class Kind : std::uint8_t { kDone, kWouldBlock, kFailed };
  Kind kind = Kind::kDone;
  std::size_t count = 0;

  [[nodiscard]] bool is_done() const noexcept { return kind == Kind::kDone; }
  [[nodiscard]] bool has_failed() const noexcept { return kind == Kind::kFailed; }
  static constexpr RawCount failed() noexcept { return {Kind::kFailed}; }
  static constexpr RawCount would_block() noexcept { return {Kind::kWouldBlock}; }
};

class Buffered : public IoBase {
 public:
  Buffered(ShapeIndex shape, BufferedKind kind) noexcept : IoBase(shape), kind_(kind) {}

  // What __init__ does, but for asking the raw stream what it can do.
  [[nodiscard]] Status initialise(Value raw, std::int64_t size) noexcept;

  [[nodiscard]] bool reads() const noexcept { return kind_ != BufferedKind::kWriter; }
  [[nodiscard]] bool writes() const noexcept { return kind_ != BufferedKind::kReader; }
  // Counted. Empty: there is none (yet, or any more), and a ValueError is pending.
  [[nodiscard]] Ref<> raw() noexcept;
  // The same; empty: there is none, and nothing is pending.
  [[nodiscard]] Ref<> raw_if_any() noexcept { return raw_.load(*this); }
  [[nodiscard]] Truth is_closed() noexcept;
  // Closed, and nothing left that was read before: a ValueError with this text.
  [[nodiscard]] Status check_open(std::string_view error) noexcept;

  // --- Reading. The number of bytes below 0: all. None: there are none now. ---

  [[nodiscard]] Ref<> read(std::int64_t size) noexcept;
  // What is ahead, or what one read of the raw stream gives.
  [[nodiscard]] Ref<> read_once(std::int64_t size) noexcept;
  enum class Reads : bool { kOne, kMany };
  [[nodiscard]] Ref<> read_into(const BytesLease& lease, Reads reads) noexcept;
  [[nodiscard]] Ref<> peek() noexcept;
  [[nodiscard]] Ref<> read_line(std::int64_t limit) noexcept;

  // --- Writing. ---

  [[nodiscard]] Ref<> write(ByteSpan bytes) noexcept;
  // Writes what is pending, and goes back over what is ahead.
  [[nodiscard]] Status flush() noexcept;

  // --- Places. ---

  [[nodiscard]] Ref<> seek(std::int64_t offset, int whence) noexcept;
  [[nodiscard]] Ref<> tell() noexcept;
  [[nodiscard]] Ref<> truncate(Value size) noexcept;

  // --- Its end. ---

  [[nodiscard]] Ref<> detach() noexcept;
  [[nodiscard]] Status close() noexcept;

  [[nodiscard]] StreamLock& stream_lock() noexcept { return lock_; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(raw_));
  }
  void clear() noexcept { raw_.store(*this, Ref<>()); }
  void give_back(const Remains& remains) noexcept { remains.give_back_buffer(room_); }

 private:
  [[nodiscard]] std::size_t ahead() const noexcept { return end_ - at_; }
  [[nodiscard]] std::size_t pending() const noexcept { return write_end_ - write_begin_; }
  [[nodiscard]] ByteSpan ahead_bytes() const noexcept { return {room_ + at_, ahead()}; }
  void forget_ahead() noexcept { at_ = end_ = 0; }

  // --- With the lock. ---

  [[nodiscard]] Status check_room(std::string_view error) const noexcept;
  [[nodiscard]] Status begin_reading() noexcept;
  [[nodiscard]] Status begin_writing() noexcept;
  [[nodiscard]] RawCount fill() noexcept;
  // At most so many of what is ahead.
  std::size_t take_ahead(std::uint8_t* out, std::size_t size) noexcept;
  [[nodiscard]] RawCount read_many(std::uint8_t* out, std::size_t size) noexcept;
  [[nodiscard]] RawCount read_for(std::uint8_t* out, std::size_t size, Reads reads) noexcept;
  [[nodiscard]] Ref<> read_to_end() noexcept;
  [[nodiscard]] Ref<> read_rest(Value raw) noexcept;
  [[nodiscard]] RawCount write_pending() noexcept;
  [[nodiscard]] Status flush_locked() noexcept;
  [[nodiscard]] Ref<> write_blocked(ByteSpan bytes) noexcept;
  [[nodiscard]] Ref<> write_through(ByteSpan bytes) noexcept;
  void keep(ByteSpan bytes) noexcept;
  [[nodiscard]] bool seek_ahead(std::int64_t offset, int whence, std::int64_t place,
                                std::int64_t& reached) noexcept;

  // The raw stream (buffered_raw.cc).
  [[nodiscard]] RawCount read_raw(std::uint8_t* out, std::size_t size) noexcept;
  [[nodiscard]] RawCount write_raw(ByteSpan bytes) noexcept;
  [[nodiscard]] Status seek_raw(std::int64_t offset, int whence, std::int64_t& place) noexcept;
  [[nodiscard]] Status tell_raw(std::int64_t& place) noexcept;

  enum class State : std::uint8_t { kNew, kReady, kDetached };

  StreamLock lock_;
  const BufferedKind kind_;
  Atomic<State> state_{State::kNew};  // relaxed: it chooses the words of an error
  Field raw_;
  // With the lock.
  std::uint8_t* room_ = nullptr;  // null: closed, or new
  std::size_t size_ = 0;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::size_t write_begin_ = 0;
  std::size_t write_end_ = 0;
  std::int64_t place_ = -1;  // I3
};

[[nodiscard]] Type& buffered_reader_type() noexcept;
[[nodiscard]] Type& buffered_writer_type() noexcept;
[[nodiscard]] Type& buffered_random_type() noexcept;
// All three.
[[nodiscard]] Status make_buffered_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
