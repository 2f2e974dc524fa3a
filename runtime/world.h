// runtime/world.h: stopping all threads, and starting them again.
//
// One thread at a time may stop the world. It posts the stop notice, then looks at every slot:
//
//   attached            is asked through its breaker, and awaited
//   detached            is moved to suspended by the stopper; nobody waits for it
//   suspended           is already
//   helped              is awaited: its helper settles it on the stopper's behalf (rule 21)
//   starting, free      need nothing: attach reads the notice after its move and backs out
//
// I1  Notice and states are a Dekker pair: the stopper posts the notice and then reads states;
//     whoever leaves or takes a slot moves its state and then reads the notice, all seq_cst. So one
//     of the two sees the other, and there is no polling (D8).
// I2  A slot moves to suspended under the world's lock alone, with the notice read again there
//     (rule 39). Whoever moves it there, or finds it free there, stops waiting for it; nobody else
//     does. So each awaited slot is counted down once.
// I3  Ownership of locks never waits for a suspended thread (rule 41).
// I4  A thread that was kept from attaching for kPatience is owed passage: the next stop begins
//     after it attached. So stops in close succession starve nobody.
//
// Two kinds of stopped world (rule 46): in a *pause* nobody takes an object lock or any other lock
// that detaches (asserted in debug builds); an *exclusive* phase runs arbitrary code, locks
// included, and gives the world back while its thread is detached. A stop inside a stop of the same
// thread is counted and does nothing else; a pause inside an exclusive phase is a pause.
//
// Callable from attached threads. Stopping may park, so critical sections may be suspended by it;
// starting does not. A thread whose stop finds another one under way is stopped by that first.
//
// Tests: tests/runtime/world_test.cc   Stress: stress/runtime/world_stress.cc
// Bench: StopTheWorld in bench/runtime/world_bench.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/slot.h"
#include "runtime/notice.h"

namespace orochi::inline OROCHI_DESIGN {

enum class StopKind { kPause, kExclusive };

// A thread's part in stops of its own: Thread::hold, touched by that thread only.
struct WorldHold {
  bool taken = false;            // the world stands still for this thread right now
  std::uint32_t depth = 0;       // stops that were not started again; taken, except while detached
  std::uint32_t pause_from = 0;  // the depth at which the outermost pause began; 0: in no pause

  void push(StopKind kind) noexcept {
    ++depth;
    if (kind == StopKind::kPause && pause_from == 0) pause_from = depth;
  }
  void pop() noexcept {
    if (pause_from == depth) pause_from = 0;
    --depth;
  }
};

class World {
 public:
  static void stop(StopKind kind) noexcept;
  static void start() noexcept;

  // True while the calling thread has stopped the world.
  [[nodiscard]] static bool is_stopped_by_me() noexcept;
  // True while the calling thread is in a pause: for the assertion "no locks here" (rule 46).
  [[nodiscard]] static bool is_pause_of_mine() noexcept;

  // How long stops took until everyone stood still. Any thread may ask.
  struct Timing {
    std::uint64_t stops = 0;
    platform::Nanos last = 0;
    platform::Nanos longest = 0;
    OwnerId slowest = kNobody;  // who came last in the longest stop
  };
  [[nodiscard]] static Timing timing() noexcept;
  // The longest that any stop waited for this slot.
  [[nodiscard]] static platform::Nanos longest_wait_for(const Slot& slot) noexcept;

  // For whoever drives slots: runtime/thread.cc, and helpers through HelpedSlot's hook.

  // The caller just left the slot: it moved it from attached or helped to detached or free.
  static void settle(Slot& slot) noexcept {
    if (Notices::read().has(Notice::kStop)) settle_slow(slot);  // I1
  }
  // The slot's thread, not attached: sleeps while the slot is suspended.
  static void wait_while_suspended(Slot& slot) noexcept;
  // The slot's thread, which may have waited as above, and is attached: it is owed nothing now.
  // Once it has left again it is too late: a starter might be looking at how long it waited.
  static void admit(Slot& slot) noexcept;
  // The calling thread, which is about to detach or just attached: gives an exclusive world back,
  // and takes it again.
  static void hand_back(WorldHold& hold) noexcept;
  static void retake(WorldHold& hold) noexcept;

  // In a forked child, where the calling thread is the only one and had stopped the world.
  static void after_fork_child() noexcept;

  // How long a thread may be kept from attaching before it is owed passage (I4).
  static constexpr platform::Nanos kPatience = 50 * platform::kMillisecond;

 private:
  static void settle_slow(Slot& slot) noexcept;
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
