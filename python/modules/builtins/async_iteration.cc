// aiter anext.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/anext_default.h"
#include "python/modules/builtins/functions.h"

namespace orochi::inline OROCHI_DESIGN::builtins {

Ref<> aiter(const Value* arguments) noexcept {
  const UnaryFunction iterate = type_of(arguments[0]).block().protocols().async_iter;
  if (iterate == nullptr)
    return raise(ErrorKind::kType,
                 {"'", type_name(arguments[0]), "' object is not an async iterable"});
  Ref<> iterator = iterate(arguments[0]);
  if (!iterator || type_of(iterator.value()).block().protocols().async_next != nullptr)
    return iterator;
  return raise(ErrorKind::kType, {"aiter() returned not an async iterator of type '",
                                  type_name(iterator.value()), "'"});
}

Ref<> anext(const Value* arguments) noexcept {
  const UnaryFunction next = type_of(arguments[0]).block().protocols().async_next;
  if (next == nullptr)
    return raise(ErrorKind::kType,
                 {"'", type_name(arguments[0]), "' object is not an async iterator"});
  Ref<> awaitable = next(arguments[0]);
  if (!awaitable || arguments[1].is_empty()) return awaitable;
  return AnextDefault::make(std::move(awaitable), Ref<>::of(arguments[1]));
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
