#include "objects/types/constructors.h"

#include <algorithm>
#include <cstring>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_like.h"
#include "objects/types/codec.h"
#include "objects/types/complex.h"
#include "objects/types/dict.h"
#include "objects/types/dict_methods.h"
#include "objects/types/digits.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/number_methods.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Type& wanted(const Value* arguments) noexcept {
  return static_cast<Type&>(*arguments[0].object());
}

// --- int. ---

// An object of the subtype with the same number.
[[nodiscard]] Ref<> int_of_type(Type& type, Value number) noexcept {
  const IntView value(number);
  const integer::View view = value.view();
  Ref<BigInt> made =
      new_object_with_trailing<BigInt>(type, view.size * sizeof(integer::Limb), view.size);
  if (!made) return kRaised;
  std::copy_n(view.limbs, view.size, made->limbs());
  made->set_size(view.size, view.negative);
  return made;
}

Ref<> int_new(const Value* arguments) noexcept {
  Ref<> number = int_from(arguments[1], arguments[2]);
  Type& type = wanted(arguments);
  return !number || &type == &int_type() ? std::move(number) : int_of_type(type, number.value());
}

Ref<> bool_new(const Value* arguments) noexcept {
  const Truth answer = truth(arguments[1]);
  if (failed(answer)) return kRaised;
  return answer == Truth::kTrue ? Special::kTrue : Special::kFalse;
}

// --- float. ---

Ref<> float_new(const Value* arguments) noexcept {
  Ref<> number = float_from(arguments[1]);
  Type& type = wanted(arguments);
  if (!number || &type == &float_type()) return number;
  return new_object<Float>(type, as_float(number.value()));
}

// --- complex. ---

Ref<> complex_new(const Value* arguments) noexcept {
  Ref<> number = complex_from(arguments[1], arguments[2]);
  Type& type = wanted(arguments);
  if (!number || &type == &complex_type()) return number;
  return new_object<Complex>(type, as_complex(number.value()));
}

// --- str. ---

// An object of the subtype with the same text.
[[nodiscard]] Ref<> str_of_type(Type& type, const Str& text) noexcept {
  Ref<Str> made =
      new_object_with_trailing<Str>(type, text.bytes().size(), text.size(), text.repertoire());
  if (!made) return kRaised;
  std::memcpy(made->writable(), text.bytes().data(), text.bytes().size());
  return made;
}

// str(source, encoding, errors)
[[nodiscard]] Ref<> decoded(const Value* arguments) noexcept {
  const Value source = arguments[1];
  Codec codec;
  if (failed(codec.take(arguments[2], arguments[3], "str"))) return kRaised;
  if (source.is_empty()) return Str::empty();
  if (as_str(source) != nullptr) return raise(ErrorKind::kType, {"decoding str is not supported"});
  if (!is_bytes_like(source))
    return raise(ErrorKind::kType,
                 {"decoding to str: need a bytes-like object, ", type_of(source).name(), " found"});
  BytesLike bytes;
  return failed(bytes.take(source)) ? Ref<Str>() : codec.decode(bytes.span());
}

Ref<> str_new(const Value* arguments) noexcept {
  const bool decodes = !arguments[2].is_empty() || !arguments[3].is_empty();
  Ref<> text;
  if (decodes) {
    text = decoded(arguments);
  } else {
    text = arguments[1].is_empty() ? Ref<>(Str::empty()) : str(arguments[1]);
  }
  Type& type = wanted(arguments);
  if (!text || &type == &str_type()) return text;
  return str_of_type(type, text.as<Str>());
}

// --- Containers. ---

Ref<> tuple_new(const Value* arguments) noexcept {
  Ref<Tuple> items = arguments[1].is_empty() ? Tuple::make_blank(0) : Tuple::from(arguments[1]);
  Type& type = wanted(arguments);
  if (!items || &type == &tuple_type()) return items;
  const std::size_t size = items->size();
  Ref<Tuple> made = new_object_with_trailing<Tuple>(type, size * sizeof(ConstField), size);
  for (std::size_t i = 0; made && i < size; ++i) made->initialise(i, items->load(i));
  return made;
}

Ref<> list_new(const Value* arguments) noexcept { return new_object<List>(wanted(arguments)); }

Ref<> list_init(const Value* arguments) noexcept {
  auto& list = static_cast<List&>(*arguments[0].object());
  list.clear();
  if (arguments[1].is_empty()) return Special::kNone;
  return none_or_raised(list.extend(arguments[1]));
}

Ref<> dict_new(const Value* arguments) noexcept { return new_object<Dict>(wanted(arguments)); }

Ref<> dict_init(const Value* arguments) noexcept {
  auto& dict = static_cast<Dict&>(*arguments[0].object());
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (given.size() > 1)
    return raise(ErrorKind::kType,
                 {"dict expected at most 1 argument, got ", Digits(given.size()).text()});
  const Value other = given.size() == 1 ? given[0] : Value();
  return none_or_raised(update_dict(dict, other, arguments[2]));
}

// --- All of them. ---

struct Constructor {
  Type& (*type)() noexcept;
  NativeSpec make;
  NativeSpec fill{};  // nothing: the first does it all
};
constexpr Constructor kConstructors[] = {
    {int_type, {"__new__(cls, x=<none>, /, base=<none>)", int_new}},
    {bool_type, {"__new__(cls, x=False, /)", bool_new}},
    {float_type, {"__new__(cls, x=0, /)", float_new}},
    {complex_type, {"__new__(cls, real=<none>, imag=<none>)", complex_new}},
    {str_type, {"__new__(cls, object=<none>, encoding=<none>, errors=<none>)", str_new}},
    {tuple_type, {"__new__(cls, iterable=<none>, /)", tuple_new}},
    {list_type,
     {"__new__(cls, /, *args, **kwargs)", list_new},
     {"__init__(self, iterable=<none>, /)", list_init}},
    {dict_type,
     {"__new__(cls, /, *args, **kwargs)", dict_new},
     {"__init__(self, /, *args, **kwargs)", dict_init}},
};

}  // namespace

Ref<> to_int(Value value) noexcept { return int_from(value, Value()); }
Ref<> to_float(Value value) noexcept { return float_from(value); }

Status define_constructors() noexcept {
  for (const Constructor& each : kConstructors) {
    if (failed(define_static_methods(each.type(), {&each.make, 1}))) return kRaised;
    if (each.fill.function != nullptr && failed(define_methods(each.type(), {&each.fill, 1})))
      return kRaised;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
