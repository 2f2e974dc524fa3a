#include "stress/harness/placement.h"

#include <sched.h>

#include <algorithm>

namespace orochi::stress {
namespace {

constexpr std::size_t kCores = 2;

// Before any thread was settled.
const std::vector<int>& cores_at_start() {
  static const std::vector<int> cores = [] {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    std::vector<int> found;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
      for (int i = 0; i < CPU_SETSIZE; ++i)
        if (CPU_ISSET(static_cast<unsigned>(i), &allowed)) found.push_back(i);
    if (found.empty()) found.push_back(0);
    found.resize(std::min(found.size(), kCores));
    return found;
  }();
  return cores;
}

}  // namespace

std::vector<int> usable_cores() { return cores_at_start(); }

std::vector<Placement> placements_for(const std::vector<unsigned>& threads) {
  const std::string cores = std::to_string(usable_cores().size());
  std::vector<Placement> placements;
  for (const unsigned count : threads) {
    if (count <= usable_cores().size()) {
      placements.push_back({std::to_string(count) + " pinned", count, true});
    } else {
      placements.push_back({std::to_string(count) + " on " + cores + " cores", count, false});
    }
  }
  return placements;
}

void settle_on(const Placement& placement, unsigned index) {
  const std::vector<int>& cores = cores_at_start();
  cpu_set_t set;
  CPU_ZERO(&set);
  for (std::size_t i = 0; i < cores.size(); ++i)
    if (!placement.pinned || i == index % cores.size())
      CPU_SET(static_cast<unsigned>(cores[i]), &set);
  // Where that is refused, threads run wherever they are put.
  static_cast<void>(sched_setaffinity(0, sizeof set, &set));
}

}  // namespace orochi::stress
