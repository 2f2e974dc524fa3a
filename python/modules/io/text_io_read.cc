// Reading text.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/search.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_operations.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/text_codec.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Again = StreamUse::Again;

}  // namespace

// --- With the lock. ---

Status TextIo::check_reads() const noexcept {
  return reads_ ? Status::kDone : Status{raise_unsupported("not readable")};
}

void TextIo::set_decoded(Ref<Str> text) noexcept {
  used_ = 0;
  decoded_.store(*this, std::move(text));
}

void TextIo::forget_decoded() noexcept {
  // Mostly there is nothing, and to look costs less than the lock.
  used_ = 0;
  if (decoded_.load(*this)) decoded_.store(*this, Ref<>());
  if (snapshot_.load(*this)) forget_snapshot();
}

void TextIo::set_snapshot(int flags, Ref<Bytes> bytes) noexcept {
  snapshot_flags_ = flags;
  snapshot_.store(*this, std::move(bytes));
}

Ref<Str> TextIo::take_decoded(std::size_t most) noexcept {
  const Ref<Str> text = decoded();
  if (!text) return Str::empty();
  const std::size_t begin = used_;
  const std::size_t count = std::min(most, text->size() - begin);
  used_ += count;
  if (begin == 0 && count == text->size()) return text.share();
  return slice(*text, begin, begin + count);
}

// At most so many bytes, by one read of the buffer's own if it offers that.
Ref<Bytes> TextIo::read_bytes(std::size_t size) noexcept {
  const Ref<> below = buffer();
  const Ref<> most = make_size(size);
  if (!below || !most) return kRaised;
  Str& name = has_read1_ ? *io_names().read1 : *io_names().read;
  const Ref<> result = call_named(below.value(), name, {most.value()});
  if (!result) return kRaised;
  BytesLike bytes;
  if (!is_bytes_like(result.value()))
    return raise(ErrorKind::kType,
                 {"underlying ", name.ascii(), "() should have returned a bytes-like object, not '",
                  type_of(result.value()).name(), "'"});
  return failed(bytes.take(result.value())) ? Ref<Bytes>() : std::move(bytes.bytes());
}

namespace {

[[nodiscard]] Ref<Bytes> joined(ByteSpan first, Ref<Bytes> second) noexcept {
  if (first.empty()) return second;
  ByteBuilder all;
  if (!all.append(first) || !all.append(second->span())) return raise_memory_error();
  return Bytes::of(all.span());
}

}  // namespace

Truth TextIo::read_chunk(std::size_t hint) noexcept {
  Ref<Bytes> chunk = read_bytes(std::max(chunk_size(), hint));
  LoadedCodec loaded;
  if (!chunk || failed(loaded.load(*this))) return kRaised;
  const ChunkDecoder before = decoder_;
  const bool is_end = chunk->size() == 0;
  Ref<Str> text = decoder_.decode(loaded.codec, chunk->span(), is_end);
  if (!text) return kRaised;
  const bool has_more = !is_end || text->size() != 0;
  set_decoded(std::move(text));
  if (is_telling_) {
    Ref<Bytes> bytes = joined(before.held(), std::move(chunk));
    if (!bytes) return kRaised;
    set_snapshot(before.flags(), std::move(bytes));
  }
  return truth_of(has_more);
}

Ref<Str> TextIo::read_all() noexcept {
  const Ref<> below = buffer();
  const Ref<> rest = below ? call_named(below.value(), *io_names().read) : Ref<>();
  BytesLike bytes;
  LoadedCodec loaded;
  if (!rest || failed(bytes.take(rest.value())) || failed(loaded.load(*this))) return kRaised;
  const Ref<Str> text = decoder_.decode(loaded.codec, bytes.span(), true);
  const Ref<Str> first = text ? take_decoded(SIZE_MAX) : Ref<Str>();
  if (!first) return kRaised;
  forget_decoded();
  return concat(*first, *text);
}

Ref<Str> TextIo::read_some(std::size_t size) noexcept {
  Ref<Str> first = take_decoded(size);
  if (!first || first->size() == size) return first;
  StrBuilder all;
  all.add(*first);
  while (all.size() < size) {
    const Truth more = read_chunk(size - all.size());
    if (failed(more)) return kRaised;
    if (more == Truth::kFalse) break;
    const Ref<Str> part = take_decoded(size - all.size());
    if (!part) return kRaised;
    all.add(*part);
  }
  return all.finish();
}

// The parts of a line that are in chunks before its last one are kept in `line`. Where lines end
// with \r\n, one chunk may end with the first of them and the next one begin with the other.
Ref<Str> TextIo::read_line_locked(std::int64_t limit) noexcept {
  StrBuilder line;
  std::size_t left = limit < 0 ? SIZE_MAX : static_cast<std::size_t>(limit);
  for (;;) {
    const Ref<Str> text = decoded();
    if (text && text->size() > used_) {
      const bool continues = newlines_.ends == NewlineChoice::Ends::kBoth && line.size() != 0 &&
                             line.view()[line.size() - 1] == '\r' && text->view()[used_] == '\n';
      const std::size_t found =
          continues ? used_ + 1 : find_line_end(text->view(), used_, newlines_.ends);
      const std::size_t end = found == text::kNotFound ? text->size() : found;
      const Ref<Str> part = take_decoded(std::min(end - used_, left));
      if (!part) return kRaised;
      left -= part->size();
      const bool is_end = found != text::kNotFound || left == 0;
      if (is_end && line.size() == 0) return part.share();
      line.add(*part);
      if (is_end) return line.finish();
    }
    const Truth more = read_chunk(0);
    if (failed(more)) return kRaised;
    if (more == Truth::kFalse) break;
  }
  forget_decoded();
  return line.finish();
}

// --- For all. ---

Ref<Str> TextIo::read(std::int64_t size) noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use || failed(check_reads()) || failed(write_pending())) return kRaised;
  return size < 0 ? read_all() : read_some(static_cast<std::size_t>(size));
}

Ref<Str> TextIo::read_line(std::int64_t limit) noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use || failed(write_pending())) return kRaised;
  return failed(check_reads()) ? Ref<Str>() : read_line_locked(limit);
}

Ref<Str> TextIo::next_line() noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use || failed(write_pending()) || failed(check_reads())) return kRaised;
  is_telling_ = false;
  Ref<Str> line = read_line_locked(-1);
  if (line && line->size() == 0) {
    forget_snapshot();
    is_telling_ = is_seekable_;
  }
  return line;
}

}  // namespace orochi::inline OROCHI_DESIGN
