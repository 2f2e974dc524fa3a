// objects/types/set_algebra.h: what sets make of each other.
//
// As the methods of the same names do it. `other` is anything iterable. A set, of either kind, is
// taken as it is at one moment: with both locks held, the whole is one step for all who watch, as
// long as the keys concerned are compared without calling anybody; otherwise each key that is
// asked ends a step. What `intersection_update` leaves is then put in as a whole, and what came
// meanwhile is gone. Of other iterables each item is a step of its own.
//
// A new set has the kind of the first operand: set or frozenset, also where that is of a subtype.
//
// Attached threads, in no section of their own. All may park, run destructors, and run the __hash__
// and __eq__ of keys.
// Tests: tests/objects/types/set_algebra_test.cc   Stress: stress/objects/types/set_stress.cc
#pragma once

#include "objects/types/set.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Changing a set. ---

[[nodiscard]] Status update(Set& set, Value other) noexcept;
[[nodiscard]] Status difference_update(Set& set, Value other) noexcept;
[[nodiscard]] Status intersection_update(Set& set, Value other) noexcept;
[[nodiscard]] Status symmetric_difference_update(Set& set, Value other) noexcept;
// The set has from now on what `fresh` has, which nobody else changes. Nothing: it has raised.
[[nodiscard]] Status become(Set& set, Ref<Set> fresh) noexcept;

// --- New sets. ---

// set() or frozenset(), whichever the set is or is a subtype of.
[[nodiscard]] Type& base_type_of(const Set& set) noexcept;

[[nodiscard]] Ref<Set> union_of(Set& set, Value other) noexcept;
[[nodiscard]] Ref<Set> difference(Set& set, Value other) noexcept;
[[nodiscard]] Ref<Set> intersection(Set& set, Value other) noexcept;
[[nodiscard]] Ref<Set> symmetric_difference(Set& set, Value other) noexcept;

// --- Questions. ---

[[nodiscard]] Truth is_disjoint(Set& set, Value other) noexcept;
[[nodiscard]] Truth is_subset(Set& set, Value other) noexcept;
[[nodiscard]] Truth is_superset(Set& set, Value other) noexcept;
// As the operators compare: <= is "subset of".
[[nodiscard]] Truth compare_sets(CompareOp op, Set& a, Set& b) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
