// stress/explorer/crash.h: a signal in the middle of a schedule is a finding, with a token.
#pragma once

namespace orochi::explorer {

// From now on a fault of the processor within a schedule ends that schedule, not the process.
void catch_crashes() noexcept;

}  // namespace orochi::explorer
