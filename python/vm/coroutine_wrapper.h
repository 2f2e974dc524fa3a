// python/vm/coroutine_wrapper.h: what coroutine.__await__() gives: an iterator that runs the
// coroutine.
//
// Attached threads. Tests: tests/python/language/coroutines.py
#pragma once

#include "python/vm/generator.h"

namespace orochi::inline OROCHI_DESIGN {

class CoroutineWrapper : public Object {
 public:
  CoroutineWrapper(ShapeIndex shape, Ref<> coroutine) noexcept
      : Object(shape), coroutine_(std::move(coroutine)) {}
  [[nodiscard]] Generator& coroutine() const noexcept {
    return static_cast<Generator&>(*coroutine_.get().object());
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(coroutine_));
  }

 private:
  const ConstField coroutine_;
};

}  // namespace orochi::inline OROCHI_DESIGN
