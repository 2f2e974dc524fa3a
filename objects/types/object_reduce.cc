#include "objects/types/object_reduce.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/import_hook.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_cannot_pickle(Value value) noexcept {
  return raise(ErrorKind::kType, {"cannot pickle '", type_of(value).name(), "' object"});
}

// --- State. ---

// How __new__ is called. Without arguments nobody can make what a native part holds.
enum class NewCall : bool { kWithout, kWithArguments };

[[nodiscard]] bool has_native_part(Value value) noexcept {
  return &type_of(value).native_layout() != &object_type().native_layout();
}

// The instance's __dict__, or None if there is nothing in it.
[[nodiscard]] Ref<> attributes_of(Value value) noexcept {
  Ref<> dict;
  if (value.is_object() && has_attributes(*value.object())) {
    dict = dict_of_instance(*value.object());
    if (!dict) return kRaised;
  } else if (failed(find_attribute(value, *names().dict, dict))) {
    return kRaised;
  }
  Dict* const found = dict ? as_dict(dict.value()) : nullptr;
  return found == nullptr || found->size() == 0 ? Ref<>(Special::kNone) : std::move(dict);
}

// The names of places that the type and its ancestors have by __slots__; None or a list.
[[nodiscard]] Ref<> slot_names_of(Type& type) noexcept {
  if (type.parts().members == 0) return Special::kNone;
  const Ref<Str> cached = intern("__slotnames__");
  if (!cached) return kRaised;
  Ref<> names = find_own_of_type(type, *cached);
  if (!names) {
    const Ref<> find = import_from("copyreg", "_slotnames");
    const Value argument(&type);
    names = find ? call(find.value(), {&argument, 1}) : Ref<>();
  }
  if (!names || names.value().is_none() || as_list(names.value()) != nullptr) return names;
  return raise(ErrorKind::kType, {"copyreg._slotnames didn't return a list or None"});
}

// What the places hold, by name, without those that hold nothing.
[[nodiscard]] Ref<Dict> members_of(Value value, List& names) noexcept {
  Ref<Dict> members = Dict::make();
  Ref<> name;
  for (std::int64_t i = 0; members && names.get(i, name); ++i, name = Ref<>()) {
    const Ref<Str> attribute = attribute_name(name.value());
    Ref<> member;
    if (!attribute || failed(find_attribute(value, *attribute, member))) return kRaised;
    if (member && failed(members->set(attribute.value(), std::move(member)))) return kRaised;
  }
  return members;
}

[[nodiscard]] Ref<> plain_state(Value value) noexcept {
  Ref<> state = attributes_of(value);
  const Ref<> names = state ? slot_names_of(type_of(value)) : Ref<>();
  if (!names || names.value().is_none()) return names ? std::move(state) : Ref<>();
  Ref<Dict> members = members_of(value, names.as<List>());
  if (!members || members->size() == 0) return members ? std::move(state) : Ref<>();
  return Tuple::of(std::move(state), std::move(members));
}

Ref<> get_state(const Value* arguments) noexcept { return plain_state(arguments[0]); }

// The class has not said it in another way, and neither has the object.
[[nodiscard]] bool is_plain(Value get_state_method) noexcept {
  if (!get_state_method.is_object() || &type_of(get_state_method) != &builtin_function_type())
    return false;
  const auto& function = static_cast<const BuiltinFunction&>(*get_state_method.object());
  return function.definition().function == get_state;
}

[[nodiscard]] Ref<> state_for_copy(Value value, NewCall new_call) noexcept {
  const Ref<> method = get_attribute(value, *names().get_state);
  if (!method) return kRaised;
  if (!is_plain(method.value())) return call(method.value(), Arguments());
  const bool needs_no_native_part =
      new_call == NewCall::kWithout && as_list(value) == nullptr && as_dict(value) == nullptr;
  if (needs_no_native_part && has_native_part(value)) return raise_cannot_pickle(value);
  return plain_state(value);
}

// --- Arguments of __new__. ---

struct NewArguments {
  Ref<> positional;  // nothing: there are none
  Ref<> named;
};

Raised raise_no_tuple(std::string_view method, Value given) noexcept {
  return raise(ErrorKind::kType,
               {method, " should return a tuple, not '", type_of(given).name(), "'"});
}

[[nodiscard]] Status take_both(Value given, NewArguments& arguments) noexcept {
  const Tuple* const both = as_tuple(given);
  if (both == nullptr) return raise_no_tuple("__getnewargs_ex__", given);
  if (both->size() != 2)
    return raise(ErrorKind::kValue, {"__getnewargs_ex__ should return a tuple of length 2, not ",
                                     Digits(both->size()).text()});
  if (as_tuple((*both)[0]) == nullptr)
    return raise(ErrorKind::kType,
                 {"first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '",
                  type_of((*both)[0]).name(), "'"});
  if (as_dict((*both)[1]) == nullptr)
    return raise(ErrorKind::kType,
                 {"second item of the tuple returned by __getnewargs_ex__ must be a dict, not '",
                  type_of((*both)[1]).name(), "'"});
  arguments = {both->load(0), both->load(1)};
  return Status::kDone;
}

