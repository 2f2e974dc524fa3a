// The types BufferedReader, BufferedWriter and BufferedRandom: what programs call.
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/digits.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_buffered_types.
constinit Type* g_reader = nullptr;
constinit Type* g_writer = nullptr;
constinit Type* g_random = nullptr;

[[nodiscard]] Buffered& self_of(Value self) noexcept {
  return static_cast<Buffered&>(*self.object());
}

// --- Making one. ---

template <BufferedKind kKind>
Ref<> make(const Value* arguments) noexcept {
  return new_object<Buffered>(static_cast<Type&>(*arguments[0].object()), kKind);
}

[[nodiscard]] Status check_raw(const Buffered& self, Value raw) noexcept {
  if (self.reads() && self.writes() &&
      failed(check_can(raw, *io_names().seekable, "File or stream is not seekable.")))
    return kRaised;
  if (self.reads() &&
      failed(check_can(raw, *io_names().readable, "File or stream is not readable.")))
    return kRaised;
  if (!self.writes()) return Status::kDone;
  return check_can(raw, *io_names().writable, "File or stream is not writable.");
}

Ref<> initialise(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  std::int64_t size = 0;
  if (failed(read_index(arguments[2], size)) || failed(check_raw(self, arguments[1])))
    return kRaised;
  return none_or_raised(self.initialise(arguments[1], size));
}

// --- What the raw stream answers. ---

template <Str* IoNames::*kName>
Ref<> ask_raw(const Value* arguments) noexcept {
  const Ref<> raw = self_of(arguments[0]).raw();
  return raw ? call_named(raw.value(), *(io_names().*kName)) : Ref<>();
}

template <Str* IoNames::*kName>
Ref<> raw_attribute(Value self) noexcept {
  const Ref<> raw = self_of(self).raw();
  return raw ? get_attribute(raw.value(), *(io_names().*kName)) : Ref<>();
}

Ref<> get_raw(Value self) noexcept {
  Ref<> raw = self_of(self).raw_if_any();
  return raw ? std::move(raw) : Ref<>(Special::kNone);
}

Ref<> get_closed(Value self) noexcept {
  const Truth closed = self_of(self).is_closed();
  if (failed(closed)) return kRaised;
  return Value::of_bool(closed == Truth::kTrue).as_special();
}

// --- Reading. ---

constexpr std::string_view kReadOfClosed = "read of closed file";

Ref<> read(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  std::int64_t size = -1;
  if (!self.raw() || failed(read_size_argument(arguments[1], size))) return kRaised;
  if (size < -1) return raise(ErrorKind::kValue, {"read length must be non-negative or -1"});
  if (failed(self.check_open(kReadOfClosed))) return kRaised;
  return self.read(size);
}

Ref<> read1(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  std::int64_t size = -1;
  if (!self.raw() || failed(read_index(arguments[1], size)) ||
      failed(self.check_open(kReadOfClosed)))
    return kRaised;
  return self.read_once(size);
}

[[nodiscard]] Ref<> read_into(const Value* arguments, Buffered::Reads reads,
                              std::string_view name) noexcept {
  Buffered& self = self_of(arguments[0]);
  BytesLease lease;
  if (!self.raw() || failed(take_writable(lease, arguments[1], name)) ||
      failed(self.check_open("readinto of closed file")))
    return kRaised;
  return self.read_into(lease, reads);
}
Ref<> readinto(const Value* arguments) noexcept {
  return read_into(arguments, Buffered::Reads::kMany, "readinto");
}
Ref<> readinto1(const Value* arguments) noexcept {
  return read_into(arguments, Buffered::Reads::kOne, "readinto1");
}

// How much is wanted is a hint, and what there is is given.
Ref<> peek(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  std::int64_t size = 0;
  if (failed(read_index(arguments[1], size)) || failed(self.check_open("peek of closed file")))
    return kRaised;
  return self.peek();
}

