#include "python/modules/io/text_io.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/intern.h"
#include "objects/types/str_builder.h"
#include "objects/types/utf8_text.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/locale.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {

using Again = StreamUse::Again;

// --- Beginning. ---

namespace {

[[nodiscard]] bool is_given(Value value) noexcept { return !value.is_empty() && !value.is_none(); }

}  // namespace

Status TextIo::initialise(const TextOptions& options) noexcept {
  NewlineChoice choice;
  if (failed(NewlineChoice::parse(options.newline, false, choice))) return kRaised;
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use) return kRaised;
  state_.store(State::kNew, kRelaxed);
  pending_.clear();
  forget_decoded();
  set_newlines(choice);
  if (failed(set_codec(options.encoding, options.errors)) || failed(ask_buffer(options.buffer)))
    return kRaised;
  line_buffering_.store(options.line_buffering, kRelaxed);
  write_through_.store(options.write_through, kRelaxed);
  set_chunk_size(kDefaultBufferSize);
  buffer_.store(*this, Ref<>::of(options.buffer));
  state_.store(State::kReady, kRelaxed);
  return Status::kDone;
}

// The names are kept as they were given.
Status TextIo::set_codec(Value encoding, Value errors) noexcept {
  const Str* const name = as_str(encoding);
  const bool is_locale = !is_given(encoding) || (name->is_ascii() && name->ascii() == "locale");
  Ref<> chosen = is_locale ? Ref<>(locale_encoding()) : Ref<>::of(encoding);
  Ref<> handler = is_given(errors) ? Ref<>::of(errors) : Ref<>(intern("strict"));
  if (!chosen || !handler) return kRaised;
  Codec codec;
  if (failed(codec.take(chosen.value(), handler.value(), "TextIOWrapper"))) return kRaised;
  encoding_.store(*this, std::move(chosen));
  errors_.store(*this, std::move(handler));
  return Status::kDone;
}

void TextIo::set_newlines(const NewlineChoice& choice) noexcept {
  newlines_ = choice;
  decoder_ = ChunkDecoder(choice.decoding);
}

Status TextIo::ask_buffer(Value buffer) noexcept {
  const Truth reads = call_truth(buffer, *io_names().readable);
  const Truth writes = failed(reads) ? reads : call_truth(buffer, *io_names().writable);
  const Truth seeks = failed(writes) ? writes : call_truth(buffer, *io_names().seekable);
  Ref<> read1;
  if (failed(seeks) || failed(find_named(buffer, *io_names().read1, read1))) return kRaised;
  reads_ = reads == Truth::kTrue;
  writes_ = writes == Truth::kTrue;
  is_seekable_ = is_telling_ = seeks == Truth::kTrue;
  has_read1_ = static_cast<bool>(read1);
  return Status::kDone;
}

// --- Changing. ---

Status TextIo::reconfigure(const TextChanges& changes) noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use) return kRaised;
  const bool changes_text =
      is_given(changes.encoding) || is_given(changes.errors) || changes.has_newline;
  if (changes_text && decoded_.load(*this))
    return raise_unsupported(
        "It is not possible to set the encoding or newline of stream after the first read");
  if (!call_named(Value(this), *io_names().flush)) return kRaised;
  if (changes_text && failed(change_text(changes))) return kRaised;
  if (!failed(changes.line_buffering))
    line_buffering_.store(changes.line_buffering == Truth::kTrue, kRelaxed);
  if (!failed(changes.write_through))
    write_through_.store(changes.write_through == Truth::kTrue, kRelaxed);
  return Status::kDone;
}

// A new encoding is strict, if nothing else is said.
Status TextIo::change_text(const TextChanges& changes) noexcept {
  NewlineChoice choice = newlines_;
  if (changes.has_newline && failed(NewlineChoice::parse(changes.newline, false, choice)))
    return kRaised;
  const bool keeps_errors = !is_given(changes.encoding) && !is_given(changes.errors);
  const Ref<> encoding =
      is_given(changes.encoding) ? Ref<>::of(changes.encoding) : this->encoding();
  const Ref<> errors = keeps_errors ? this->errors() : Ref<>();
  if (failed(set_codec(encoding.value(), keeps_errors ? errors.value() : changes.errors)))
    return kRaised;
  set_newlines(choice);
  return Status::kDone;
}

// --- Being open. ---

Ref<> TextIo::buffer() noexcept {
  Ref<> buffer = buffer_.load(*this);
  const State state = state_.load(kRelaxed);
  if (buffer && state == State::kReady) return buffer;
  return raise(ErrorKind::kValue,
               {state == State::kDetached ? "underlying buffer has been detached"
                                          : "I/O operation on uninitialized object"});
}

namespace {

// Null: its methods may be a program's.
[[nodiscard]] Buffered* as_native_buffer(Value buffer) noexcept {
  if (!buffer.is_object()) return nullptr;
  const Type* const type = &type_of(buffer);
  const bool is_one = type == &buffered_writer_type() || type == &buffered_reader_type() ||
                      type == &buffered_random_type();
  return is_one ? static_cast<Buffered*>(buffer.object()) : nullptr;
}

}  // namespace

Truth TextIo::is_closed() noexcept {
  const Ref<> below = buffer();
  if (!below) return kRaised;
  if (type_of(*this).is_class()) return attribute_truth(Value(this), *io_names().closed);
  if (Buffered* const native = as_native_buffer(below.value())) return native->is_closed();
  return attribute_truth(below.value(), *io_names().closed);
}

Status TextIo::check_open() noexcept {
  const Truth closed = is_closed();
  if (closed == Truth::kTrue) return raise_closed();
  return failed(closed) ? Status::kFailed : Status::kDone;
}

Ref<> TextIo::newlines() noexcept {
  const StreamUse use(*this, lock_, Again::kAllowed);
  if (!use) return kRaised;
  return reads_ ? decoder_.newlines() : Ref<>(Special::kNone);
}

// --- Its end. ---

Ref<> TextIo::detach() noexcept {
  if (!buffer() || !call_named(Value(this), *io_names().flush)) return kRaised;
  Ref<> below;
  {
    const StreamUse use(*this, lock_, Again::kAllowed);
    if (!use) return kRaised;
    below = buffer();
    if (!below) return kRaised;
    state_.store(State::kDetached, kRelaxed);
    buffer_.store(*this, Ref<>());
  }
  return below;
}

// As Buffered::close.
Status TextIo::close() noexcept {
  const Ref<> below = buffer();
  if (!below) return kRaised;
  const Truth closed = is_closed();
  if (closed != Truth::kFalse) return failed(closed) ? Status::kFailed : Status::kDone;
  const Ref<> flushed = call_named(Value(this), *io_names().flush);
  if (!may_go_on()) return kRaised;
  Error first = flushed ? Error() : Error::take();
  const Ref<> done = call_named(below.value(), *io_names().close);
  if (!may_go_on()) return kRaised;
  return chain_errors(std::move(first), done ? Status::kDone : Status::kFailed);
}

}  // namespace orochi::inline OROCHI_DESIGN
