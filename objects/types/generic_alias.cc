#include "objects/types/generic_alias.h"

#include <algorithm>
#include <array>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/enumerate.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/generic_alias_iterator.h"
#include "objects/types/import_hook.h"
#include "objects/types/intern.h"
#include "objects/types/iterator_state.h"
#include "objects/types/list.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/set.h"
#include "objects/types/type_parameters.h"
#include "objects/types/union_type.h"
#include "objects/types/weakref.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_generic_alias_type

[[nodiscard]] GenericAlias& self_of(Value self) noexcept {
  return static_cast<GenericAlias&>(*self.object());
}

// --- Attributes. ---

// What an alias says itself; all else the origin does.
constexpr std::array<std::string_view, 11> kOwnNames{
    "__origin__",    "__args__",        "__unpacked__", "__parameters__",
    "__class__",     "__copy__",        "__deepcopy__", "__typing_unpacked_tuple_args__",
    "__reduce_ex__", "__mro_entries__", "__reduce__"};
constinit std::array<Str*, kOwnNames.size()> g_own_names{};  // written by make_generic_alias_type

Ref<> alias_get_attribute(Value self, Object& name) noexcept {
  const bool is_own = std::ranges::find(g_own_names, &name) != g_own_names.end();
  return is_own ? generic_get_attribute(self, name) : get_attribute(self_of(self).origin(), name);
}

// --- As the origin. ---

// What is made remembers as what, if it can.
[[nodiscard]] Status note_class(Value made, Value alias) noexcept {
  if (!failed(set_attribute(made, *names().original_class, Ref<>::of(alias)))) return Status::kDone;
  const bool is_no_matter = is_pending(exception_type(ErrorKind::kAttribute)) ||
                            is_pending(exception_type(ErrorKind::kType));
  if (!is_no_matter) return kRaised;
  clear_error();
  return Status::kDone;
}

Ref<> alias_call(Value self, const Arguments& arguments) noexcept {
  Ref<> made = call(self_of(self).origin(), arguments);
  return made && !failed(note_class(made.value(), self)) ? std::move(made) : Ref<>();
}

// --- Comparing, text. ---

Ref<> alias_compare(CompareOp op, Value self, Value other) noexcept {
  const GenericAlias* const b = as_generic_alias(other);
  const bool asks_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (b == nullptr || !asks_equality) return Special::kNotImplemented;
  const Truth equal = GenericAlias::equal(self_of(self), *b);
  if (failed(equal)) return kRaised;
  return Value::of_bool((equal == Truth::kTrue) == (op == CompareOp::kEqual)).as_special();
}

Status alias_hash(Value self, std::int64_t& hash) noexcept {
  std::int64_t origin = 0;
  std::int64_t arguments = 0;
  if (failed(orochi::hash(self_of(self).origin(), origin)) ||
      failed(orochi::hash(Value(&self_of(self).arguments()), arguments)))
    return kRaised;
  hash = origin ^ arguments;
  if (hash == -1) hash = -2;
  return Status::kDone;
}

Ref<> alias_repr(Value self) noexcept {
  const GenericAlias& alias = self_of(self);
  const Tuple& arguments = alias.arguments();
  StrBuilder out;
  if (alias.is_unpacked()) out.add("*");
  if (failed(add_type_text(out, alias.origin()))) return kRaised;
  out.add(arguments.size() == 0 ? "[()" : "[");
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i != 0) out.add(", ");
    if (failed(add_type_text(out, arguments[i]))) return kRaised;
  }
  out.add("]");
  return out.finish();
}

// --- Subscripts. ---

Ref<> alias_get_item(Value self, Value given) noexcept {
  GenericAlias& alias = self_of(self);
  const Ref<Tuple> parameters = alias.parameters();
  if (!parameters) return kRaised;
  const Ref<Tuple> arguments = substitute(self, alias.arguments(), *parameters, given);
  if (!arguments) return kRaised;
  return GenericAlias::make(alias.origin(), arguments.value(), alias.form());
}

