// stress/harness/describe.h: what both runners say about scenarios and outcomes.
#pragma once

#include <string>
#include <string_view>

#include "stress/harness/scenario.h"

namespace orochi::stress {

// "1, 42"; a number that may be any is "*".
[[nodiscard]] std::string text_of(const Outcome& outcome, std::size_t numbers);
[[nodiscard]] const char* name_of(Grade grade);
[[nodiscard]] std::string name_of(const Found& found);

// "1, 0: the flag was seen before its value"
[[nodiscard]] std::string verdict_on(const Scenario& scenario, const Outcome& outcome);

// Everything that is known about each scenario, by name; one line each for what it is made of.
void say_scenarios();
// An `outcome` line for each. `where`: the placement, or "-".
void say_outcomes(const Found& found, std::string_view runner, std::string_view where,
                  const Tally& tally);

}  // namespace orochi::stress
