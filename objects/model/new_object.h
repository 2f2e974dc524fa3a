// objects/model/new_object.h: how an object is made.
//
//     Ref<Cell> cell = new_object<Cell>(cell_type(), std::move(value));
//     if (!cell) return kRaised;
//
// The object is live, for the collector too, once its constructor has run: so the constructor
// leaves it with fields that can be visited, and neither allocates, nor locks, nor comes to a
// safepoint, as memory/heap.h asks.
//
// Attached threads. Allocating never collects and never runs code of others.
// Tests: tests/objects/model/new_object_test.cc
#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include "memory/heap.h"
#include "objects/model/error.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// With `trailing` bytes after the fixed part. T's constructor takes the shape first.
template <std::derived_from<Object> T, class... Arguments>
[[nodiscard]] Ref<T> new_object_with_trailing(Type& type, std::size_t trailing,
                                              Arguments&&... arguments) noexcept {
  static_assert(std::is_nothrow_constructible_v<T, ShapeIndex, Arguments...>);
  static_assert(std::is_trivially_destructible_v<T>, "its layout says how it ends");
  static_assert(alignof(T) <= 16);
  void* const block =
      trailing > SIZE_MAX - sizeof(T) ? nullptr : heap::allocate(sizeof(T) + trailing);
  if (block == nullptr) return raise_memory_error();
  T* const object = new (block) T(type.root().index(), std::forward<Arguments>(arguments)...);
  object->begin_life();
  return Ref<T>::adopt(object);
}

template <std::derived_from<Object> T, class... Arguments>
[[nodiscard]] Ref<T> new_object(Type& type, Arguments&&... arguments) noexcept {
  return new_object_with_trailing<T>(type, 0, std::forward<Arguments>(arguments)...);
}

}  // namespace orochi::inline OROCHI_DESIGN
