// objects/types/held_iterator.h: a step of an iterator that another object keeps: enumerate, zip
// and others go through what they were given.
//
// An iterator that has one reference takes it for its caller's own (objects/types/iterator_place.h,
// I1). The reference here is the holder's, and whoever can reach that can take a step. So it is
// counted first, unless the holder is the caller's alone too.
//
// Attached threads, each with a reference of its own to the holder. May run any code.
// Tests: tests/objects/types/map_test.cc
#pragma once

#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {

// Done and nothing in `item`, which was empty: there are no more.
[[nodiscard]] inline Status next_held(const Object& holder, Value iterator, Ref<>& item) noexcept {
  if (holder.is_unique()) return next(iterator, item);
  const Ref<> counted = Ref<>::of(iterator);
  return next(counted.value(), item);
}

}  // namespace orochi::inline OROCHI_DESIGN
