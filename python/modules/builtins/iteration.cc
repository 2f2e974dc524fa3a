// all any iter next sorted.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/each_item.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/call_iterator.h"
#include "python/modules/builtins/functions.h"
#include "python/vm/resumption.h"

namespace orochi::inline OROCHI_DESIGN::builtins {
namespace {

[[nodiscard]] Ref<> bool_or_raised(Truth answer) noexcept {
  if (failed(answer)) return kRaised;
  return Value::of_bool(answer == Truth::kTrue).as_special();
}

[[nodiscard]] Truth opposite(Truth answer) noexcept {
  return failed(answer) ? answer : truth_of(answer == Truth::kFalse);
}

}  // namespace

Ref<> all(const Value* arguments) noexcept {
  return bool_or_raised(
      for_all_items(arguments[0], [](Value item) noexcept { return truth(item); }));
}

Ref<> any(const Value* arguments) noexcept {
  const Truth none =
      for_all_items(arguments[0], [](Value item) noexcept { return opposite(truth(item)); });
  return bool_or_raised(opposite(none));
}

Ref<> iter(const Value* arguments) noexcept {
  if (arguments[1].is_empty()) return iterate(arguments[0]);
  if (type_of(arguments[0]).block().protocols().call == nullptr)
    return raise(ErrorKind::kType, {"iter(v, w): v must be callable"});
  return CallIterator::make(Ref<>::of(arguments[0]), Ref<>::of(arguments[1]));
}

// Without a default the iterator's own StopIteration goes on, with what it says.
Ref<> next(const Value* arguments) noexcept {
  if (arguments[1].is_empty()) return next_or_stop(arguments[0]);
  Ref<> item;
  if (failed(orochi::next(arguments[0], item))) return kRaised;
  return item ? std::move(item) : Ref<>::of(arguments[1]);
}

Ref<> sorted(const Value* arguments) noexcept {
  const Tuple* const given = as_tuple(arguments[0]);
  const std::size_t count = given == nullptr ? 0 : given->size();
  if (count != 1)
    return raise(ErrorKind::kType, {"sorted expected 1 argument, got ", Digits(count).text()});
  Ref<List> list = List::from((*given)[0]);
  if (!list) return kRaised;
  const Truth falling = truth(arguments[2]);
  if (failed(falling)) return kRaised;
  const auto order = falling == Truth::kTrue ? List::Order::kFalling : List::Order::kRising;
  if (failed(list->sort(arguments[1], order))) return kRaised;
  return list;
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
