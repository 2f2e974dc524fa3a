#include "python/modules/builtins/call_iterator.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type = nullptr;  // written by make_call_iterator_type, before there are any

}  // namespace

Status make_call_iterator_type() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return static_cast<CallIterator*>(self.object())->next(item);
  };
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "callable_iterator",
                       .layout = &layout_of<CallIterator>,
                       .ancestors = ancestors,
                       .protocols = slots});
  return g_type == nullptr ? Status::kFailed : Status::kDone;
}

Ref<> CallIterator::make(Ref<> callee, Ref<> sentinel) noexcept {
  return new_object<CallIterator>(*g_type, std::move(callee), std::move(sentinel));
}

// relaxed: it says nothing about anything else, here and in next.
Status CallIterator::end() noexcept {
  is_over_.store(true, kRelaxed);
  return Status::kDone;
}

Status CallIterator::next(Ref<>& item) noexcept {
  if (is_over_.load(kRelaxed)) return Status::kDone;
  Ref<> result = call(callee_.get(), {});
  if (!result) {
    if (!is_pending(exception_type(ErrorKind::kStopIteration))) return kRaised;
    clear_error();
    return end();
  }
  const Truth is_last = same_or_equal(sentinel_.get(), result.value());
  if (failed(is_last)) return kRaised;
  if (is_last == Truth::kTrue) return end();
  result.swap(item);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
