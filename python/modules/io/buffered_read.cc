// Reading through a buffer.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/int.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Again = StreamUse::Again;

constexpr std::string_view kReadOfClosed = "read of closed file";

// The first bytes; None if there are none because the stream would have had to wait.
[[nodiscard]] Ref<> bytes_read(Ref<Bytes> room, const RawCount& got) noexcept {
  if (got.has_failed()) return kRaised;
  if (!got.is_done() && got.count == 0) return Special::kNone;
  if (got.count == room->size()) return room;
  return Bytes::of(room->span().first(got.count));
}

}  // namespace

// --- With the lock. ---

std::size_t Buffered::take_ahead(std::uint8_t* out, std::size_t size) noexcept {
  const std::size_t count = std::min(size, ahead());
  std::copy_n(room_ + at_, count, out);
  at_ += count;
  return count;
}

RawCount Buffered::fill() noexcept {
  if (ahead() == 0) forget_ahead();
  const RawCount got = read_raw(room_ + end_, size_ - end_);
  if (got.is_done()) end_ += got.count;
  return got;
}

// Whole buffers go where they are wanted; what is left goes through the buffer. The count is what
// was read before the end, or before the stream would have had to wait.
RawCount Buffered::read_many(std::uint8_t* out, std::size_t size) noexcept {
  std::size_t done = take_ahead(out, size);
  while (done < size) {
    const std::size_t whole = (size - done) - (size - done) % size_;
    const RawCount got = whole != 0 ? read_raw(out + done, whole) : fill();
    if (got.has_failed()) return got;
    if (!got.is_done() || got.count == 0) return {.kind = got.kind, .count = done};
    done += whole != 0 ? got.count : take_ahead(out + done, size - done);
  }
  return {.count = done};
}

// For readinto and readinto1.
RawCount Buffered::read_for(std::uint8_t* out, std::size_t size, Reads reads) noexcept {
  if (reads == Reads::kMany) return read_many(out, size);
  if (const std::size_t done = take_ahead(out, size)) return {.count = done};
  if (size > size_) return read_raw(out, size);
  const RawCount got = size == 0 ? RawCount() : fill();
  return got.is_done() ? RawCount{.count = take_ahead(out, size)} : got;
}

// What is ahead, and what the raw stream says is the rest.
Ref<> Buffered::read_rest(Value raw) noexcept {
  Ref<Bytes> first = Bytes::of(ahead_bytes());
  forget_ahead();
  Ref<> rest = first ? call_named(raw, *io_names().readall) : Ref<>();
  if (!rest) return kRaised;
  const Bytes* const bytes = as_bytes(rest.value());
  if (bytes == nullptr && !rest.value().is_none())
    return raise(ErrorKind::kType, {"readall() should return bytes"});
  if (first->size() == 0) return rest;
  ByteBuilder all;
  if (!all.append(first->span()) || (bytes != nullptr && !all.append(bytes->span())))
    return raise_memory_error();
  return Bytes::of(all.span());
}

Ref<> Buffered::read_to_end() noexcept {
  const Ref<> below = raw();
  Ref<> readall;
  if (!below || failed(find_named(below.value(), *io_names().readall, readall))) return kRaised;
  if (readall) {
    Ref<> all = read_rest(below.value());
    if (may_go_on()) place_ = -1;
    return all;
  }
  ByteBuilder all;
  if (!all.append(ahead_bytes())) return raise_memory_error();
  forget_ahead();
  place_ = -1;
  for (;;) {
    Ref<> more = call_named(below.value(), *io_names().read);
    const Bytes* const bytes = more ? as_bytes(more.value()) : nullptr;
    if (!more) return kRaised;
    if (bytes == nullptr && !more.value().is_none())
      return raise(ErrorKind::kType, {"read() should return bytes"});
    const bool is_end = bytes == nullptr || bytes->size() == 0;
    if (is_end) return all.size() == 0 ? std::move(more) : Ref<>(Bytes::of(all.span()));
    if (!all.append(bytes->span())) return raise_memory_error();
  }
}

// --- For all. ---

Ref<> Buffered::read(std::int64_t size) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room(kReadOfClosed)) || failed(begin_reading())) return kRaised;
  if (size < 0) return read_to_end();
  Ref<Bytes> room = Bytes::make_blank(static_cast<std::size_t>(size));
  if (!room) return kRaised;
  const RawCount got = read_many(room->writable(), static_cast<std::size_t>(size));
  return bytes_read(std::move(room), got);
}

Ref<> Buffered::read_once(std::int64_t size) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room(kReadOfClosed)) || failed(begin_reading())) return kRaised;
  const std::size_t most = size < 0 ? size_ : static_cast<std::size_t>(size);
  if (most == 0) return Bytes::empty();
  const std::size_t wanted = ahead() != 0 ? std::min(ahead(), most) : most;
  Ref<Bytes> room = Bytes::make_blank(wanted);
  if (!room) return kRaised;
  if (ahead() != 0) {
    take_ahead(room->writable(), wanted);
    return room;
  }
  forget_ahead();
  const RawCount got = read_raw(room->writable(), wanted);
  if (got.has_failed()) return kRaised;
  return bytes_read(std::move(room), {.count = got.count});
}

Ref<> Buffered::read_into(const BytesLease& lease, Reads reads) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room(kReadOfClosed)) || failed(begin_reading())) return kRaised;
  ByteBuilder bytes;
  if (!bytes.reserve(lease.size())) return raise_memory_error();
  const RawCount got = read_for(bytes.data(), lease.size(), reads);
  if (got.has_failed()) return kRaised;
  if (!got.is_done() && got.count == 0) return Special::kNone;
  copy_into(lease, 0, {bytes.data(), got.count});
  return make_size(got.count);
}

Ref<> Buffered::peek() noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room("peek of closed file")) || failed(begin_reading())) return kRaised;
  if (ahead() == 0 && fill().has_failed()) return kRaised;
  return Bytes::of(ahead_bytes());
}

Ref<> Buffered::read_line(std::int64_t limit) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room("readline of closed file")) || failed(begin_reading()))
    return kRaised;
  ByteBuilder line;
  std::size_t left = limit < 0 ? SIZE_MAX : static_cast<std::size_t>(limit);
  for (;;) {
    const ByteSpan seen = ahead_bytes().first(std::min(ahead(), left));
    const auto found = std::ranges::find(seen, '\n');
    const bool is_end = found != seen.end() || seen.size() == left;
    const ByteSpan part = found == seen.end() ? seen : ByteSpan(seen.begin(), found + 1);
    at_ += part.size();
    left -= part.size();
    if (is_end && line.size() == 0) return Bytes::of(part);
    if (!line.append(part)) return raise_memory_error();
    if (is_end) break;
    const RawCount got = fill();
    if (got.has_failed()) return kRaised;
    if (got.count == 0) break;
  }
  return Bytes::of(line.span());
}

}  // namespace orochi::inline OROCHI_DESIGN
