// python/modules/builtins/call_iterator.h: iter(callable, sentinel): what calls return, until one
// of them returns the sentinel.
//
// I1  An iterator that is at its end stays there, and keeps what it has until it dies (rule 15).
//
// Attached threads; threads that share one call at the same time. A step may run any code.
// Tests: tests/python/modules/builtins_iteration_test.cc
#pragma once

#include <utility>

#include "memory/atomic.h"
#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class CallIterator : public Object {
 public:
  CallIterator(ShapeIndex shape, Ref<> callee, Ref<> sentinel) noexcept
      : Object(shape), callee_(std::move(callee)), sentinel_(std::move(sentinel)) {}
  [[nodiscard]] static Ref<> make(Ref<> callee, Ref<> sentinel) noexcept;

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(callee_));
    visit(Children::of(sentinel_));
  }

 private:
  [[nodiscard]] Status end() noexcept;

  const ConstField callee_;
  const ConstField sentinel_;
  Atomic<bool> is_over_{false};
};

// Once, by the module `builtins`.
[[nodiscard]] Status make_call_iterator_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
