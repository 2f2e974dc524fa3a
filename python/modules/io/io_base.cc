#include "python/modules/io/io_base.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/construct.h"
#include "objects/types/each_item.h"
#include "objects/types/list.h"
#include "objects/types/names.h"
#include "objects/types/object_type.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_io_base_types, before there are streams.
constinit Type* g_io_base = nullptr;
constinit Type* g_raw_io_base = nullptr;
constinit Type* g_buffered_io_base = nullptr;
constinit Type* g_text_io_base = nullptr;

[[nodiscard]] IoBase& self_of(Value self) noexcept { return static_cast<IoBase&>(*self.object()); }

// --- Making one. ---

// As object.__new__: arguments are for an __init__ that takes them.
Ref<> make_plain_stream(const Value* arguments) noexcept {
  auto& type = static_cast<Type&>(*arguments[0].object());
  const bool given =
      static_cast<const Tuple&>(*arguments[1].object()).size() != 0 || !arguments[2].is_empty();
  if (given && type.block().protocols().initialise == initialise_plain)
    return raise(ErrorKind::kType, {type.name(), "() takes no arguments"});
  if (type.is_abstract()) return raise_abstract(type);
  return new_object<IoBase>(type);
}

// --- What it can do, until somebody knows better. ---

template <const char* kName>
Ref<> unsupported(const Value*) noexcept {
  return raise_unsupported(kName);
}
constexpr char kSeek[] = "seek";
constexpr char kTruncate[] = "truncate";
constexpr char kFileno[] = "fileno";

Ref<> answer_false(const Value*) noexcept { return Special::kFalse; }

Ref<> tell(const Value* arguments) noexcept {
  return call_named(arguments[0], *io_names().seek, {Value::of_int(0), Value::of_int(1)});
}

Ref<> isatty(const Value* arguments) noexcept {
  if (failed(check_not_closed(arguments[0]))) return kRaised;
  return Special::kFalse;
}

Ref<> flush(const Value* arguments) noexcept {
  if (self_of(arguments[0]).is_marked_closed()) return raise_closed();
  return Special::kNone;
}

Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(close_plainly(self_of(arguments[0])));
}

Ref<> get_closed(Value self) noexcept {
  return Value::of_bool(self_of(self).is_marked_closed()).as_special();
}

// --- Checks. ---

Ref<> check_closed(const Value* arguments) noexcept {
  return none_or_raised(check_not_closed(arguments[0]));
}

// True, or it raised.
[[nodiscard]] Ref<> answer_can(Value stream, Str& name, std::string_view refusal) noexcept {
  if (failed(check_can(stream, name, refusal))) return kRaised;
  return Special::kTrue;
}

Ref<> check_seekable(const Value* arguments) noexcept {
  return answer_can(arguments[0], *io_names().seekable, "File or stream is not seekable.");
}
Ref<> check_readable(const Value* arguments) noexcept {
  return answer_can(arguments[0], *io_names().readable, "File or stream is not readable.");
}
Ref<> check_writable(const Value* arguments) noexcept {
  return answer_can(arguments[0], *io_names().writable, "File or stream is not writable.");
}

// --- Contexts. ---

Ref<> enter(const Value* arguments) noexcept {
  if (failed(check_not_closed(arguments[0]))) return kRaised;
  return Ref<>::of(arguments[0]);
}

Ref<> leave(const Value* arguments) noexcept { return call_named(arguments[0], *io_names().close); }

// --- Lines. ---

Ref<> read_line(const Value* arguments) noexcept {
  std::int64_t limit = -1;
  if (failed(read_size_argument(arguments[1], limit))) return kRaised;
  return read_line_by_bytes(arguments[0], limit);
}

[[nodiscard]] Status has_any(Value line, bool& any) noexcept {
  std::size_t size = 0;
  if (failed(length(line, size))) return kRaised;
  any = size != 0;
  return Status::kDone;
}

Ref<> iterate_itself(Value self) noexcept {
  if (failed(check_not_closed(self))) return kRaised;
  return Ref<>::of(self);
}

Status next_line(Value self, Ref<>& item) noexcept {
  Ref<> line = call_named(self, *io_names().readline);
  bool any = false;
  if (!line || failed(has_any(line.value(), any))) return kRaised;
  if (any) item = std::move(line);
  return Status::kDone;
}

// So many lines that they have `hint` bytes or characters together; all if that is not positive.
Ref<> read_lines(const Value* arguments) noexcept {
  std::int64_t hint = -1;
  if (failed(read_size_argument(arguments[1], hint))) return kRaised;
  Ref<List> lines = List::make();
  if (!lines) return kRaised;
  if (hint <= 0) {
    if (failed(lines->extend(arguments[0]))) return kRaised;
    return lines;
  }
  const Truth all = for_all_items(arguments[0], [&](Value line) noexcept {
    std::size_t size = 0;
    if (failed(lines->append(Ref<>::of(line))) || failed(length(line, size))) return Truth::kFailed;
    const bool is_enough = static_cast<std::int64_t>(size) > hint;
    hint -= is_enough ? 0 : static_cast<std::int64_t>(size);
    return truth_of(!is_enough);
  });
  if (failed(all)) return kRaised;
  return lines;
}

