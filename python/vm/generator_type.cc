// What a program sees of generators and coroutines.

#include "objects/model/new_object.h"
#include "objects/types/native_function.h"
#include "python/vm/async_generator.h"
#include "python/vm/coroutine_wrapper.h"
#include "python/vm/generator_attributes.h"
#include "python/vm/resumption.h"

namespace orochi::inline OROCHI_DESIGN {

namespace attributes = generator_attributes;

namespace {

constinit Type* g_generator = nullptr;  // all written by make_generator_types
constinit Type* g_coroutine = nullptr;
constinit Type* g_wrapper = nullptr;

// A coroutine's wrapper does what the coroutine does.
[[nodiscard]] Generator& self_of(Value self) noexcept {
  if (&type_of(*self.object()) == g_wrapper)
    return static_cast<CoroutineWrapper&>(*self.object()).coroutine();
  return static_cast<Generator&>(*self.object());
}

// --- Methods. ---

Ref<> send(const Value* arguments) noexcept {
  Ref<> returned;
  Ref<> yielded = self_of(arguments[0]).send(arguments[1], returned);
  return as_answer(std::move(yielded), std::move(returned));
}

Ref<> throw_in(const Value* arguments) noexcept {
  if (!prepare_throw(arguments[1], arguments[2], arguments[3])) return kRaised;
  Ref<> returned;
  Ref<> yielded = self_of(arguments[0]).throw_in(returned);
  return as_answer(std::move(yielded), std::move(returned));
}

Ref<> close(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).close());
}

constexpr NativeSpec kMethods[] = {
    {"send(self, value, /)", send},
    {"throw(self, type, value=<none>, traceback=<none>, /)", throw_in},
    {"close(self, /)", close},
};

// --- Attributes. ---

constexpr AttributeSpec kGeneratorAttributes[] = {
    {"__name__", attributes::name, attributes::set_name},
    {"__qualname__", attributes::qualified_name, attributes::set_qualified_name},
    {"gi_code", attributes::code},
    {"gi_running", attributes::is_running},
    {"gi_suspended", attributes::is_suspended},
    {"gi_yieldfrom", attributes::delegate},
    {"gi_frame", attributes::frame},
};
constexpr AttributeSpec kCoroutineAttributes[] = {
    {"__name__", attributes::name, attributes::set_name},
    {"__qualname__", attributes::qualified_name, attributes::set_qualified_name},
    {"cr_code", attributes::code},
    {"cr_running", attributes::is_running},
    {"cr_suspended", attributes::is_suspended},
    {"cr_await", attributes::delegate},
    {"cr_frame", attributes::frame},
    {"cr_origin", attributes::origin},
};

// --- Slots. ---

Ref<> itself(Value self) noexcept { return Ref<>::of(self); }

Status next_of(Value self, Ref<>& item) noexcept {
  Ref<> returned;
  Ref<> yielded = self_of(self).send(Value::kNone, returned);
  return as_next(std::move(yielded), std::move(returned), item);
}

[[nodiscard]] Type* make_type(std::string_view name, const Layout& layout,
                              const Protocols& slots) noexcept {
  Type* const ancestors[] = {&object_type()};
  Type* const made = Type::make({.name = name,
                                 .layout = &layout,
                                 .ancestors = ancestors,
                                 .protocols = slots,
                                 .is_final = true,
                                 .is_weakly_referable = true});
  if (made != nullptr) made->set_abstract(true);
  return made;
}

}  // namespace

Generator* as_generator(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type* const type = &type_of(*value.object());
  const bool is_one = type == g_generator || type == g_coroutine || type == g_wrapper;
  return is_one ? &self_of(value) : nullptr;
}

Ref<> coroutine_await(Value coroutine) noexcept {
  return new_object<CoroutineWrapper>(*g_wrapper, Ref<>::of(coroutine));
}

Type& generator_type() noexcept { return *g_generator; }
Type& coroutine_type() noexcept { return *g_coroutine; }

Status make_generator_types() noexcept {
  Protocols slots;
  slots.iter = itself;
  slots.next = next_of;
  g_wrapper = make_type("coroutine_wrapper", layout_of<CoroutineWrapper>, slots);
  slots.repr = attributes::repr;
  g_generator = make_type("generator", layout_of<Generator>, slots);
  Protocols of_coroutine;
  of_coroutine.repr = attributes::repr;
  of_coroutine.await = coroutine_await;
  g_coroutine = make_type("coroutine", layout_of<Generator>, of_coroutine);
  if (g_generator == nullptr || g_coroutine == nullptr || g_wrapper == nullptr) return kRaised;
  for (Type* type : {g_generator, g_coroutine, g_wrapper})
    if (failed(define_methods(*type, kMethods))) return kRaised;
  if (failed(define_attributes(*g_generator, kGeneratorAttributes)) ||
      failed(define_attributes(*g_coroutine, kCoroutineAttributes)))
    return kRaised;
  return make_async_generator_type();
}

}  // namespace orochi::inline OROCHI_DESIGN
