// objects/model/object.h: what every object begins with. 16 bytes, the same in every design.
//
//   0   8   count         memory/refcount.h
//   8   4   shape         the type and, for instances, the layout: objects/model/shape.h
//   12  1   lock          runtime/object_lock.h
//   13  1   flags         written under the lock, or where nobody else can write: I3
//   14  1   shared        0, or 1 for good: another thread than the owner has had access
//   15  1   retire late   0, or 1 for good: was taken out of a container that is shared
//
// The last two decide what readers without a lock may do (D5):
//
//   A container is marked shared, under its lock, at the first access by a thread whose object it
//   is not. What is unlinked from a shared container is marked retire-late in the same hold of the
//   lock; what a dead one leaves, by whoever destroys it. The memory of a retire-late object waits
//   for its readers (memory/epoch.h); the memory of any other object is free at once.
//
// I1  Each of the two is a byte of its own, only ever stored 1, and cleared by the next object in
//     the block alone (rule 4). So it needs no exchange, and no other writer can lose it.
// I2  `shared` is stored with release before the lock is let go of, and loaded with acquire before
//     anything else in the container (rule 1).
// I3  A flag of the dead is set without the lock, as nobody can reach them (model/finalize.h), and
//     one of the living in a stopped world, where nobody is writing (collector/freezing.h).
//
// Where one thread runs at a time nobody reads what another unlinks: there all objects are the
// thread's own and nothing is marked.
//
// Attached threads only.
// Tests: tests/objects/model/object_test.cc   Why: docs/objects.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include "memory/atomic.h"
#include "memory/refcount.h"
#include "memory/slot.h"
#include "runtime/object_lock.h"

namespace orochi::inline OROCHI_DESIGN {

using ShapeIndex = std::uint32_t;

// Bits of `flags`.
enum class ObjectFlag : std::uint8_t {
  kFinalized = 1U << 0,         // its finalizer has run, and does not run again (rule 16)
  kWeaklyReferenced = 1U << 1,  // somebody keeps a pointer that has to be cleared at its death
  kFrozen = 1U << 2             // the collector leaves it alone: objects/collector/freezing.h
};

class alignas(8) Object {
 public:
  // In a new block (memory/heap.h); objects/model/new_object.h does all of it.
  explicit Object(ShapeIndex shape) noexcept : shape_(shape) {}
  // The last step of making it: from now on it is live, with one reference.
  void begin_life() noexcept { new (&count_) Refcount(current().id); }
  // Never counted, never destroyed.
  void begin_immortal_life() noexcept { new (&count_) Refcount(Born::kImmortal); }

  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  [[nodiscard]] Refcount& count() noexcept { return count_; }
  [[nodiscard]] const Refcount& count() const noexcept { return count_; }

  [[nodiscard]] ShapeIndex shape() const noexcept {
    return shape_.load(kAcquire);  // pairs with the release in set_shape
  }
  // Under the lock, after the new attribute's value was stored (rule 14).
  void set_shape(ShapeIndex shape) noexcept { shape_.store(shape, kRelease); }

  [[nodiscard]] ObjectLock& lock() noexcept { return lock_; }

  // relaxed: written under the lock; who reads without it wants a hint.
  [[nodiscard]] bool has(ObjectFlag flag) const noexcept {
    return (flags_.load(kRelaxed) & static_cast<std::uint8_t>(flag)) != 0;
  }
  // Both: I3.
  void set(ObjectFlag flag) noexcept {
    const std::uint8_t before = flags_.load(kRelaxed);
    flags_.store(static_cast<std::uint8_t>(before | static_cast<std::uint8_t>(flag)), kRelaxed);
  }
  void unset(ObjectFlag flag) noexcept {
    const std::uint8_t before = flags_.load(kRelaxed);
    flags_.store(static_cast<std::uint8_t>(before & ~static_cast<std::uint8_t>(flag)), kRelaxed);
  }

  // The calling thread counts it without atomics; nobody else does.
  [[nodiscard]] bool is_mine() const noexcept { return count_.is_owned_by(current().id); }

  [[nodiscard]] bool is_shared() const noexcept {
    if constexpr (!kPolicy.parallel) return false;
    return shared_.load(kAcquire) != 0;  // I2. Pairs with the release in mark_shared
  }
  // Under the lock, or before anybody else can reach it.
  void mark_shared() noexcept {
    if constexpr (kPolicy.parallel) shared_.store(1, kRelease);  // I2
  }

  // May the calling thread read its fields without the lock? If not, the first access takes the
  // lock and marks it. An object that may change and is not shared must be counted before (rule 7).
  [[nodiscard]] bool is_open() const noexcept { return is_mine() || is_shared(); }

  // relaxed, both: stored before the reference is given away that was unlinked, and read after the
  // last one was dropped, or in a hold of the lock; counts and locks order that.
  [[nodiscard]] bool is_retire_late() const noexcept {
    if constexpr (!kPolicy.parallel) return false;
    return retire_late_.load(kRelaxed) != 0;
  }
  // In the hold that unlinks it from a shared container (rule 3), or by whoever makes a pointer to
  // it that is not counted (rule 8).
  void mark_retire_late() noexcept {
    if constexpr (kPolicy.parallel) {
      // Looked at first: what all threads pass around is not written again and again.
      if (!is_retire_late()) retire_late_.store(1, kRelaxed);
    }
  }

  // Nobody else can reach it: it may be changed, or re-used, in place (rule 12).
  [[nodiscard]] bool is_unique() const noexcept {
    return count_.is_unique(current().id, is_retire_late());
  }

 private:
  friend struct ObjectLayout;

  // Not constructed before begin_life: a block is live from then on.
  union {
    Refcount count_;
  };
  Atomic<ShapeIndex> shape_;
  // Empty in some designs, and then a byte all the same.
  ObjectLock lock_;
  Atomic<std::uint8_t> flags_{0};
  Atomic<std::uint8_t> shared_{0};
  Atomic<std::uint8_t> retire_late_{0};
};

struct ObjectLayout {
  static_assert(sizeof(Object) == 16 && alignof(Object) == 8);
  static_assert(offsetof(Object, count_) == 0, "the heap looks there");
  static_assert(offsetof(Object, shape_) == 8);
  static_assert(offsetof(Object, lock_) == 12);
  static_assert(offsetof(Object, flags_) == 13);
  static_assert(offsetof(Object, shared_) == 14);
  static_assert(offsetof(Object, retire_late_) == 15);
};

}  // namespace orochi::inline OROCHI_DESIGN
