// stress/explorer/verdicts.h: what a test expects of a scenario.
//
// For tests, which alone may use the test framework; actors call explorer::expect.
#pragma once

#include <gtest/gtest.h>

#include "stress/explorer/explore.h"

namespace orochi::explorer {

// For larger scenarios, of which many preemptions and much weak memory at once would take minutes.
inline constexpr Bounds kManyPreemptions{2, 0, 0, 0, 0};
inline constexpr Bounds kMuchWeakMemory{1, 2, 0, 0, 0};

// Nothing is wrong with any schedule within the bounds, and none was left out.
template <class Scenario>
void expect_sound(const Bounds& bounds = {}) {
  const Report report = explore<Scenario>({bounds});
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
}

// For twins: the broken one is caught, and for the right reason.
template <class Scenario>
void expect_caught(Fault reason, const Bounds& bounds = {}) {
  const Report report = explore<Scenario>({bounds});
  EXPECT_TRUE(report.found(reason)) << report;
}

}  // namespace orochi::explorer