Ref<> write_lines(const Value* arguments) noexcept {
  const Value self = arguments[0];
  if (failed(check_not_closed(self))) return kRaised;
  return none_or_raised(for_each_item(arguments[1], [&](Value line) noexcept {
    return call_named(self, *io_names().write, {line}) ? Status::kDone : Status::kFailed;
  }));
}

// --- Its end. ---

// A stream whose `closed` cannot be asked any more is taken for one that is open.
[[nodiscard]] bool seems_closed(Value self) noexcept {
  const Truth closed = attribute_truth(self, *io_names().closed);
  if (failed(closed) && may_go_on()) clear_error();
  return closed == Truth::kTrue;
}

// What goes wrong now is nobody's.
Ref<> finalize(Value self) noexcept {
  const bool is_closed = seems_closed(self);
  if (!is_closed && may_go_on()) {
    const Ref<> done = call_named(self, *io_names().close);
    if (!done && may_go_on()) clear_error();
  }
  return Special::kNone;
}

// --- The type. ---

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make_plain_stream}};
constexpr NativeSpec kMethods[] = {
    {"seek(self, offset, whence=0, /)", unsupported<kSeek>, "Change the position of the stream."},
    {"tell(self, /)", tell, "The position of the stream."},
    {"truncate(self, pos=None, /)", unsupported<kTruncate>, "Cut the file off at a position."},
    {"flush(self, /)", flush, "Write out what is in buffers."},
    {"close(self, /)", close, "Flush and close the stream; again does nothing."},
    {"seekable(self, /)", answer_false, "Whether it has positions."},
    {"readable(self, /)", answer_false, "Whether it can be read."},
    {"writable(self, /)", answer_false, "Whether it can be written."},
    {"_checkClosed(self, msg=None, /)", check_closed},
    {"_checkSeekable(self, msg=None, /)", check_seekable},
    {"_checkReadable(self, msg=None, /)", check_readable},
    {"_checkWritable(self, msg=None, /)", check_writable},
    {"fileno(self, /)", unsupported<kFileno>, "The descriptor below, if there is one."},
    {"isatty(self, /)", isatty, "Whether it is interactive."},
    {"__enter__(self, /)", enter},
    {"__exit__(self, /, *args)", leave},
    {"readline(self, size=-1, /)", read_line, "A line, or as much of one as size says."},
    {"readlines(self, hint=-1, /)", read_lines, "Lines, until they are as long as hint says."},
    {"writelines(self, lines, /)", write_lines, "Write each of them; nothing is put between."},
};
constexpr AttributeSpec kAttributes[] = {{"closed", get_closed}};

[[nodiscard]] Type* make_base_type() noexcept {
  Protocols slots;
  slots.iter = iterate_itself;
  slots.next = next_line;
  slots.finalize = finalize;
  Type* const type = make_io_type({.name = "_IOBase",
                                   .layout = &layout_of<IoBase>,
                                   .base = nullptr,
                                   .protocols = slots,
                                   .constructor = kConstructor,
                                   .methods = kMethods,
                                   .attributes = kAttributes,
                                   .doc = "The base of all streams."});
  if (type == nullptr) return nullptr;
  return failed(type->set(*names().dict, make_dict_attribute(*type))) ? nullptr : type;
}

}  // namespace

Type& io_base_type() noexcept { return *g_io_base; }
Type& raw_io_base_type() noexcept { return *g_raw_io_base; }
Type& buffered_io_base_type() noexcept { return *g_buffered_io_base; }
Type& text_io_base_type() noexcept { return *g_text_io_base; }

Status make_io_base_types() noexcept {
  g_io_base = make_base_type();
  if (g_io_base == nullptr) return kRaised;
  g_raw_io_base = make_raw_io_base_type();
  if (g_raw_io_base == nullptr) return kRaised;
  g_buffered_io_base = make_buffered_io_base_type();
  if (g_buffered_io_base == nullptr) return kRaised;
  g_text_io_base = make_text_io_base_type();
  return g_text_io_base == nullptr ? Status::kFailed : Status::kDone;
}

// It is closed even if the flush fails.
Status close_plainly(IoBase& self) noexcept {
  if (self.is_marked_closed()) return Status::kDone;
  const Ref<> flushed = call_named(Value(&self), *io_names().flush);
  if (!may_go_on()) return kRaised;
  self.mark_closed();
  return flushed ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
