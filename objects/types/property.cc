#include "objects/types/property.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_property = nullptr;  // written by make_property_type

[[nodiscard]] Property& self_of(Value self) noexcept {
  return static_cast<Property&>(*self.object());
}

[[nodiscard]] Ref<> or_none(Ref<> value) noexcept {
  return value ? std::move(value) : Ref<>(Special::kNone);
}
[[nodiscard]] Ref<> or_nothing(Value value) noexcept {
  return value.is_empty() || value.is_none() ? Ref<>() : Ref<>::of(value);
}

// --- As an attribute. ---

// "property 'x' of 'C' object has no setter"
Raised raise_has_no(Property& property, Value instance, std::string_view what) noexcept {
  const Ref<> name = property.name().load(property);
  const Ref<> text = name ? repr(name.value()) : Ref<>(Str::empty());
  if (!text || as_str(text.value()) == nullptr) return kRaised;
  const Ref<> type_name = type_of(instance).qualified_name().load(type_of(instance));
  const Str* const qualified = type_name ? as_str(type_name.value()) : nullptr;
  const Utf8Text name_text(text.as<Str>());
  if (qualified == nullptr)
    return raise(ErrorKind::kAttribute, {"property", name ? " " : "", name_text.view(), " of '",
                                         type_of(instance).name(), "' object has no ", what});
  return raise(ErrorKind::kAttribute, {"property", name ? " " : "", name_text.view(), " of '",
                                       Utf8Text(*qualified).view(), "' object has no ", what});
}

Ref<> property_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty() || instance.is_none()) return Ref<>::of(self);
  Property& property = self_of(self);
  const Ref<> get = property.getter().load(property);
  if (!get) return raise_has_no(property, instance, "getter");
  return call(get.value(), {&instance, 1});
}

Status property_set(Value self, Value instance, Ref<> value) noexcept {
  Property& property = self_of(self);
  const Ref<> function = (value ? property.setter() : property.deleter()).load(property);
  if (!function) return raise_has_no(property, instance, value ? "setter" : "deleter");
  const Value values[] = {instance, value.value()};
  const Ref<> result = call(function.value(), {values, value ? 2U : 1U});
  return result ? Status::kDone : Status::kFailed;
}

// --- Making one. ---

Ref<> property_new(const Value* arguments) noexcept {
  return new_object<Property>(static_cast<Type&>(*arguments[0].object()));
}

// Without one of its own, the text is the getter's.
[[nodiscard]] Status find_doc(Value getter, Ref<>& doc) noexcept {
  if (getter.is_empty() || getter.is_none()) return Status::kDone;
  return find_attribute(getter, *names().doc, doc);
}

Ref<> property_init(const Value* arguments) noexcept {
  Property& property = self_of(arguments[0]);
  Ref<> doc = or_nothing(arguments[4]);
  if (!doc && failed(find_doc(arguments[1], doc))) return kRaised;
  property.getter().store(property, or_nothing(arguments[1]));
  property.setter().store(property, or_nothing(arguments[2]));
  property.deleter().store(property, or_nothing(arguments[3]));
  property.doc().store(property, std::move(doc));
  return Special::kNone;
}

// A property like `self` with one function another. The new one is of self's type.
[[nodiscard]] Ref<> copy_with(Value self, std::size_t place, Value function) noexcept {
  Property& property = self_of(self);
  const Ref<> parts[] = {
      or_none(property.getter().load(property)), or_none(property.setter().load(property)),
      or_none(property.deleter().load(property)), or_none(property.doc().load(property))};
  Value values[] = {parts[0].value(), parts[1].value(), parts[2].value(), parts[3].value()};
  values[place] = function;
  Ref<> copy = call(Value(&type_of(self)), {values, 4});
  if (copy && type_of(copy.value()).is_subtype_of(*g_property)) {
    Property& made = copy.as<Property>();
    made.name().store(made, property.name().load(property));
  }
  return copy;
}

Ref<> property_set_name(const Value* arguments) noexcept {
  Property& property = self_of(arguments[0]);
  property.name().store(property, Ref<>::of(arguments[2]));
  return Special::kNone;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", property_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, /, fget=None, fset=None, fdel=None, doc=None)", property_init},
    {"getter(self, fget, /)",
     [](const Value* arguments) noexcept { return copy_with(arguments[0], 0, arguments[1]); },
     "Descriptor to obtain a copy of the property with a different getter."},
    {"setter(self, fset, /)",
     [](const Value* arguments) noexcept { return copy_with(arguments[0], 1, arguments[1]); },
     "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter(self, fdel, /)",
     [](const Value* arguments) noexcept { return copy_with(arguments[0], 2, arguments[1]); },
     "Descriptor to obtain a copy of the property with a different deleter."},
    {"__set_name__(self, owner, name, /)", property_set_name, "Method to set name of a property."},
};

// --- What it says about itself. ---

// It is abstract if one of its functions is.
Ref<> is_abstract(Value self) noexcept {
  Property& property = self_of(self);
  for (Field* field : {&property.getter(), &property.setter(), &property.deleter()}) {
    const Ref<> function = field->load(property);
    Ref<> mark;
    if (!function) continue;
    if (failed(find_attribute(function.value(), *names().is_abstract_method, mark))) return kRaised;
    const Truth answer = mark ? truth(mark.value()) : Truth::kFalse;
    if (failed(answer)) return kRaised;
    if (answer == Truth::kTrue) return Special::kTrue;
  }
  return Special::kFalse;
}

Status set_doc(Value self, Ref<> value) noexcept {
  self_of(self).doc().store(self_of(self), std::move(value));
  return Status::kDone;
}

constexpr AttributeSpec kAttributes[] = {
    {"fget",
     [](Value self) noexcept { return or_none(self_of(self).getter().load(self_of(self))); }},
    {"fset",
     [](Value self) noexcept { return or_none(self_of(self).setter().load(self_of(self))); }},
    {"fdel",
     [](Value self) noexcept { return or_none(self_of(self).deleter().load(self_of(self))); }},
    {"__doc__",
     [](Value self) noexcept { return or_none(self_of(self).doc().load(self_of(self))); }, set_doc},
    {"__isabstractmethod__", is_abstract},
};

}  // namespace

Type& property_type() noexcept { return *g_property; }

Status make_property_type() noexcept {
  Protocols slots;
  slots.descriptor_get = property_get;
  slots.descriptor_set = property_set;
  Type* const ancestors[] = {&object_type()};
  g_property = Type::make({.name = "property",
                           .layout = &layout_of<Property>,
                           .ancestors = ancestors,
                           .protocols = slots});
  if (g_property == nullptr || failed(define_static_methods(*g_property, kNew)) ||
      failed(define_methods(*g_property, kMethods)))
    return kRaised;
  return define_attributes(*g_property, kAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
