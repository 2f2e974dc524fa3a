// The type StringIO: what programs call.
#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/memory_state.h"
#include "python/modules/io/names.h"
#include "python/modules/io/string_io.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_string_io = nullptr;  // written by make_string_io_type

[[nodiscard]] StringIo& self_of(Value self) noexcept {
  return static_cast<StringIo&>(*self.object());
}

// --- Making one. ---

Ref<> make(const Value* arguments) noexcept {
  return new_object<StringIo>(static_cast<Type&>(*arguments[0].object()));
}

[[nodiscard]] Status check_text(Value value, std::string_view parameter) noexcept {
  if (value.is_none() || as_str(value) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {parameter, " must be str or None, not ", type_of(value).name()});
}

Ref<> initialise(const Value* arguments) noexcept {
  if (failed(check_text(arguments[2], "newline")) ||
      failed(check_text(arguments[1], "initial_value")))
    return kRaised;
  return none_or_raised(self_of(arguments[0]).start(arguments[2], arguments[1]));
}

// --- Reading and writing. ---

Ref<> read(const Value* arguments) noexcept {
  std::int64_t size = -1;
  if (failed(read_size_argument(arguments[1], size))) return kRaised;
  return self_of(arguments[0]).read(size);
}

Ref<> readline(const Value* arguments) noexcept {
  std::int64_t limit = -1;
  if (failed(read_size_argument(arguments[1], limit))) return kRaised;
  return self_of(arguments[0]).read_line(limit);
}

// A class may have a readline of its own.
Status next_line(Value self, Ref<>& item) noexcept {
  if (failed(self_of(self).check_open())) return kRaised;
  Ref<> line = type_of(self).is_class() ? call_named(self, *io_names().readline)
                                        : Ref<>(self_of(self).read_line(-1));
  if (!line) return kRaised;
  const Str* const text = as_str(line.value());
  if (text == nullptr)
    return raise(ErrorKind::kOs, {"readline() should have returned a str object, not '",
                                  type_of(line.value()).name(), "'"});
  if (text->size() != 0) item = std::move(line);
  return Status::kDone;
}

Ref<> write(const Value* arguments) noexcept {
  StringIo& self = self_of(arguments[0]);
  Str* const text = as_str(arguments[1]);
  if (text == nullptr)
    return raise(ErrorKind::kType,
                 {"string argument expected, got '", type_of(arguments[1]).name(), "'"});
  if (failed(self.check_open()) || failed(self.write(*text))) return kRaised;
  return make_size(text->size());
}

Ref<> getvalue(const Value* arguments) noexcept { return self_of(arguments[0]).value(); }

// --- Places. ---

Ref<> seek(const Value* arguments) noexcept {
  StringIo& self = self_of(arguments[0]);
  std::int64_t place = 0;
  int whence = 0;
  if (failed(read_index(arguments[1], place)) || failed(read_int_argument(arguments[2], whence)) ||
      failed(self.check_open()))
    return kRaised;
  if (whence < 0 || whence > 2)
    return raise_number("Invalid whence (", whence, ", should be 0, 1 or 2)");
  if (place < 0 && whence == 0) return raise_number("Negative seek position ", place, "");
  if (place != 0 && whence != 0)
    return raise(ErrorKind::kOs, {"Can't do nonzero cur-relative seeks"});
  std::size_t reached = 0;
  const Status done =
      whence == 1 ? self.tell(reached) : self.go_to(whence == 2 ? -1 : place, reached);
  return failed(done) ? Ref<>() : make_size(reached);
}

Ref<> tell(const Value* arguments) noexcept {
  std::size_t place = 0;
  return failed(self_of(arguments[0]).tell(place)) ? Ref<>() : make_size(place);
}

Ref<> truncate(const Value* arguments) noexcept {
  StringIo& self = self_of(arguments[0]);
  std::int64_t size = -1;
  if (failed(self.check_open()) || failed(read_size_argument(arguments[1], size))) return kRaised;
  if (!arguments[1].is_none() && size < 0) return raise_number("Negative size value ", size, "");
  std::size_t cut = 0;
  return failed(self.truncate(size, cut)) ? Ref<>() : make_size(cut);
}

