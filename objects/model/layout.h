// objects/model/layout.h: what native code knows of the objects of a type, for the collector and
// the destroyer. Constant; a Python class has the layout of its native base.
//
// `layout_of<T>` makes it from what T has of these:
//
//   for_each_child(visit) const      every reference that it counts: objects/model/children.h
//   give_back(const Remains&)        the end of its buffers and what else is not a reference; after
//                                    its children were dropped. Runs no code of others
//   clear()                          gives up references that may be part of a cycle, in an object
//                                    that lives on for now. Takes the lock, runs destructors
//   finalize()                       what an object wants done before its end, once. Its caller
//                                    counts it; runs code of others: objects/model/finalize.h
//   wants_finalizer() const          whether this object has something to finalize. Without it: yes
//   kIsWeakLink                      it is a WeakLink: objects/model/weak_link.h
//
// Tests: tests/objects/model/destroy_test.cc, finalize_test.cc
#pragma once

#include <cstddef>

#include "memory/function_ref.h"
#include "objects/model/children.h"

namespace orochi::inline OROCHI_DESIGN {

using ChildVisitor = FunctionRef<void(Value)>;

struct Layout {
  std::size_t bytes;  // of the fixed part
  // The world is stopped, or the object is dead.
  void (*visit)(const Object&, ChildVisitor);
  // The object is dead: drops its children and gives its buffers back.
  void (*dismantle)(Object&, const Remains&) noexcept;
  // Null: nothing to clear.
  void (*clear)(Object&) noexcept;
  // Null, both: no object with this layout has a finalizer.
  void (*finalize)(Object&) noexcept;
  bool (*wants_finalizer)(const Object&) noexcept;
  // It may have children. What has none is in no cycle.
  bool is_container;
  bool is_weak_link;
};

namespace detail {

template <class T>
void visit_children(const Object& object, ChildVisitor visit) {
  if constexpr (requires(const T& t) { t.for_each_child(visit); })
    static_cast<const T&>(object).for_each_child(visit);
}

template <class T>
void dismantle(Object& object, const Remains& remains) noexcept {
  T& dead = static_cast<T&>(object);
  if constexpr (requires { dead.for_each_child(remains); }) dead.for_each_child(remains);
  if constexpr (requires { dead.give_back(remains); }) dead.give_back(remains);
}

template <class T>
[[nodiscard]] constexpr auto clear_of() noexcept {
  using Clear = void (*)(Object&) noexcept;
  if constexpr (requires(T & t) { t.clear(); }) {
    return Clear{[](Object& object) noexcept { static_cast<T&>(object).clear(); }};
  } else {
    return Clear{nullptr};
  }
}

template <class T>
[[nodiscard]] constexpr auto finalize_of() noexcept {
  using Finalize = void (*)(Object&) noexcept;
  if constexpr (requires(T & t) { t.finalize(); }) {
    return Finalize{[](Object& object) noexcept { static_cast<T&>(object).finalize(); }};
  } else {
    return Finalize{nullptr};
  }
}

template <class T>
[[nodiscard]] constexpr auto wants_finalizer_of() noexcept {
  using Wants = bool (*)(const Object&) noexcept;
  if constexpr (!requires(T & t) { t.finalize(); }) {
    return Wants{nullptr};
  } else if constexpr (requires(const T& t) { t.wants_finalizer(); }) {
    return Wants{[](const Object& object) noexcept {
      return static_cast<const T&>(object).wants_finalizer();
    }};
  } else {
    return Wants{[](const Object&) noexcept { return true; }};
  }
}

}  // namespace detail

// Its objects may refer to others.
template <class T>
concept HasChildren = requires(const T& object, ChildVisitor visit) {
  object.for_each_child(visit);
};
template <class T>
concept IsWeakLink = requires {
  T::kIsWeakLink;
};

template <class T>
inline constexpr Layout layout_of{
    .bytes = sizeof(T),
    .visit = detail::visit_children<T>,
    .dismantle = detail::dismantle<T>,
    .clear = detail::clear_of<T>(),
    .finalize = detail::finalize_of<T>(),
    .wants_finalizer = detail::wants_finalizer_of<T>(),
    .is_container = HasChildren<T>,
    .is_weak_link = IsWeakLink<T>,
};

}  // namespace orochi::inline OROCHI_DESIGN
