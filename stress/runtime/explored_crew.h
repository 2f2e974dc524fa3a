// stress/runtime/explored_crew.h: threads that are known to the runtime, for scenarios.
#pragma once

#include <gtest/gtest.h>

#include <set>

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

// Nothing is wrong, and nothing was left out.
inline void expect_all(const explorer::Report& report) {
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
}

// Where the clock stands does not matter to most scenarios with known threads. These leave it
// alone, and are explored with many preemptions or with much weak memory. Returns the outcomes.
inline constexpr explorer::Bounds kManyPreemptions{2, 0, 0, 0, 0};
inline constexpr explorer::Bounds kMuchWeakMemory{1, 2, 0, 0, 0};

template <class Scenario>
std::set<std::uint64_t> explore_in_two_halves() {
  std::set<std::uint64_t> seen;
  for (const explorer::Bounds& bounds : {kManyPreemptions, kMuchWeakMemory}) {
    const explorer::Report report = explorer::explore<Scenario>({bounds});
    expect_all(report);
    for (const auto& [outcome, count] : report.outcomes) seen.insert(outcome);
  }
  return seen;
}

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
