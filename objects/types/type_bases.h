// objects/types/type_bases.h: giving a class other bases: `C.__bases__ = (A, B)`.
//
// What a class and its subclasses inherit follows from the order of their ancestors, so all of them
// get another block. The new bases must have the same native part and members as the old ones.
//
// B1  Bases and orders change in a stopped world, so whoever reads them without a lock sees those
//     of one time between two safepoints, and copies what he wants to keep for longer.
// B2  A class that is being made meanwhile has computed its order from what was before. It counts
//     the changes before and after, and computes it again if there were any.
//
// Attached threads that hold no lock which does not detach. Stops the world.
// Tests: tests/objects/types/type_bases_test.cc
#pragma once

#include <cstdint>

#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// Raises TypeError for what cannot be the bases of the type, which then has those that it had.
[[nodiscard]] Status set_bases(Type& type, Value bases) noexcept;

// B2: how often bases have changed; and the order of a type computed again.
[[nodiscard]] std::uint32_t bases_changes() noexcept;
[[nodiscard]] Status reorder(Type& type) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
