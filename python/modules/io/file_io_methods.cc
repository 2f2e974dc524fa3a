// The type FileIO: what programs call.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"
#include "python/modules/io/byte_store.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_file_io = nullptr;  // written by make_file_io_type

[[nodiscard]] FileIo& self_of(Value self) noexcept { return static_cast<FileIo&>(*self.object()); }

[[nodiscard]] Ref<> truth_value(bool truth) noexcept { return Value::of_bool(truth).as_special(); }

// --- Making one. ---

Ref<> make(const Value* arguments) noexcept {
  return new_object<FileIo>(static_cast<Type&>(*arguments[0].object()));
}

Ref<> initialise(const Value* arguments) noexcept {
  FileOpening opening{.name = arguments[1], .mode = {}, .opener = arguments[4]};
  const Str* const mode = as_str(arguments[2]);
  if (mode == nullptr)
    return raise(ErrorKind::kType,
                 {"FileIO() argument 'mode' must be str, not ", type_of(arguments[2]).name()});
  const Truth closes = truth(arguments[3]);
  if (failed(closes) || failed(parse_file_mode(*mode, opening.mode))) return kRaised;
  opening.closes = closes == Truth::kTrue;
  return none_or_raised(self_of(arguments[0]).open(opening));
}

// --- Reading. ---

// So many bytes as are there; None: there are none now, and the file does not wait.
[[nodiscard]] Ref<> read_once(FileIo& file, std::size_t size) noexcept {
  Ref<Bytes> bytes = Bytes::make_blank(size);
  if (!bytes) return kRaised;
  // Detached, and yet into an object: nobody else can reach it before it is full.
  const SystemResult got = file.read(bytes->writable(), size);
  if (got.would_block()) return Special::kNone;
  if (got.has_failed()) return raise_failed(got);
  const auto count = static_cast<std::size_t>(got.value);
  if (count == size) return bytes;
  return Bytes::of(bytes->span().first(count));
}

// Room for more, in proportion to what there is.
[[nodiscard]] bool make_room(ByteStore& bytes) noexcept {
  if (bytes.size() < bytes.room()) return true;
  const std::size_t more = std::max(bytes.size() / 2, kDefaultBufferSize);
  return bytes.reserve(bytes.size() + more);
}

[[nodiscard]] Ref<> read_all(FileIo& file) noexcept {
  ByteBuilder bytes;
  const std::int64_t left = file.bytes_left();
  if (!may_go_on()) return kRaised;
  // One more than there should be, so that the end is seen without growing.
  if (left > 0 && !bytes.reserve(static_cast<std::size_t>(left) + 1)) return raise_memory_error();
  for (;;) {
    if (!make_room(bytes)) return raise_memory_error();
    const SystemResult got = file.read(bytes.data() + bytes.size(), bytes.room() - bytes.size());
    if (got.would_block() && bytes.size() == 0) return Special::kNone;
    if (got.has_failed() && !got.would_block()) return raise_failed(got);
    if (got.value <= 0) return Bytes::of(bytes.span());
    bytes.set_size(bytes.size() + static_cast<std::size_t>(got.value));
  }
}

Ref<> read(const Value* arguments) noexcept {
  FileIo& file = self_of(arguments[0]);
  if (failed(file.check_readable())) return kRaised;
  std::int64_t size = -1;
  if (failed(read_size_argument(arguments[1], size))) return kRaised;
  return size < 0 ? read_all(file) : read_once(file, static_cast<std::size_t>(size));
}

Ref<> readall(const Value* arguments) noexcept {
  if (failed(self_of(arguments[0]).check_open())) return kRaised;
  return read_all(self_of(arguments[0]));
}

// Through a buffer of its own: others may look at where the bytes are to go.
Ref<> readinto(const Value* arguments) noexcept {
  FileIo& file = self_of(arguments[0]);
  BytesLease room;
  if (failed(file.check_readable()) || failed(take_writable(room, arguments[1], "readinto")))
    return kRaised;
  ByteBuilder bytes;
  if (!bytes.reserve(room.size())) return raise_memory_error();
  const SystemResult got = file.read(bytes.data(), room.size());
  if (got.would_block()) return Special::kNone;
  if (got.has_failed()) return raise_failed(got);
  bytes.set_size(static_cast<std::size_t>(got.value));
  copy_into(room, 0, bytes.span());
  return make_int(got.value);
}

// --- Writing. ---

Ref<> write(const Value* arguments) noexcept {
  FileIo& file = self_of(arguments[0]);
  if (failed(file.check_writable())) return kRaised;
  BytesLike bytes;
  if (failed(bytes.take(arguments[1]))) return kRaised;
  const SystemResult put = file.write(bytes.span().data(), bytes.span().size());
  if (put.would_block()) return Special::kNone;
  if (put.has_failed()) return raise_failed(put);
  return make_int(put.value);
}

// --- Places. ---

Ref<> seek(const Value* arguments) noexcept {
  FileIo& file = self_of(arguments[0]);
  std::int64_t place = 0;
  int whence = 0;
  if (failed(file.check_open()) || failed(read_place_argument(arguments[1], place)) ||
      failed(read_int_argument(arguments[2], whence)))
    return kRaised;
  const SystemResult now = file.seek(place, whence);
  if (now.has_failed()) return raise_failed(now);
  return make_int(now.value);
}

