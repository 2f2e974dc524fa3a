// objects/model/weak_link.h: a pointer to an object that does not keep it alive.
//
// The base of the types `weakref.ref` and of proxies (objects/types/weakref.h). The links to one
// object hang in a list beside it: objects/model/weak_table.h.
//
//             enter              the referent ends, or is the collector's garbage
//     (made) --------> in the list ------------------------------------------------> dead
//                           |                                                          ^
//                           +----------------------------------------------------------+
//                             the link itself ends, or is garbage: no callback
//
// I1  A link counts nothing, so entering it marks the referent and moves its count to weakref'd for
//     good (rule 8). From then on anyone may try to count it, and only the dead refuse: `get` is
//     one load and one exchange, from any thread, without a lock.
// I2  The target is set back to null before the referent's memory is given back. Who loaded it just
//     before finds a dead count: the referent is retire-late, so its block stays until the reader's
//     next safepoint.
// I3  Links are found through their list without being counted too, so they are marked likewise.
//
// Attached threads. Tests: tests/objects/model/weak_link_test.cc
// Races: stress/scenarios/weak_upgrade.cc
#pragma once

#include <utility>

#include "memory/atomic.h"
#include "objects/model/children.h"
#include "objects/model/field.h"

namespace orochi::inline OROCHI_DESIGN {

class WeakLink : public Object {
 public:
  static constexpr bool kIsWeakLink = true;

  // Nothing as callback: it has none. The link is dead until it is entered.
  explicit WeakLink(ShapeIndex shape, Ref<> callback) noexcept
      : Object(shape),
        callback_(std::move(callback)),
        had_callback_(bool{Children::of(callback_)}) {}

  // The referent, counted; empty: it is dead.
  [[nodiscard]] Ref<> get() const noexcept {
    Object* const target = target_.load(kAcquire);  // I2. Pairs with the releases in WeakTable
    if (target == nullptr || !target->count().try_retain(current().id)) return {};  // I1
    return Ref<>::adopt(Value(target));
  }
  // A glance: it may be so when this returns. Final once the link has left the list; before that a
  // finalizer may save a referent that seemed dead.
  [[nodiscard]] bool is_dead() const noexcept {
    const Object* const target = target_.load(kAcquire);  // as in get
    return target == nullptr || target->count().kind() != BlockKind::kLive;
  }
  // What is to be called after the referent's death; empty: nothing, or it was called. May park.
  [[nodiscard]] Ref<> callback() noexcept { return callback_.load(*this); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(callback_));
  }
  void clear() noexcept { callback_.store(*this, Ref<>()); }
  void give_back(const Remains&) noexcept;

 private:
  friend class WeakTable;
  friend class WeakCalls;

  // Written under the lock of the referent's part of the table, or in a stopped world.
  Atomic<Object*> target_{nullptr};
  WeakLink* next_ = nullptr;
  WeakLink* previous_ = nullptr;
  Field callback_;
  // Constant.
  const bool had_callback_;
};

}  // namespace orochi::inline OROCHI_DESIGN
