// objects/model/sequence_iteration.h: what the language says about going through values, where the
// model alone would say less.
//
// Attached threads. Tests: tests/objects/types/sequence_iterator_test.cc
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

struct IterationRules {
  // An iterator of a value that has items by number and no way of its own to be gone through.
  UnaryFunction iterate_items = nullptr;
  // What is pending says that a value has not what it was asked for: a TypeError of any kind.
  bool (*is_type_error)() noexcept = nullptr;
  // What is pending says that an iterator is at its end: a StopIteration of any kind.
  bool (*is_end)() noexcept = nullptr;
};
// Once, by whoever implements them, before others iterate.
void set_iteration_rules(const IterationRules& rules) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
