// objects/model/ref.h: references that their holder owns.
//
//   Ref<T>    a counted reference to a T, which is an Object; or nothing
//   Ref<>     any value that its holder owns: an object, counted, or an immediate; or nothing
//   T*, Value borrowed: somebody else counts, for longer than the use
//
// A Ref gives its reference back when it ends. That may be the last one: then a destructor runs,
// and a section that reads without counting is over (rule 9). Moving counts nothing; a second
// reference is asked for by name, so that every count can be seen:
//
//     Ref<Tuple> mine = make_tuple(...);
//     Ref<Tuple> other = mine.share();           // one more
//     field.store(holder, std::move(other));     // handed over
//
// A function takes what it borrows as T& or Value and what it keeps as Ref. It returns Ref: empty
// after an exception was raised (objects/model/status.h).
//
// Attached threads only. A Ref belongs to one thread at a time.
// Tests: tests/objects/model/ref_test.cc
#pragma once

#include <cassert>
#include <concepts>
#include <type_traits>
#include <utility>

#include "memory/counted.h"
#include "objects/model/object.h"
#include "objects/model/value.h"

namespace orochi::inline OROCHI_DESIGN {

// A reference more, or less, to what a value points to; immediates have none.
inline void retain(Value value) noexcept {
  if (value.is_counted()) retain(static_cast<void*>(value.counted_object()));
}
inline void drop(Value value) noexcept {
  if (value.is_counted()) drop(static_cast<void*>(value.counted_object()));
}

template <class T = void>
class [[nodiscard]] Ref {
  // T may be incomplete where a Ref of it is only named.
 public:
  constexpr Ref() noexcept = default;
  // Takes over a reference that the caller owns.
  [[nodiscard]] static Ref adopt(T* object) noexcept { return Ref(object); }
  // One reference more to what the caller borrows, which is not null.
  [[nodiscard]] static Ref of(T& object) noexcept {
    retain(static_cast<void*>(header(&object)));
    return Ref(&object);
  }

  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <std::derived_from<T> U>
  Ref(Ref<U>&& other) noexcept : object_(other.release()) {}  // NOLINT(*-explicit-*): an upcast
  Ref& operator=(Ref&& other) noexcept {
    Ref(std::move(other)).swap(*this);
    return *this;
  }
  Ref(const Ref&) = delete;
  Ref& operator=(const Ref&) = delete;
  ~Ref() {
    if (object_ != nullptr) drop(static_cast<void*>(header(object_)));
  }

  [[nodiscard]] Ref share() const noexcept { return object_ == nullptr ? Ref() : of(*object_); }

  [[nodiscard]] T* get() const noexcept { return object_; }
  [[nodiscard]] T& operator*() const noexcept { return *object_; }
  [[nodiscard]] T* operator->() const noexcept { return object_; }
  [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }
  // Borrowed.
  [[nodiscard]] Value value() const noexcept { return Value(header(object_)); }

  // The reference is the caller's from now on.
  [[nodiscard]] T* release() noexcept { return std::exchange(object_, nullptr); }
  void swap(Ref& other) noexcept { std::swap(object_, other.object_); }

 private:
  explicit Ref(T* object) noexcept : object_(object) {}
  [[nodiscard]] static Object* header(T* object) noexcept { return object; }

  T* object_ = nullptr;
};

template <>
class [[nodiscard]] Ref<void> {
 public:
  constexpr Ref() noexcept = default;
  [[nodiscard]] static Ref adopt(Value value) noexcept { return Ref(value); }
  [[nodiscard]] static Ref of(Value value) noexcept {
    retain(value);
    return Ref(value);
  }
  // An immediate, which nobody counts.
  Ref(Special special) noexcept : value_(special) {}  // NOLINT(*-explicit-*): nothing is owed

  Ref(Ref&& other) noexcept : value_(std::exchange(other.value_, Value())) {}
  template <class U>
  Ref(Ref<U>&& other) noexcept : value_(other.value()) {  // NOLINT(*-explicit-*): an upcast
    static_cast<void>(other.release());
  }
  Ref& operator=(Ref&& other) noexcept {
    Ref(std::move(other)).swap(*this);
    return *this;
  }
  Ref(const Ref&) = delete;
  Ref& operator=(const Ref&) = delete;
  ~Ref() { drop(value_); }

  [[nodiscard]] Ref share() const noexcept { return of(value_); }

  // Borrowed.
  [[nodiscard]] Value value() const noexcept { return value_; }
  [[nodiscard]] explicit operator bool() const noexcept { return !value_.is_empty(); }

  // Requires: it is a T.
  template <class T>
  [[nodiscard]] T& as() const noexcept {
    return static_cast<T&>(*value_.object());
  }
  // The same reference, known to be to a T; nothing stays nothing.
  template <class T>
  [[nodiscard]] Ref<T> cast() && noexcept {
    return value_ ? Ref<T>::adopt(static_cast<T*>(release().object())) : Ref<T>();
  }

  // The reference is the caller's from now on.
  [[nodiscard]] Value release() noexcept { return std::exchange(value_, Value()); }
  void swap(Ref& other) noexcept { std::swap(value_, other.value_); }

 private:
  explicit Ref(Value value) noexcept : value_(value) { assert(!value.is_deferred()); }

  Value value_;
};

}  // namespace orochi::inline OROCHI_DESIGN
