// _functools: functions made of functions.

#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "python/modules/calls.h"
#include "python/modules/functools/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace functools {

Ref<> reduce(const Value* arguments) noexcept {
  const Ref<> iterator = iterate(arguments[1]);
  if (!iterator) {
    if (is_pending(exception_type(ErrorKind::kType)))
      return raise(ErrorKind::kType, {"reduce() arg 2 must support iteration"});
    return kRaised;
  }
  Ref<> total = Ref<>::of(arguments[2]);
  for (;;) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return kRaised;
    if (!item) break;
    total = total ? call_with(arguments[0], {total.value(), item.value()}) : std::move(item);
    if (!total) return kRaised;
  }
  if (total) return total;
  return raise(ErrorKind::kType, {"reduce() of empty iterable with no initial value"});
}

}  // namespace functools

namespace {

constexpr NativeSpec kFunctions[] = {
    {"reduce(function, iterable, initial=<none>, /)", functools::reduce,
     "Apply a function of two arguments cumulatively to the items of an iterable, from left to "
     "right."},
    {"cmp_to_key(mycmp)", functools::cmp_to_key, "Convert a cmp= function into a key= function."},
};

Status complete(Module& module) noexcept {
  if (failed(functools::add_partial(module)) || failed(functools::add_key_wrapper()))
    return kRaised;
  return functools::add_lru_cache(module);
}

}  // namespace

extern constinit const NativeModule kFunctoolsModule{
    "_functools", "Tools that operate on functions.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
