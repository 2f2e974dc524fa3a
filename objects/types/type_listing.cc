// What types say of each other and of their instances: subclasses, instances, names of attributes.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/recursion.h"
#include "objects/types/attribute.h"
#include "objects/types/descriptor.h"
#include "objects/types/dict.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/list.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Type& self_of(Value self) noexcept { return static_cast<Type&>(*self.object()); }

[[nodiscard]] bool is_tuple(Value value) noexcept {
  return value.is_object() && type_of(value).is_subtype_of(tuple_type());
}

// --- isinstance, issubclass. ---

// What a value says of its class, where that is not its type.
[[nodiscard]] Status class_it_claims(Value value, Ref<>& claimed) noexcept {
  return find_attribute(value, *names().class_, claimed);
}

[[nodiscard]] Truth plain_is_instance(Value value, Type& kind) noexcept {
  if (type_of(value).is_subtype_of(kind)) return Truth::kTrue;
  Ref<> claimed;
  if (failed(class_it_claims(value, claimed))) return kRaised;
  const Type* const type = claimed ? as_type(claimed.value()) : nullptr;
  return truth_of(type != nullptr && type->is_subtype_of(kind));
}

// Asks `kind`, which may be a tuple of kinds, or have a method that says.
template <class Ask>
[[nodiscard]] Truth ask_kind(Value subject, Value kind, const Str& method, Ask otherwise) noexcept {
  const RecursionGuard guard;
  if (!guard) return kRaised;
  if (is_tuple(kind)) {
    const auto& kinds = static_cast<const Tuple&>(*kind.object());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const Truth answer = ask_kind(subject, kinds[i], method, otherwise);
      if (answer != Truth::kFalse) return answer;
    }
    return Truth::kFalse;
  }
  if (kind.is_object() && &type_of(kind) == &type_type()) return otherwise(self_of(kind));
  const Value values[] = {kind, subject};
  bool found = false;
  const Ref<> answer = call_special(values, method, found);
  if (found) return answer ? truth(answer.value()) : Truth{kRaised};
  Type* const type = as_type(kind);
  return type == nullptr ? otherwise.refuse() : otherwise(*type);
}

struct AskInstance {
  Value value;
  [[nodiscard]] Truth operator()(Type& kind) const noexcept {
    return plain_is_instance(value, kind);
  }
  [[nodiscard]] static Truth refuse() noexcept {
    return raise(ErrorKind::kType,
                 {"isinstance() arg 2 must be a type, a tuple of types, or a union"});
  }
};

struct AskSubclass {
  Value type;
  [[nodiscard]] Truth operator()(Type& kind) const noexcept {
    const Type* const given = as_type(type);
    if (given == nullptr) return refuse();
    return truth_of(given->is_subtype_of(kind));
  }
  [[nodiscard]] Truth refuse() const noexcept {
    if (as_type(type) == nullptr)
      return raise(ErrorKind::kType, {"issubclass() arg 1 must be a class"});
    return raise(ErrorKind::kType,
                 {"issubclass() arg 2 must be a class, a tuple of classes, or a union"});
  }
};

[[nodiscard]] Ref<> as_value(Truth truth) noexcept {
  if (failed(truth)) return kRaised;
  return truth == Truth::kTrue ? Special::kTrue : Special::kFalse;
}

// --- Lists of types and of names. ---

// A copy: orders may change at safepoints.
[[nodiscard]] Ref<Tuple> order_of(const Type& type) noexcept {
  Ref<Tuple> copy = Tuple::make_blank(type.block().order().size());
  if (!copy) return kRaised;
  const std::span<Type* const> order = type.block().order();
  for (std::size_t i = 0; i < order.size(); ++i) copy->initialise(i, Ref<>::of(Value(order[i])));
  return copy;
}

[[nodiscard]] Ref<> order_as_list(const Value* arguments) noexcept {
  const Ref<Tuple> order = order_of(self_of(arguments[0]));
  return order ? List::from(order.value()) : Ref<List>();
}

