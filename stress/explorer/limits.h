// stress/explorer/limits.h: how large a scenario may be, and types that all of the explorer shares.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orochi::explorer {

// Thread 0 builds the state and checks it at the end; the actors are threads 1 and up.
using ThreadNumber = std::uint8_t;
inline constexpr ThreadNumber kHost = 0;
inline constexpr std::size_t kThreads = 8;

// Places that one schedule may touch: atomics, and checked plain cells.
inline constexpr std::size_t kPlaces = 1000;
// Stores that a place remembers. A load sees none older than these.
inline constexpr unsigned kHistory = 8;
// Steps of one schedule, after which it is taken for a livelock. Stamps count to here.
inline constexpr std::uint32_t kSteps = 20'000;

using ThreadMask = std::uint8_t;
[[nodiscard]] constexpr ThreadMask bit_of(unsigned thread) noexcept {
  return static_cast<ThreadMask>(1U << thread);
}

// What can be wrong with a schedule.
enum class Fault : std::uint8_t {
  kNone,
  kCheck,         // a check of the scenario, or an assertion of the product, does not hold
  kRace,          // two accesses, one of them a plain write, that nothing orders
  kUseAfterFree,  // an access to freed memory, or to a frame that is gone
  kDeadlock,      // nobody can go on, and each sleeper sleeps with good reason
  kLostWakeup,    // nobody can go on, and a sleeper's word changed without anyone waking it
  kLivelock,      // steps without end
  kCrash,         // a signal
  kUnfit,         // the scenario cannot be explored: it is not deterministic, or too large
};
[[nodiscard]] const char* name_of(Fault fault) noexcept;

}  // namespace orochi::explorer
