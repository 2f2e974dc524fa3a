// The type TextIOWrapper: what programs call.
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
#include "python/modules/io/calls.h"
#include "python/modules/io/names.h"
#include "python/modules/io/text_io.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_text_io = nullptr;  // written by make_text_io_type

[[nodiscard]] TextIo& self_of(Value self) noexcept { return static_cast<TextIo&>(*self.object()); }

[[nodiscard]] Ref<> truth_value(bool truth) noexcept { return Value::of_bool(truth).as_special(); }

[[nodiscard]] Ref<> or_none(Ref<> value) noexcept {
  return value ? std::move(value) : Ref<>(Special::kNone);
}

// --- Making one. ---

Ref<> make(const Value* arguments) noexcept {
  return new_object<TextIo>(static_cast<Type&>(*arguments[0].object()));
}

[[nodiscard]] Status check_text(Value value, std::string_view function,
                                std::string_view parameter) noexcept {
  if (value.is_empty() || value.is_none() || as_str(value) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {function, "() argument '", parameter,
                                  "' must be str or None, not ", type_of(value).name()});
}

Ref<> initialise(const Value* arguments) noexcept {
  constexpr std::string_view kName = "TextIOWrapper";
  TextOptions options{.buffer = arguments[1],
                      .encoding = arguments[2],
                      .errors = arguments[3],
                      .newline = arguments[4]};
  if (failed(check_text(options.encoding, kName, "encoding")) ||
      failed(check_text(options.errors, kName, "errors")) ||
      failed(check_text(options.newline, kName, "newline")))
    return kRaised;
  const Truth buffers_lines = truth(arguments[5]);
  const Truth writes_through = failed(buffers_lines) ? buffers_lines : truth(arguments[6]);
  if (failed(writes_through)) return kRaised;
  options.line_buffering = buffers_lines == Truth::kTrue;
  options.write_through = writes_through == Truth::kTrue;
  return none_or_raised(self_of(arguments[0]).initialise(options));
}

// None: as it was.
[[nodiscard]] Status read_wish(Value value, Truth& wish) noexcept {
  if (value.is_none()) return Status::kDone;
  bool flag = false;
  if (failed(read_flag(value, flag))) return kRaised;
  wish = truth_of(flag);
  return Status::kDone;
}

Ref<> reconfigure(const Value* arguments) noexcept {
  constexpr std::string_view kName = "reconfigure";
  TextChanges changes{.encoding = arguments[1],
                      .errors = arguments[2],
                      .newline = arguments[3],
                      .has_newline = !arguments[3].is_empty()};
  if (failed(check_text(changes.encoding, kName, "encoding")) ||
      failed(check_text(changes.errors, kName, "errors")) ||
      failed(check_text(changes.newline, kName, "newline")) ||
      failed(read_wish(arguments[4], changes.line_buffering)) ||
      failed(read_wish(arguments[5], changes.write_through)))
    return kRaised;
  return none_or_raised(self_of(arguments[0]).reconfigure(changes));
}

// --- What the buffer answers. ---

template <Str* IoNames::*kName>
Ref<> ask_buffer(const Value* arguments) noexcept {
  const Ref<> buffer = self_of(arguments[0]).buffer();
  return buffer ? call_named(buffer.value(), *(io_names().*kName)) : Ref<>();
}

template <Str* IoNames::*kName>
Ref<> buffer_attribute(Value self) noexcept {
  const Ref<> buffer = self_of(self).buffer();
  return buffer ? get_attribute(buffer.value(), *(io_names().*kName)) : Ref<>();
}

// --- Reading and writing. ---

Ref<> write(const Value* arguments) noexcept {
  Str* const text = as_str(arguments[1]);
  if (text == nullptr)
    return raise(ErrorKind::kType,
                 {"write() argument must be str, not ", type_of(arguments[1]).name()});
  TextIo& self = self_of(arguments[0]);
  if (failed(self.check_open()) || failed(self.write(*text))) return kRaised;
  return make_size(text->size());
}

