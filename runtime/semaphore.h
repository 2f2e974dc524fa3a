// runtime/semaphore.h: so many may pass, the others wait.
//
//   word   units that may be taken (31 bits, high) | somebody may sleep (1 bit, low)
//
// I1  With sleepers units are added in the hold of the parking lot that chooses the first of them.
//     They are not given to him: whoever comes first takes one, and a sleeper that was woken in
//     vain keeps his place.
// I2  The bit is cleared only in a hold that leaves no sleeper, and a sleeper asks for the bit in
//     the hold in which it queues: so a unit never lies there while somebody sleeps for it, but
//     for the time in which `release` wakes one after another.
// I3  Whether units fit is decided by the exchange that adds them, so there are never too many.
//
// Any thread; who waits detaches while it sleeps. What was written before `release` is seen after
// the `acquire` that took a unit.
// Tests: tests/runtime/semaphore_test.cc   Stress: stress/runtime/waiting_stress.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"

namespace orochi::inline OROCHI_DESIGN {

class Semaphore {
 public:
  static constexpr std::uint32_t kMost = UINT32_MAX >> 1;

  constexpr explicit Semaphore(std::uint32_t units) noexcept : word_{units * kUnit} {}
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  // Never parks.
  [[nodiscard]] bool try_acquire() noexcept;

  void acquire() noexcept { static_cast<void>(acquire_until(platform::kNever)); }
  // False: the deadline passed first.
  [[nodiscard]] bool acquire_until(platform::Nanos deadline) noexcept;
  [[nodiscard]] bool acquire_for(platform::Nanos span) noexcept {
    return try_acquire() || acquire_until(platform::deadline_in(span));
  }

  // Never parks. False, and nothing is added, if there would be more than kMost units.
  [[nodiscard]] bool release(std::uint32_t units = 1) noexcept;

  // How many units there are, a moment ago.
  [[nodiscard]] std::uint32_t units() const noexcept {
    return word_.load(kRelaxed) / kUnit;  // relaxed: a figure, nothing is read on its strength
  }

 private:
  static constexpr std::uint32_t kSleepers = 1;
  static constexpr std::uint32_t kUnit = 2;

  // What came of adding units in the hold that chose a sleeper.
  struct Woken {
    bool fits = false;  // else none was added
    bool more = false;  // others still sleep
  };

  [[nodiscard]] static constexpr std::uint32_t room_in(std::uint32_t word) noexcept {
    return kMost - word / kUnit;
  }

  [[nodiscard]] bool announce_sleeper() noexcept;
  [[nodiscard]] bool release_to_sleepers(std::uint32_t units) noexcept;
  [[nodiscard]] Woken add_and_wake_one(std::uint32_t units) noexcept;

  SysAtomic<std::uint32_t> word_;
};

}  // namespace orochi::inline OROCHI_DESIGN
