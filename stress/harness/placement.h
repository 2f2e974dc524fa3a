// stress/harness/placement.h: how many threads hammer, and on which cores.
#pragma once

#include <string>
#include <vector>

namespace orochi::stress {

// The cores that this process may use, in order.
[[nodiscard]] std::vector<int> usable_cores();

// Two cores, or the one there is. With more threads than cores, threads are preempted in the middle
// of what they do, which two threads on two cores never are.
struct Placement {
  std::string name;  // "2 pinned", "4 on 2 cores"
  unsigned threads;
  bool pinned;  // each thread has a core; otherwise both cores are everybody's
};
// For each of these numbers of threads. Two threads are pinned.
[[nodiscard]] std::vector<Placement> placements_for(const std::vector<unsigned>& threads);

// The calling thread, which is number `index` of all.
void settle_on(const Placement& placement, unsigned index);

}  // namespace orochi::stress
