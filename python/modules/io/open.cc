#include "python/modules/io/open.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/utf8_text.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/names.h"
#include "python/modules/io/path.h"
#include "python/modules/io/text_io.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- The mode. ---

struct OpenMode {
  FileMode file;
  bool is_text = false;
  bool is_binary = false;
};

Raised raise_invalid_mode(Value mode) noexcept {
  const Ref<> shown = repr(mode);
  if (!shown) return kRaised;
  return raise(ErrorKind::kValue, {"invalid mode: ", Utf8Text(shown.as<Str>()).view()});
}

// Each letter at most once; false: it is none of them, or is there twice.
[[nodiscard]] bool read_letters(std::string_view letters, OpenMode& mode, int& kinds,
                                bool& updates) noexcept {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char letter = letters[i];
    if (letters.find(letter, i + 1) != std::string_view::npos) return false;
    const bool is_kind = std::string_view("rwax").find(letter) != std::string_view::npos;
    kinds += is_kind ? 1 : 0;
    mode.file.reads |= letter == 'r';
    mode.file.writes |= is_kind && letter != 'r';
    mode.file.truncates |= letter == 'w';
    mode.file.appends |= letter == 'a';
    mode.file.creates |= letter == 'x';
    updates |= letter == '+';
    mode.is_text |= letter == 't';
    mode.is_binary |= letter == 'b';
    if (!is_kind && letter != '+' && letter != 't' && letter != 'b') return false;
  }
  return true;
}

[[nodiscard]] Status parse_mode(Value text, OpenMode& mode) noexcept {
  const Utf8Text letters(*as_str(text));
  int kinds = 0;
  bool updates = false;
  if (!read_letters(letters.view(), mode, kinds, updates)) return raise_invalid_mode(text);
  if (mode.is_text && mode.is_binary)
    return raise(ErrorKind::kValue, {"can't have text and binary mode at once"});
  if (kinds > 1)
    return raise(ErrorKind::kValue, {"must have exactly one of create/read/write/append mode"});
  if (kinds == 0)
    return raise(ErrorKind::kValue,
                 {"Must have exactly one of create/read/write/append mode and at most one plus"});
  if (updates) mode.file.reads = mode.file.writes = true;
  return Status::kDone;
}

// --- Arguments. ---

struct OpenArguments {
  explicit OpenArguments(const Value* arguments) noexcept
      : file(arguments[0]),
        mode(arguments[1]),
        buffering(arguments[2]),
        encoding(arguments[3]),
        errors(arguments[4]),
        newline(arguments[5]),
        closes(arguments[6]),
        opener(arguments[7]) {}

  Value file;
  Value mode;
  Value buffering;
  Value encoding;
  Value errors;
  Value newline;
  Value closes;
  Value opener;
};

[[nodiscard]] Status check_text(Value value, std::string_view parameter) noexcept {
  if (value.is_none() || as_str(value) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {"open() argument '", parameter, "' must be str or None, not ",
                                  type_of(value).name()});
}

[[nodiscard]] Status check_types(const OpenArguments& given) noexcept {
  if (as_str(given.mode) == nullptr)
    return raise(ErrorKind::kType,
                 {"open() argument 'mode' must be str, not ", type_of(given.mode).name()});
  if (failed(check_text(given.encoding, "encoding")) || failed(check_text(given.errors, "errors")))
    return kRaised;
  return check_text(given.newline, "newline");
}

[[nodiscard]] Status check_binary(const OpenArguments& given) noexcept {
  if (!given.encoding.is_none())
    return raise(ErrorKind::kValue, {"binary mode doesn't take an encoding argument"});
  if (!given.errors.is_none())
    return raise(ErrorKind::kValue, {"binary mode doesn't take an errors argument"});
  if (!given.newline.is_none())
    return raise(ErrorKind::kValue, {"binary mode doesn't take a newline argument"});
  return Status::kDone;
}

// --- What is put on top of each other. ---

[[nodiscard]] Ref<FileIo> open_raw(const OpenArguments& given, Value path,
                                   const OpenMode& mode) noexcept {
  const Truth closes = truth(given.closes);
  Ref<FileIo> file = failed(closes) ? Ref<FileIo>() : new_object<FileIo>(file_io_type());
  if (!file) return kRaised;
  const FileOpening opening{
      .name = path, .mode = mode.file, .closes = closes == Truth::kTrue, .opener = given.opener};
  return failed(file->open(opening)) ? Ref<FileIo>() : std::move(file);
}

