// stress/harness/crew.h: the threads behind the actors, for scenarios about the runtime.
#pragma once

#include <array>
#include <cstddef>

#include "memory/slot.h"

namespace orochi::stress {

// Who is who in a round. Empty for scenarios that need no runtime.
struct Crew {
  std::array<Slot*, 4> slots{};
  [[nodiscard]] Slot& slot(std::size_t actor) const { return *slots[actor]; }
  [[nodiscard]] OwnerId id(std::size_t actor) const { return slots[actor]->id; }
};

// A safepoint of the calling thread, between two states.
void breathe() noexcept;

// For arbiters of scenarios about the runtime: does what the calling thread was asked for, and
// gives others the time to do the same. False: that was tried long enough.
[[nodiscard]] bool wait_for_others(unsigned turn) noexcept;
template <class Condition>
[[nodiscard]] bool eventually(Condition&& condition) {
  for (unsigned turn = 0; !condition(); ++turn)
    if (!wait_for_others(turn)) return false;
  return true;
}

}  // namespace orochi::stress
