#include "python/modules/io/buffered.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/int.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {

using Again = StreamUse::Again;

// --- Beginning. ---

Status Buffered::initialise(Value raw, std::int64_t size) noexcept {
  if (size <= 0) return raise(ErrorKind::kValue, {"buffer size must be strictly positive"});
  auto* const room = static_cast<std::uint8_t*>(allocate_buffer(static_cast<std::size_t>(size)));
  if (room == nullptr) return raise_memory_error();
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use) {
    free_buffer(room);
    return kRaised;
  }
  free_buffer(std::exchange(room_, room));
  size_ = static_cast<std::size_t>(size);
  forget_ahead();
  write_begin_ = write_end_ = 0;
  place_ = -1;
  raw_.store(*this, Ref<>::of(raw));
  state_.store(State::kReady, kRelaxed);
  return Status::kDone;
}

Ref<> Buffered::raw() noexcept {
  Ref<> raw = raw_.load(*this);
  if (raw) return raw;
  const bool is_detached = state_.load(kRelaxed) == State::kDetached;
  return raise(ErrorKind::kValue, {is_detached ? "raw stream has been detached"
                                               : "I/O operation on uninitialized object"});
}

// --- Being open. ---

Truth Buffered::is_closed() noexcept {
  const Ref<> below = raw();
  if (!below) return kRaised;
  if (const FileIo* const file = as_exact_file_io(below.value()))
    return truth_of(file->is_closed());
  return attribute_truth(below.value(), *io_names().closed);
}

Status Buffered::check_open(std::string_view error) noexcept {
  const Truth closed = is_closed();
  if (failed(closed)) return kRaised;
  if (closed == Truth::kFalse) return Status::kDone;
  if (reads() && !lock_.is_mine()) {
    const StreamUse use(*this, lock_, Again::kRefused);
    if (!use) return kRaised;
    if (ahead() != 0) return Status::kDone;
  }
  return raise(ErrorKind::kValue, {error});
}

// Somebody may have closed it before this thread had the lock.
Status Buffered::check_room(std::string_view error) const noexcept {
  return room_ != nullptr ? Status::kDone : Status{raise(ErrorKind::kValue, {error})};
}

// --- From reading to writing, and back. ---

Status Buffered::begin_reading() noexcept {
  return pending() == 0 ? Status::kDone : flush_locked();
}

Status Buffered::begin_writing() noexcept {
  if (ahead() != 0) {
    std::int64_t place = 0;
    if (failed(seek_raw(-static_cast<std::int64_t>(ahead()), 1, place))) return kRaised;
  }
  forget_ahead();
  return Status::kDone;
}

// --- Places. ---

namespace {

constexpr std::string_view kSeekOfClosed = "seek of closed file";
constexpr int kSet = 0;
constexpr int kCurrent = 1;
constexpr int kMostWhence = 4;  // the two for holes in files are the last

}  // namespace

// Inside of what is ahead there is nothing to ask. `place`: where the raw stream is.
bool Buffered::seek_ahead(std::int64_t offset, int whence, std::int64_t place,
                          std::int64_t& reached) noexcept {
  if (ahead() == 0 || (whence != kSet && whence != kCurrent)) return false;
  const std::int64_t here = place - static_cast<std::int64_t>(ahead());
  const std::int64_t step = whence == kCurrent ? offset : offset - here;
  if (step < -static_cast<std::int64_t>(at_) || step > static_cast<std::int64_t>(ahead()))
    return false;
  at_ = static_cast<std::size_t>(static_cast<std::int64_t>(at_) + step);
  reached = here + step;
  return true;
}

Ref<> Buffered::seek(std::int64_t offset, int whence) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room(kSeekOfClosed))) return kRaised;
  std::int64_t place = place_;
  if (reads() && ahead() != 0 && place < 0 && failed(tell_raw(place))) return kRaised;
  std::int64_t reached = 0;
  if (seek_ahead(offset, whence, place, reached)) return make_int(reached);
  if (failed(begin_reading())) return kRaised;
  if (whence == kCurrent) offset -= static_cast<std::int64_t>(ahead());
  if (failed(seek_raw(offset, whence, reached))) return kRaised;
  forget_ahead();
  return make_int(reached);
}

Ref<> Buffered::tell() noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use) return kRaised;
  std::int64_t place = 0;
  if (failed(tell_raw(place))) return kRaised;
  return make_int(place - static_cast<std::int64_t>(ahead()) +
                  static_cast<std::int64_t>(pending()));
}

Ref<> Buffered::truncate(Value size) noexcept {
  const StreamUse use(*this, lock_, Again::kRefused);
  if (!use || failed(check_room("truncate of closed file")) || failed(flush_locked()))
    return kRaised;
  const Ref<> below = raw();
  if (!below) return kRaised;
  Ref<> result = call_named(below.value(), *io_names().truncate, {size});
  if (may_go_on()) place_ = -1;
  return result;
}

// --- Its end. ---

Ref<> Buffered::detach() noexcept {
  const Ref<> below = raw();
  if (!below || !call_named(Value(this), *io_names().flush)) return kRaised;
  Ref<> detached;
  {
    const StreamUse use(*this, lock_, Again::kRefused);
    if (!use) return kRaised;
    state_.store(State::kDetached, kRelaxed);
    detached = raw_.load(*this);
    raw_.store(*this, Ref<>());
  }
  // Another thread may have been quicker.
  return detached ? std::move(detached) : raw();
}

// Flushes by its own method, which a program may have overridden; closes the raw stream whatever
// comes of that.
Status Buffered::close() noexcept {
  const Truth closed = is_closed();
  if (closed != Truth::kFalse) return failed(closed) ? Status::kFailed : Status::kDone;
  const Ref<> flushed = call_named(Value(this), *io_names().flush);
  if (!may_go_on()) return kRaised;
  Error first = flushed ? Error() : Error::take();
  const StreamUse use(*this, lock_, Again::kRefused);
  const Ref<> below = use ? raw() : Ref<>();
  const Ref<> done = below ? call_named(below.value(), *io_names().close) : Ref<>();
  if (!may_go_on()) return kRaised;
  if (use) {
    free_buffer(std::exchange(room_, nullptr));
    forget_ahead();
    write_begin_ = write_end_ = 0;
  }
  return chain_errors(std::move(first), done ? Status::kDone : Status::kFailed);
}

}  // namespace orochi::inline OROCHI_DESIGN
