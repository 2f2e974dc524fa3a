// objects/model/locked.h: holding an object's lock, and the proof of it.
//
//     const Locked list_lock(list);
//     Ref<> before = list.item(i).replace(list_lock.held(), std::move(value));
//
// Locked takes the lock through a critical section (runtime/critical_section.h) and marks the
// object shared if it is not the calling thread's (rule 1). Functions that need the lock take a
// Held, which only a Locked, or somebody who knows that nobody else can reach the object, can give.
//
// I1  `shared` is asked inside the hold that unlinks (rule 2): Held asks the object each time.
// I2  What is unlinked in a hold is dropped after it (rule 17): a drop may run a destructor, which
//     suspends the hold. Functions here return references, so that their callers can:
//
//         Ref<> old;  // declared before the lock, so dropped after it
//         const Locked lock(holder);
//         old = field.replace(lock.held(), std::move(value));
//
// Attached threads. Taking a lock may park: sections around are suspended then, and a section that
// reads without counting is over (rule 9). So the object is one that the caller counts.
// Tests: tests/objects/model/field_test.cc
#pragma once

#include <cassert>

#include "objects/model/object.h"
#include "objects/model/value.h"
#include "runtime/critical_section.h"

namespace orochi::inline OROCHI_DESIGN {

// Proof that nobody else changes the object meanwhile.
class Held {
 public:
  // Nobody else can reach the object: it is not published yet, or dead; or the world is stopped.
  [[nodiscard]] static Held unreachable(Object& object) noexcept { return Held(object); }

  [[nodiscard]] Object& object() const noexcept { return *object_; }
  [[nodiscard]] bool is_shared() const noexcept { return object_->is_shared(); }  // I1

  // The value is being unlinked from the object (rule 3).
  void mark_unlinked(Value value) const noexcept {
    if (is_shared() && value.is_counted()) value.counted_object()->mark_retire_late();
  }

 private:
  friend class Locked;
  friend class LockedPair;
  explicit Held(Object& object) noexcept : object_(&object) {}

  Object* object_;
};

// The answer to "may this thread read the object's fields without its lock", for those who then
// read more than one. Good until the thread's next safepoint, lock or drop (rule 9).
class Open {
 public:
  explicit Open(const Object& object) noexcept : is_open_(object.is_open()) {}
  // With the lock one may read in any case.
  Open(Held) noexcept : is_open_(true) {}  // NOLINT(*-explicit-*): a weaker proof

  [[nodiscard]] explicit operator bool() const noexcept { return is_open_; }

 private:
  bool is_open_;
};

class Locked {
 public:
  [[nodiscard]] explicit Locked(Object& object) noexcept : section_(object.lock()), held_(object) {
    mark_if_foreign(object);
  }

  [[nodiscard]] Held held() const noexcept { return held_; }
  // For code that calls out in between: runtime/critical_section.h.
  [[nodiscard]] const CriticalSection& section() const noexcept { return section_; }

 private:
  friend class LockedPair;
  static void mark_if_foreign(Object& object) noexcept {
    if (!object.is_open()) object.mark_shared();
  }

  CriticalSection section_;
  Held held_;
};

// Both, or the one if they are the same.
class LockedPair {
 public:
  [[nodiscard]] LockedPair(Object& one, Object& other) noexcept
      : section_(one.lock(), other.lock()), first_(one), second_(other) {
    Locked::mark_if_foreign(one);
    Locked::mark_if_foreign(other);
  }

  [[nodiscard]] Held first() const noexcept { return first_; }
  [[nodiscard]] Held second() const noexcept { return second_; }
  [[nodiscard]] const CriticalSection& section() const noexcept { return section_; }

 private:
  CriticalSection section_;
  Held first_;
  Held second_;
};

}  // namespace orochi::inline OROCHI_DESIGN