[[nodiscard]] Ref<> read_line(Buffered& self, std::int64_t limit) noexcept {
  if (failed(self.check_open("readline of closed file"))) return kRaised;
  return self.read_line(limit);
}

Ref<> readline(const Value* arguments) noexcept {
  std::int64_t limit = -1;
  if (!self_of(arguments[0]).raw() || failed(read_size_argument(arguments[1], limit)))
    return kRaised;
  return read_line(self_of(arguments[0]), limit);
}

// A class may have a readline of its own.
Status next_line(Value self, Ref<>& item) noexcept {
  const bool is_native = !type_of(self).is_class();
  Ref<> line = is_native ? read_line(self_of(self), -1) : call_named(self, *io_names().readline);
  if (!line) return kRaised;
  const Bytes* const bytes = as_bytes(line.value());
  if (bytes == nullptr)
    return raise(ErrorKind::kOs, {"readline() should have returned a bytes object, not '",
                                  type_of(line.value()).name(), "'"});
  if (bytes->size() != 0) item = std::move(line);
  return Status::kDone;
}

// --- Writing. ---

Ref<> write(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  BytesLike bytes;
  if (!self.raw() || failed(bytes.take(arguments[1])) ||
      failed(self.check_open("write to closed file")))
    return kRaised;
  return self.write(bytes.span());
}

Ref<> flush(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  if (failed(self.check_open("flush of closed file"))) return kRaised;
  return none_or_raised(self.flush());
}

// --- Places. ---

Ref<> seek(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  const Ref<> raw = self.raw();
  std::int64_t offset = 0;
  int whence = 0;
  if (!raw || failed(read_int_argument(arguments[2], whence))) return kRaised;
  if (whence < 0 || whence > 4) {
    StrBuilder text;
    text.add("whence value ");
    text.add_number(whence);
    text.add(" unsupported");
    return raise(ErrorKind::kValue, text);
  }
  if (failed(self.check_open("seek of closed file")) ||
      failed(check_can(raw.value(), *io_names().seekable, "File or stream is not seekable.")) ||
      failed(read_place_argument(arguments[1], offset)))
    return kRaised;
  return self.seek(offset, whence);
}

Ref<> tell(const Value* arguments) noexcept { return self_of(arguments[0]).tell(); }

Ref<> truncate(const Value* arguments) noexcept {
  Buffered& self = self_of(arguments[0]);
  if (failed(self.check_open("truncate of closed file"))) return kRaised;
  if (!self.writes()) return raise_unsupported("truncate");
  return self.truncate(arguments[1]);
}

// --- Its end. ---

Ref<> detach(const Value* arguments) noexcept { return self_of(arguments[0]).detach(); }
Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}

// --- As text. ---

// A stream without a name, or with one that cannot be asked now, is shown without.
[[nodiscard]] Status find_name(Value self, Ref<>& name) noexcept {
  if (!failed(find_named(self, *io_names().name, name))) return Status::kDone;
  if (!may_go_on() || !is_pending(exception_type(ErrorKind::kValue))) return kRaised;
  clear_error();
  return Status::kDone;
}

Ref<> show(Value self) noexcept {
  const ReprGuard guard(*self.object());
  if (guard.is_inside())
    return raise(ErrorKind::kRuntime,
                 {"reentrant call inside ", TypeName(self).text(), ".__repr__"});
  Ref<> name;
  if (failed(find_name(self, name))) return kRaised;
  StrBuilder text;
  text.add("<_io.");
  text.add_utf8(type_of(self).name());
  if (name) text.add(" name=");
  if (name && failed(text.add_repr(name.value()))) return kRaised;
  text.add(">");
  return text.finish();
}

// --- The types. ---

