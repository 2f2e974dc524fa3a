// Writing text.
#include "objects/model/error.h"
#include "objects/text/search.h"
#include "objects/types/intern.h"
#include "objects/types/str_edit.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/text_codec.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Again = StreamUse::Again;

[[nodiscard]] bool has_ascii(const Str& text, std::string_view ascii) noexcept {
  return text::find(text.view(), {ascii.data(), ascii.size(), 1}) != text::kNotFound;
}

// With what a line is to end with in the place of \n.
[[nodiscard]] Ref<Str> with_newlines(Str& text, std::string_view written) noexcept {
  if (written == "\n" || !has_ascii(text, "\n")) return Ref<Str>::of(text);
  const Ref<Str> feed = intern("\n");
  const Ref<Str> end = intern(written);
  return feed && end ? replace(text, *feed, *end) : Ref<Str>();
}

}  // namespace

// --- With the lock. ---

Ref<Bytes> TextIo::encoded(const Str& text) noexcept {
  LoadedCodec loaded;
  return failed(loaded.load(*this)) ? Ref<Bytes>() : loaded.codec.encode(text);
}

// I2.
Status TextIo::write_pending() noexcept {
  if (pending_.size() == 0) return Status::kDone;
  const Ref<Bytes> bytes = Bytes::of(pending_.span());
  const Ref<> below = bytes ? buffer() : Ref<>();
  if (!below) return kRaised;
  pending_.clear();
  return call_named(below.value(), *io_names().write, {bytes.value()}) ? Status::kDone
                                                                       : Status::kFailed;
}

// What does not fit into a chunk goes on its own.
Status TextIo::add_pending(ByteSpan bytes) noexcept {
  if (pending_.size() != 0 && pending_.size() + bytes.size() > chunk_size() &&
      failed(write_pending()))
    return kRaised;
  return pending_.append(bytes) ? Status::kDone : Status{raise_memory_error()};
}

Status TextIo::flush_buffer() noexcept {
  const Ref<> below = buffer();
  return below && call_named(below.value(), *io_names().flush) ? Status::kDone : Status::kFailed;
}

Status TextIo::write_locked(Str& text) noexcept {
  if (!writes_) return raise_unsupported("not writable");
  const Ref<Str> ended = with_newlines(text, newlines_.written);
  const bool ends_line = line_buffering() && (has_ascii(text, "\n") || has_ascii(text, "\r"));
  // ASCII is the same in all the encodings that there are.
  const bool is_ascii = ended && ended->is_ascii();
  const Ref<Bytes> bytes = !ended || is_ascii ? Ref<Bytes>() : encoded(*ended);
  if (!ended || (!is_ascii && !bytes)) return kRaised;
  if (failed(add_pending(is_ascii ? ended->bytes() : bytes->span()))) return kRaised;
  const bool is_due = pending_.size() >= chunk_size() || ends_line || write_through();
  if (is_due && failed(write_pending())) return kRaised;
  if (ends_line && failed(flush_buffer())) return kRaised;
  forget_decoded();
  if (reads_) decoder_.reset();
  return Status::kDone;
}

// --- For all. ---

Status TextIo::write(Str& text) noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  return use ? write_locked(text) : Status::kFailed;
}

Status TextIo::flush() noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use) return kRaised;
  is_telling_ = is_seekable_;
  return failed(write_pending()) ? Status::kFailed : flush_buffer();
}

}  // namespace orochi::inline OROCHI_DESIGN
