// The methods of `tuple` and its iterators.
#include "objects/model/error.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/tuple_iterator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Tuple& self_of(const Value* arguments) noexcept {
  return static_cast<Tuple&>(*arguments[0].object());
}

Ref<> index(const Value* arguments) noexcept {
  std::int64_t start = 0;
  std::int64_t stop = 0;
  if (failed(read_bound(arguments[2], start)) || failed(read_bound(arguments[3], stop)))
    return kRaised;
  std::size_t place = 0;
  const Truth there = self_of(arguments).find(arguments[1], start, stop, place);
  if (failed(there)) return kRaised;
  if (there == Truth::kTrue) return make_size(place);
  return raise(ErrorKind::kValue, {"tuple.index(x): x not in tuple"});
}

Ref<> count(const Value* arguments) noexcept {
  std::size_t count = 0;
  if (failed(self_of(arguments).count_equal(arguments[1], count))) return kRaised;
  return make_size(count);
}

Ref<> remaining(const Value* arguments) noexcept {
  return make_size(static_cast<TupleIterator*>(arguments[0].object())->remaining());
}

constexpr NativeSpec kMethods[] = {
    {"index(self, value, start=0, stop=9223372036854775807, /)", index},
    {"count(self, value, /)", count},
};
constexpr NativeSpec kOfIterators[] = {
    {"__length_hint__(self, /)", remaining},
    reduce_method<TupleIterator, &TupleIterator::reduce>(),
    set_state_method<TupleIterator, &TupleIterator::set_state>(),
};

}  // namespace

Status define_tuple_methods() noexcept {
  if (failed(define_methods(tuple_type(), kMethods))) return kRaised;
  return define_methods(tuple_iterator_type(), kOfIterators);
}

}  // namespace orochi::inline OROCHI_DESIGN
