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

}  // namespace orochi::stress
