#include "objects/types/type_object.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/class.h"
#include "objects/types/construct.h"
#include "objects/types/descriptor.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/owned_values.h"
#include "objects/types/special_methods.h"
#include "objects/types/tuple.h"
#include "objects/types/type_bases.h"
#include "objects/types/union_type.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<> find_own_of_type(const Type& type, const Object& name) noexcept {
  const TypeEntry* const entry = type.block().find(name);
  return entry != nullptr && entry->home == &type ? type.find(name) : Ref<>();
}

namespace {

// How much of the name says the module, with the dot.
[[nodiscard]] std::size_t module_prefix(const Type& type) noexcept {
  const std::size_t dot = type.is_class() ? std::string_view::npos : type.name().rfind('.');
  return dot == std::string_view::npos ? 0 : dot + 1;
}

}  // namespace

std::string_view plain_name(const Type& type) noexcept {
  return type.name().substr(module_prefix(type));
}

namespace {

[[nodiscard]] Type& self_of(Value self) noexcept { return static_cast<Type&>(*self.object()); }

// --- Names. ---

// Where `type` describes an attribute by its name, it has that description and no value itself.
[[nodiscard]] Ref<> find_own_value(const Type& type, const Object& name) noexcept {
  return &type == &type_type() ? Ref<>() : find_own_of_type(type, name);
}

[[nodiscard]] Ref<> module_of(const Type& type) noexcept {
  Ref<> module = find_own_value(type, *names().module);
  // A native type may describe the attribute for its instances.
  if (module && (type.is_class() || as_str(module.value()) != nullptr)) return module;
  const std::size_t prefix = module_prefix(type);
  return intern(prefix == 0 ? "builtins" : type.name().substr(0, prefix - 1));
}

[[nodiscard]] Ref<> qualified_name_of(Type& type) noexcept {
  Ref<> name = type.qualified_name().load(type);
  return name ? std::move(name) : Ref<>(Str::of_utf8(plain_name(type)));
}

Raised raise_cannot_delete(const Type& type, std::string_view name) noexcept {
  return raise(ErrorKind::kType,
               {"cannot delete '", name, "' attribute of immutable type '", type.name(), "'"});
}

// Null: it raised.
[[nodiscard]] const Str* name_to_be(const Type& type, std::string_view attribute,
                                    const Ref<>& value) noexcept {
  if (!value) {
    raise_cannot_delete(type, attribute);
    return nullptr;
  }
  const Str* const str = as_str(value.value());
  if (str == nullptr)
    raise(ErrorKind::kType, {"can only assign string to ", type.name(), ".", attribute, ", not '",
                             type_of(value.value()).name(), "'"});
  return str;
}

Status set_name(Value self, Ref<> value) noexcept {
  Type& type = self_of(self);
  const Str* const str = name_to_be(type, "__name__", value);
  if (str == nullptr) return kRaised;
  const Utf8Text text(*str);
  if (text.view().find('\0') != std::string_view::npos)
    return raise(ErrorKind::kValue, {"type name must not contain null characters"});
  return type.rename(text.view()) ? Status::kDone : Status{raise_memory_error()};
}

Status set_qualified_name(Value self, Ref<> value) noexcept {
  Type& type = self_of(self);
  if (name_to_be(type, "__qualname__", value) == nullptr) return kRaised;
  type.qualified_name().store(type, std::move(value));
  return Status::kDone;
}

Status set_module(Value self, Ref<> value) noexcept {
  if (!value) return raise_cannot_delete(self_of(self), "__module__");
  return self_of(self).set(*names().module, std::move(value));
}

}  // namespace

Ref<Str> full_name(Type& type) noexcept {
  const Ref<> module = module_of(type);
  const Ref<> name = qualified_name_of(type);
  if (!module || !name) return kRaised;
  const Utf8Text name_text(name.as<Str>());
  if (as_str(module.value()) == nullptr) return str_of({name_text.view()});
  const Utf8Text module_text(module.as<Str>());
  if (module_text.view() == "builtins") return str_of({name_text.view()});
  return str_of({module_text.view(), ".", name_text.view()});
}

namespace {

// --- Ancestors. ---

[[nodiscard]] Ref<> tuple_of(std::span<Type* const> types) noexcept {
  Ref<Tuple> tuple = Tuple::make_blank(types.size());
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < types.size(); ++i) tuple->initialise(i, Ref<>::of(Value(types[i])));
  return tuple;
}

// Making a tuple is no safepoint, so the block is good meanwhile.
Ref<> get_order(Value self) noexcept { return tuple_of(self_of(self).block().order()); }

Ref<> get_base(Value self) noexcept {
  Type* const base = self_of(self).base();
  return base == nullptr ? Ref<>(Special::kNone) : Ref<>::of(Value(base));
}

