#include "objects/types/module.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_module = nullptr;  // written by make_module_type

[[nodiscard]] Module& self_of(Value self) noexcept { return static_cast<Module&>(*self.object()); }

// The names that every module has.
[[nodiscard]] Status set_first_names(Module& module, Value name, Value doc) noexcept {
  constexpr std::string_view kEmpty[] = {"__package__", "__loader__", "__spec__"};
  if (failed(module.set(*names().name, Ref<>::of(name))) ||
      failed(module.set(*names().doc, Ref<>::of(doc))))
    return kRaised;
  for (const std::string_view text : kEmpty) {
    const Ref<Str> each = intern(text);
    if (!each || failed(module.set(*each, Special::kNone))) return kRaised;
  }
  return Status::kDone;
}

// --- Attributes. ---

// Empty: the module has no name that is a str.
[[nodiscard]] Ref<Str> name_of(Module& module) noexcept {
  Ref<> name;
  if (failed(module.find(*names().name, name)) || !name || as_str(name.value()) == nullptr)
    return {};
  return std::move(name).cast<Str>();
}

// Whoever imports it has not come to its end: its spec says so.
[[nodiscard]] Truth is_half_made(Module& module) noexcept {
  const Ref<Str> spec_name = intern("__spec__");
  const Ref<Str> flag_name = intern("_initializing");
  Ref<> spec;
  if (!spec_name || !flag_name || failed(module.find(*spec_name, spec))) return kRaised;
  if (!spec || spec.value().is_none()) return Truth::kFalse;
  Ref<> flag;
  if (failed(find_attribute(spec.value(), *flag_name, flag))) return kRaised;
  return flag ? truth(flag.value()) : Truth::kFalse;
}

Raised raise_has_none(Module& module, const Object& name) noexcept {
  const Utf8Text wanted(static_cast<const Str&>(name));
  const Ref<Str> own = name_of(module);
  if (!own) return raise(ErrorKind::kAttribute, {"module has no attribute '", wanted.view(), "'"});
  const Truth half_made = is_half_made(module);
  if (failed(half_made)) return kRaised;
  const bool is_whole = half_made == Truth::kFalse;
  return raise(ErrorKind::kAttribute,
               {is_whole ? "module '" : "partially initialized module '", Utf8Text(*own).view(),
                "' has no attribute '", wanted.view(), "'",
                is_whole ? "" : " (most likely due to a circular import)"});
}

// The type's attributes say first if they are of the kind that does; then the module; then the rest
// of the type's.
[[nodiscard]] Status look_up(Value self, Object& name, Ref<>& value) noexcept {
  const Ref<> of_type = type_of(self).find(name);
  const DescriptorSet set =
      of_type ? type_of(of_type.value()).block().protocols().descriptor_set : nullptr;
  if (set == nullptr) {
    if (failed(self_of(self).find(name, value))) return kRaised;
    if (value || !of_type) return Status::kDone;
  }
  value = generic_get_attribute(self, name);
  return value ? Status::kDone : Status::kFailed;
}

Ref<> module_get_attribute(Value self, Object& name) noexcept {
  Ref<> value;
  if (failed(look_up(self, name, value))) return kRaised;
  if (value) return value;
  Module& module = self_of(self);
  Ref<> fallback;
  if (failed(module.find(*names().get_attr, fallback))) return kRaised;
  if (!fallback) return raise_has_none(module, name);
  const Value argument(&name);
  return call(fallback.value(), {&argument, 1});
}

Status module_set_attribute(Value self, Object& name, Ref<> value) noexcept {
  const Ref<> of_type = type_of(self).find(name);
  const bool has_rules =
      of_type && type_of(of_type.value()).block().protocols().descriptor_set != nullptr;
  if (has_rules) return generic_set_attribute(self, name, std::move(value));
  Module& module = self_of(self);
  if (value) return module.set(name, std::move(value));
  Ref<> removed;
  if (failed(module.dict().remove(Value(&name), removed))) return kRaised;
  return removed ? Status::kDone : Status{raise_has_none(module, name)};
}

Ref<> module_repr(Value self) noexcept {
  const Ref<Str> name = name_of(self_of(self));
  if (!name) return Str::of_ascii("<module '?'>");
  const Ref<> quoted = repr(name.value());
  Ref<> file;
  if (!quoted || failed(self_of(self).find(*names().file, file))) return kRaised;
  const Utf8Text text(quoted.as<Str>());
  if (!file) return str_of({"<module ", text.view(), ">"});
  const Ref<> path = repr(file.value());
  return path ? Ref<>(str_of(
                    {"<module ", text.view(), " from ", Utf8Text(path.as<Str>()).view(), ">"}))
              : Ref<>();
}

constexpr AttributeSpec kAttributes[] = {
    {"__dict__", [](Value self) noexcept { return Ref<>::of(Value(&self_of(self).dict())); }}};

// --- Making one. ---

Ref<> module_new(const Value* arguments) noexcept {
  Ref<Dict> dict = Dict::make();
  if (!dict) return kRaised;
  return new_object<Module>(static_cast<Type&>(*arguments[0].object()), std::move(dict));
}

Ref<> module_init(const Value* arguments) noexcept {
  if (as_str(arguments[1]) == nullptr)
    return raise(ErrorKind::kType,
                 {"module() argument 'name' must be str, not ", type_of(arguments[1]).name()});
  return none_or_raised(set_first_names(self_of(arguments[0]), arguments[1], arguments[2]));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", module_new}};
constexpr NativeSpec kMethods[] = {{"__init__(self, /, name, doc=None)", module_init}};

}  // namespace

Ref<Module> Module::make(Ref<Str> name) noexcept {
  Ref<Dict> dict = Dict::make();
  if (!dict) return kRaised;
  Ref<Module> module = new_object<Module>(*g_module, std::move(dict));
  if (!module || failed(set_first_names(*module, name.value(), Value::kNone))) return kRaised;
  return module;
}

Type& module_type() noexcept { return *g_module; }

Status make_module_type() noexcept {
  Protocols slots;
  slots.get_attribute = module_get_attribute;
  slots.set_attribute = module_set_attribute;
  slots.repr = module_repr;
  Type* const ancestors[] = {&object_type()};
  g_module = Type::make(
      {.name = "module", .layout = &layout_of<Module>, .ancestors = ancestors, .protocols = slots});
  if (g_module == nullptr || failed(define_attributes(*g_module, kAttributes)) ||
      failed(define_static_methods(*g_module, kNew)))
    return kRaised;
  return define_methods(*g_module, kMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