// Those that have it as a base, in the order in which they were made.
[[nodiscard]] Ref<> subclasses(const Value* arguments) noexcept {
  Type& base = self_of(arguments[0]);
  Ref<List> list = List::make();
  if (!list) return kRaised;
  const bool done = Type::for_each([&](Type& type) {
    const bool is_direct = std::ranges::find(type.bases(), &base) != type.bases().end();
    return !is_direct || !failed(list->insert(0, Ref<>::of(Value(&type))));
  });
  return done ? Ref<>(std::move(list)) : Ref<>();
}

// Adds the names of what the type and its ancestors have.
[[nodiscard]] Status add_names_of(const Type& type, Dict& names) noexcept {
  const Ref<Tuple> order = order_of(type);
  if (!order) return kRaised;
  for (std::size_t i = order->size(); i-- > 0;) {
    const Ref<Dict> own = attributes_of_type(self_of((*order)[i]));
    if (!own || failed(names.update(*own))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Ref<> keys_as_list(Dict& names) noexcept { return List::from(Value(&names)); }

[[nodiscard]] Ref<> type_dir(const Value* arguments) noexcept {
  const Ref<Dict> all = Dict::make();
  if (!all || failed(add_names_of(self_of(arguments[0]), *all))) return kRaised;
  return keys_as_list(*all);
}

// What an instance has, and what its class and those above have.
[[nodiscard]] Ref<> object_dir(const Value* arguments) noexcept {
  const Ref<Dict> all = Dict::make();
  Ref<> own;
  if (!all || failed(find_attribute(arguments[0], *names().dict, own))) return kRaised;
  Dict* const dict = own ? as_dict(own.value()) : nullptr;
  if (dict != nullptr && failed(all->update(*dict))) return kRaised;
  Ref<> claimed;
  if (failed(class_it_claims(arguments[0], claimed))) return kRaised;
  const Type* const type = claimed ? as_type(claimed.value()) : nullptr;
  if (type != nullptr && failed(add_names_of(*type, *all))) return kRaised;
  return keys_as_list(*all);
}

constexpr NativeSpec kTypeMethods[] = {
    {"mro(self, /)", order_as_list, "Return a type's method resolution order."},
    {"__subclasses__(self, /)", subclasses, "Return a list of immediate subclasses."},
    {"__dir__(self, /)", type_dir, "Specialized __dir__ implementation for types."},
    {"__instancecheck__(self, instance, /)",
     [](const Value* arguments) noexcept {
       return as_value(plain_is_instance(arguments[1], self_of(arguments[0])));
     },
     "Check if an object is an instance."},
    {"__subclasscheck__(self, subclass, /)",
     [](const Value* arguments) noexcept {
       return as_value(AskSubclass{arguments[1]}(self_of(arguments[0])));
     },
     "Check if a class is a subclass."},
};
constexpr NativeSpec kObjectMethods[] = {
    {"__dir__(self, /)", object_dir, "Default dir() implementation."}};

}  // namespace

Truth is_instance(Value value, Value kind) noexcept {
  if (kind == Value(&type_of(value))) return Truth::kTrue;
  return ask_kind(value, kind, *names().instance_check, AskInstance{value});
}

Truth is_subclass(Value type, Value kind) noexcept {
  return ask_kind(type, kind, *names().subclass_check, AskSubclass{type});
}

Raised raise_abstract(const Type& type) noexcept {
  const Ref<> methods = find_own_of_type(type, *names().abstract_methods);
  const Ref<List> list = methods ? List::from(methods.value()) : Ref<List>();
  if (!list || failed(list->sort(Value::kNone, List::Order::kRising))) return kRaised;
  Ref<Str> text = Str::empty();
  std::size_t count = 0;
  for (Ref<> name; list->get(static_cast<std::int64_t>(count), name); ++count) {
    const Str* const str = as_str(name.value());
    if (str == nullptr || !text) return raise(ErrorKind::kType, {"names of methods must be str"});
    text = str_of({Utf8Text(*text).view(), count == 0 ? "" : ", ", Utf8Text(*str).view()});
    name = Ref<>();
  }
  if (!text) return kRaised;
  return raise(ErrorKind::kType,
               {"Can't instantiate abstract class ", type.name(), " with abstract method",
                count > 1 ? "s " : " ", Utf8Text(*text).view()});
}

Status define_type_listings() noexcept {
  if (failed(define_methods(type_type(), kTypeMethods))) return kRaised;
  return define_methods(object_type(), kObjectMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
