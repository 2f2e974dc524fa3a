#include "python/modules/io/standard_streams.h"

#include <sys/stat.h>

#include <array>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/intern.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/locale.h"
#include "python/modules/io/names.h"
#include "python/modules/io/text_io.h"
#include "python/modules/io/types.h"
#include "runtime/lifecycle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

enum Descriptor : int { kIn, kOut, kError };
constexpr std::size_t kStreams = 3;

constexpr std::string_view kNames[] = {"<stdin>", "<stdout>", "<stderr>"};

[[nodiscard]] bool is_there(int fd) noexcept {
  struct stat about {};
  return !call_system([&] { return ::fstat(fd, &about); }).has_failed();
}

[[nodiscard]] std::string_view errors_of(int fd, const StandardStreamsSpec& spec) noexcept {
  if (fd == kError) return "backslashreplace";
  if (!spec.errors.empty()) return spec.errors;
  return locale_is_plain() ? "surrogateescape" : "strict";
}

// The file, and the buffer before it. Unbuffered, there is none for writing.
[[nodiscard]] Ref<> make_buffer(int fd, FileIo& file, bool is_unbuffered) noexcept {
  if (is_unbuffered && fd != kIn) return Ref<>::of(Value(&file));
  Type& type = fd == kIn ? buffered_reader_type() : buffered_writer_type();
  const BufferedKind kind = fd == kIn ? BufferedKind::kReader : BufferedKind::kWriter;
  Ref<Buffered> buffer = new_object<Buffered>(type, kind);
  if (!buffer || failed(buffer->initialise(Value(&file), kDefaultBufferSize))) return kRaised;
  return buffer;
}

[[nodiscard]] Ref<FileIo> make_file(int fd) noexcept {
  Ref<FileIo> file = new_object<FileIo>(file_io_type());
  FileOpening opening{.name = Value::of_int(fd), .mode = {}, .closes = false, .opener = {}};
  opening.mode.reads = fd == kIn;
  opening.mode.writes = fd != kIn;
  const Ref<Str> name = intern(kNames[fd]);
  if (!file || !name || failed(file->open(opening)) ||
      failed(set_attribute(file.value(), *io_names().name, name.share())))
    return kRaised;
  return file;
}

[[nodiscard]] Ref<> make_text(int fd, Value buffer, const TextOptions& options) noexcept {
  Ref<TextIo> text = new_object<TextIo>(text_io_type());
  TextOptions all = options;
  all.buffer = buffer;
  const Ref<Str> mode = intern(fd == kIn ? "r" : "w");
  if (!text || !mode || failed(text->initialise(all)) ||
      failed(set_attribute(text.value(), *io_names().mode, mode.share())))
    return kRaised;
  return text;
}

[[nodiscard]] Ref<> make_stream(int fd, const StandardStreamsSpec& spec) noexcept {
  const bool exists = is_there(fd);
  if (!may_go_on()) return kRaised;
  if (!exists) return Special::kNone;
  const Ref<FileIo> file = make_file(fd);
  const Ref<> buffer = file ? make_buffer(fd, *file, spec.is_unbuffered) : Ref<>();
  const Ref<Str> encoding = intern(spec.encoding.empty() ? "utf-8" : spec.encoding);
  const Ref<Str> errors = intern(errors_of(fd, spec));
  const Ref<Str> newline = intern("\n");
  if (!buffer || !encoding || !errors || !newline) return kRaised;
  const SystemResult terminal = file->isatty();
  if (terminal.is_refused) return kRaised;
  TextOptions options{.buffer = {},
                      .encoding = encoding.value(),
                      .errors = errors.value(),
                      .newline = newline.value()};
  options.line_buffering = !spec.is_unbuffered && (terminal.value == 1 || fd == kError);
  options.write_through = spec.is_unbuffered;
  return make_text(fd, buffer.value(), options);
}

[[nodiscard]] bool is_gone(Value stream) noexcept {
  if (stream.is_empty() || stream.is_none()) return true;
  const Truth closed = attribute_truth(stream, *io_names().closed);
  if (failed(closed) && may_go_on()) clear_error();  // not a file of ours: it is asked to flush
  return closed == Truth::kTrue || !may_go_on();
}

// False: it raised.
[[nodiscard]] bool flush(Value stream) noexcept {
  return is_gone(stream) || call_named(stream, *io_names().flush);
}

// --- In a forked child. ---

// Counted: those that were made last. Written by make_standard_streams.
constinit std::array<Value, kStreams> g_made{};

void reset(Value stream) noexcept {
  auto& text = static_cast<TextIo&>(*stream.object());
  text.stream_lock().reset_after_fork();
  const Ref<> buffer = text.buffer_if_any();
  if (!buffer) return;
  const Type& type = type_of(buffer.value());
  if (&type == &buffered_reader_type() || &type == &buffered_writer_type())
    buffer.as<Buffered>().stream_lock().reset_after_fork();
}

// What other threads were in the middle of, they are not any more.
void reset_in_child() noexcept {
  for (const Value stream : g_made) {
    if (stream.is_object()) reset(stream);
  }
}

void remember(const StandardStreams& streams) noexcept {
  const std::array<const Ref<>*, kStreams> all{&streams.in, &streams.out, &streams.error};
  for (std::size_t i = 0; i < kStreams; ++i) {
    const Ref<> before = Ref<>::adopt(std::exchange(g_made[i], all[i]->share().release()));
  }
  Lifecycle::call_in_children(reset_in_child);
}

}  // namespace

Status make_standard_streams(const StandardStreamsSpec& spec, StandardStreams& streams) noexcept {
  if (failed(make_io_types())) return kRaised;
  streams.in = make_stream(kIn, spec);
  if (!streams.in) return kRaised;
  streams.out = make_stream(kOut, spec);
  if (!streams.out) return kRaised;
  streams.error = make_stream(kError, spec);
  if (!streams.error) return kRaised;
  remember(streams);
  return Status::kDone;
}

bool flush_standard_streams(Value out, Value error) noexcept {
  const bool is_out_done = flush(out);
  if (!is_out_done && may_go_on()) report_unraisable(out);
  if (!may_go_on()) return false;
  if (!flush(error) && may_go_on()) clear_error();
  return is_out_done;
}

}  // namespace orochi::inline OROCHI_DESIGN
