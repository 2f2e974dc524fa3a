#include "objects/collector/statistics.h"

#include <algorithm>
#include <array>

#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Pauses = std::array<platform::Nanos, StatisticsKeeper::kPausesKept>;

NonDetachingMutex g_lock;

// Under the lock.
constinit CollectorStatistics g_sums;
constinit Pauses g_pauses{};

[[nodiscard]] platform::Nanos median_of(Pauses pauses, std::size_t length) noexcept {
  if (length == 0) return 0;
  const auto middle = pauses.begin() + static_cast<std::ptrdiff_t>(length / 2);
  std::nth_element(pauses.begin(), middle, pauses.begin() + static_cast<std::ptrdiff_t>(length));
  return *middle;
}

}  // namespace

void StatisticsKeeper::note_pause(platform::Nanos length) noexcept {
  const Lock lock(g_lock);
  g_pauses[g_sums.pauses++ % kPausesKept] = length;
  g_sums.last_pause = length;
  g_sums.longest_pause = std::max(g_sums.longest_pause, length);
}

void StatisticsKeeper::note_given_up() noexcept {
  const Lock lock(g_lock);
  ++g_sums.given_up;
}

void StatisticsKeeper::note(const Collection& collection) noexcept {
  const Lock lock(g_lock);
  ++g_sums.collections;
  g_sums.found += collection.found();
  g_sums.spared += collection.spared();
  g_sums.last_scanned = collection.scanned();
  g_sums.last_found = collection.found();
  g_sums.last_times = collection.times();
}

CollectorStatistics StatisticsKeeper::read() noexcept {
  const Lock lock(g_lock);
  CollectorStatistics result = g_sums;
  result.median_pause = median_of(g_pauses, std::min<std::size_t>(g_sums.pauses, kPausesKept));
  return result;
}

void StatisticsKeeper::reset() noexcept {
  const Lock lock(g_lock);
  g_sums = CollectorStatistics();
}

void StatisticsKeeper::reset_after_fork() noexcept { g_lock.reset_after_fork(); }

}  // namespace orochi::inline OROCHI_DESIGN
