// What a program sees of a function.

#include "objects/model/operations.h"
#include "objects/types/bound_method.h"
#include "objects/types/cell.h"
#include "objects/types/digits.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/object_type.h"
#include "objects/types/utf8_text.h"
#include "python/vm/builtins.h"
#include "python/vm/machine.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_function = nullptr;  // written by make_function_type

[[nodiscard]] Function& self_of(Value self) noexcept {
  return static_cast<Function&>(*self.object());
}

[[nodiscard]] Ref<> or_none(Ref<> value) noexcept {
  return value ? std::move(value) : Ref<>(Special::kNone);
}

// --- Attributes that a program may set. ---

Raised raise_must_be(std::string_view name, std::string_view what) noexcept {
  return raise(ErrorKind::kType, {name, " must be set to a ", what, " object"});
}

// Of a str.
template <Field Function::*kField>
[[nodiscard]] Status set_text(Value self, Ref<> value, std::string_view name) noexcept {
  if (!value || as_str(value.value()) == nullptr) return raise_must_be(name, "string");
  (self_of(self).*kField).store(self_of(self), std::move(value));
  return Status::kDone;
}

// Of anything; None, and nothing, is nothing.
template <Field Function::*kField>
[[nodiscard]] Status set_any(Value self, Ref<> value) noexcept {
  if (value.value().is_none()) value = Ref<>();
  (self_of(self).*kField).store(self_of(self), std::move(value));
  return Status::kDone;
}

template <Field Function::*kField>
Ref<> get(Value self) noexcept {
  return or_none((self_of(self).*kField).load(self_of(self)));
}

Status set_name(Value self, Ref<> value) noexcept {
  return set_text<&Function::name>(self, std::move(value), "__name__");
}
Status set_qualified_name(Value self, Ref<> value) noexcept {
  return set_text<&Function::qualified_name>(self, std::move(value), "__qualname__");
}

Status set_defaults(Value self, Ref<> value) noexcept {
  const bool is_tuple = value && type_of(value.value()).is_subtype_of(tuple_type());
  if (value && !value.value().is_none() && !is_tuple) return raise_must_be("__defaults__", "tuple");
  return set_any<&Function::defaults>(self, std::move(value));
}

Status set_keyword_defaults(Value self, Ref<> value) noexcept {
  if (value && !value.value().is_none() && as_dict(value.value()) == nullptr)
    return raise_must_be("__kwdefaults__", "dict");
  return set_any<&Function::keyword_defaults>(self, std::move(value));
}

// --- Annotations: a tuple of names and values in turn, until somebody looks. ---

[[nodiscard]] Ref<Dict> annotations_of(Ref<> given) noexcept {
  Ref<Dict> made = Dict::make();
  if (!made || !given) return made;
  const auto& tuple = given.as<Tuple>();
  for (std::size_t i = 0; i + 1 < tuple.size(); i += 2)
    if (failed(made->set(tuple[i], tuple.load(i + 1)))) return kRaised;
  return made;
}

// Of two threads that look first, both get what is stored first.
Ref<> get_annotations(Value self) noexcept {
  Function& function = self_of(self);
  Ref<> given = function.annotations.load(function);
  if (given && as_dict(given.value()) != nullptr) return given;
  Ref<Dict> made = annotations_of(std::move(given));
  if (!made) return kRaised;
  const Locked lock(function);
  const Value now = function.annotations.get(lock.held());
  if (!now.is_empty() && as_dict(now) != nullptr) return Ref<>::of(now);
  const Ref<> before = function.annotations.replace(lock.held(), Ref<>(made.share()));
  return made;
}

Status set_annotations(Value self, Ref<> value) noexcept {
  if (value && !value.value().is_none() && as_dict(value.value()) == nullptr)
    return raise_must_be("__annotations__", "dict");
  return set_any<&Function::annotations>(self, std::move(value));
}

// --- Code. ---

Ref<> get_code(Value self) noexcept { return Ref<>::of(Value(&self_of(self).code())); }

Status set_code(Value self, Ref<> value) noexcept {
  CodeObject* const code = value ? as_code(value.value()) : nullptr;
  if (code == nullptr) return raise(ErrorKind::kType, {"__code__ must be set to a code object"});
  Function& function = self_of(self);
  const std::size_t own = function.code().code().free_variables.size();
  const std::size_t given = code->code().free_variables.size();
  if (own == given) return function.set_code(std::move(value).cast<CodeObject>());
  const Ref<> name = function.name.load(function);
  return raise(ErrorKind::kValue,
               {Utf8Text(name.as<Str>()).view(), "() requires a code object with ",
                Digits(own).text(), " free vars, not ", Digits(given).text()});
}

// --- What never changes. ---

Ref<> get_globals(Value self) noexcept { return Ref<>::of(Value(&self_of(self).globals())); }
Ref<> get_builtins(Value self) noexcept { return Ref<>::of(Value(&self_of(self).builtins())); }
Ref<> get_closure(Value self) noexcept {
  const Value cells = self_of(self).cells();
  return cells.is_empty() ? Ref<>(Special::kNone) : Ref<>::of(cells);
}

