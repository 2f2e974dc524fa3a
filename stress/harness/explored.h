// stress/harness/explored.h: scenarios in the explorer.
#pragma once

#include <string_view>

#include "stress/explorer/explore.h"
#include "stress/harness/scenario.h"

namespace orochi::stress {

// Runs each schedule within the bounds. Its outcomes are keys (Outcome::of).
[[nodiscard]] explorer::Report explore(const Found& found, const explorer::Options& options);

// Random schedules of the scenario, within its bounds for all but preemptions.
[[nodiscard]] explorer::Report sample(const Found& found, const explorer::Pct& pct);

// What a token, "scenario/twin:12>2", leads to. Not valid if it is not one of this scenario's.
[[nodiscard]] explorer::Replay replay(const Found& found, std::string_view token);

}  // namespace orochi::stress