[[nodiscard]] Ref<> make_buffer(FileIo& file, const FileMode& mode, std::int64_t size) noexcept {
  const bool updates = mode.reads && mode.writes;
  Type& one_way = mode.writes ? buffered_writer_type() : buffered_reader_type();
  Type& type = updates ? buffered_random_type() : one_way;
  const Ref<> bytes = make_int(size);
  if (!bytes) return kRaised;
  const Value values[] = {Value(&file), bytes.value()};
  return call(Value(&type), {values, std::size(values), nullptr});
}

[[nodiscard]] Ref<> make_text(const OpenArguments& given, Value buffer,
                              bool buffers_lines) noexcept {
  Ref<TextIo> text = new_object<TextIo>(text_io_type());
  const TextOptions options{.buffer = buffer,
                            .encoding = given.encoding,
                            .errors = given.errors,
                            .newline = given.newline,
                            .line_buffering = buffers_lines};
  if (!text || failed(text->initialise(options)) ||
      failed(set_attribute(text.value(), *io_names().mode, Ref<>::of(given.mode))))
    return kRaised;
  return text;
}

// What is not needed after all is closed at once.
[[nodiscard]] Ref<> close_after_failure(Value stream) noexcept {
  if (!may_go_on()) return kRaised;
  Error first = Error::take();
  const Ref<> closed = call_named(stream, *io_names().close);
  if (!may_go_on()) return kRaised;
  static_cast<void>(chain_errors(std::move(first), closed ? Status::kDone : Status::kFailed));
  return kRaised;
}

// A buffer of 1 stands for lines.
struct Buffering {
  std::int64_t size = -1;
  bool by_lines = false;

  [[nodiscard]] Status choose(Value wanted, FileIo& file) noexcept {
    if (failed(read_index(wanted, size))) return kRaised;
    by_lines = size == 1;
    if (size < 0) {
      const SystemResult terminal = file.isatty();
      if (terminal.is_refused) return kRaised;
      by_lines = terminal.value == 1;
    }
    if (by_lines || size < 0) size = file.block_size();
    return Status::kDone;
  }
};

[[nodiscard]] Ref<> put_on(Ref<FileIo> file, const OpenArguments& given,
                           const OpenMode& mode) noexcept {
  Buffering buffering;
  if (failed(buffering.choose(given.buffering, *file))) return close_after_failure(file.value());
  if (buffering.size == 0) {
    if (mode.is_binary) return file;
    raise(ErrorKind::kValue, {"can't have unbuffered text I/O"});
    return close_after_failure(file.value());
  }
  Ref<> buffer = make_buffer(*file, mode.file, buffering.size);
  if (!buffer) return close_after_failure(file.value());
  if (mode.is_binary) return buffer;
  Ref<> text = make_text(given, buffer.value(), buffering.by_lines);
  return text ? std::move(text) : close_after_failure(buffer.value());
}

}  // namespace

Ref<> open_file(const Value* arguments) noexcept {
  const OpenArguments given(arguments);
  OpenMode mode;
  if (failed(check_types(given))) return kRaised;
  const bool is_number = type_of(given.file).block().protocols().index != nullptr;
  const Ref<> path = is_number ? Ref<>::of(given.file) : path_of(given.file);
  if (!path || failed(parse_mode(given.mode, mode)) ||
      (mode.is_binary && failed(check_binary(given))))
    return kRaised;
  Ref<FileIo> file = open_raw(given, path.value(), mode);
  return file ? put_on(std::move(file), given, mode) : Ref<>();
}

// A program's text is bytes until its first lines say what they mean.
Ref<> open_code(const Value* arguments) noexcept {
  if (as_str(arguments[0]) == nullptr)
    return raise(ErrorKind::kType,
                 {"open_code() argument 'path' must be str, not ", type_of(arguments[0]).name()});
  const Ref<Str> mode = Str::of_ascii("rb");
  if (!mode) return kRaised;
  const Value all[] = {arguments[0], mode.value(), Value::of_int(-1), Value::kNone,
                       Value::kNone, Value::kNone, Value::kTrue,      Value::kNone};
  return open_file(all);
}

}  // namespace orochi::inline OROCHI_DESIGN
