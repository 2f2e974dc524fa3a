// stress/runtime/explored_crew.h: threads that are known to the runtime, for scenarios.
#pragma once

#include "memory/slot.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {

// A thread that the host starts, attached, and that an actor goes on as. Must be entered by whoever
// is to be that thread.
class Member {
 public:
  Member() noexcept {
    const Current before = current();
    current() = {};
    explorer::expect(Thread::start() == Attach::kDone, "the thread starts");
    own_ = current();
    current() = before;
  }
  Thread& enter() const noexcept {
    current() = own_;
    return *Thread::current();
  }
  [[nodiscard]] Slot& slot() const noexcept { return *own_.slot; }

 private:
  Current own_;
};

// Memory that belongs to a thread while it is attached, and to everybody who stopped the world.
// Using it in any other way is a race.
class Guarded {
 public:
  void use() noexcept { cell_.set(cell_.get() + 1); }
  [[nodiscard]] int uses() const noexcept { return cell_.get(); }

 private:
  explorer::Shared<int> cell_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
