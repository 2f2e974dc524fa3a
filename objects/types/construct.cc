#include "objects/types/construct.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/class.h"
#include "objects/types/dict.h"
#include "objects/types/native_function.h"
#include "objects/types/slot_functions.h"
#include "objects/types/special_methods.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool has_any(const Arguments& arguments) noexcept {
  const auto* const names = static_cast<const Tuple*>(arguments.keywords);
  return arguments.positional != 0 || (names != nullptr && names->size() != 0);
}

[[nodiscard]] const Protocols& slots_of(const Type& type) noexcept {
  return type.block().protocols();
}

// --- object.__new__ ---

Raised raise_unwanted_arguments(const Type& type) noexcept {
  if (slots_of(type).construct != construct_plain)
    return raise(ErrorKind::kType,
                 {"object.__new__() takes exactly one argument (the type to instantiate)"});
  return raise(ErrorKind::kType, {type.name(), "() takes no arguments"});
}

[[nodiscard]] bool refuses_arguments(const Type& type) noexcept {
  return slots_of(type).construct != construct_plain ||
         slots_of(type).initialise == initialise_plain;
}

[[nodiscard]] Ref<> make_plain(Type& type) noexcept {
  if (type.is_abstract()) [[unlikely]]
    return raise_abstract(type);
  return new_object<Object>(type);
}

// An object with a native part is made by whoever knows that.
Raised raise_not_safe(const Type& type) noexcept {
  const Type* native = &type;
  while (native->is_class()) native = native->base();
  return raise(ErrorKind::kType, {"object.__new__(", type.name(), ") is not safe, use ",
                                  native->name(), ".__new__()"});
}

}  // namespace

Ref<> construct_plain(Type& type, const Arguments& arguments) noexcept {
  if (has_any(arguments) && refuses_arguments(type)) return raise_unwanted_arguments(type);
  return make_plain(type);
}

Ref<> new_plain(const Value* arguments) noexcept {
  Type& type = static_cast<Type&>(*arguments[0].object());
  const bool given =
      static_cast<const Tuple&>(*arguments[1].object()).size() != 0 || !arguments[2].is_empty();
  if (given && refuses_arguments(type)) return raise_unwanted_arguments(type);
  if (&type.native_layout() != &object_type().native_layout() ||
      slots_of(type).construct == nullptr)
    return raise_not_safe(type);
  return make_plain(type);
}

Status initialise_plain(Value self, const Arguments& arguments) noexcept {
  if (!has_any(arguments)) return Status::kDone;
  const Type& type = type_of(self);
  if (slots_of(type).initialise != initialise_plain)
    return raise(ErrorKind::kType,
                 {"object.__init__() takes exactly one argument (the instance to initialize)"});
  if (slots_of(type).construct == construct_plain)
    return raise(
        ErrorKind::kType,
        {type.name(), ".__init__() takes exactly one argument (the instance to initialize)"});
  return Status::kDone;
}

Status refuse_keywords(const Type& type, const Type& owner, Value keywords) noexcept {
  const bool wants_some = slots_of(type).initialise != slots_of(owner).initialise;
  if (keywords.is_empty() || wants_some) return Status::kDone;
  return raise(ErrorKind::kType, {owner.name(), "() takes no keyword arguments"});
}

// --- The slot. ---

ConstructFunction construct_slot(const Type& type, const TypeEntry* entry) noexcept {
  if (entry == nullptr) return nullptr;
  const bool is_plain = entry->home == &object_type();
  if (!is_plain) return slots_by_name().construct;
  // A native type that has no constructor of its own cannot be called.
  if (!type.is_class() && &type != &object_type()) return nullptr;
  return construct_plain;
}

// --- Calling a type. ---

namespace {

// type(x)
[[nodiscard]] Ref<> type_of_argument(const Arguments& arguments) noexcept {
  if (arguments.positional != 1 || arguments.keywords != nullptr)
    return raise(ErrorKind::kType, {"type() takes 1 or 3 arguments"});
  return Ref<>::of(Value(&type_of(arguments.values[0])));
}

}  // namespace

Ref<> call_type(Value self, const Arguments& arguments) noexcept {
  Type& type = static_cast<Type&>(*self.object());
  if (&type == &type_type() && arguments.positional != 3) [[unlikely]]
    return type_of_argument(arguments);
  const ConstructFunction construct = slots_of(type).construct;
  if (construct == nullptr)
    return raise(ErrorKind::kType, {"cannot create '", type.name(), "' instances"});
  Ref<> instance = construct(type, arguments);
  if (!instance || !type_of(instance.value()).is_subtype_of(type)) return instance;
  const InitialiseFunction initialise = slots_of(type_of(instance.value())).initialise;
  if (initialise == nullptr || failed(initialise(instance.value(), arguments)))
    return initialise == nullptr ? std::move(instance) : Ref<>();
  return instance;
}

}  // namespace orochi::inline OROCHI_DESIGN
