#include "python/modules/io/bytes_io.h"

#include <algorithm>

#include "objects/model/error.h"
#include "python/modules/io/calls.h"

namespace orochi::inline OROCHI_DESIGN {

// --- With the lock. ---

Status BytesIo::check_open() const noexcept {
  return is_marked_closed() ? Status{raise_closed()} : Status::kDone;
}

Status BytesIo::check_writable() const noexcept {
  if (exports_ == 0) return Status::kDone;
  return raise(ErrorKind::kBuffer, {"Existing exports of data: object cannot be re-sized"});
}

ByteSpan BytesIo::rest() const noexcept {
  return bytes_.span().subspan(std::min(place_, bytes_.size()));
}

Ref<Bytes> BytesIo::take(std::size_t size) noexcept {
  Ref<Bytes> taken = Bytes::of(rest().first(size));
  if (taken) place_ += size;
  return taken;
}

// --- For all. ---

Status BytesIo::start(ByteSpan bytes) noexcept {
  const Locked lock(*this);
  if (failed(check_writable())) return kRaised;
  bytes_.clear();
  place_ = 0;
  return bytes_.append(bytes) ? Status::kDone : Status{raise_memory_error()};
}

Ref<Bytes> BytesIo::read(std::int64_t size) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  const std::size_t most = rest().size();
  return take(size < 0 ? most : std::min(most, static_cast<std::size_t>(size)));
}

Ref<Bytes> BytesIo::read_line(std::int64_t limit) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  ByteSpan seen = rest();
  if (limit >= 0) seen = seen.first(std::min(seen.size(), static_cast<std::size_t>(limit)));
  const auto found = std::ranges::find(seen, '\n');
  const auto before = static_cast<std::size_t>(found - seen.begin());
  return take(found == seen.end() ? before : before + 1);
}

Ref<Bytes> BytesIo::value() noexcept {
  const Locked lock(*this);
  return failed(check_open()) ? Ref<Bytes>() : Bytes::of(bytes_.span());
}

// What lies between the end and the place is 0.
Status BytesIo::write(ByteSpan bytes) noexcept {
  const Locked lock(*this);
  if (failed(check_open()) || failed(check_writable())) return kRaised;
  if (bytes.empty()) return Status::kDone;
  if (bytes.size() > PTRDIFF_MAX - place_ || !bytes_.reserve(place_ + bytes.size()))
    return raise_memory_error();
  if (place_ > bytes_.size())
    std::fill(bytes_.data() + bytes_.size(), bytes_.data() + place_, std::uint8_t{0});
  std::ranges::copy(bytes, bytes_.data() + place_);
  place_ += bytes.size();
  bytes_.set_size(std::max(bytes_.size(), place_));
  return Status::kDone;
}

Status BytesIo::seek(std::int64_t offset, int whence, std::size_t& place) noexcept {
  constexpr int kCurrent = 1;
  constexpr int kEnd = 2;
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  std::int64_t from = 0;
  if (whence == kCurrent) from = static_cast<std::int64_t>(place_);
  if (whence == kEnd) from = static_cast<std::int64_t>(bytes_.size());
  if (offset > INT64_MAX - from) return raise(ErrorKind::kOverflow, {"new position too large"});
  place = place_ = static_cast<std::size_t>(std::max<std::int64_t>(from + offset, 0));
  return Status::kDone;
}

Status BytesIo::tell(std::size_t& place) noexcept {
  const Locked lock(*this);
  place = place_;
  return check_open();
}

Status BytesIo::truncate(std::int64_t size, std::size_t& cut) noexcept {
  const Locked lock(*this);
  if (failed(check_open()) || failed(check_writable())) return kRaised;
  cut = size < 0 ? place_ : static_cast<std::size_t>(size);
  bytes_.set_size(std::min(bytes_.size(), cut));
  return Status::kDone;
}

Status BytesIo::close() noexcept {
  const Locked lock(*this);
  if (failed(check_writable())) return kRaised;
  mark_closed();
  bytes_.reset();
  return Status::kDone;
}

// --- Lending. ---

Status BytesIo::lend(LentBytes& lent) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  ++exports_;
  lent = {.data = bytes_.data(), .size = bytes_.size(), .guard = this, .is_readonly = false};
  return Status::kDone;
}

void BytesIo::take_back() noexcept {
  const Locked lock(*this);
  assert(exports_ != 0);
  --exports_;
}

}  // namespace orochi::inline OROCHI_DESIGN
