// stress/seconds.h: how long a stress test should keep trying.
//
// One second by default, so that all of them can run with the other tests; OROCHI_STRESS_SECONDS
// asks for more (`./dev stress --seconds 60` sets it). The time is meant for one test, not for the
// program.
#pragma once
#include <chrono>
#include <cstdlib>

namespace orochi::stress {

// The time until which a test that starts now should go on.
[[nodiscard]] inline std::chrono::steady_clock::time_point deadline() {
  const char* asked = std::getenv("OROCHI_STRESS_SECONDS");
  const double seconds = asked == nullptr ? 1.0 : std::strtod(asked, nullptr);
  const std::chrono::duration<double> span{seconds > 0 ? seconds : 1.0};
  return std::chrono::steady_clock::now() +
         std::chrono::duration_cast<std::chrono::steady_clock::duration>(span);
}

}  // namespace orochi::stress
