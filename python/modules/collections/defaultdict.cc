// defaultdict: a dict that makes what is not there.

#include "objects/model/new_object.h"
#include "objects/model/repr_guard.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/dict_methods.h"
#include "objects/types/digits.h"
#include "objects/types/intern.h"
#include "objects/types/str_builder.h"
#include "objects/types/type_object.h"
#include "python/modules/calls.h"
#include "python/modules/collections/parts.h"

namespace orochi::inline OROCHI_DESIGN::collections {
namespace {

constinit Type* g_default_dict = nullptr;  // written by add_default_dict

class DefaultDict : public Dict {
 public:
  explicit DefaultDict(ShapeIndex shape) noexcept : Dict(shape) {}

  // Nothing: there is none, and what is not there is a KeyError.
  [[nodiscard]] Ref<> factory() noexcept { return factory_.load(*this); }
  void set_factory(Ref<> factory) noexcept { factory_.store(*this, std::move(factory)); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    Dict::for_each_child(visit);
    visit(Children::of(factory_));
  }
  void clear() noexcept {
    Dict::clear();
    set_factory(Ref<>());
  }

 private:
  Field factory_;
};

[[nodiscard]] DefaultDict& self_of(Value value) noexcept { return object_of<DefaultDict>(value); }

[[nodiscard]] bool is_callable(Value value) noexcept {
  return type_of(value).block().protocols().call != nullptr;
}

Ref<> default_dict_new(const Value* arguments) noexcept {
  return new_object<DefaultDict>(wanted_type(arguments));
}

Ref<> default_dict_init(const Value* arguments) noexcept {
  DefaultDict& self = self_of(arguments[0]);
  const auto& given = object_of<Tuple>(arguments[1]);
  if (given.size() > 2)
    return raise(ErrorKind::kType,
                 {"dict expected at most 1 argument, got ", Digits(given.size() - 1).text()});
  const Value factory = given.size() == 0 ? Value::kNone : given[0];
  if (!factory.is_none() && !is_callable(factory))
    return raise(ErrorKind::kType, {"first argument must be callable or None"});
  self.set_factory(unless_none(factory));
  return none_or_raised(update_dict(self, given.size() == 2 ? given[1] : Value(), arguments[2]));
}

Ref<> missing(const Value* arguments) noexcept {
  const Ref<> factory = self_of(arguments[0]).factory();
  if (!factory) return raise_missing_key(arguments[1]);
  Ref<> value = call(factory.value(), {});
  if (!value || failed(set_item(arguments[0], arguments[1], value.share()))) return kRaised;
  return value;
}

[[nodiscard]] Ref<> copy_of(Value self) noexcept {
  const Ref<> factory = or_none(self_of(self).factory());
  return call_with(Value(&type_of(self)), {factory.value(), self});
}

Ref<> copy(const Value* arguments) noexcept { return copy_of(arguments[0]); }

// (type, the factory, no state, no items of a sequence, an iterator over items)
Ref<> reduce(const Value* arguments) noexcept {
  Ref<> factory = self_of(arguments[0]).factory();
  Ref<Tuple> values = factory ? whole_tuple(std::move(factory)) : Tuple::make_blank(0);
  const Ref<Str> name = intern("items");
  const Ref<> items = values && name ? call_method(arguments[0], *name) : Ref<>();
  Ref<> iterator = items ? iterate(items.value()) : Ref<>();
  if (!iterator) return kRaised;
  return whole_tuple(ref_of(Value(&type_of(arguments[0]))), std::move(values),
                     Ref<>(Special::kNone), Ref<>(Special::kNone), std::move(iterator));
}

// The factory may lead back to the dict.
[[nodiscard]] Status add_factory(StrBuilder& out, Value self) noexcept {
  const Ref<> factory = or_none(self_of(self).factory());
  if (factory.value().is_none()) {
    out.add("None");
    return Status::kDone;
  }
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) {
    out.add("...");
    return Status::kDone;
  }
  return out.add_repr(factory.value());
}

Ref<> default_dict_repr(Value self) noexcept {
  const Ref<> items = dict_type().block().protocols().repr(self);
  StrBuilder out;
  out.add_utf8(plain_name(type_of(self)));
  out.add("(");
  if (!items || failed(add_factory(out, self))) return kRaised;
  out.add(", ");
  if (failed(out.add_str(items.value()))) return kRaised;
  out.add(")");
  return out.finish();
}

// The left one is copied, whichever of the two is a defaultdict.
Ref<> default_dict_or(Value self, Value other) noexcept {
  if (as_dict(other) == nullptr) return Special::kNotImplemented;
  const Ref<> both = copy_of(self);
  if (!both) return kRaised;
  return in_place(BinaryOp::kOr, both.value(), other);
}

Ref<> default_dict_reflected_or(Value self, Value other) noexcept {
  if (as_dict(other) == nullptr) return Special::kNotImplemented;
  const Ref<> factory = or_none(self_of(self).factory());
  const Ref<> both = call_with(Value(&type_of(self)), {factory.value(), other});
  if (!both) return kRaised;
  return in_place(BinaryOp::kOr, both.value(), self);
}

Ref<> get_factory(Value self) noexcept { return or_none(self_of(self).factory()); }

Status set_factory(Value self, Ref<> value) noexcept {
  self_of(self).set_factory(value && value.value().is_none() ? Ref<>() : std::move(value));
  return Status::kDone;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", default_dict_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, /, *args, **kwargs)", default_dict_init},
    {"__missing__(self, key, /)", missing, "Makes the value of a key that is not there."},
    {"copy(self)", copy, "D.copy() -> a shallow copy of D."},
    {"__copy__(self)", copy, "D.copy() -> a shallow copy of D."},
    {"__reduce__(self)", reduce, "Return state information for pickling."},
};
constexpr AttributeSpec kAttributes[] = {{.name = "default_factory",
                                          .get = get_factory,
                                          .set = set_factory,
                                          .doc = "Factory for default value called by "
                                                 "__missing__()."}};

}  // namespace

Status add_default_dict(Module& module) noexcept {
  Protocols slots;
  slots.repr = default_dict_repr;
  slots.binary[static_cast<std::size_t>(BinaryOp::kOr)] = default_dict_or;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kOr)] = default_dict_reflected_or;
  g_default_dict = add_native_type(module, {.name = "collections.defaultdict",
                                            .layout = &layout_of<DefaultDict>,
                                            .slots = slots,
                                            .statics = kNew,
                                            .methods = kMethods,
                                            .attributes = kAttributes,
                                            .doc = "A dict that calls a function for the values of "
                                                   "keys that are not there.",
                                            .base = &dict_type(),
                                            .is_weakly_referable = true});
  return g_default_dict == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::collections
