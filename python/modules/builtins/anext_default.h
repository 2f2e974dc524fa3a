// python/modules/builtins/anext_default.h: anext(iterator, default): what to await for the next
// item, or the default where that says that there is none.
//
// Attached threads; a step runs any code.
// Tests: tests/python/modules/builtins_async_test.cc
#pragma once

#include <span>
#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class AnextDefault : public Object {
 public:
  AnextDefault(ShapeIndex shape, Ref<> awaitable, Ref<> otherwise) noexcept
      : Object(shape), awaitable_(std::move(awaitable)), otherwise_(std::move(otherwise)) {}
  [[nodiscard]] static Ref<> make(Ref<> awaitable, Ref<> otherwise) noexcept;

  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // What the method of that name of the awaited iterator returns: send, throw, close.
  [[nodiscard]] Ref<> forward(Str& method, std::span<const Value> arguments) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(awaitable_));
    visit(Children::of(otherwise_));
  }

 private:
  [[nodiscard]] Ref<> iterator() const noexcept;
  // StopAsyncIteration, which is pending, becomes StopIteration with the default.
  void replace_end() const noexcept;

  const ConstField awaitable_;
  const ConstField otherwise_;
};

// Once, by the module `builtins`.
[[nodiscard]] Status make_anext_default_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
