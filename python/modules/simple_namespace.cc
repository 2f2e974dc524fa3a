#include "python/modules/simple_namespace.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/attribute.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

class SimpleNamespace : public Object {
 public:
  explicit SimpleNamespace(ShapeIndex shape) noexcept : Object(shape) {}
};

constinit Type* g_type = nullptr;  // written by make_simple_namespace_type

[[nodiscard]] Status set_all(Value self, Dict& attributes) noexcept {
  std::size_t place = 0;
  for (DictItem item = attributes.next(place); item; item = attributes.next(++place)) {
    const Ref<Str> name = attribute_name(item.key.value());
    if (!name || failed(set_attribute(self, *name, std::move(item.value)))) return kRaised;
  }
  return Status::kDone;
}

// --- repr: namespace(a=1, b=2), and of a subclass its name. ---

[[nodiscard]] Status add_items(StrBuilder& out, Dict& items) noexcept {
  bool is_first = true;
  std::size_t place = 0;
  for (DictItem item = items.next(place); item; item = items.next(++place)) {
    const Str* const name = as_str(item.key.value());
    if (name == nullptr || name->size() == 0) continue;
    if (!is_first) out.add(", ");
    is_first = false;
    out.add(*name);
    out.add("=");
    if (failed(out.add_repr(item.value.value()))) return kRaised;
  }
  return Status::kDone;
}

Ref<> namespace_repr(Value self) noexcept {
  StrBuilder out;
  out.add_utf8(&type_of(self) == g_type ? "namespace" : type_of(self).name());
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) {
    out.add("(...)");
    return out.finish();
  }
  const Ref<Dict> items = dict_of_instance(*self.object());
  out.add("(");
  if (!items || failed(add_items(out, *items))) return kRaised;
  out.add(")");
  return out.finish();
}

// --- Equality of two of them is that of what they have. ---

Ref<> namespace_compare(CompareOp op, Value self, Value other) noexcept {
  if (!type_of(self).is_subtype_of(*g_type) || !type_of(other).is_subtype_of(*g_type))
    return Special::kNotImplemented;
  const Ref<Dict> mine = dict_of_instance(*self.object());
  const Ref<Dict> others = dict_of_instance(*other.object());
  if (!mine || !others) return kRaised;
  return compare(op, mine.value(), others.value());
}

Status namespace_hash(Value self, std::int64_t&) noexcept {
  return raise(ErrorKind::kType, {"unhashable type: '", type_of(self).name(), "'"});
}

// --- Methods. ---

Ref<> namespace_new(const Value* arguments) noexcept {
  return new_object<SimpleNamespace>(static_cast<Type&>(*arguments[0].object()));
}

Ref<> namespace_init(const Value* arguments) noexcept {
  if (arguments[1].is_empty()) return Special::kNone;
  return none_or_raised(set_all(arguments[0], *as_dict(arguments[1])));
}

Ref<> namespace_reduce(const Value* arguments) noexcept {
  Ref<Dict> items = dict_of_instance(*arguments[0].object());
  if (!items) return kRaised;
  return Tuple::of(Ref<>::of(Value(&type_of(arguments[0]))), Tuple::of(), std::move(items));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", namespace_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, /, **kwargs)", namespace_init},
    {"__reduce__(self, /)", namespace_reduce},
};
constexpr AttributeSpec kAttributes[] = {
    {"__dict__", [](Value self) noexcept -> Ref<> { return dict_of_instance(*self.object()); }}};

}  // namespace

Status make_simple_namespace_type() noexcept {
  Protocols slots;
  slots.repr = namespace_repr;
  slots.compare = namespace_compare;
  slots.hash = namespace_hash;
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "SimpleNamespace",
                       .layout = &layout_of<SimpleNamespace>,
                       .ancestors = ancestors,
                       .protocols = slots,
                       .parts = {.attributes = 4, .is_open = true}});
  if (g_type == nullptr) return kRaised;
  Ref<Str> module = intern("types");
  if (!module || failed(g_type->set(*names().module, std::move(module))) ||
      failed(define_static_methods(*g_type, kNew)) || failed(define_methods(*g_type, kMethods)))
    return kRaised;
  return define_attributes(*g_type, kAttributes);
}

Type& simple_namespace_type() noexcept { return *g_type; }

Ref<> make_simple_namespace(Dict& attributes) noexcept {
  Ref<SimpleNamespace> made = new_object<SimpleNamespace>(*g_type);
  if (!made || failed(set_all(made.value(), attributes))) return kRaised;
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
