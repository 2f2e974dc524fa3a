// python/modules/io/text_io.h: TextIOWrapper: text over a buffer of bytes.
//
//     write   text --newlines--> --codec--> pending_ --a chunk, a line, a flush--> buffer.write
//     read    buffer.read1 --chunk--> decoder_ --> decoded_ [ was read | used_ .. ]
//     tell    snapshot: the decoder before the last chunk, and that chunk's bytes
//
// Any thread may use one; calls are whole, one after another. Its lock is held while the buffer is
// asked, so what one thread writes keeps its order, and no write is torn by another. A call that
// comes back into its own stream, from the buffer's methods, goes on: what is here is in order
// whenever the buffer is asked.
//
// I1  What is behind "with the lock" is read and written with it.
// I2  Before the buffer is asked to write, what it is given has left pending_: nobody writes it
//     twice, and what it does not take is lost, as its exception says.
//
// Encodings are those of objects/types/codec.h.
//
// Attached threads that hold no lock which does not detach; all may run any code.
// Tests: tests/python/modules/io/text_io_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/model/field.h"
#include "objects/types/codec.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/chunk_decoder.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/stream_lock.h"

namespace orochi::inline OROCHI_DESIGN {

// What `newline=` says: for reading, where lines end; for writing, what becomes of \n.
struct NewlineChoice {
  enum class Ends : std::uint8_t { kFeed, kAny, kReturn, kBoth };
  Ends ends = Ends::kFeed;
  ChunkDecoder::Newlines decoding = ChunkDecoder::Newlines::kTranslated;
  std::string_view written = "\n";

  // None, or a str. Raises ValueError, which may show what is wrong by its repr.
  [[nodiscard]] static Status parse(Value newline, bool is_shown_as_repr,
                                    NewlineChoice& choice) noexcept;
};

// Where a line ends that begins at `from`: behind its newline; text::kNotFound: not in this text.
[[nodiscard]] std::size_t find_line_end(text::View text, std::size_t from,
                                        NewlineChoice::Ends ends) noexcept;

struct TextOptions {
  Value buffer;
  Value encoding;  // empty or None: the locale's
  Value errors;    // empty or None: strict
  Value newline;   // empty or None: universal
  bool line_buffering = false;
  bool write_through = false;
};

// What is to be changed, by `reconfigure`; empty values: nothing.
struct TextChanges {
  Value encoding;
  Value errors;
  Value newline;
  bool has_newline = false;
  Truth line_buffering = Truth::kFailed;  // kFailed, both: as it was
  Truth write_through = Truth::kFailed;
};

class TextIo : public IoBase {
 public:
  explicit TextIo(ShapeIndex shape) noexcept : IoBase(shape) {}

  // What __init__ does.
  [[nodiscard]] Status initialise(const TextOptions& options) noexcept;
  [[nodiscard]] Status reconfigure(const TextChanges& changes) noexcept;

  // Counted. Empty: there is none (yet, or any more), and a ValueError is pending.
  [[nodiscard]] Ref<> buffer() noexcept;
  [[nodiscard]] Ref<> buffer_if_any() noexcept { return buffer_.load(*this); }
  [[nodiscard]] Ref<> encoding() noexcept { return encoding_.load(*this); }
  [[nodiscard]] Ref<> errors() noexcept { return errors_.load(*this); }
  [[nodiscard]] Truth is_closed() noexcept;
  [[nodiscard]] Status check_open() noexcept;
  // relaxed, all: wishes.
  [[nodiscard]] bool line_buffering() const noexcept { return line_buffering_.load(kRelaxed); }
  [[nodiscard]] bool write_through() const noexcept { return write_through_.load(kRelaxed); }
  [[nodiscard]] std::size_t chunk_size() const noexcept { return chunk_size_.load(kRelaxed); }
  void set_chunk_size(std::size_t size) noexcept { chunk_size_.store(size, kRelaxed); }
  [[nodiscard]] Ref<> newlines() noexcept;

  [[nodiscard]] Status write(Str& text) noexcept;
  [[nodiscard]] Status flush() noexcept;

