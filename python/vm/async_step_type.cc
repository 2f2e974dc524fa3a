// What a program sees of steps of async generators.

#include "objects/model/new_object.h"
#include "objects/types/native_function.h"
#include "python/vm/async_step.h"
#include "python/vm/resumption.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_send = nullptr;  // both written by make_async_step_types
constinit Type* g_throw = nullptr;

[[nodiscard]] AsyncStep& self_of(Value self) noexcept {
  return static_cast<AsyncStep&>(*self.object());
}

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
  self_of(arguments[0]).close();
  return Special::kNone;
}

constexpr NativeSpec kMethods[] = {
    {"send(self, value, /)", send},
    {"throw(self, type, value=<none>, traceback=<none>, /)", throw_in},
    {"close(self, /)", close},
};

Ref<> itself(Value self) noexcept { return Ref<>::of(self); }

Status next_of(Value self, Ref<>& item) noexcept {
  Ref<> returned;
  Ref<> yielded = self_of(self).send(Value::kNone, returned);
  return as_next(std::move(yielded), std::move(returned), item);
}

[[nodiscard]] Type* make_type(std::string_view name) noexcept {
  Protocols slots;
  slots.iter = itself;
  slots.await = itself;
  slots.next = next_of;
  Type* const ancestors[] = {&object_type()};
  Type* const made = Type::make({.name = name,
                                 .layout = &layout_of<AsyncStep>,
                                 .ancestors = ancestors,
                                 .protocols = slots,
                                 .is_final = true});
  if (made == nullptr) return nullptr;
  made->set_abstract(true);
  return failed(define_methods(*made, kMethods)) ? nullptr : made;
}

}  // namespace

Ref<> make_async_step(AsyncGenerator& generator, AsyncStep::Kind kind, Ref<> operand) noexcept {
  if (failed(generator.become_known())) return kRaised;
  Type& type = kind == AsyncStep::Kind::kSend ? *g_send : *g_throw;
  return new_object<AsyncStep>(type, Ref<>::of(Value(&generator)), kind, std::move(operand));
}

AsyncStep* as_async_step(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type* const type = &type_of(*value.object());
  return type == g_send || type == g_throw ? &self_of(value) : nullptr;
}

Status make_async_step_types() noexcept {
  g_send = make_type("async_generator_asend");
  g_throw = make_type("async_generator_athrow");
  return g_send == nullptr || g_throw == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
