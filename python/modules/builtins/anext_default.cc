#include "python/modules/builtins/anext_default.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/native_function.h"
#include "python/modules/arguments.h"
#include "python/modules/late_name.h"
#include "python/vm/resumption.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_anext_default_type, before there are any

constinit LateName g_close("close");
constinit LateName g_send("send");
constinit LateName g_throw("throw");

[[nodiscard]] AnextDefault& self_of(Value self) noexcept {
  return static_cast<AnextDefault&>(*self.object());
}

template <LateName& kName, std::size_t kMost>
Ref<> forward(const Value* arguments) noexcept {
  Str* const name = kName.get();
  if (name == nullptr) return kRaised;
  std::size_t given = 0;
  while (given < kMost && !arguments[1 + given].is_empty()) ++given;
  return self_of(arguments[0]).forward(*name, {arguments + 1, given});
}

constexpr NativeSpec kMethods[] = {
    {"send(self, value, /)", forward<g_send, 1>},
    {"throw(self, type, value=<none>, traceback=<none>, /)", forward<g_throw, 3>},
    {"close(self, /)", forward<g_close, 0>},
};

}  // namespace

Status make_anext_default_type() noexcept {
  Protocols slots;
  slots.await = [](Value self) noexcept { return Ref<>::of(self); };
  slots.iter = slots.await;
  slots.next = [](Value self, Ref<>& item) noexcept { return self_of(self).next(item); };
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "anext_awaitable",
                       .layout = &layout_of<AnextDefault>,
                       .ancestors = ancestors,
                       .protocols = slots});
  return g_type == nullptr ? Status::kFailed : define_methods(*g_type, kMethods);
}

Ref<> AnextDefault::make(Ref<> awaitable, Ref<> otherwise) noexcept {
  return new_object<AnextDefault>(*g_type, std::move(awaitable), std::move(otherwise));
}

Ref<> AnextDefault::iterator() const noexcept {
  const Value awaitable = awaitable_.get();
  const UnaryFunction await = type_of(awaitable).block().protocols().await;
  if (await != nullptr) return await(awaitable);
  return raise(ErrorKind::kType,
               {"object ", type_name(awaitable), " can't be used in 'await' expression"});
}

void AnextDefault::replace_end() const noexcept {
  if (!is_pending(exception_type(BuiltinException::kStopAsyncIteration))) return;
  clear_error();
  static_cast<void>(raise_value(ErrorKind::kStopIteration, Ref<>::of(otherwise_.get())));
}

Status AnextDefault::next(Ref<>& item) noexcept {
  const Ref<> inner = iterator();
  if (inner && !failed(next_as_it_says(inner.value(), item))) return Status::kDone;
  replace_end();
  return kRaised;
}

Ref<> AnextDefault::forward(Str& method, std::span<const Value> arguments) noexcept {
  const Ref<> inner = iterator();
  if (!inner) return kRaised;
  Ref<> result = call_method(inner.value(), method, {arguments.data(), arguments.size(), nullptr});
  if (!result) replace_end();
  return result;
}

}  // namespace orochi::inline OROCHI_DESIGN
