#include "objects/types/exception_methods.h"

#include <array>
#include <utility>

#include "objects/model/error.h"
#include "objects/types/exception_group.h"
#include "objects/types/exception_type.h"
#include "objects/types/index.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/int.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/traceback.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Exception& exception_in(Value value) noexcept {
  return static_cast<Exception&>(*value.object());
}
[[nodiscard]] Ref<> or_none(Ref<> value) noexcept {
  return value ? std::move(value) : Ref<>(Special::kNone);
}
Raised raise_not_deleted(std::string_view name) noexcept {
  return raise(ErrorKind::kType, {name, " may not be deleted"});
}

// --- Attributes of all exceptions. ---

Ref<> get_args(Value self) noexcept { return exception_in(self).args(); }

Status set_args(Value self, Ref<> value) noexcept {
  if (!value) return raise_not_deleted("args");
  Ref<Tuple> args = Tuple::from(value.value());
  if (!args) return kRaised;
  exception_in(self).set_args(std::move(args));
  return Status::kDone;
}

Ref<> get_traceback(Value self) noexcept { return or_none(exception_in(self).traceback()); }

Status set_traceback(Value self, Ref<> value) noexcept {
  if (!value) return raise_not_deleted("__traceback__");
  Traceback* const traceback = as_traceback(value.value());
  if (traceback == nullptr && !value.value().is_none())
    return raise(ErrorKind::kType, {"__traceback__ must be a traceback or None"});
  exception_in(self).set_traceback(traceback == nullptr ? Ref<Traceback>()
                                                        : Ref<Traceback>::of(*traceback));
  return Status::kDone;
}

// Another exception, or None. Failed: it raised.
[[nodiscard]] Status read_other(const Ref<>& value, std::string_view name, std::string_view what,
                                Ref<Exception>& other) noexcept {
  if (!value) return raise_not_deleted(name);
  if (value.value().is_none()) return Status::kDone;
  Exception* const exception = as_exception(value.value());
  if (exception == nullptr)
    return raise(ErrorKind::kType,
                 {"exception ", what, " must be None or derive from BaseException"});
  other = Ref<Exception>::of(*exception);
  return Status::kDone;
}

Ref<> get_cause(Value self) noexcept { return or_none(exception_in(self).cause()); }

Status set_cause(Value self, Ref<> value) noexcept {
  Ref<Exception> cause;
  if (failed(read_other(value, "__cause__", "cause", cause))) return kRaised;
  exception_in(self).set_cause(std::move(cause));
  return Status::kDone;
}

Ref<> get_context(Value self) noexcept { return or_none(exception_in(self).context()); }

Status set_context(Value self, Ref<> value) noexcept {
  Ref<Exception> context;
  if (failed(read_other(value, "__context__", "context", context))) return kRaised;
  exception_in(self).set_context(std::move(context));
  return Status::kDone;
}

Ref<> get_suppress(Value self) noexcept { return bool_of(exception_in(self).suppresses_context()); }

Status set_suppress(Value self, Ref<> value) noexcept {
  if (!value) return raise(ErrorKind::kType, {"can't delete numeric/char attribute"});
  if (!value.value().is_bool())
    return raise(ErrorKind::kType, {"attribute value type must be bool"});
  exception_in(self).suppress_context(value.value().is(Special::kTrue));
  return Status::kDone;
}

Ref<> get_dict(Value self) noexcept { return dict_of_instance(*self.object()); }

Status set_dict(Value self, Ref<> value) noexcept {
  if (!value) return raise_not_deleted("__dict__");
  if (as_dict(value.value()) == nullptr)
    return raise(ErrorKind::kType, {"__dict__ must be set to a dictionary, not a '",
                                    type_of(value.value()).name(), "'"});
  return replace_dict_of_instance(*self.object(), std::move(value).cast<Dict>());
}

constexpr AttributeSpec kAttributes[] = {
    {"args", get_args, set_args},
    {"__traceback__", get_traceback, set_traceback},
    {"__cause__", get_cause, set_cause},
    {"__context__", get_context, set_context},
    {"__suppress_context__", get_suppress, set_suppress},
    {"__dict__", get_dict, set_dict},
};

// --- Methods of all exceptions. ---

Ref<> with_traceback(const Value* arguments) noexcept {
  if (failed(set_traceback(arguments[0], Ref<>::of(arguments[1])))) return kRaised;
  return Ref<>::of(arguments[0]);
}

Ref<> add_a_note(const Value* arguments) noexcept {
  return none_or_raised(add_note(exception_in(arguments[0]), arguments[1]));
}

// The attributes that a program has set are the state.
Ref<> set_state(const Value* arguments) noexcept {
  if (arguments[1].is_none()) return Special::kNone;
  Dict* const state = as_dict(arguments[1]);
  if (state == nullptr) return raise(ErrorKind::kType, {"state is not a dictionary"});
  const Ref<Dict> attributes = dict_of_instance(exception_in(arguments[0]));
  return attributes ? none_or_raised(attributes->update(*state)) : Ref<>();
}

// What __init__ does is in a slot: objects/types/exception_text.cc.
Ref<> make_new(const Value* arguments) noexcept {
  return new_exception(static_cast<Type&>(*arguments[0].object()),
                       static_cast<Tuple&>(*arguments[1].object()));
}

constexpr NativeSpec kNew[] = {{"__new__(type, /, *args, **kwargs)", make_new}};
constexpr NativeSpec kMethods[] = {
    {"with_traceback(self, tb, /)", with_traceback},
    {"add_note(self, note, /)", add_a_note},
    {"__setstate__(self, state, /)", set_state},
};

// --- Fields of families. ---

template <std::size_t kIndex>
Ref<> get_extra(Value self) noexcept {
  return or_none(exception_in(self).extra(kExtraFields[kIndex]));
}
template <std::size_t kIndex>
Status set_extra(Value self, Ref<> value) noexcept {
  exception_in(self).set_extra(kExtraFields[kIndex], std::move(value));
  return Status::kDone;
}

// Only there if somebody has set it.
Ref<> get_written(Value self) noexcept {
  Ref<> written = exception_in(self).extra(extra::kOsWritten);
  return written ? std::move(written)
                 : Ref<>(raise(ErrorKind::kAttribute, {extra::kOsWritten.name}));
}
Status set_written(Value self, Ref<> value) noexcept {
  if (!value && !exception_in(self).extra(extra::kOsWritten))
    return raise(ErrorKind::kAttribute, {extra::kOsWritten.name});
  if (value && index_of(value.value()).kind != IndexKind::kInside)
    return raise(ErrorKind::kType, {"'", type_of(value.value()).name(),
                                    "' object cannot be interpreted as an integer"});
  exception_in(self).set_extra(extra::kOsWritten, std::move(value));
  return Status::kDone;
}

template <std::size_t... kIndices>
[[nodiscard]] constexpr auto attributes_of_fields(std::index_sequence<kIndices...>) noexcept {
  return std::array{
      AttributeSpec{kExtraFields[kIndices].name, get_extra<kIndices>, set_extra<kIndices>}...};
}
constexpr auto kOfFields = attributes_of_fields(std::make_index_sequence<kExtraFields.size()>());

[[nodiscard]] AttributeSpec attribute_of(std::size_t index) noexcept {
  AttributeSpec spec = kOfFields[index];
  if (spec.name == extra::kOsWritten.name) spec = {spec.name, get_written, set_written};
  if (kExtraFields[index].family == ExceptionFamily::kGroup) spec.set = nullptr;
  return spec;
}

[[nodiscard]] Status define_fields(Type& type, ExceptionFamily family) noexcept {
  for (std::size_t i = 0; i < kExtraFields.size(); ++i) {
    if (kExtraFields[i].family != family) continue;
    const AttributeSpec spec = attribute_of(i);
    if (failed(define_attributes(type, {&spec, 1}))) return kRaised;
  }
  return Status::kDone;
}

constexpr std::pair<BuiltinException, ExceptionFamily> kRoots[] = {
    {BuiltinException::kStopIteration, ExceptionFamily::kStopIteration},
    {BuiltinException::kSystemExit, ExceptionFamily::kSystemExit},
    {BuiltinException::kImportError, ExceptionFamily::kImport},
    {BuiltinException::kNameError, ExceptionFamily::kName},
    {BuiltinException::kAttributeError, ExceptionFamily::kAttribute},
    {BuiltinException::kOSError, ExceptionFamily::kOs},
    {BuiltinException::kSyntaxError, ExceptionFamily::kSyntax},
    {BuiltinException::kUnicodeDecodeError, ExceptionFamily::kUnicode},
    {BuiltinException::kUnicodeEncodeError, ExceptionFamily::kUnicode},
    {BuiltinException::kUnicodeTranslateError, ExceptionFamily::kUnicode},
    {BuiltinException::kBaseExceptionGroup, ExceptionFamily::kGroup},
};

// --- Groups. ---

template <SplitParts kParts>
Ref<> split_it(const Value* arguments) noexcept {
  SplitGroup result;
  if (failed(split_group(exception_in(arguments[0]), arguments[1], kParts, result))) return kRaised;
  Ref<> match = or_none(std::move(result.match));
  if (kParts == SplitParts::kMatch) return match;
  return Tuple::of(std::move(match), or_none(std::move(result.rest)));
}

Ref<> derive(const Value* arguments) noexcept {
  return derive_group(exception_in(arguments[0]), arguments[1]);
}

constexpr NativeSpec kOfGroups[] = {
    {"split(self, condition, /)", split_it<SplitParts::kBoth>},
    {"subgroup(self, condition, /)", split_it<SplitParts::kMatch>},
    {"derive(self, excs, /)", derive},
};

// --- Tracebacks. ---

[[nodiscard]] Traceback& traceback_in(Value value) noexcept {
  return static_cast<Traceback&>(*value.object());
}

Ref<> get_frame(Value self) noexcept { return Ref<>::of(traceback_in(self).frame()); }
Ref<> get_position(Value self) noexcept {
  return make_int(std::int64_t{traceback_in(self).position()});
}
Ref<> get_line(Value self) noexcept {
  SourcePlace place;
  return failed(traceback_in(self).find_place(place)) ? Ref<>() : make_int(place.line);
}
Ref<> get_next(Value self) noexcept { return or_none(traceback_in(self).next()); }

Status set_next(Value self, Ref<> value) noexcept {
  if (!value) return raise(ErrorKind::kType, {"can't delete tb_next attribute"});
  Traceback* const next = as_traceback(value.value());
  if (next == nullptr && !value.value().is_none())
    return raise(ErrorKind::kType,
                 {"expected traceback object, got '", type_of(value.value()).name(), "'"});
  return traceback_in(self).set_next(next == nullptr ? Ref<Traceback>()
                                                     : Ref<Traceback>::of(*next));
}

constexpr AttributeSpec kOfTracebacks[] = {
    {"tb_frame", get_frame},
    {"tb_lasti", get_position},
    {"tb_lineno", get_line},
    {"tb_next", get_next, set_next},
};

}  // namespace

Status define_exception_methods() noexcept {
  Type& base = exception_type(BuiltinException::kBaseException);
  if (failed(define_attributes(base, kAttributes))) return kRaised;
  if (failed(define_methods(base, kMethods))) return kRaised;
  if (failed(define_static_methods(base, kNew))) return kRaised;
  for (const auto& [root, family] : kRoots) {
    if (failed(define_fields(exception_type(root), family))) return kRaised;
  }
  if (failed(define_methods(exception_type(BuiltinException::kBaseExceptionGroup), kOfGroups)))
    return kRaised;
  return define_attributes(traceback_type(), kOfTracebacks);
}

}  // namespace orochi::inline OROCHI_DESIGN
