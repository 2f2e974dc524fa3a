// How values of built-in types are made again: what their types take, or who they are.
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/complex.h"
#include "objects/types/dict.h"
#include "objects/types/exception.h"
#include "objects/types/exception_type.h"
#include "objects/types/float.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/object_reduce.h"
#include "objects/types/set.h"
#include "objects/types/singletons.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Ref<> tuple_of(Ref<> value) noexcept {
  return value ? Tuple::of(std::move(value)) : Ref<Tuple>();
}

// --- __getnewargs__: the same value, not of a subtype. ---

Ref<> int_arguments(const Value* arguments) noexcept {
  return tuple_of(int_positive(arguments[0]));
}
Ref<> float_arguments(const Value* arguments) noexcept {
  return tuple_of(make_float(as_float(arguments[0])));
}
Ref<> complex_arguments(const Value* arguments) noexcept {
  const ComplexNumber number = as_complex(arguments[0]);
  Ref<> real = make_float(number.real);
  Ref<> imag = make_float(number.imag);
  return real && imag ? Tuple::of(std::move(real), std::move(imag)) : Ref<Tuple>();
}
Ref<> str_arguments(const Value* arguments) noexcept {
  return tuple_of(Str::of(static_cast<const Str&>(*arguments[0].object()).view()));
}
Ref<> bytes_arguments(const Value* arguments) noexcept {
  return tuple_of(Bytes::of(as_bytes(arguments[0])->span()));
}
Ref<> tuple_arguments(const Value* arguments) noexcept {
  if (as_exact_tuple(arguments[0]) != nullptr) return tuple_of(Ref<>::of(arguments[0]));
  const Tuple& tuple = *as_tuple(arguments[0]);
  Ref<Tuple> copy = Tuple::make_blank(tuple.size());
  for (std::size_t i = 0; copy && i < tuple.size(); ++i) copy->initialise(i, tuple.load(i));
  return tuple_of(std::move(copy));
}

// --- __reduce__. ---

// type, arguments, state
[[nodiscard]] Ref<> reduced(Value value, Ref<> arguments) noexcept {
  Ref<> state = arguments ? state_of(value) : Ref<>();
  if (!state) return kRaised;
  return Tuple::of(Ref<>::of(Value(&type_of(value))), std::move(arguments), std::move(state));
}

Ref<> set_reduce(const Value* arguments) noexcept {
  return reduced(arguments[0], tuple_of(List::from(arguments[0])));
}

// Older protocols have no bytes, so those are text.
[[nodiscard]] Ref<> bytearray_as_text(ByteSpan bytes) noexcept {
  Ref<Str> text = Str::of(text::view_of(bytes));
  Ref<Str> codec = Str::of_ascii("latin-1");
  return text && codec ? Tuple::of(std::move(text), std::move(codec)) : Ref<Tuple>();
}

[[nodiscard]] Ref<> reduce_bytearray(Value value, std::int64_t protocol) noexcept {
  Ref<> arguments = as_bytearray(value)->read([&](ByteSpan bytes) -> Ref<> {
    if (bytes.empty()) return Tuple::of();
    return protocol < 3 ? bytearray_as_text(bytes) : tuple_of(Bytes::of(bytes));
  });
  return reduced(value, std::move(arguments));
}

Ref<> bytearray_reduce(const Value* arguments) noexcept {
  return reduce_bytearray(arguments[0], 2);
}
Ref<> bytearray_reduce_ex(const Value* arguments) noexcept {
  const Ref<> protocol = to_index(arguments[1]);
  return protocol ? reduce_bytearray(arguments[0], index_of(protocol.value()).number) : Ref<>();
}

// type, arguments, and the attributes that a program has set.
[[nodiscard]] Ref<> reduce_exception(Value value, Ref<> arguments, Ref<Dict> state) noexcept {
  Ref<> type = Ref<>::of(Value(&type_of(value)));
  if (!arguments || !state) return kRaised;
  if (state->size() == 0) return Tuple::of(std::move(type), std::move(arguments));
  return Tuple::of(std::move(type), std::move(arguments), std::move(state));
}

