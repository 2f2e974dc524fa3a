// runtime/parking.h: sleeping on an address.
//
// Any word of any size can be waited on; nothing but the word itself is needed while nobody waits.
// Sleepers stand in first-in-first-out order in one of a fixed number of buckets, chosen by
// address, each under a RawMutex. A sleeper is a record on its thread's own stack:
//
//                park: `still` is true           unpark, interrupt
//     (no record) -------------------> queued ---------------------> chosen
//          ^                             |  sleeper, after its time     |
//          +-----------------------------+------------------------------+
//              sleeper, awake and attached again: takes its own record out
//
// I1  `park` asks `still` under the bucket's lock and queues in the same hold, and `unpark` calls
//     its callback under that lock: no wake-up falls between check and sleep.
// I2  The lock decides whether a sleeper was chosen or not, and the sleeper asks under it before it
//     leaves, whatever woke it. So a sleeper that was chosen never leaves as if it was not.
// I3  Callbacks run under the bucket's lock: they touch the word and nothing that could park,
//     allocate or run code of others.
// I4  Whoever takes sleepers for an address changes the word in the same hold (in its callback),
//     unless something else keeps the word alive. A thread that returns from its wait may free the
//     word, and nobody will look for sleepers at an address that was used again meanwhile.
// I5  A thread that is chosen stands in its bucket until it is attached. So a forked child, whose
//     world was stopped, finds there all to whom a word made a promise that nobody will claim (but
//     for sleepers that were not attached, which no stop holds: docs/locks.md).
//
// Any thread may park and unpark, attached or not, known to the runtime or not. With
// Park::kDetached an attached thread detaches while it sleeps (not when it finds that it need not
// sleep) and is attached again when `park` returns. With Park::kAsItIs it sleeps as it is, and must
// not be awaited by a stop of the world.
//
// Tests: tests/runtime/parking_test.cc   Stress: stress/runtime/mutex_stress.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/door/platform.h"
#include "memory/function_ref.h"

namespace orochi::inline OROCHI_DESIGN {

class Thread;

enum class Park : std::uint8_t { kDetached, kAsItIs };

enum class Place : std::uint8_t {
  kBack,
  kFront,  // for a thread that was woken in vain and keeps its turn
};

struct Sleep {
  platform::Nanos deadline = platform::kNever;
  Park park = Park::kDetached;
  Place place = Place::kBack;
  // The bits of Slot::breaker that end the sleep; none: nothing does.
  std::uint32_t interrupts = 0;
  // What a forked child does to the word if the sleeper was chosen but does not exist there (I5).
  void (*vanished)(const void* address) = nullptr;
};

enum class Parked {
  kNot,          // `still` said no
  kWoken,        // chosen by an unpark
  kTimedOut,     // the deadline passed, and nobody had chosen this thread
  kInterrupted,  // one of the bits was set before, or `interrupt` chose this thread
};

// What an unpark found, for its callback.
struct Found {
  std::size_t chosen = 0;
  bool more = false;  // others still sleep at this address
};

class ParkingLot {
 public:
  // Sleeps if still() is true. May park (of course), and so detach and attach.
  [[nodiscard]] static Parked park(const void* address, FunctionRef<bool()> still,
                                   const Sleep& how = {}) noexcept {
    return park(
        address, still, [] {}, how);
  }
  // The same; calls before_sleep() after it has queued, under no lock, still attached. For a word
  // that must not be let go of any earlier.
  [[nodiscard]] static Parked park(const void* address, FunctionRef<bool()> still,
                                   FunctionRef<void()> before_sleep, const Sleep& how) noexcept;

  // Chooses the first sleeper at the address, calls callback(Found) under the bucket's lock whether
  // there is one or not (I3, I4), and wakes the sleeper. Never parks.
  static void unpark_one(const void* address, FunctionRef<void(Found)> callback) noexcept;
  // The same with all sleepers at the address.
  static void unpark_all(const void* address, FunctionRef<void(Found)> callback) noexcept;

  // Ends the thread's sleep if it minds one of the bits that are set in its breaker. The caller
  // sets the bit before the call; so a thread that is only about to sleep finds it. False: it did
  // not sleep, or minds other bits. Not for signal handlers: it takes locks.
  static bool interrupt(const Thread& thread) noexcept;

  // True at most once a millisecond for an address: whoever is told so may be unfair to others for
  // the sake of fairness. Addresses in one bucket share the allowance. Never parks.
  [[nodiscard]] static bool fairness_is_due(const void* address, platform::Nanos now) noexcept;

  // Around a fork, in which the world is stopped: nobody is in the middle of anything here.
  static void before_fork() noexcept;
  static void after_fork_parent() noexcept;
  static void after_fork_child() noexcept;  // nobody sleeps any more

  static constexpr platform::Nanos kFairnessInterval = platform::kMillisecond;
};

}  // namespace orochi::inline OROCHI_DESIGN