Ref<> tell(const Value* arguments) noexcept {
  FileIo& file = self_of(arguments[0]);
  if (failed(file.check_open())) return kRaised;
  const SystemResult now = file.seek(0, 1);
  if (now.has_failed()) return raise_failed(now);
  return make_int(now.value);
}

Ref<> truncate(const Value* arguments) noexcept {
  FileIo& file = self_of(arguments[0]);
  if (failed(file.check_writable())) return kRaised;
  std::int64_t size = 0;
  if (arguments[1].is_none()) {
    const SystemResult now = file.seek(0, 1);
    if (now.has_failed()) return raise_failed(now);
    size = now.value;
  } else if (failed(read_place_argument(arguments[1], size))) {
    return kRaised;
  }
  const SystemResult cut = file.truncate(size);
  if (cut.has_failed()) return raise_failed(cut);
  return make_int(size);
}

// --- What it is. ---

Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}

Ref<> fileno(const Value* arguments) noexcept {
  if (failed(self_of(arguments[0]).check_open())) return kRaised;
  return make_int(self_of(arguments[0]).descriptor());
}

Ref<> isatty(const Value* arguments) noexcept {
  if (failed(self_of(arguments[0]).check_open())) return kRaised;
  const SystemResult answer = self_of(arguments[0]).isatty();
  return answer.is_refused ? Ref<>() : truth_value(answer.value == 1);
}

Ref<> seekable(const Value* arguments) noexcept {
  if (failed(self_of(arguments[0]).check_open())) return kRaised;
  const bool answer = self_of(arguments[0]).is_seekable();
  return may_go_on() ? truth_value(answer) : Ref<>();
}

Ref<> readable(const Value* arguments) noexcept {
  if (failed(self_of(arguments[0]).check_open())) return kRaised;
  return truth_value(self_of(arguments[0]).mode().reads);
}

Ref<> writable(const Value* arguments) noexcept {
  if (failed(self_of(arguments[0]).check_open())) return kRaised;
  return truth_value(self_of(arguments[0]).mode().writes);
}

Ref<> get_mode(Value self) noexcept { return Str::of_ascii(self_of(self).mode().text()); }

[[nodiscard]] Status add_name(StrBuilder& text, Value self) noexcept {
  Ref<> name;
  if (failed(find_named(self, *io_names().name, name))) return kRaised;
  if (name) {
    text.add("name=");
    return text.add_repr(name.value());
  }
  text.add("fd=");
  text.add_number(self_of(self).descriptor());
  return Status::kDone;
}

Ref<> show(Value self) noexcept {
  FileIo& file = self_of(self);
  if (file.is_closed()) return Str::of_ascii("<_io.FileIO [closed]>");
  const ReprGuard guard(file);
  if (guard.is_inside())
    return raise(ErrorKind::kRuntime,
                 {"reentrant call inside ", TypeName(self).text(), ".__repr__"});
  StrBuilder text;
  text.add("<_io.FileIO ");
  if (failed(add_name(text, self))) return kRaised;
  text.add(" mode='");
  text.add(file.mode().text());
  text.add(file.closes() ? "' closefd=True>" : "' closefd=False>");
  return text.finish();
}

// --- The type. ---

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, file, mode='r', closefd=True, opener=None)", initialise},
    {"read(self, size=-1, /)", read, "At most so many bytes, in one system call; all if below 0."},
    {"readall(self, /)", readall, "All bytes until the end, in several system calls."},
    {"readinto(self, buffer, /)", readinto, "Read into a buffer that can be written."},
    {"write(self, b, /)", write, "Write in one system call; returns how many bytes it took."},
    {"seek(self, pos, whence=0, /)", seek, "Move to a position and return it."},
    {"tell(self, /)", tell, "The position."},
    {"truncate(self, size=None, /)", truncate, "Cut the file to a size; the position stays."},
    {"close(self, /)", close, "Close the file."},
    {"seekable(self, /)", seekable, "Whether it has positions."},
    {"readable(self, /)", readable, "Whether it was opened for reading."},
    {"writable(self, /)", writable, "Whether it was opened for writing."},
    {"fileno(self, /)", fileno, "The file descriptor."},
    {"isatty(self, /)", isatty, "Whether it is a terminal."},
    {"__reduce_ex__(self, protocol, /)", refuse_to_pickle},
    {"__reduce__(self, /)", refuse_to_pickle},
};
constexpr AttributeSpec kAttributes[] = {
    {"closed", [](Value self) noexcept { return truth_value(self_of(self).is_closed()); }},
    {"closefd", [](Value self) noexcept { return truth_value(self_of(self).closes()); }},
    {"mode", get_mode},
    {"_blksize", [](Value self) noexcept { return make_int(self_of(self).block_size()); }},
};

}  // namespace

Type& file_io_type() noexcept { return *g_file_io; }

Status make_file_io_type() noexcept {
  Protocols slots;
  slots.repr = show;
  g_file_io = make_io_type({.name = "FileIO",
                            .layout = &layout_of<FileIo>,
                            .base = &raw_io_base_type(),
                            .protocols = slots,
                            .constructor = kConstructor,
                            .methods = kMethods,
                            .attributes = kAttributes,
                            .doc = "A file of the operating system, without a buffer."});
  return g_file_io == nullptr ? Status::kFailed : Status::kDone;
}

FileIo* as_exact_file_io(Value value) noexcept {
  const bool is_one = value.is_object() && &type_of(*value.object()) == g_file_io;
  return is_one ? static_cast<FileIo*>(value.object()) : nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN
