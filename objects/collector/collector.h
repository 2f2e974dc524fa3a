// objects/collector/collector.h: the collector of cycles.
//
// Counting ends what nobody refers to, at once. What is left for the collector are containers that
// refer to each other and to which nothing else leads. It looks for them
//
//   when somebody asks             collect()
//   when memory has grown          at a safepoint, and nowhere else (objects/collector/pacing.h)
//   at every safepoint             in the hostile mode `memory` (runtime/hostile.h)
//
// Never inside an allocation: so it meets no object that is half built, and no operation is cut in
// two by it that does not come to a safepoint itself. References in registers and on C++ stacks are
// counted, so there are no stacks to scan.
//
// How one goes: objects/collector/collection.h. What it found: statistics(). Looking at what lives,
// and leaving objects alone: objects/collector/inspection.h, freezing.h, census.h.
//
// I1  One thread collects at a time. Who asks meanwhile, also a finalizer in the middle of it, is
//     told so and goes on: to wait would be a deadlock as soon as that finalizer waits in turn.
//     In a forked child, so does the collection of the thread that forked; another's is forgotten.
// I2  A collection that finds no memory has changed nothing.
//
// Attached threads that hold no lock which does not detach. Collecting parks and runs any code:
// finalizers, callbacks, destructors. What is pending in the calling thread stays so.
// Tests: tests/objects/collector/collector_test.cc   Why: docs/collector.md
// Stress: stress/objects/collector/collector_stress.cc
// Bench: bench/objects/collector/collector_bench.cc
#pragma once

#include <cstddef>

#include "objects/collector/pacing.h"
#include "objects/collector/statistics.h"

namespace orochi::inline OROCHI_DESIGN {

struct Collected {
  enum class How {
    kDone,
    kBusy,      // I1
    kNoMemory,  // I2
    kRefused,   // a shutdown came while it called out: the thread must not touch objects any more
  };
  How how = How::kDone;
  std::size_t found = 0;   // containers that only garbage referred to
  std::size_t spared = 0;  // and of these, brought back by a finalizer
};

class Collector {
 public:
  // From now on collections are made when they are due. Any thread, before the first object or
  // later, as often as it likes.
  static void start() noexcept;

  static Collected collect() noexcept;

  // Whether collections are made without being asked for. At first they are.
  static void enable() noexcept;
  static void disable() noexcept;
  [[nodiscard]] static bool is_enabled() noexcept;

  [[nodiscard]] static bool is_collecting() noexcept;

  // Told before each collection, and after it with its result. May run any code. Null: nobody.
  enum class Event { kStart, kStop };
  using Observer = void (*)(Event event, const Collected& result) noexcept;
  static void set_observer(Observer observer) noexcept;

  [[nodiscard]] static CollectorStatistics statistics() noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
