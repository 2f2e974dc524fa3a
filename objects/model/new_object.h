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
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "memory/heap.h"
#include "objects/model/error.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

namespace detail {

// What is behind the native part is aligned for Fields. SIZE_MAX: too many bytes.
[[nodiscard]] constexpr std::size_t native_bytes(std::size_t fixed, std::size_t trailing,
                                                 std::size_t behind) noexcept {
  if (trailing > SIZE_MAX / 2) return SIZE_MAX;
  const std::size_t exact = fixed + trailing;
  return behind == 0 ? exact : (exact + alignof(Object) - 1) & ~(alignof(Object) - 1);
}

}  // namespace detail

// With `trailing` bytes after the fixed part, and behind them what instances of the type have
// (objects/model/instance.h). T's constructor takes the shape first.
template <std::derived_from<Object> T, class... Arguments>
[[nodiscard]] Ref<T> new_object_with_trailing(Type& type, std::size_t trailing,
                                              Arguments&&... arguments) noexcept {
  static_assert(std::is_nothrow_constructible_v<T, ShapeIndex, Arguments...>);
  static_assert(std::is_trivially_destructible_v<T>, "its layout says how it ends");
  static_assert(alignof(T) <= 16);
  const std::size_t behind = type.parts().bytes();
  const std::size_t native = detail::native_bytes(sizeof(T), trailing, behind);
  void* const block = native > SIZE_MAX - behind ? nullptr : heap::allocate(native + behind);
  if (block == nullptr) return raise_memory_error();
  // What is behind the native part begins empty.
  if (behind != 0) std::memset(static_cast<std::byte*>(block) + native, 0, behind);
  T* const object = new (block) T(type.root().index(), std::forward<Arguments>(arguments)...);
  object->begin_life();
  return Ref<T>::adopt(object);
}

template <std::derived_from<Object> T, class... Arguments>
[[nodiscard]] Ref<T> new_object(Type& type, Arguments&&... arguments) noexcept {
  return new_object_with_trailing<T>(type, 0, std::forward<Arguments>(arguments)...);
}

}  // namespace orochi::inline OROCHI_DESIGN