[[nodiscard]] Status ask_arguments(Value value, NewArguments& arguments) noexcept {
  bool found = false;
  Ref<> given = call_special({&value, 1}, *names().new_named_arguments, found);
  if (found) return given ? take_both(given.value(), arguments) : Status::kFailed;
  given = call_special({&value, 1}, *names().new_arguments, found);
  if (!found) return Status::kDone;
  if (!given) return kRaised;
  if (as_tuple(given.value()) == nullptr) return raise_no_tuple("__getnewargs__", given.value());
  arguments.positional = std::move(given);
  return Status::kDone;
}

// type, arguments...
[[nodiscard]] Ref<> with_type(Value value, const NewArguments& arguments) noexcept {
  const Tuple* const given = arguments.positional ? &arguments.positional.as<Tuple>() : nullptr;
  const std::size_t size = given == nullptr ? 0 : given->size();
  Ref<Tuple> all = Tuple::make_blank(1 + size);
  if (!all) return kRaised;
  all->initialise(0, Ref<>::of(Value(&type_of(value))));
  for (std::size_t i = 0; i < size; ++i) all->initialise(1 + i, given->load(i));
  return all;
}

// What makes it, and with what.
struct Maker {
  Ref<> function;
  Ref<> arguments;
};
[[nodiscard]] Status choose_maker(Value value, NewArguments& given, Maker& maker) noexcept {
  const bool has_names = given.named && given.named.as<Dict>().size() != 0;
  maker.function = import_from("copyreg", has_names ? "__newobj_ex__" : "__newobj__");
  if (!maker.function) return kRaised;
  maker.arguments = has_names ? Ref<>(Tuple::of(Ref<>::of(Value(&type_of(value))),
                                                given.positional.share(), given.named.share()))
                              : with_type(value, given);
  return maker.arguments ? Status::kDone : Status::kFailed;
}

// --- The whole. ---

// What a list or dict gives one after another, for subtypes that are filled by that; or None.
[[nodiscard]] Ref<> items_of(Value value) noexcept {
  return as_list(value) == nullptr ? Ref<>(Special::kNone) : iterate(value);
}
[[nodiscard]] Ref<> pairs_of(Value value) noexcept {
  if (as_dict(value) == nullptr) return Special::kNone;
  const Ref<Str> name = intern("items");
  const Ref<> items = name ? call_method(value, *name) : Ref<>();
  return items ? iterate(items.value()) : Ref<>();
}

[[nodiscard]] Ref<> reduce_by_new(Value value) noexcept {
  if (type_of(value).block().protocols().construct == nullptr) return raise_cannot_pickle(value);
  NewArguments given;
  Maker maker;
  if (failed(ask_arguments(value, given)) || failed(choose_maker(value, given, maker)))
    return kRaised;
  const auto new_call = given.positional ? NewCall::kWithArguments : NewCall::kWithout;
  Ref<> state = state_for_copy(value, new_call);
  Ref<> items = state ? items_of(value) : Ref<>();
  Ref<> pairs = items ? pairs_of(value) : Ref<>();
  if (!pairs) return kRaised;
  return Tuple::of(std::move(maker.function), std::move(maker.arguments), std::move(state),
                   std::move(items), std::move(pairs));
}

[[nodiscard]] Ref<> reduce_as(Value value, std::int64_t protocol) noexcept {
  if (protocol >= 2) return reduce_by_new(value);
  const Ref<> reduce = import_from("copyreg", "_reduce_ex");
  const Value arguments[] = {value, Value::of_int(protocol)};
  return reduce ? call(reduce.value(), {arguments, std::size(arguments)}) : Ref<>();
}

[[nodiscard]] Status read_protocol(Value value, std::int64_t& protocol) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  protocol = index_of(number.value()).number;
  if (protocol >= INT32_MIN && protocol <= INT32_MAX) return Status::kDone;
  return raise(ErrorKind::kOverflow, {"Python int too large to convert to C int"});
}

Ref<> reduce(const Value* arguments) noexcept { return reduce_as(arguments[0], 0); }

// A class that says __reduce__ in another way is asked that.
Ref<> reduce_ex(const Value* arguments) noexcept {
  std::int64_t protocol = 0;
  if (failed(read_protocol(arguments[1], protocol))) return kRaised;
  const Ref<> own = type_of(arguments[0]).find(*names().reduce);
  const Ref<> plain = object_type().find(*names().reduce);
  if (own && own.value() != plain.value()) return call_method(arguments[0], *names().reduce);
  return reduce_as(arguments[0], protocol);
}

// --- Size. ---

// What lies in the object itself.
Ref<> size_of(const Value* arguments) noexcept {
  const Value value = arguments[0];
  if (!value.is_object()) return make_size(sizeof(Value));
  const Type& type = type_of(value);
  return make_size(type.native_end(*value.object()) + type.parts().bytes());
}

constexpr NativeSpec kMethods[] = {
    {"__reduce__(self, /)", reduce, "Helper for pickle."},
    {"__reduce_ex__(self, protocol, /)", reduce_ex, "Helper for pickle."},
    {"__getstate__(self, /)", get_state, "Helper for pickle."},
    {"__sizeof__(self, /)", size_of, "Size of object in memory, in bytes."},
};

}  // namespace

Ref<> state_of(Value value) noexcept { return call_method(value, *names().get_state); }

Status define_object_reduction() noexcept {
  if (failed(define_methods(object_type(), kMethods))) return kRaised;
  return define_value_reduction();
}

}  // namespace orochi::inline OROCHI_DESIGN