Ref<> flush(const Value* arguments) noexcept {
  TextIo& self = self_of(arguments[0]);
  if (failed(self.check_open())) return kRaised;
  return none_or_raised(self.flush());
}

Ref<> read(const Value* arguments) noexcept {
  std::int64_t size = -1;
  if (failed(read_size_argument(arguments[1], size)) || failed(self_of(arguments[0]).check_open()))
    return kRaised;
  return self_of(arguments[0]).read(size);
}

Ref<> readline(const Value* arguments) noexcept {
  std::int64_t limit = -1;
  if (failed(read_index(arguments[1], limit)) || failed(self_of(arguments[0]).check_open()))
    return kRaised;
  return self_of(arguments[0]).read_line(limit);
}

// Of a class, whose readline may be its own.
[[nodiscard]] Ref<> call_readline(Value self) noexcept {
  Ref<> line = call_named(self, *io_names().readline);
  if (!line || as_str(line.value()) != nullptr) return line;
  return raise(ErrorKind::kOs, {"readline() should have returned a str object, not '",
                                type_of(line.value()).name(), "'"});
}

Status next_line(Value self, Ref<>& item) noexcept {
  TextIo& text = self_of(self);
  const bool is_native = !type_of(self).is_class();
  if (is_native && failed(text.check_open())) return kRaised;
  Ref<> line = is_native ? Ref<>(text.next_line()) : call_readline(self);
  if (!line) return kRaised;
  if (line.as<Str>().size() != 0) item = std::move(line);
  return Status::kDone;
}

// --- Places. ---

Raised raise_invalid_whence(int whence) noexcept {
  StrBuilder text;
  text.add("invalid whence (");
  text.add_number(whence);
  text.add(", should be 0, 1 or 2)");
  return raise(ErrorKind::kValue, text);
}

Ref<> seek(const Value* arguments) noexcept {
  TextIo& self = self_of(arguments[0]);
  int whence = 0;
  if (failed(read_int_argument(arguments[2], whence)) || failed(self.check_open())) return kRaised;
  if (whence < 0 || whence > 2) return raise_invalid_whence(whence);
  return self.seek(arguments[1], whence);
}

Ref<> tell(const Value* arguments) noexcept {
  TextIo& self = self_of(arguments[0]);
  return failed(self.check_open()) ? Ref<>() : self.tell();
}

Ref<> truncate(const Value* arguments) noexcept {
  const Ref<> buffer = self_of(arguments[0]).buffer();
  if (!buffer || !call_named(arguments[0], *io_names().flush)) return kRaised;
  return call_named(buffer.value(), *io_names().truncate, {arguments[1]});
}

// --- Its end. ---

Ref<> detach(const Value* arguments) noexcept { return self_of(arguments[0]).detach(); }
Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}

// --- What it is. ---

Ref<> get_encoding(Value self) noexcept { return or_none(self_of(self).encoding()); }
Ref<> get_errors(Value self) noexcept {
  Ref<> errors = self_of(self).errors();
  return errors ? std::move(errors)
                : Ref<>(raise(ErrorKind::kValue, {"I/O operation on uninitialized object"}));
}
Ref<> get_buffer(Value self) noexcept { return or_none(self_of(self).buffer_if_any()); }
Ref<> get_newlines(Value self) noexcept {
  return self_of(self).buffer() ? self_of(self).newlines() : Ref<>();
}
Ref<> get_chunk_size(Value self) noexcept { return make_size(self_of(self).chunk_size()); }

Status set_chunk_size(Value self, Ref<> value) noexcept {
  std::int64_t size = 0;
  if (!value) return raise(ErrorKind::kAttribute, {"cannot delete attribute"});
  if (failed(read_index(value.value(), size))) return kRaised;
  if (size <= 0) return raise(ErrorKind::kValue, {"a strictly positive integer is required"});
  self_of(self).set_chunk_size(static_cast<std::size_t>(size));
  return Status::kDone;
}

