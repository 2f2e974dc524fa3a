#include "objects/collector/pacing.h"

#include <algorithm>

#include "memory/memory_watch.h"
#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

NonDetachingMutex g_lock;

// Under the lock.
constinit Pace g_pace;
constinit std::size_t g_percent = Pace{}.least_percent * 2;

void set_limit() noexcept {
  g_percent = std::clamp(g_percent, g_pace.least_percent, g_pace.most_percent);
  const std::size_t bytes = MemoryWatch::bytes();
  MemoryWatch::set_limit(bytes + std::max(g_pace.least_growth, bytes / 100 * g_percent));
}

}  // namespace

void Pacing::set(const Pace& pace) noexcept {
  const Lock lock(g_lock);
  g_pace = pace;
  set_limit();
}

Pace Pacing::get() noexcept {
  const Lock lock(g_lock);
  return g_pace;
}

void Pacing::put_off() noexcept {
  const Lock lock(g_lock);
  set_limit();
}

void Pacing::plan_next(std::size_t scanned, std::size_t found) noexcept {
  const Lock lock(g_lock);
  if (found != 0 && found >= scanned / 10) {
    g_percent /= 2;
  } else if (found <= scanned / 100) {
    g_percent *= 2;
  }
  set_limit();
}

void Pacing::reset_after_fork() noexcept { g_lock.reset_after_fork(); }

}  // namespace orochi::inline OROCHI_DESIGN
