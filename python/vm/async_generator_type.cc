// What a program sees of async generators.

#include "objects/types/generic_alias.h"
#include "objects/types/native_function.h"
#include "python/vm/async_step.h"
#include "python/vm/generator_attributes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_async_generator_type

[[nodiscard]] AsyncGenerator& self_of(Value self) noexcept {
  return static_cast<AsyncGenerator&>(*self.object());
}

// --- Steps. ---

Ref<> asend(const Value* arguments) noexcept {
  return make_async_step(self_of(arguments[0]), AsyncStep::Kind::kSend, Ref<>::of(arguments[1]));
}
Ref<> athrow(const Value* arguments) noexcept {
  return make_async_step(self_of(arguments[0]), AsyncStep::Kind::kThrow, Ref<>::of(arguments[1]));
}
Ref<> aclose(const Value* arguments) noexcept {
  return make_async_step(self_of(arguments[0]), AsyncStep::Kind::kClose, Ref<>());
}

constexpr NativeSpec kMethods[] = {
    {"asend(self, value, /)", asend},
    {"athrow(self, /, *args)", athrow},
    {"aclose(self, /)", aclose},
};
constexpr NativeSpec kClassMethods[] = {
    {"__class_getitem__(cls, item, /)", class_with_arguments, "See PEP 585"}};

// --- Attributes. ---

Ref<> is_running(Value self) noexcept {
  return self_of(self).is_stepping() ? Special::kTrue : Special::kFalse;
}

constexpr AttributeSpec kAttributes[] = {
    {"__name__", generator_attributes::name, generator_attributes::set_name},
    {"__qualname__", generator_attributes::qualified_name,
     generator_attributes::set_qualified_name},
    {"ag_code", generator_attributes::code},
    {"ag_running", is_running},
    {"ag_await", generator_attributes::delegate},
    {"ag_frame", generator_attributes::frame},
};

Ref<> itself(Value self) noexcept { return Ref<>::of(self); }
Ref<> next_of(Value self) noexcept {
  return make_async_step(self_of(self), AsyncStep::Kind::kSend, Special::kNone);
}

}  // namespace

Type& async_generator_type() noexcept { return *g_type; }

Status make_async_generator_type() noexcept {
  Protocols slots;
  slots.repr = generator_attributes::repr;
  slots.async_iter = itself;
  slots.async_next = next_of;
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "async_generator",
                       .layout = &layout_of<AsyncGenerator>,
                       .ancestors = ancestors,
                       .protocols = slots,
                       .is_final = true,
                       .is_weakly_referable = true});
  if (g_type == nullptr) return kRaised;
  g_type->set_abstract(true);
  if (failed(define_methods(*g_type, kMethods)) ||
      failed(define_class_methods(*g_type, kClassMethods)) ||
      failed(define_attributes(*g_type, kAttributes)))
    return kRaised;
  return make_async_step_types();
}

}  // namespace orochi::inline OROCHI_DESIGN
