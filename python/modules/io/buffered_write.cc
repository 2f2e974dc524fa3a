// Writing through a buffer.
#include <algorithm>
#include <cstring>

#include "objects/model/error.h"
#include "objects/types/int.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Again = StreamUse::Again;

constexpr std::string_view kWouldBlock = "write could not complete without blocking";

}  // namespace

// --- With the lock. ---

RawCount Buffered::write_pending() noexcept {
  while (pending() != 0) {
    const RawCount put = write_raw({room_ + write_begin_, pending()});
    if (!put.is_done()) return put;
    write_begin_ += put.count;
  }
  write_begin_ = write_end_ = 0;
  return {};
}

Status Buffered::flush_locked() noexcept {
  if (!writes()) return Status::kDone;
  const RawCount put = write_pending();
  if (put.has_failed()) return kRaised;
  if (!put.is_done()) return raise_would_block(kWouldBlock, 0);
  return begin_writing();
}

// Requires: there is room.
void Buffered::keep(ByteSpan bytes) noexcept {
  std::ranges::copy(bytes, room_ + write_end_);
  write_end_ += bytes.size();
}

// The raw stream has not taken all that is pending: what there is room for is kept, and the error
// says how much that was.
Ref<> Buffered::write_blocked(ByteSpan bytes) noexcept {
  std::memmove(room_, room_ + write_begin_, pending());
  write_end_ = pending();
  write_begin_ = 0;
  const std::size_t taken = std::min(bytes.size(), size_ - write_end_);
  keep(bytes.first(taken));
  if (taken == bytes.size()) return make_size(taken);
  return raise_would_block(kWouldBlock, taken);
}

// What is more than a buffer goes to the raw stream directly; the end of it is kept.
Ref<> Buffered::write_through(ByteSpan bytes) noexcept {
  std::size_t done = 0;
  while (bytes.size() - done > size_) {
    const RawCount put = write_raw(bytes.subspan(done));
    if (put.has_failed()) return kRaised;
    if (!put.is_done()) {
      keep(bytes.subspan(done, size_));
      return raise_would_block(kWouldBlock, done + size_);
    }
    done += put.count;
  }
  keep(bytes.subspan(done));
  return make_size(bytes.size());
}

// --- For all. ---

Ref<> Buffered::write(ByteSpan bytes) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room("write to closed file")) || failed(begin_writing())) return kRaised;
  if (pending() == 0) write_begin_ = write_end_ = 0;
  if (bytes.size() <= size_ - write_end_) {
    keep(bytes);
    return make_size(bytes.size());
  }
  const RawCount put = write_pending();
  if (put.has_failed()) return kRaised;
  return put.is_done() ? write_through(bytes) : write_blocked(bytes);
}

Status Buffered::flush() noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room("flush of closed file"))) return kRaised;
  return flush_locked();
}

}  // namespace orochi::inline OROCHI_DESIGN