// --- What it is. ---

Ref<> close(const Value* arguments) noexcept {
  self_of(arguments[0]).close();
  return Special::kNone;
}

Ref<> answer_true(const Value* arguments) noexcept {
  return failed(self_of(arguments[0]).check_open()) ? Ref<>() : Ref<>(Special::kTrue);
}

Ref<> get_closed(Value self) noexcept {
  return Value::of_bool(self_of(self).is_closed()).as_special();
}
Ref<> get_line_buffering(Value self) noexcept {
  return failed(self_of(self).check_open()) ? Ref<>() : Ref<>(Special::kFalse);
}
Ref<> get_newlines(Value self) noexcept { return self_of(self).newlines(); }

// --- Being copied. ---

Ref<> getstate(const Value* arguments) noexcept {
  StringIo& self = self_of(arguments[0]);
  Ref<Str> value = self.value();
  std::size_t place = 0;
  if (!value || failed(self.tell(place))) return kRaised;
  Ref<> at = make_size(place);
  Ref<> attributes = attributes_of_stream(self);
  if (!at || !attributes) return kRaised;
  return Tuple::of(std::move(value), self.newline(), std::move(at), std::move(attributes));
}

// The text has had its newlines changed already.
Ref<> setstate(const Value* arguments) noexcept {
  StringIo& self = self_of(arguments[0]);
  if (self.is_closed()) return raise_closed();
  const Tuple* const state = as_tuple(arguments[1]);
  if (state == nullptr || state->size() != 4)
    return raise_wrong_state(arguments[0], "4-tuple", arguments[1]);
  const Value text = (*state)[0];
  std::size_t place = 0;
  if (failed(check_text(text, "initial_value")) || failed(check_text((*state)[1], "newline")) ||
      failed(self.start((*state)[1], Value::kNone)) ||
      failed(read_state_place((*state)[2], "third", place)))
    return kRaised;
  const Ref<Str> none = Str::empty();
  const Str& restored = text.is_none() ? *none : *as_str(text);
  if (failed(self.restore(restored, place))) return kRaised;
  return none_or_raised(set_stream_attributes(self, (*state)[3], "fourth"));
}

// --- The type. ---

constexpr NativeSpec kConstructor[] = {{"__new__(cls, /, *args, **kwargs)", make}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, initial_value='', newline='\n')", initialise},
    {"read(self, size=-1, /)", read, "At most so many characters; all if below 0."},
    {"readline(self, size=-1, /)", readline, "A line, or as much of one as size says."},
    {"write(self, s, /)", write, "Write all; returns how many characters."},
    {"getvalue(self, /)", getvalue, "All text that there is."},
    {"seek(self, pos, whence=0, /)", seek, "Move to a position and return it."},
    {"tell(self, /)", tell, "The position."},
    {"truncate(self, pos=None, /)", truncate, "Cut it to a size; the position stays."},
    {"close(self, /)", close, "Forget the text."},
    {"seekable(self, /)", answer_true, "It has positions."},
    {"readable(self, /)", answer_true, "It can be read."},
    {"writable(self, /)", answer_true, "It can be written."},
    {"__getstate__(self, /)", getstate},
    {"__setstate__(self, state, /)", setstate},
};
constexpr AttributeSpec kAttributes[] = {
    {"closed", get_closed},
    {"line_buffering", get_line_buffering},
    {"newlines", get_newlines},
};

}  // namespace

Type& string_io_type() noexcept { return *g_string_io; }

Status make_string_io_type() noexcept {
  Protocols slots;
  slots.next = next_line;
  g_string_io = make_io_type({.name = "StringIO",
                              .layout = &layout_of<StringIo>,
                              .base = &text_io_base_type(),
                              .protocols = slots,
                              .constructor = kConstructor,
                              .methods = kMethods,
                              .attributes = kAttributes,
                              .doc = "A stream of text in memory."});
  return g_string_io == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