// *list[int]: one item, which stands for what is in it.
Ref<> alias_iterate(Value self) noexcept {
  const GenericAlias& alias = self_of(self);
  Ref<GenericAlias> unpacked =
      GenericAlias::make(alias.origin(), Value(&alias.arguments()), GenericAlias::Form::kUnpacked);
  return unpacked ? GenericAliasIterator::make(std::move(unpacked)) : Ref<>();
}

[[nodiscard]] Protocols alias_protocols() noexcept {
  Protocols slots;
  slots.get_attribute = alias_get_attribute;
  slots.call = alias_call;
  slots.compare = alias_compare;
  slots.hash = alias_hash;
  slots.repr = alias_repr;
  slots.get_item = alias_get_item;
  slots.iter = alias_iterate;
  slots.binary[static_cast<std::size_t>(BinaryOp::kOr)] = unite;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kOr)] = unite_reflected;
  return slots;
}

// --- Methods. ---

Ref<> make_new(const Value* arguments) noexcept {
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (!arguments[2].is_empty())
    return raise(ErrorKind::kType, {"GenericAlias() takes no keyword arguments"});
  if (given.size() != 2)
    return raise(ErrorKind::kType,
                 {"GenericAlias expected 2 arguments, got ", Digits(given.size()).text()});
  return GenericAlias::make(static_cast<Type&>(*arguments[0].object()), given[0], given[1],
                            GenericAlias::Form::kPlain);
}

Ref<> mro_entries(const Value* arguments) noexcept {
  return Tuple::of(Ref<>::of(self_of(arguments[0]).origin()));
}

Ref<> refuse_instance_check(const Value*) noexcept {
  return raise(ErrorKind::kType, {"isinstance() argument 2 cannot be a parameterized generic"});
}
Ref<> refuse_subclass_check(const Value*) noexcept {
  return raise(ErrorKind::kType, {"issubclass() argument 2 cannot be a parameterized generic"});
}

// GenericAlias, (origin, arguments)
[[nodiscard]] Ref<> reduce_plain(const GenericAlias& alias) noexcept {
  Ref<Tuple> parts = Tuple::of(Ref<>::of(alias.origin()), Ref<>::of(Value(&alias.arguments())));
  return parts ? Tuple::of(Ref<>::of(Value(g_type)), std::move(parts)) : Ref<Tuple>();
}

// next, (iter(plain),)
Ref<> reduce(const Value* arguments) noexcept {
  const GenericAlias& alias = self_of(arguments[0]);
  if (!alias.is_unpacked()) return reduce_plain(alias);
  const Ref<GenericAlias> plain = GenericAlias::make(alias.origin(), Value(&alias.arguments()));
  Ref<> iterator = plain ? iterate(plain.value()) : Ref<>();
  Ref<Tuple> parts = iterator ? Tuple::of(std::move(iterator)) : Ref<Tuple>();
  Ref<> next = parts ? import_from("builtins", "next") : Ref<>();
  return next ? Tuple::of(std::move(next), std::move(parts)) : Ref<Tuple>();
}