  // The number of characters below 0: all.
  [[nodiscard]] Ref<Str> read(std::int64_t size) noexcept;
  [[nodiscard]] Ref<Str> read_line(std::int64_t limit) noexcept;
  // For iteration, during which positions are not kept.
  [[nodiscard]] Ref<Str> next_line() noexcept;

  [[nodiscard]] Ref<> seek(Value cookie, int whence) noexcept;
  [[nodiscard]] Ref<> tell() noexcept;

  [[nodiscard]] Ref<> detach() noexcept;
  [[nodiscard]] Status close() noexcept;

  [[nodiscard]] StreamLock& stream_lock() noexcept { return lock_; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (const Field* const field : {&buffer_, &encoding_, &errors_, &decoded_, &snapshot_})
      visit(Children::of(*field));
  }
  void clear() noexcept { buffer_.store(*this, Ref<>()); }
  void give_back(const Remains& remains) noexcept { pending_.give_back(remains); }

 private:
  struct LoadedCodec;
  struct Cookie;

  // --- With the lock. ---

  [[nodiscard]] Status set_codec(Value encoding, Value errors) noexcept;
  void set_newlines(const NewlineChoice& choice) noexcept;
  [[nodiscard]] Status ask_buffer(Value buffer) noexcept;
  [[nodiscard]] Status change_text(const TextChanges& changes) noexcept;

  [[nodiscard]] Status write_locked(Str& text) noexcept;
  [[nodiscard]] Ref<Bytes> encoded(const Str& text) noexcept;
  [[nodiscard]] Status add_pending(ByteSpan bytes) noexcept;
  [[nodiscard]] Status write_pending() noexcept;
  [[nodiscard]] Status flush_buffer() noexcept;

  [[nodiscard]] Status check_reads() const noexcept;
  [[nodiscard]] Ref<Bytes> read_bytes(std::size_t size) noexcept;
  // Truth::kFalse: there is no more.
  [[nodiscard]] Truth read_chunk(std::size_t hint) noexcept;
  [[nodiscard]] Ref<Str> read_all() noexcept;
  [[nodiscard]] Ref<Str> read_some(std::size_t size) noexcept;
  [[nodiscard]] Ref<Str> read_line_locked(std::int64_t limit) noexcept;
  // At most so many characters of what is decoded.
  [[nodiscard]] Ref<Str> take_decoded(std::size_t most) noexcept;
  [[nodiscard]] Ref<Str> decoded() noexcept { return decoded_.load(*this).cast<Str>(); }
  void set_decoded(Ref<Str> text) noexcept;
  void forget_decoded() noexcept;
  void set_snapshot(int flags, Ref<Bytes> bytes) noexcept;
  void forget_snapshot() noexcept { snapshot_.store(*this, Ref<>()); }

  [[nodiscard]] Ref<> seek_locked(Value cookie, int whence) noexcept;
  [[nodiscard]] Ref<> seek_to_end(Value cookie) noexcept;
  [[nodiscard]] Status go_to(const Cookie& cookie) noexcept;
  [[nodiscard]] Ref<> tell_locked() noexcept;
  [[nodiscard]] Status place_of_used(Cookie& cookie, const Bytes& chunk) noexcept;

  enum class State : std::uint8_t { kNew, kReady, kDetached };

  StreamLock lock_;
  Atomic<State> state_{State::kNew};  // relaxed: it chooses the words of an error
  Atomic<bool> line_buffering_{false};
  Atomic<bool> write_through_{false};
  Atomic<std::size_t> chunk_size_{kDefaultBufferSize};
  Field buffer_;
  Field encoding_;
  Field errors_;
  Field decoded_;   // a str, or nothing
  Field snapshot_;  // the bytes of the last chunk, or nothing: tell() asks the buffer alone
  // With the lock.
  std::size_t used_ = 0;  // of decoded_
  int snapshot_flags_ = 0;
  ByteStore pending_;
  ChunkDecoder decoder_;
  NewlineChoice newlines_;
  bool reads_ = false;
  bool writes_ = false;
  bool has_read1_ = false;
  bool is_seekable_ = false;
  bool is_telling_ = false;  // positions can be told: not while lines are iterated over
};

[[nodiscard]] Type& text_io_type() noexcept;
[[nodiscard]] Status make_text_io_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
