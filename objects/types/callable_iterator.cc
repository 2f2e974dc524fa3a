#include "objects/types/callable_iterator.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_callable_iterator_type

[[nodiscard]] CallableIterator& self_of(Value self) noexcept {
  return static_cast<CallableIterator&>(*self.object());
}

constexpr NativeSpec kMethods[] = {
    reduce_method<CallableIterator, &CallableIterator::reduce>(),
};

[[nodiscard]] Protocols iterator_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept { return self_of(self).next(item); };
  return slots;
}

}  // namespace

Type& callable_iterator_type() noexcept { return *g_type; }

Status make_callable_iterator_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "callable_iterator",
                       .layout = &layout_of<CallableIterator>,
                       .ancestors = ancestors,
                       .protocols = iterator_protocols(),
                       .is_final = true});
  return g_type == nullptr ? Status::kFailed : define_methods(*g_type, kMethods);
}

Ref<> CallableIterator::make(Value callable, Value sentinel) noexcept {
  if (type_of(callable).block().protocols().call == nullptr)
    return raise(ErrorKind::kType, {"iter(v, w): v must be callable"});
  return new_object<CallableIterator>(*g_type, Ref<>::of(callable), Ref<>::of(sentinel));
}

// A StopIteration of the call is an end too.
Status CallableIterator::next(Ref<>& item) noexcept {
  if (is_over()) return Status::kDone;
  Ref<> result = call(callable_.get(), Arguments());
  if (!result) {
    if (!is_pending(exception_type(ErrorKind::kStopIteration))) return kRaised;
    clear_error();
    return end();
  }
  if (is_over()) return Status::kDone;
  const Truth is_last = same_or_equal(sentinel_.get(), result.value());
  if (failed(is_last)) return kRaised;
  if (is_last == Truth::kTrue) return end();
  item = std::move(result);
  return Status::kDone;
}

Ref<> CallableIterator::reduce() const noexcept {
  if (is_over()) return reduce_empty();
  return reduce_by_iter(Tuple::of(callable_.load(), sentinel_.load()));
}

}  // namespace orochi::inline OROCHI_DESIGN
