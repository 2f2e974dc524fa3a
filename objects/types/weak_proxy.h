// objects/types/weak_proxy.h: weakref.proxy, which behaves as the object that it does not keep.
//
// What is done with a proxy is done with its object, which is counted meanwhile; once that is dead
// all of it raises ReferenceError. Only repr tells the two apart. A proxy has no hash. A proxy of
// what can be called can be called.
//
// Attached threads. Each operation runs what the object's own runs.
// Tests: tests/objects/types/weak_proxy_test.cc
#pragma once

#include "objects/model/type.h"
#include "objects/model/weak_link.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& proxy_type() noexcept;
[[nodiscard]] Type& callable_proxy_type() noexcept;
// Once, after make_weakref_type.
[[nodiscard]] Status make_weak_proxy_types() noexcept;

// None or nothing as callback: it has none, and one that was made before is given again.
[[nodiscard]] Ref<WeakLink> make_weak_proxy(Value referent, Ref<> callback) noexcept;

// The proxy that a value is; null: it is none.
[[nodiscard]] inline WeakLink* as_weak_proxy(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(value);
  const bool is_proxy = &type == &proxy_type() || &type == &callable_proxy_type();
  return is_proxy ? static_cast<WeakLink*>(value.object()) : nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN
