// objects/types/callable_iterator.h: iter(callable, sentinel): what calls return, until one returns
// the sentinel.
//
// I1  One that was at its end stays there, and keeps what it has until it dies (rule 15).
//
// Attached threads; threads may share one, and each call is one thread's. A step may run any code.
// Tests: tests/objects/types/callable_iterator_test.cc
#pragma once

#include "memory/atomic.h"
#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& callable_iterator_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_callable_iterator_type() noexcept;

class CallableIterator : public Object {
 public:
  CallableIterator(ShapeIndex shape, Ref<> callable, Ref<> sentinel) noexcept
      : Object(shape), callable_(std::move(callable)), sentinel_(std::move(sentinel)) {}
  // Raises TypeError for what cannot be called.
  [[nodiscard]] static Ref<> make(Value callable, Value sentinel) noexcept;

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // iter, (callable, sentinel)
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(callable_));
    visit(Children::of(sentinel_));
  }

 private:
  // relaxed, both: nothing else depends on it, and a call more that was begun before is in order.
  [[nodiscard]] bool is_over() const noexcept { return is_over_.load(kRelaxed); }
  Status end() noexcept {
    is_over_.store(true, kRelaxed);
    return Status::kDone;
  }

  const ConstField callable_;
  const ConstField sentinel_;
  Atomic<bool> is_over_{false};
};

}  // namespace orochi::inline OROCHI_DESIGN