constexpr NativeSpec kShared[] = {
    {"__init__(self, raw, buffer_size=8192)", initialise},
    {"detach(self, /)", detach, "Give up the raw stream, and return it."},
    {"close(self, /)", close, "Flush, and close the raw stream."},
    {"seekable(self, /)", ask_raw<&IoNames::seekable>, "Whether the raw stream has positions."},
    {"fileno(self, /)", ask_raw<&IoNames::fileno>, "The raw stream's file descriptor."},
    {"isatty(self, /)", ask_raw<&IoNames::isatty>, "Whether the raw stream is a terminal."},
    {"seek(self, target, whence=0, /)", seek, "Move to a position and return it."},
    {"tell(self, /)", tell, "The position."},
    {"truncate(self, pos=None, /)", truncate, "Cut the stream to a size."},
    {"__reduce_ex__(self, protocol, /)", refuse_to_pickle},
    {"__reduce__(self, /)", refuse_to_pickle},
};
constexpr NativeSpec kReading[] = {
    {"read(self, size=-1, /)", read, "So many bytes, or all, in as many reads as it takes."},
    {"read1(self, size=-1, /)", read1, "At most so many bytes, in at most one read."},
    {"peek(self, size=0, /)", peek, "What is ahead, without moving on."},
    {"readinto(self, buffer, /)", readinto, "Fill a buffer."},
    {"readinto1(self, buffer, /)", readinto1, "Read into a buffer, in at most one read."},
    {"readline(self, size=-1, /)", readline, "A line, or as much of one as size says."},
    {"readable(self, /)", ask_raw<&IoNames::readable>, "Whether the raw stream can be read."},
};
constexpr NativeSpec kWriting[] = {
    {"write(self, buffer, /)", write, "Write all, now or later; returns how many bytes."},
    {"writable(self, /)", ask_raw<&IoNames::writable>, "Whether the raw stream can be written."},
    {"flush(self, /)", flush, "Write what is in the buffer."},
};
constexpr NativeSpec kFlushOfReader[] = {
    {"flush(self, /)", ask_raw<&IoNames::flush>, "Flush the raw stream."},
};
constexpr AttributeSpec kAttributes[] = {
    {"closed", get_closed},
    {"name", raw_attribute<&IoNames::name>},
    {"mode", raw_attribute<&IoNames::mode>},
    {"raw", get_raw},
};

[[nodiscard]] Type* make_type(std::string_view name, std::string_view doc,
                              std::span<const NativeSpec> constructor, bool reads) noexcept {
  Protocols slots;
  slots.repr = show;
  if (reads) slots.next = next_line;
  return make_io_type({.name = name,
                       .layout = &layout_of<Buffered>,
                       .base = &buffered_io_base_type(),
                       .protocols = slots,
                       .constructor = constructor,
                       .methods = kShared,
                       .attributes = kAttributes,
                       .doc = doc});
}

template <BufferedKind kKind>
constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make<kKind>}};

}  // namespace

Type& buffered_reader_type() noexcept { return *g_reader; }
Type& buffered_writer_type() noexcept { return *g_writer; }
Type& buffered_random_type() noexcept { return *g_random; }

Status make_buffered_types() noexcept {
  g_reader = make_type("BufferedReader", "A buffer before a raw stream that is read.",
                       kConstructor<BufferedKind::kReader>, true);
  if (g_reader == nullptr || failed(define_methods(*g_reader, kReading)) ||
      failed(define_methods(*g_reader, kFlushOfReader)))
    return kRaised;
  g_writer = make_type("BufferedWriter", "A buffer before a raw stream that is written.",
                       kConstructor<BufferedKind::kWriter>, false);
  if (g_writer == nullptr || failed(define_methods(*g_writer, kWriting))) return kRaised;
  g_random = make_type("BufferedRandom", "A buffer before a raw stream with positions.",
                       kConstructor<BufferedKind::kRandom>, true);
  if (g_random == nullptr || failed(define_methods(*g_random, kReading))) return kRaised;
  return define_methods(*g_random, kWriting);
}

}  // namespace orochi::inline OROCHI_DESIGN
