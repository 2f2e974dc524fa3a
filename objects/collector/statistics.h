// objects/collector/statistics.h: what the collector has done so far, in figures.
//
// Any thread. Tests: tests/objects/collector/statistics_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/collector/collection.h"

namespace orochi::inline OROCHI_DESIGN {

struct CollectorStatistics {
  std::uint64_t collections = 0;  // that came to an end
  std::uint64_t given_up = 0;     // for want of memory
  std::uint64_t found = 0;        // containers that only garbage referred to
  std::uint64_t spared = 0;       // and of these, brought back by a finalizer
  // Of all pauses, from the wish to stop the world until it goes on.
  std::uint64_t pauses = 0;
  platform::Nanos last_pause = 0;
  platform::Nanos longest_pause = 0;
  // Of the last of them, as many as kPausesKept.
  platform::Nanos median_pause = 0;
  // Of the last collection.
  std::size_t last_scanned = 0;
  std::size_t last_found = 0;
  PhaseTimes last_times;
};

// Written by the one thread that collects.
class StatisticsKeeper {
 public:
  static constexpr std::size_t kPausesKept = 255;

  static void note_pause(platform::Nanos length) noexcept;
  static void note_given_up() noexcept;
  static void note(const Collection& collection) noexcept;

  [[nodiscard]] static CollectorStatistics read() noexcept;
  static void reset() noexcept;
  // In a forked child: whoever was reading does not exist any more.
  static void reset_after_fork() noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
