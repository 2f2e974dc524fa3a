#include "objects/types/super.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/attribute.h"
#include "objects/types/descriptor.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Atomic<SuperFinder> g_finder{nullptr};
constinit Type* g_super = nullptr;  // written by make_super_type

[[nodiscard]] const Super& self_of(Value self) noexcept {
  return static_cast<const Super&>(*self.object());
}

// Null: neither an instance nor a subclass.
[[nodiscard]] Type* order_for(const Type& start, Value self) noexcept {
  Type* const as_class = as_type(self);
  if (as_class != nullptr && as_class->is_subtype_of(start)) return as_class;
  Type& type = type_of(self);
  return type.is_subtype_of(start) ? &type : nullptr;
}

// The attribute, counted, of the first ancestor behind `start` that has one itself.
[[nodiscard]] Ref<> find_behind(const Type& order_of, const Type& start,
                                const Object& name) noexcept {
  const std::span<Type* const> order = order_of.block().order();
  std::size_t i = 0;
  while (i < order.size() && order[i] != &start) ++i;
  for (++i; i < order.size(); ++i) {
    Type& type = *order[i];  // no safepoint so far, so it is the order of one time
    const TypeEntry* const entry = type.block().find(name);
    if (entry != nullptr && entry->home == &type) return type.find(name);
  }
  return {};
}

Ref<> super_get_attribute(Value self, Object& name) noexcept {
  const Super& super = self_of(self);
  if (super.self_type() == nullptr || &name == names().class_)
    return generic_get_attribute(self, name);
  const Ref<> attribute = find_behind(*super.self_type(), super.start(), name);
  if (!attribute) return generic_get_attribute(self, name);
  if (super.self() == Value(super.self_type()))
    return bind_to_type(attribute.value(), super.self());
  const DescriptorGet get = type_of(attribute.value()).block().protocols().descriptor_get;
  if (get == nullptr) return attribute.share();
  return get(attribute.value(), super.self(), Value(super.self_type()));
}

// As an attribute of a class it is bound to the instance, as a function is.
Ref<> super_get(Value self, Value instance, Value) noexcept {
  const Super& super = self_of(self);
  if (instance.is_empty() || instance.is_none() || !super.self().is_empty()) return Ref<>::of(self);
  return Super::make(super.start(), Ref<>::of(instance));
}

Ref<> super_repr(Value self) noexcept {
  const Super& super = self_of(self);
  if (super.self_type() == nullptr)
    return str_of({"<super: <class '", super.start().name(), "'>, NULL>"});
  return str_of(
      {"<super: <class '", super.start().name(), "'>, <", super.self_type()->name(), " object>>"});
}

// Without arguments the language says which class and which instance.
[[nodiscard]] Ref<> super_of_caller() noexcept {
  const SuperFinder finder = g_finder.load(kAcquire);  // pairs with the release in set_super_finder
  if (finder == nullptr) return raise(ErrorKind::kRuntime, {"super(): no arguments"});
  Ref<> start;
  Ref<> self;
  if (failed(finder(start, self))) return kRaised;
  return Super::make(start.as<Type>(), std::move(self));
}

Ref<> super_new(const Value* arguments) noexcept {
  if (arguments[1].is_empty()) return super_of_caller();
  Type* const start = as_type(arguments[1]);
  if (start == nullptr)
    return raise(ErrorKind::kType,
                 {"super() argument 1 must be a type, not ", type_of(arguments[1]).name()});
  const bool is_bound = !arguments[2].is_empty() && !arguments[2].is_none();
  return Super::make(*start, is_bound ? Ref<>::of(arguments[2]) : Ref<>());
}

constexpr NativeSpec kNew[] = {{"__new__(cls, type=<none>, object=<none>, /)", super_new}};
constexpr NativeSpec kInit[] = {{"__init__(self, type=<none>, object=<none>, /)",
                                 [](const Value*) noexcept { return Ref<>(Special::kNone); }}};

[[nodiscard]] Ref<> or_none(Value value) noexcept {
  return value.is_empty() ? Ref<>(Special::kNone) : Ref<>::of(value);
}
constexpr AttributeSpec kAttributes[] = {
    {"__thisclass__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).start())); }},
    {"__self__", [](Value self) noexcept { return or_none(self_of(self).self()); }},
    {"__self_class__",
     [](Value self) noexcept {
       Type* const type = self_of(self).self_type();
       return type == nullptr ? Ref<>(Special::kNone) : Ref<>::of(Value(type));
     }},
};

}  // namespace

Ref<> Super::make(Type& start, Ref<> self) noexcept {
  if (!self) return new_object<Super>(*g_super, start, Ref<>(), nullptr);
  Type* const order = order_for(start, self.value());
  if (order == nullptr)
    return raise(ErrorKind::kType,
                 {"super(type, obj): obj must be an instance or subtype of type"});
  return new_object<Super>(*g_super, start, std::move(self), order);
}

void set_super_finder(SuperFinder finder) noexcept { g_finder.store(finder, kRelease); }

Type& super_type() noexcept { return *g_super; }

Status make_super_type() noexcept {
  Protocols slots;
  slots.get_attribute = super_get_attribute;
  slots.descriptor_get = super_get;
  slots.repr = super_repr;
  Type* const ancestors[] = {&object_type()};
  g_super = Type::make(
      {.name = "super", .layout = &layout_of<Super>, .ancestors = ancestors, .protocols = slots});
  if (g_super == nullptr || failed(define_static_methods(*g_super, kNew))) return kRaised;
  if (failed(define_methods(*g_super, kInit))) return kRaised;
  return define_attributes(*g_super, kAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