// Those of the origin, and its own.
Ref<> list_names(const Value* arguments) noexcept {
  const Value origin = self_of(arguments[0]).origin();
  bool found = false;
  const Ref<> all = call_special({&origin, 1}, *names().dir, found);
  const Ref<List> list = all ? List::from(all.value()) : Ref<List>();
  if (!list) return kRaised;
  for (Str* const name : g_own_names) {
    const Truth is_there = list->contains(Value(name));
    if (failed(is_there)) return kRaised;
    if (is_there == Truth::kFalse && failed(list->append(Ref<>::of(Value(name))))) return kRaised;
  }
  return list.share();
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", make_new}};
constexpr NativeSpec kMethods[] = {
    {"__mro_entries__(self, bases, /)", mro_entries},
    {"__instancecheck__(self, instance, /)", refuse_instance_check},
    {"__subclasscheck__(self, subclass, /)", refuse_subclass_check},
    {"__reduce__(self, /)", reduce},
    {"__dir__(self, /)", list_names},
};

// Of what stands for what is in it.
Ref<> unpacked_arguments(Value self) noexcept {
  const GenericAlias& alias = self_of(self);
  const bool is_of_tuple = alias.origin() == Value(&tuple_type());
  if (!alias.is_unpacked() || !is_of_tuple) return Special::kNone;
  return Ref<Tuple>::of(alias.arguments());
}

constexpr AttributeSpec kAttributes[] = {
    {"__origin__", [](Value self) noexcept { return Ref<>::of(self_of(self).origin()); }},
    {"__args__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).arguments())); }},
    {"__unpacked__",
     [](Value self) noexcept { return Ref<>::adopt(Value::of_bool(self_of(self).is_unpacked())); }},
    {"__parameters__", [](Value self) noexcept { return Ref<>(self_of(self).parameters()); },
     nullptr, "Type variables in the GenericAlias."},
    {"__typing_unpacked_tuple_args__", unpacked_arguments},
};

// --- Types that take arguments. ---

constexpr NativeSpec kClassGetItem[] = {
    {"__class_getitem__(cls, item, /)", class_with_arguments, "See PEP 585"}};

[[nodiscard]] Status define_class_get_item() noexcept {
  Type* const types[] = {&dict_type(),
                         &list_type(),
                         &tuple_type(),
                         &set_type(),
                         &frozenset_type(),
                         &enumerate_type(),
                         &weakref_type(),
                         &mapping_proxy_type(),
                         &exception_type(BuiltinException::kBaseExceptionGroup)};
  for (Type* const type : types)
    if (failed(define_class_methods(*type, kClassGetItem))) return kRaised;
  return Status::kDone;
}

}  // namespace

Type& generic_alias_type() noexcept { return *g_type; }

Status make_generic_alias_type() noexcept {
  for (std::size_t i = 0; i < kOwnNames.size(); ++i) {
    g_own_names[i] = intern_for_ever(kOwnNames[i]);
    if (g_own_names[i] == nullptr) return kRaised;
  }
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "types.GenericAlias",
                       .layout = &layout_of<GenericAlias>,
                       .ancestors = ancestors,
                       .protocols = alias_protocols(),
                       .is_weakly_referable = true});
  if (g_type == nullptr || failed(define_static_methods(*g_type, kNew)) ||
      failed(define_methods(*g_type, kMethods)) || failed(define_attributes(*g_type, kAttributes)))
    return kRaised;
  return failed(make_generic_alias_iterator_type()) ? kRaised : define_class_get_item();
}

GenericAlias* as_generic_alias(Value value) noexcept {
  if (!value.is_object() || !type_of(*value.object()).is_subtype_of(*g_type)) return nullptr;
  return static_cast<GenericAlias*>(value.object());
}

Ref<> class_with_arguments(const Value* arguments) noexcept {
  return GenericAlias::make(arguments[0], arguments[1]);
}

Ref<GenericAlias> GenericAlias::make(Type& type, Value origin, Value arguments,
                                     Form form) noexcept {
  const bool is_tuple = as_tuple(arguments) != nullptr;
  Ref<Tuple> all = is_tuple ? Ref<>::of(arguments).cast<Tuple>() : Tuple::of(Ref<>::of(arguments));
  if (!all) return kRaised;
  return new_object<GenericAlias>(type, Ref<>::of(origin), std::move(all), form);
}

Ref<GenericAlias> GenericAlias::make(Value origin, Value arguments, Form form) noexcept {
  return make(*g_type, origin, arguments, form);
}

Ref<Tuple> GenericAlias::parameters() noexcept {
  Ref<> known = parameters_.load(*this);
  if (known) return std::move(known).cast<Tuple>();
  Ref<Tuple> found = collect_parameters(arguments());
  if (found) parameters_.store(*this, found.share());
  return found;
}

Truth GenericAlias::equal(const GenericAlias& a, const GenericAlias& b) noexcept {
  if (a.form() != b.form()) return Truth::kFalse;
  const Truth same_origin = same_or_equal(a.origin(), b.origin());
  if (same_origin != Truth::kTrue) return same_origin;
  return same_or_equal(Value(&a.arguments()), Value(&b.arguments()));
}

}  // namespace orochi::inline OROCHI_DESIGN