constexpr AttributeSpec kAttributes[] = {
    {"__name__", get<&Function::name>, set_name},
    {"__qualname__", get<&Function::qualified_name>, set_qualified_name},
    {"__doc__", get<&Function::doc>, set_any<&Function::doc>},
    {"__module__", get<&Function::module>, set_any<&Function::module>},
    {"__defaults__", get<&Function::defaults>, set_defaults},
    {"__kwdefaults__", get<&Function::keyword_defaults>, set_keyword_defaults},
    {"__annotations__", get_annotations, set_annotations},
    {"__code__", get_code, set_code},
    {"__globals__", get_globals},
    {"__builtins__", get_builtins},
    {"__closure__", get_closure},
};

// --- Slots. ---

Ref<> function_repr(Value self) noexcept {
  Function& function = self_of(self);
  const Ref<> name = function.qualified_name.load(function);
  return str_of(
      {"<function ", Utf8Text(name.as<Str>()).view(), " at ", Address(&function).text(), ">"});
}

Ref<> function_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty()) return Ref<>::of(self);
  return BoundMethod::make(Ref<>::of(self), Ref<>::of(instance));
}

// --- types.FunctionType(code, globals, name=None, argdefs=None, closure=None). ---

[[nodiscard]] bool is_cell(Value value) noexcept {
  return value.is_object() && &type_of(*value.object()) == &cell_type();
}

[[nodiscard]] Status check_cells(const CodeObject& code, Value closure) noexcept {
  const std::size_t wanted = code.code().free_variables.size();
  if (closure.is_none()) {
    if (wanted == 0) return Status::kDone;
    return raise(ErrorKind::kType, {"arg 5 (closure) must be tuple"});
  }
  if (!type_of(closure).is_subtype_of(tuple_type()))
    return raise(ErrorKind::kType, {"arg 5 (closure) must be None or tuple"});
  const auto& cells = static_cast<const Tuple&>(*closure.object());
  if (cells.size() != wanted)
    return raise(ErrorKind::kValue,
                 {Utf8Text(code.short_name()).view(), " requires closure of length ",
                  Digits(wanted).text(), ", not ", Digits(cells.size()).text()});
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!is_cell(cells[i]))
      return raise(ErrorKind::kType,
                   {"arg 5 (closure) expected cell, found ", type_of(cells[i]).name()});
  return Status::kDone;
}

Ref<> function_new(const Value* arguments) noexcept {
  CodeObject* const code = as_code(arguments[1]);
  Dict* const globals = as_dict(arguments[2]);
  const Value name = arguments[3], defaults = arguments[4], closure = arguments[5];
  if (code == nullptr)
    return raise(ErrorKind::kType,
                 {"function() argument 'code' must be code, not ", type_of(arguments[1]).name()});
  if (globals == nullptr)
    return raise(ErrorKind::kType, {"function() argument 'globals' must be dict, not ",
                                    type_of(arguments[2]).name()});
  if (!name.is_none() && as_str(name) == nullptr)
    return raise(ErrorKind::kType, {"arg 3 (name) must be None or string"});
  if (!defaults.is_none() && !type_of(defaults).is_subtype_of(tuple_type()))
    return raise(ErrorKind::kType, {"arg 4 (defaults) must be None or tuple"});
  if (failed(check_cells(*code, closure))) return kRaised;
  Ref<Tuple> cells = closure.is_none() ? Ref<Tuple>() : Ref<>::of(closure).cast<Tuple>();
  Ref<Dict> builtins = builtins_for(*globals);
  if (!builtins) return kRaised;
  Ref<Function> made = Function::make(Ref<CodeObject>::of(*code), Ref<Dict>::of(*globals),
                                      std::move(builtins), std::move(cells));
  if (!made) return kRaised;
  if (!name.is_none()) made->name.store(*made, Ref<>::of(name));
  if (!defaults.is_none()) made->defaults.store(*made, Ref<>::of(defaults));
  return made;
}

constexpr NativeSpec kNew[] = {
    {"__new__(cls, /, code, globals, name=None, argdefs=None, closure=None)", function_new}};

}  // namespace

Type& function_type() noexcept { return *g_function; }

Status make_function_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  Protocols slots;
  slots.call = call_function;
  slots.repr = function_repr;
  slots.descriptor_get = function_get;
  slots.takes_self = true;
  g_function = Type::make({.name = "function",
                           .layout = &layout_of<Function>,
                           .ancestors = ancestors,
                           .protocols = slots,
                           .parts = {.is_open = true},
                           .is_final = true,
                           .is_weakly_referable = true});
  if (g_function == nullptr || failed(define_attributes(*g_function, kAttributes))) return kRaised;
  Ref<> dict = make_dict_attribute(*g_function);
  if (!dict || failed(g_function->set(*names().dict, std::move(dict)))) return kRaised;
  return define_static_methods(*g_function, kNew);
}

}  // namespace orochi::inline OROCHI_DESIGN
