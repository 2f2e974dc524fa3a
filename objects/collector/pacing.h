// objects/collector/pacing.h: when the next collection is due.
//
// A collection is due when slabs and buffers together have grown by a part of what they were after
// the last one (memory/memory_watch.h). How large a part depends on what was found: where there is
// much garbage it is worth looking soon, where there was none it is not.
//
//     found at least 1/10 of what was looked at: half the part      less than 1/100: twice the part
//
// What the system says of the process has no say in it: an allocator may keep what it was given
// back, so memory that does not shrink would put off collections for ever, and does not here
// (Trap19).
//
// Any thread. Tests: tests/objects/collector/pacing_test.cc
#pragma once

#include <cstddef>

namespace orochi::inline OROCHI_DESIGN {

struct Pace {
  // By how much memory grows until a collection is due: so many bytes at least,
  std::size_t least_growth = std::size_t{4} << 20;
  // and so many percent of what there is.
  std::size_t least_percent = 25;
  std::size_t most_percent = 100;

  friend bool operator==(const Pace&, const Pace&) noexcept = default;
};

class Pacing {
 public:
  // Takes effect at once.
  static void set(const Pace& pace) noexcept;
  [[nodiscard]] static Pace get() noexcept;

  // The growth begins to count now: at the start, or without memory for a collection.
  static void put_off() noexcept;
  // A collection is over.
  static void plan_next(std::size_t scanned, std::size_t found) noexcept;

  // In a forked child: whoever was setting it does not exist any more.
  static void reset_after_fork() noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