Ref<> exception_reduce(const Value* arguments) noexcept {
  auto& exception = static_cast<Exception&>(*arguments[0].object());
  return reduce_exception(arguments[0], exception.args(), dict_of_instance(exception));
}

// An attribute of the type's own; None where it has none.
[[nodiscard]] Ref<> attribute_of(Value value, std::string_view attribute) noexcept {
  const Ref<Str> name = intern(attribute);
  return name ? get_attribute(value, *name) : Ref<>();
}

// The file names are taken out of the arguments, and are put back.
Ref<> os_error_reduce(const Value* arguments) noexcept {
  auto& exception = static_cast<Exception&>(*arguments[0].object());
  Ref<Tuple> args = exception.args();
  Ref<> file = args ? attribute_of(arguments[0], "filename") : Ref<>();
  Ref<> second = file ? attribute_of(arguments[0], "filename2") : Ref<>();
  if (!second) return kRaised;
  if (args->size() == 2 && !second.value().is_none()) {
    args = Tuple::of(args->load(0), args->load(1), std::move(file), Ref<>(Special::kNone),
                     std::move(second));
  } else if (args->size() == 2 && !file.value().is_none()) {
    args = Tuple::of(args->load(0), args->load(1), std::move(file));
  }
  return reduce_exception(arguments[0], std::move(args), dict_of_instance(exception));
}

// What it was called with by name is state.
Ref<> import_error_reduce(const Value* arguments) noexcept {
  auto& exception = static_cast<Exception&>(*arguments[0].object());
  const Ref<Dict> own = dict_of_instance(exception);
  Ref<Dict> state = own ? own->copy() : Ref<Dict>();
  for (const std::string_view each : {"name", "path"}) {
    const Ref<Str> key = state ? intern(each) : Ref<Str>();
    Ref<> value = key ? get_attribute(arguments[0], *key) : Ref<>();
    if (!value) return kRaised;
    if (!value.value().is_none() && failed(state->set(key.value(), std::move(value))))
      return kRaised;
  }
  return reduce_exception(arguments[0], exception.args(), std::move(state));
}

template <BuiltinException kWhich>
[[nodiscard]] Type& exception_type_of() noexcept {
  return exception_type(kWhich);
}

// There is one, and this is its name.
Ref<> reduce_to_name(const Value* arguments) noexcept { return repr(arguments[0]); }

constexpr std::string_view kNewArguments = "__getnewargs__(self, /)";
constexpr std::string_view kReduce = "__reduce__(self, /)";

struct Method {
  Type& (*type)() noexcept;
  NativeSpec method;
};
constexpr Method kMethods[] = {
    {int_type, {kNewArguments, int_arguments}},
    {float_type, {kNewArguments, float_arguments}},
    {complex_type, {kNewArguments, complex_arguments}},
    {str_type, {kNewArguments, str_arguments}},
    {bytes_type, {kNewArguments, bytes_arguments}},
    {tuple_type, {kNewArguments, tuple_arguments}},
    {set_type, {kReduce, set_reduce, "Return state information for pickling."}},
    {frozenset_type, {kReduce, set_reduce, "Return state information for pickling."}},
    {bytearray_type, {kReduce, bytearray_reduce, "Return state information for pickling."}},
    {bytearray_type,
     {"__reduce_ex__(self, proto=0, /)", bytearray_reduce_ex,
      "Return state information for pickling."}},
    {exception_type_of<BuiltinException::kBaseException>, {kReduce, exception_reduce}},
    {exception_type_of<BuiltinException::kOSError>, {kReduce, os_error_reduce}},
    {exception_type_of<BuiltinException::kImportError>, {kReduce, import_error_reduce}},
    {ellipsis_type, {kReduce, reduce_to_name}},
    {not_implemented_type, {kReduce, reduce_to_name}},
};

}  // namespace

Status define_value_reduction() noexcept {
  for (const Method& each : kMethods)
    if (failed(define_methods(each.type(), {&each.method, 1}))) return kRaised;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