// --- Attributes with rules of their own. ---

Ref<> get_doc(Value self) noexcept {
  const Ref<> doc = find_own_value(self_of(self), *names().doc);
  return doc ? bind_to_type(doc.value(), self) : Ref<>(Special::kNone);
}

Status set_doc(Value self, Ref<> value) noexcept {
  if (!value) return raise_cannot_delete(self_of(self), "__doc__");
  return self_of(self).set(*names().doc, std::move(value));
}

Raised raise_has_none(const Str& name) noexcept {
  return raise_value(ErrorKind::kAttribute, Ref<>::of(Value(const_cast<Str*>(&name))));
}

Ref<> get_abstract_methods(Value self) noexcept {
  Type& type = self_of(self);
  Ref<> found = find_own_value(type, *names().abstract_methods);
  if (!found) return raise_has_none(*names().abstract_methods);
  return found;
}

Status set_abstract_methods(Value self, Ref<> value) noexcept {
  Type& type = self_of(self);
  Truth is_abstract = Truth::kFalse;
  if (value) is_abstract = truth(value.value());
  if (failed(is_abstract)) return kRaised;
  if (!value && !find_own_of_type(type, *names().abstract_methods))
    return raise_has_none(*names().abstract_methods);
  if (failed(type.set(*names().abstract_methods, std::move(value)))) return kRaised;
  type.set_abstract(is_abstract == Truth::kTrue);
  return Status::kDone;
}

Ref<> get_annotations(Value self) noexcept {
  Type& type = self_of(self);
  Str& name = *names().annotations;
  Ref<> found = find_own_value(type, name);
  if (found) return found;
  if (!type.is_class())
    return raise(ErrorKind::kAttribute,
                 {"type object '", type.name(), "' has no attribute '__annotations__'"});
  const Ref<Dict> fresh = Dict::make();
  if (!fresh || failed(type.set(name, fresh.share()))) return kRaised;
  return fresh.share();
}

Status set_annotations(Value self, Ref<> value) noexcept {
  Str& name = *names().annotations;
  if (!value && !find_own_of_type(self_of(self), name)) return raise_has_none(name);
  return self_of(self).set(name, std::move(value));
}

// Bits that the standard library asks for.
Ref<> get_flags(Value self) noexcept {
  constexpr std::int64_t kIsClass = 1 << 9;
  constexpr std::int64_t kMayBeBase = 1 << 10;
  constexpr std::int64_t kIsAbstract = 1 << 20;
  const Type& type = self_of(self);
  return make_int((type.is_class() ? kIsClass : 0) | (type.is_final() ? 0 : kMayBeBase) |
                  (type.is_abstract() ? kIsAbstract : 0));
}

Status assign_bases(Value self, Ref<> value) noexcept {
  if (!value) return raise_cannot_delete(self_of(self), "__bases__");
  return set_bases(self_of(self), value.value());
}

constexpr AttributeSpec kAttributes[] = {
    {"__name__",
     [](Value self) noexcept -> Ref<> { return Str::of_utf8(plain_name(self_of(self))); },
     set_name},
    {"__qualname__", [](Value self) noexcept { return qualified_name_of(self_of(self)); },
     set_qualified_name},
    {"__module__", [](Value self) noexcept { return module_of(self_of(self)); }, set_module},
    {"__bases__", [](Value self) noexcept { return tuple_of(self_of(self).bases()); },
     assign_bases},
    {"__base__", get_base},
    {"__mro__", get_order},
    {"__dict__", [](Value self) noexcept { return MappingProxy::make(Ref<>::of(self)); }},
    {"__doc__", get_doc, set_doc},
    {"__abstractmethods__", get_abstract_methods, set_abstract_methods},
    {"__annotations__", get_annotations, set_annotations},
    {"__text_signature__", [](Value) noexcept { return Ref<>(Special::kNone); }},
    {"__flags__", get_flags},
};

// --- Making classes. ---

[[nodiscard]] Status check_argument(std::string_view number, std::string_view wanted, Value given,
                                    bool fits) noexcept {
  if (fits) return Status::kDone;
  return raise(ErrorKind::kType, {"type.__new__() argument ", number, " must be ", wanted, ", not ",
                                  type_of(given).name()});
}

[[nodiscard]] bool is_tuple(Value value) noexcept {
  return value.is_object() && type_of(value).is_subtype_of(tuple_type());
}

// A base's metatype may make its classes in another way.
[[nodiscard]] bool has_own_constructor(const Type& meta) noexcept {
  const TypeEntry* const entry = meta.block().find(special_name(special("__new__")));
  return entry != nullptr && entry->home != &type_type();
}

