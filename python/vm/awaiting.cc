// What can be delegated to and awaited: iterator_to_delegate_to and its like, in generator.h.

#include "objects/model/operations.h"
#include "python/vm/generator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] const Protocols& slots_of(Value value) noexcept {
  return type_of(value).block().protocols();
}

[[nodiscard]] bool is_coroutine(Value value) noexcept {
  return value.is_object() && &type_of(*value.object()) == &coroutine_type();
}

// A generator that types.coroutine made one to await.
[[nodiscard]] bool is_awaited_generator(Value value) noexcept {
  const Generator* const generator = as_generator(value);
  constexpr std::uint32_t kIterableCoroutine = 0x100;
  return generator != nullptr && (generator->code().code().flags & kIterableCoroutine) != 0;
}

Raised raise_not_awaitable(Value value, AwaitOrigin origin) noexcept {
  const std::string_view name = type_of(value).name();
  switch (origin) {
    case AwaitOrigin::kEnter:
      return raise(ErrorKind::kType, {"'async with' received an object from __aenter__ that does "
                                      "not implement __await__: ",
                                      name});
    case AwaitOrigin::kExit:
      return raise(ErrorKind::kType, {"'async with' received an object from __aexit__ that does "
                                      "not implement __await__: ",
                                      name});
    case AwaitOrigin::kNext:
      return raise(ErrorKind::kType,
                   {"'async for' received an invalid object from __anext__: ", name});
    case AwaitOrigin::kExpression:
      break;
  }
  return raise(ErrorKind::kType, {"object ", name, " can't be used in 'await' expression"});
}

[[nodiscard]] Ref<> awaited(Value value) noexcept {
  const UnaryFunction await = slots_of(value).await;
  Ref<> iterator = await(value);
  if (!iterator) return kRaised;
  if (is_coroutine(iterator.value()) || is_awaited_generator(iterator.value()))
    return raise(ErrorKind::kType, {"__await__() returned a coroutine"});
  if (slots_of(iterator.value()).next == nullptr)
    return raise(ErrorKind::kType, {"__await__() returned non-iterator of type '",
                                    type_of(iterator.value()).name(), "'"});
  return iterator;
}

}  // namespace

Ref<> iterator_to_delegate_to(Value value, std::uint32_t code_flags) noexcept {
  if (is_coroutine(value)) {
    if ((code_flags & bytecode::kCoroutine) != 0) return Ref<>::of(value);
    return raise(ErrorKind::kType, {"cannot 'yield from' a coroutine object in a non-coroutine "
                                    "generator"});
  }
  return as_generator(value) != nullptr ? Ref<>::of(value) : iterate(value);
}

Ref<> iterator_of_awaitable(Value awaitable, AwaitOrigin origin) noexcept {
  if (is_coroutine(awaitable)) {
    const auto& coroutine = static_cast<const Generator&>(*awaitable.object());
    if (coroutine.state() == Generator::State::kSuspended && coroutine.delegate())
      return raise(ErrorKind::kRuntime, {"coroutine is being awaited already"});
    return Ref<>::of(awaitable);
  }
  if (is_awaited_generator(awaitable)) return Ref<>::of(awaitable);
  if (slots_of(awaitable).await == nullptr) return raise_not_awaitable(awaitable, origin);
  return awaited(awaitable);
}

Ref<> async_iterator_of(Value iterable) noexcept {
  const UnaryFunction iter = slots_of(iterable).async_iter;
  if (iter == nullptr)
    return raise(ErrorKind::kType, {"'async for' requires an object with __aiter__ method, got ",
                                    type_of(iterable).name()});
  Ref<> iterator = iter(iterable);
  if (!iterator || slots_of(iterator.value()).async_next != nullptr) return iterator;
  return raise(ErrorKind::kType, {"'async for' received an object from __aiter__ that does not "
                                  "implement __anext__: ",
                                  type_of(iterator.value()).name()});
}

Ref<> async_next_of(Value iterator) noexcept {
  const UnaryFunction next = slots_of(iterator).async_next;
  if (next != nullptr) return next(iterator);
  return raise(ErrorKind::kType, {"'async for' requires an iterator with __anext__ method, got ",
                                  type_of(iterator).name()});
}

}  // namespace orochi::inline OROCHI_DESIGN
