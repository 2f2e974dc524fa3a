// runtime/world.h: stopping all threads, and starting them again.
//
// One thread at a time may stop the world. It sets the stop flag, then looks at every slot:
//
//   attached            is asked through its breaker, and awaited
//   detached            is moved to suspended by the stopper; nobody waits for it
//   suspended           is already
//   helped detached     is awaited: its helper suspends it on the stopper's behalf (rule 21)
//   starting, free      need nothing: attach reads the flag after its move and backs out
//
// I1  Flag and states are a Dekker pair: the stopper sets the flag and then reads states; whoever
//     attaches or detaches moves its state and then reads the flag, all seq_cst. So one of the two
//     sees the other, and there is no polling (D8).
// I2  A thread suspends itself and counts down only under the world's raw lock, with the flag read
//     again there (rule 39). `awaited` and the countdown are guarded by that lock.
// I3  Ownership of locks never waits for a suspended thread (rule 41).
//
// Two kinds of stopped world (rule 46): in a *pause* nobody takes an object lock or any other lock
// that detaches (asserted in debug builds); an *exclusive* phase runs arbitrary code, locks
// included, and gives the world back when its thread blocks. A stop inside a stop of the same
// thread is counted and does nothing.
//
// Callable from attached threads. Stopping may park; starting does not.
// Tests: tests/runtime/world_test.cc   Stress: stress/runtime/world_stress.cc
// Bench: StopTheWorld in bench/runtime/world_bench.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

enum class StopKind { kPause, kExclusive };

class World {
 public:
  static void stop(StopKind kind) noexcept;
  static void start() noexcept;

  // True while the calling thread has stopped the world.
  [[nodiscard]] static bool is_stopped_by_me() noexcept;
  // True while the calling thread is in a pause: for the assertion "no locks here" (rule 46).
  [[nodiscard]] static bool is_pause_of_mine() noexcept;

  // For runtime/thread.cc and safepoints. All read or keep I1 and I2.
  [[nodiscard]] static bool is_stopping() noexcept;  // the flag, seq_cst
  // The calling thread, attached: becomes suspended, waits for the start, and is detached then.
  static void suspend_self() noexcept;
  // The slot was just moved to detached by its thread, its helper or an exiting stop: if the flag
  // is set, suspends it for the stopper.
  static void after_detached(Slot& slot) noexcept;
  // Parks until the world is started, for a thread that found its own slot suspended.
  static void wait_for_start(Slot& slot) noexcept;
  // The slot leaves for good (attached -> free): counts down if it was awaited.
  static void after_exit(Slot& slot) noexcept;

  // How long stops took until everyone stood still.
  struct Timing {
    std::uint64_t stops = 0;
    platform::Nanos last = 0;
    platform::Nanos longest = 0;
    OwnerId slowest = kNobody;  // who came last in the longest stop
  };
  [[nodiscard]] static Timing timing() noexcept;
};

// The world stands still from construction to destruction.
class StoppedWorld {
 public:
  explicit StoppedWorld(StopKind kind = StopKind::kPause) noexcept { World::stop(kind); }
  ~StoppedWorld() { World::start(); }
  StoppedWorld(const StoppedWorld&) = delete;
  StoppedWorld& operator=(const StoppedWorld&) = delete;
};

}  // namespace orochi::inline OROCHI_DESIGN
