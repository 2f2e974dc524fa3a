#include "python/modules/io/string_io.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/search.h"
#include "objects/types/intern.h"
#include "objects/types/str_edit.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Newlines = ChunkDecoder::Newlines;

// What is stored for a text; which newlines it had is in `filter`.
[[nodiscard]] Ref<Str> with_newlines(Str& text, const NewlineChoice& choice,
                                     NewlineFilter& filter) noexcept {
  filter = NewlineFilter(choice.decoding == Newlines::kTranslated);
  Ref<Str> stored = Ref<Str>::of(text);
  if (choice.decoding != Newlines::kIgnored) stored = filter.filter(std::move(stored), true);
  if (!stored || choice.written == "\n") return stored;
  const Ref<Str> feed = intern("\n");
  const Ref<Str> written = intern(choice.written);
  return feed && written ? replace(*stored, *feed, *written) : Ref<Str>();
}

}  // namespace

// --- With the lock. ---

Ref<Str> StringIo::take(std::size_t count) noexcept {
  Ref<Str> taken = Str::of(view().slice(place_, place_ + count));
  if (taken) place_ += count;
  return taken;
}

// What lies between the end and the place is the character 0.
Status StringIo::put(const Str& text) noexcept {
  if (text.size() == 0) return Status::kDone;
  if (text.size() > PTRDIFF_MAX / kWidth - place_ ||
      !points_.reserve((place_ + text.size()) * kWidth))
    return raise_memory_error();
  if (place_ > size())
    std::fill(points_.data() + points_.size(), points_.data() + place_ * kWidth, std::uint8_t{0});
  text::copy_points(points_.data() + place_ * kWidth, kWidth, text.view());
  place_ += text.size();
  points_.set_size(std::max(points_.size(), place_ * kWidth));
  return Status::kDone;
}

// --- For all. ---

Status StringIo::start(Value newline, Value text) noexcept {
  NewlineChoice choice;
  if (failed(NewlineChoice::parse(newline, true, choice))) return kRaised;
  newline_.store(*this, Ref<>::of(newline));
  {
    const Locked lock(*this);
    newlines_ = choice;
    seen_ = NewlineFilter();
    points_.clear();
    place_ = 0;
  }
  has_begun_.store(true, kRelaxed);
  std::size_t begin = 0;
  if (text.is_none()) return Status::kDone;
  return failed(write(*as_str(text))) ? Status::kFailed : go_to(0, begin);
}

Status StringIo::check_open() const noexcept {
  if (!has_begun_.load(kRelaxed))
    return raise(ErrorKind::kValue, {"I/O operation on uninitialized object"});
  if (!is_closed()) return Status::kDone;
  return raise(ErrorKind::kValue, {"I/O operation on closed file"});
}

Ref<Str> StringIo::read(std::int64_t size) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  if (place_ >= this->size()) return Str::empty();
  const std::size_t most = this->size() - place_;
  return take(size < 0 ? most : std::min(most, static_cast<std::size_t>(size)));
}

Ref<Str> StringIo::read_line(std::int64_t limit) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  if (place_ >= size()) return Str::empty();
  const std::size_t most =
      limit < 0 ? size() - place_ : std::min(size() - place_, static_cast<std::size_t>(limit));
  const std::size_t found = find_line_end(view().slice(0, place_ + most), place_, newlines_.ends);
  return take(found == text::kNotFound ? most : found - place_);
}

Ref<Str> StringIo::value() noexcept {
  const Locked lock(*this);
  return failed(check_open()) ? Ref<Str>() : Str::of(view());
}

Status StringIo::write(Str& text) noexcept {
  NewlineChoice choice;
  {
    const Locked lock(*this);
    choice = newlines_;
  }
  NewlineFilter filter;
  const Ref<Str> stored = with_newlines(text, choice, filter);
  if (!stored) return kRaised;
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  seen_.add_kinds(filter);
  return put(*stored);
}

Status StringIo::go_to(std::int64_t place, std::size_t& reached) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  reached = place_ = place < 0 ? size() : static_cast<std::size_t>(place);
  return Status::kDone;
}

Status StringIo::tell(std::size_t& place) noexcept {
  const Locked lock(*this);
  place = place_;
  return check_open();
}

Status StringIo::truncate(std::int64_t size, std::size_t& cut) noexcept {
  const Locked lock(*this);
  if (failed(check_open())) return kRaised;
  cut = size < 0 ? place_ : static_cast<std::size_t>(size);
  if (cut < this->size()) points_.set_size(cut * kWidth);
  return Status::kDone;
}

Status StringIo::restore(const Str& text, std::size_t place) noexcept {
  const Locked lock(*this);
  points_.clear();
  place_ = 0;
  if (failed(put(text))) return kRaised;
  place_ = place;
  return Status::kDone;
}

void StringIo::close() noexcept {
  const Locked lock(*this);
  is_closed_.store(true, kRelaxed);
  points_.reset();
}

Ref<> StringIo::newlines() noexcept {
  NewlineFilter seen;
  {
    const Locked lock(*this);
    if (failed(check_open())) return kRaised;
    seen = seen_;
  }
  return seen.kinds();
}

}  // namespace orochi::inline OROCHI_DESIGN