// An attribute that is there, and can be asked now, is shown.
[[nodiscard]] Status add_attribute(StrBuilder& text, Value self, Str& name,
                                   std::string_view shown_as) noexcept {
  Ref<> value;
  if (failed(find_named(self, name, value))) {
    if (!may_go_on() || !is_pending(exception_type(ErrorKind::kValue))) return kRaised;
    clear_error();
  }
  if (!value) return Status::kDone;
  text.add(shown_as);
  return text.add_repr(value.value());
}

Ref<> show(Value self) noexcept {
  const ReprGuard guard(*self.object());
  if (guard.is_inside())
    return raise(ErrorKind::kRuntime,
                 {"reentrant call inside ", TypeName(self).text(), ".__repr__"});
  const Ref<> encoding = self_of(self).encoding();
  if (!encoding) return raise(ErrorKind::kValue, {"I/O operation on uninitialized object"});
  StrBuilder text;
  text.add("<_io.TextIOWrapper");
  if (failed(add_attribute(text, self, *io_names().name, " name=")) ||
      failed(add_attribute(text, self, *io_names().mode, " mode=")))
    return kRaised;
  text.add(" encoding=");
  if (failed(text.add_repr(encoding.value()))) return kRaised;
  text.add(">");
  return text.finish();
}

// --- The type. ---

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, "
     "write_through=False)",
     initialise},
    {"reconfigure(self, /, *, encoding=None, errors=None, newline=<none>, line_buffering=None, "
     "write_through=None)",
     reconfigure, "Change how text is written and read; flushes."},
    {"detach(self, /)", detach, "Give up the buffer, and return it."},
    {"write(self, text, /)", write, "Write all, now or later; returns how many characters."},
    {"read(self, size=-1, /)", read, "So many characters, or all."},
    {"readline(self, size=-1, /)", readline, "A line, or as much of one as size says."},
    {"flush(self, /)", flush, "Write out what is in this and in the buffer."},
    {"close(self, /)", close, "Flush, and close the buffer."},
    {"fileno(self, /)", ask_buffer<&IoNames::fileno>, "The buffer's file descriptor."},
    {"seekable(self, /)", ask_buffer<&IoNames::seekable>, "Whether the buffer has positions."},
    {"readable(self, /)", ask_buffer<&IoNames::readable>, "Whether the buffer can be read."},
    {"writable(self, /)", ask_buffer<&IoNames::writable>, "Whether the buffer can be written."},
    {"isatty(self, /)", ask_buffer<&IoNames::isatty>, "Whether the buffer is a terminal."},
    {"seek(self, cookie, whence=0, /)", seek, "Go to a position that tell() has given."},
    {"tell(self, /)", tell, "The position, for seek()."},
    {"truncate(self, pos=None, /)", truncate, "Cut the buffer to a size."},
    {"__reduce_ex__(self, protocol, /)", refuse_to_pickle},
    {"__reduce__(self, /)", refuse_to_pickle},
};
constexpr AttributeSpec kAttributes[] = {
    {"encoding", get_encoding},
    {"errors", get_errors},
    {"buffer", get_buffer},
    {"newlines", get_newlines},
    {"line_buffering",
     [](Value self) noexcept { return truth_value(self_of(self).line_buffering()); }},
    {"write_through",
     [](Value self) noexcept { return truth_value(self_of(self).write_through()); }},
    {"name", buffer_attribute<&IoNames::name>},
    {"closed", buffer_attribute<&IoNames::closed>},
    {"_CHUNK_SIZE", get_chunk_size, set_chunk_size},
};

}  // namespace

Type& text_io_type() noexcept { return *g_text_io; }

Status make_text_io_type() noexcept {
  Protocols slots;
  slots.repr = show;
  slots.next = next_line;
  g_text_io = make_io_type({.name = "TextIOWrapper",
                            .layout = &layout_of<TextIo>,
                            .base = &text_io_base_type(),
                            .protocols = slots,
                            .constructor = kConstructor,
                            .methods = kMethods,
                            .attributes = kAttributes,
                            .doc = "Text over a buffered stream of bytes."});
  return g_text_io == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
