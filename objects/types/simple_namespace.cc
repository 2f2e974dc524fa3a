#include "objects/types/simple_namespace.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/list.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/object_type.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_simple_namespace_type

constexpr std::uint32_t kAttributesInside = 5;

[[nodiscard]] bool is_namespace(Value value) noexcept {
  return value.is_object() && type_of(*value.object()).is_subtype_of(*g_type);
}

Ref<> make_new(const Value* arguments) noexcept {
  return new_object<SimpleNamespace>(static_cast<Type&>(*arguments[0].object()));
}

Ref<> initialise(const Value* arguments) noexcept {
  if (static_cast<const Tuple&>(*arguments[1].object()).size() != 0)
    return raise(ErrorKind::kType, {"no positional arguments expected"});
  if (arguments[2].is_empty()) return Special::kNone;
  const Ref<Dict> own = dict_of_instance(*arguments[0].object());
  return own ? none_or_raised(own->update(*as_dict(arguments[2]))) : Ref<>();
}

// name=value
[[nodiscard]] Status add_item(StrBuilder& out, const DictItem& item, bool is_first) noexcept {
  const Str* const name = as_str(item.key.value());
  if (name == nullptr || name->size() == 0) return Status::kDone;
  if (!is_first) out.add(", ");
  out.add(*name);
  out.add("=");
  return out.add_repr(item.value.value());
}

// Of a copy: what is shown may change it.
[[nodiscard]] Ref<> show(std::string_view name, const Dict& attributes) noexcept {
  StrBuilder out;
  out.add_utf8(name);
  out.add("(");
  const std::size_t before = out.size();
  std::size_t place = 0;
  for (; const DictItem item = const_cast<Dict&>(attributes).next(place); ++place)
    if (failed(add_item(out, item, out.size() == before))) return kRaised;
  out.add(")");
  return out.finish();
}

Ref<> namespace_repr(Value self) noexcept {
  const Type& type = type_of(self);
  const std::string_view name = &type == g_type ? "namespace" : type.name();
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) return str_of({name, "(...)"});
  const Ref<Dict> own = dict_of_instance(*self.object());
  const Ref<Dict> attributes = own ? own->copy() : Ref<Dict>();
  return attributes ? show(name, *attributes) : Ref<>();
}

Ref<> namespace_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_namespace(other)) return Special::kNotImplemented;
  const Ref<Dict> a = dict_of_instance(*self.object());
  const Ref<Dict> b = a ? dict_of_instance(*other.object()) : Ref<Dict>();
  return b ? compare(op, a.value(), b.value()) : Ref<>();
}

// type, (), attributes
Ref<> reduce(const Value* arguments) noexcept {
  Ref<Tuple> nothing = Tuple::of();
  Ref<Dict> own = nothing ? dict_of_instance(*arguments[0].object()) : Ref<Dict>();
  if (!own) return kRaised;
  return Tuple::of(Ref<>::of(Value(&type_of(arguments[0]))), std::move(nothing), std::move(own));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", make_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, /, *args, **kwargs)", initialise},
    {"__reduce__(self, /)", reduce, "Return state information for pickling"},
};

[[nodiscard]] Protocols namespace_protocols() noexcept {
  Protocols slots;
  slots.repr = namespace_repr;
  slots.compare = namespace_compare;  // and no hash
  return slots;
}

}  // namespace

Type& simple_namespace_type() noexcept { return *g_type; }

Status make_simple_namespace_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "types.SimpleNamespace",
                       .layout = &layout_of<SimpleNamespace>,
                       .ancestors = ancestors,
                       .protocols = namespace_protocols(),
                       .parts = {.attributes = kAttributesInside, .is_open = true}});
  if (g_type == nullptr || failed(define_static_methods(*g_type, kNew)) ||
      failed(define_methods(*g_type, kMethods)))
    return kRaised;
  const Ref<> dict = make_dict_attribute(*g_type);
  return dict ? g_type->set(*names().dict, dict.share()) : Status{kRaised};
}

Ref<SimpleNamespace> SimpleNamespace::make(Dict& attributes) noexcept {
  Ref<SimpleNamespace> made = new_object<SimpleNamespace>(*g_type);
  const Ref<Dict> own = made ? dict_of_instance(*made) : Ref<Dict>();
  return own && !failed(own->update(attributes)) ? std::move(made) : Ref<SimpleNamespace>();
}

}  // namespace orochi::inline OROCHI_DESIGN
