// The methods of `list` and its iterators.
#include "objects/model/error.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/list.h"
#include "objects/types/list_iterator.h"
#include "objects/types/native_function.h"
#include "objects/types/sequence_repr.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] List& self_of(const Value* arguments) noexcept {
  return static_cast<List&>(*arguments[0].object());
}

// --- One item. ---

Ref<> append(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments).append(Ref<>::of(arguments[1])));
}

Ref<> insert(const Value* arguments) noexcept {
  std::int64_t index = 0;
  if (failed(read_index(arguments[1], index))) return kRaised;
  return none_or_raised(self_of(arguments).insert(index, Ref<>::of(arguments[2])));
}

Ref<> pop(const Value* arguments) noexcept {
  std::int64_t index = 0;
  if (failed(read_index(arguments[1], index))) return kRaised;
  return self_of(arguments).pop(index);
}

Ref<> remove(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments).remove(arguments[1]));
}

// --- Asking items. ---

Ref<> index(const Value* arguments) noexcept {
  std::int64_t start = 0;
  std::int64_t stop = 0;
  if (failed(read_bound(arguments[2], start)) || failed(read_bound(arguments[3], stop)))
    return kRaised;
  List::Found found;
  const Truth there = self_of(arguments).find(arguments[1], start, stop, found);
  if (failed(there)) return kRaised;
  if (there == Truth::kTrue) return make_size(found.place);
  return raise_about(ErrorKind::kValue, "", arguments[1], " is not in list");
}

Ref<> count(const Value* arguments) noexcept {
  std::size_t count = 0;
  if (failed(self_of(arguments).count_equal(arguments[1], count))) return kRaised;
  return make_size(count);
}

Ref<> sort(const Value* arguments) noexcept {
  bool falls = false;
  if (failed(read_flag(arguments[2], falls))) return kRaised;
  const auto order = falls ? List::Order::kFalling : List::Order::kRising;
  return none_or_raised(self_of(arguments).sort(arguments[1], order));
}

// --- All items. ---

Ref<> extend(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments).extend(arguments[1]));
}

Ref<> clear(const Value* arguments) noexcept {
  self_of(arguments).clear();
  return Special::kNone;
}

Ref<> reverse(const Value* arguments) noexcept {
  self_of(arguments).reverse();
  return Special::kNone;
}

Ref<> copy(const Value* arguments) noexcept { return self_of(arguments).copy(); }

Ref<> reversed(const Value* arguments) noexcept {
  return ListIterator::make_reversed(self_of(arguments));
}

constexpr NativeSpec kMethods[] = {
    {"append(self, object, /)", append},
    {"insert(self, index, object, /)", insert},
    {"pop(self, index=-1, /)", pop},
    {"remove(self, value, /)", remove},
    {"index(self, value, start=0, stop=9223372036854775807, /)", index},
    {"count(self, value, /)", count},
    {"sort(self, /, *, key=None, reverse=False)", sort},
    {"extend(self, iterable, /)", extend},
    {"clear(self, /)", clear},
    {"reverse(self, /)", reverse},
    {"copy(self, /)", copy},
    {"__reversed__(self, /)", reversed},
};

// --- Iterators. ---

Ref<> remaining(const Value* arguments) noexcept {
  return make_size(static_cast<ListIterator*>(arguments[0].object())->remaining());
}
Ref<> remaining_reversed(const Value* arguments) noexcept {
  return make_size(static_cast<ListIterator*>(arguments[0].object())->remaining_reversed());
}

constexpr NativeSpec kOfIterators[] = {
    {"__length_hint__(self, /)", remaining},
    reduce_method<ListIterator, &ListIterator::reduce>(),
    set_state_method<ListIterator, &ListIterator::set_state>(),
};
constexpr NativeSpec kOfReversed[] = {
    {"__length_hint__(self, /)", remaining_reversed},
    reduce_method<ListIterator, &ListIterator::reduce_reversed>(),
    set_state_method<ListIterator, &ListIterator::set_state_reversed>(),
};

}  // namespace

Status define_list_methods() noexcept {
  if (failed(define_methods(list_type(), kMethods))) return kRaised;
  if (failed(define_methods(list_iterator_type(), kOfIterators))) return kRaised;
  return define_methods(list_reverse_iterator_type(), kOfReversed);
}

}  // namespace orochi::inline OROCHI_DESIGN
