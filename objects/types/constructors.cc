#include "objects/types/constructors.h"

#include <algorithm>
#include <cstring>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bytes_like.h"
#include "objects/types/codec.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/float.h"
#include "objects/types/float_conversion.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Type& wanted(const Value* arguments) noexcept {
  return static_cast<Type&>(*arguments[0].object());
}

// --- int. ---

// Of a subtype, the number itself.
[[nodiscard]] Ref<> plain_int(Value value) noexcept {
  if (value.is_int() || !value.is_object()) return make_int(index_of(value).number);
  const IntView number(value);
  return &type_of(value) == &int_type() ? Ref<>::of(value) : make_int(number.view());
}

// What a slot gave, which must be an int.
[[nodiscard]] Ref<> checked_int(Ref<> result, std::string_view method) noexcept {
  if (!result) return kRaised;
  if (!is_int(result.value()))
    return raise(ErrorKind::kType,
                 {method, " returned non-int (type ", type_of(result.value()).name(), ")"});
  return plain_int(result.value());
}

[[nodiscard]] Ref<> int_of_text(const Str& text, int base) noexcept {
  return parse_int(Utf8Text(text).view(), base);
}

[[nodiscard]] Ref<> int_with_base(Value value, Value base) noexcept {
  const Index index = index_of(base);
  if (index.kind == IndexKind::kNone)
    return raise(ErrorKind::kType,
                 {"'", type_of(base).name(), "' object cannot be interpreted as an integer"});
  if (index.number != 0 && (index.number < 2 || index.number > 36))
    return raise(ErrorKind::kValue, {"int() base must be >= 2 and <= 36, or 0"});
  if (value.is_empty()) return raise(ErrorKind::kType, {"int() missing string argument"});
  const Str* const text = as_str(value);
  if (text == nullptr)
    return raise(ErrorKind::kType, {"int() can't convert non-string with explicit base"});
  return int_of_text(*text, static_cast<int>(index.number));
}

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
  Ref<> number;
  if (!arguments[2].is_empty()) {
    number = int_with_base(arguments[1], arguments[2]);
  } else {
    number = arguments[1].is_empty() ? make_int(0) : to_int(arguments[1]);
  }
  Type& type = wanted(arguments);
  return !number || &type == &int_type() ? std::move(number) : int_of_type(type, number.value());
}

Ref<> bool_new(const Value* arguments) noexcept {
  const Truth answer = truth(arguments[1]);
  if (failed(answer)) return kRaised;
  return answer == Truth::kTrue ? Special::kTrue : Special::kFalse;
}

// --- float. ---

Raised raise_no_float(Value value) noexcept {
  return raise(ErrorKind::kType, {"float() argument must be a string or a real number, not '",
                                  type_of(value).name(), "'"});
}

[[nodiscard]] Ref<> float_of_number(Value value) noexcept {
  double number = 0;
  return failed(float_of(value, number)) ? Ref<>() : make_float(number);
}

[[nodiscard]] Ref<> float_by_slots(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  if (slots.to_float != nullptr) {
    const Ref<> result = slots.to_float(value);
    if (!result) return kRaised;
    if (is_float(result.value())) return make_float(as_float(result.value()));
    return raise(ErrorKind::kType, {type_of(value).name(), ".__float__ returned non-float (type ",
                                    type_of(result.value()).name(), ")"});
  }
  if (slots.index == nullptr) return raise_no_float(value);
  const Ref<> index = checked_int(slots.index(value), "__index__");
  return index ? float_of_number(index.value()) : Ref<>();
}

Ref<> float_new(const Value* arguments) noexcept {
  Ref<> number = to_float(arguments[1]);
  Type& type = wanted(arguments);
  if (!number || &type == &float_type()) return number;
  return new_object<Float>(type, as_float(number.value()));
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

// Of what has keys(): for each of them what the source has.
[[nodiscard]] Status update_by_keys(Dict& dict, Value source, Value keys) noexcept {
  const Ref<> all = call(keys, Arguments());
  const Ref<> iterator = all ? iterate(all.value()) : Ref<>();
  if (!iterator) return kRaised;
  for (;;) {
    Ref<> key;
    if (failed(next(iterator.value(), key))) return kRaised;
    if (!key) return Status::kDone;
    Ref<> value = get_item(source, key.value());
    if (!value || failed(dict.set(key.value(), std::move(value)))) return kRaised;
  }
}

[[nodiscard]] Status update_from(Dict& dict, Value source) noexcept {
  if (source.is_object() && &type_of(source) == &dict_type()) return dict.update(*as_dict(source));
  const Ref<Str> name = intern("keys");
  Ref<> keys;
  if (!name || failed(find_attribute(source, *name, keys))) return kRaised;
  if (keys) return update_by_keys(dict, source, keys.value());
  if (Dict* const other = as_dict(source)) return dict.update(*other);
  return dict.update_from_pairs(source);
}

Ref<> dict_init(const Value* arguments) noexcept {
  auto& dict = static_cast<Dict&>(*arguments[0].object());
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (given.size() > 1)
    return raise(ErrorKind::kType,
                 {"dict expected at most 1 argument, got ", Digits(given.size()).text()});
  if (given.size() == 1 && failed(update_from(dict, given[0]))) return kRaised;
  if (arguments[2].is_empty()) return Special::kNone;
  return none_or_raised(dict.update(*as_dict(arguments[2])));
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

Ref<> to_int(Value value) noexcept {
  if (is_int(value)) return plain_int(value);
  if (const Str* const text = as_str(value)) return int_of_text(*text, 10);
  if (is_float(value)) return float_truncate(as_float(value));
  const Protocols& slots = type_of(value).block().protocols();
  if (slots.to_int != nullptr) return checked_int(slots.to_int(value), "__int__");
  if (slots.index != nullptr) return checked_int(slots.index(value), "__index__");
  return raise(ErrorKind::kType,
               {"int() argument must be a string, a bytes-like object or a real number, not '",
                type_of(value).name(), "'"});
}

Ref<> to_float(Value value) noexcept {
  if (is_float(value)) return make_float(as_float(value));
  if (is_int(value)) return float_of_number(value);
  if (const Str* const text = as_str(value)) return parse_float(Utf8Text(*text).view());
  return float_by_slots(value);
}

Status define_constructors() noexcept {
  for (const Constructor& each : kConstructors) {
    if (failed(define_static_methods(each.type(), {&each.make, 1}))) return kRaised;
    if (each.fill.function != nullptr && failed(define_methods(each.type(), {&each.fill, 1})))
      return kRaised;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