// `keywords`: null, or a dict whose keys are strs.
[[nodiscard]] Ref<> construct_by(Type& meta, const Tuple& given, Dict* keywords) noexcept {
  OwnedValues values;
  for (std::size_t i = 0; i < given.size(); ++i) {
    Ref<> value = given.load(i);
    if (!values.add(value)) return raise_memory_error();
  }
  const Ref<Tuple> names = Tuple::make_blank(keywords == nullptr ? 0 : keywords->size());
  if (!names) return kRaised;
  std::size_t place = 0;
  for (std::size_t i = 0; i < names->size(); ++i, ++place) {
    DictItem item = keywords->next(place);
    names->initialise(i, std::move(item.key));
    if (!values.add(item.value)) return raise_memory_error();
  }
  return meta.block().protocols().construct(meta, {values.all().data(), given.size(), names.get()});
}

// What stands for bases, such as list[int], is for class statements to resolve.
[[nodiscard]] Status refuse_entries(const Tuple& bases) noexcept {
  for (std::size_t i = 0; i < bases.size(); ++i) {
    Ref<> entries;
    if (as_type(bases[i]) != nullptr) continue;
    if (failed(find_attribute(bases[i], *names().mro_entries, entries))) return kRaised;
    if (entries)
      return raise(ErrorKind::kType,
                   {"type() doesn't support MRO entry resolution; use types.new_class()"});
  }
  return Status::kDone;
}

Ref<> type_new(const Value* arguments) noexcept {
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (given.size() != 3)
    return raise(ErrorKind::kType, {"type.__new__() takes exactly 3 arguments (",
                                    Digits(given.size()).text(), " given)"});
  if (failed(check_argument("1", "str", given[0], as_str(given[0]) != nullptr)) ||
      failed(check_argument("2", "tuple", given[1], is_tuple(given[1]))) ||
      failed(check_argument("3", "dict", given[2], as_dict(given[2]) != nullptr)))
    return kRaised;
  auto& bases = static_cast<Tuple&>(*given[1].object());
  if (failed(refuse_entries(bases))) return kRaised;
  Type& asked = self_of(arguments[0]);
  Type* const meta = find_metatype(asked, bases);
  if (meta == nullptr) return kRaised;
  Dict* const keywords = arguments[2].is_empty() ? nullptr : as_dict(arguments[2]);
  if (meta != &asked && has_own_constructor(*meta)) return construct_by(*meta, given, keywords);
  Type* const made = make_class({meta, *as_str(given[0]), bases, *as_dict(given[2]), keywords});
  return made == nullptr ? Ref<>() : Ref<>::of(Value(made));
}

Ref<> type_init(const Value* arguments) noexcept {
  const std::size_t given = static_cast<const Tuple&>(*arguments[1].object()).size();
  if (!arguments[2].is_empty() && given == 1)
    return raise(ErrorKind::kType, {"type.__init__() takes no keyword arguments"});
  if (given != 1 && given != 3)
    return raise(ErrorKind::kType, {"type.__init__() takes 1 or 3 arguments"});
  return Special::kNone;
}

Ref<> type_prepare(const Value*) noexcept { return Dict::make(); }

Ref<> type_repr(Value self) noexcept {
  const Ref<Str> name = full_name(self_of(self));
  return name ? Ref<>(str_of({"<class '", Utf8Text(*name).view(), "'>"})) : Ref<>();
}

constexpr NativeSpec kStaticMethods[] = {{"__new__(metatype, /, *args, **kwargs)", type_new}};
constexpr NativeSpec kClassMethods[] = {{"__prepare__(metatype, /, *args, **kwargs)", type_prepare,
                                         "Used to create the namespace for the class statement."}};
constexpr NativeSpec kMethods[] = {{"__init__(self, /, *args, **kwargs)", type_init}};

[[nodiscard]] Protocols type_slots() noexcept {
  Protocols slots;
  slots.call = call_type;
  slots.repr = type_repr;
  slots.get_attribute = type_get_attribute;
  slots.set_attribute = type_set_attribute;
  slots.binary[static_cast<std::size_t>(BinaryOp::kOr)] = unite;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kOr)] = unite_reflected;
  return slots;
}

}  // namespace

Status make_type_methods() noexcept {
  Type& type = type_type();
  if (failed(define_slots(type, type_slots())) || failed(define_attributes(type, kAttributes)) ||
      failed(define_static_methods(type, kStaticMethods)))
    return kRaised;
  if (failed(define_class_methods(type, kClassMethods)) || failed(define_methods(type, kMethods)))
    return kRaised;
  return define_type_listings();
}

}  // namespace orochi::inline OROCHI_DESIGN
