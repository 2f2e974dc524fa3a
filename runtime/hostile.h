// runtime/hostile.h: modes in which the runtime does whatever it may at every chance.
//
// A program must be right when its critical sections are suspended at every safepoint, when a
// thread loses its core wherever it may, when memory comes back as soon as it can. These modes make
// that happen all the time, so that a test which relies on luck fails. They are chosen when the
// process starts, by the environment:
//
//     OROCHI_HOSTILE=suspend,yield     or     OROCHI_HOSTILE=all
//
//   suspend   every safepoint detaches and attaches, which suspends critical sections
//   yield     a thread gives its core away at every safepoint, attach and detach
//   reclaim   every safepoint tries to move the epoch and to free what is ripe
//   slow      attach and detach take their slow paths
//   memory    every safepoint finds that too much memory is in use (Breaker::kMemory)
//
// They cost nothing while off: hostile threads keep a bit in their breaker set and a notice stays
// posted, so that the slow paths are entered, and only these look at the modes.
//
// Tests: tests/runtime/hostile_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "memory/atomic.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

class Hostile {
 public:
  enum class Mode : std::uint8_t {
    kSuspend = 1U << 0,
    kYield = 1U << 1,
    kReclaim = 1U << 2,
    kSlow = 1U << 3,
    kMemory = 1U << 4,
  };
  static constexpr std::uint8_t kAll = 0x1F;

  // The modes that a comma list names, as bits; unknown names are left out.
  [[nodiscard]] static std::uint8_t parse(std::string_view list) noexcept;

  [[nodiscard]] static bool has(Mode mode) noexcept;

  // Replaces the modes. Threads that run already notice at their next attach.
  static void set(std::uint8_t modes) noexcept;

  // The slot's thread: keeps its safepoints on the slow path while any mode is on.
  static void arm(Slot& slot) noexcept;

  // Gives the core away, if that mode is on.
  static void yield() noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
