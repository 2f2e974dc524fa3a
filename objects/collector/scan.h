// objects/collector/scan.h: going through all that lives, and asking who holds it.
//
// What ends in _stopped, and is_held_otherwise: in a stopped world; what is called neither
// allocates objects nor frees them. The other questions: attached threads.
// Tests: tests/objects/collector/tracing_test.cc
#pragma once

#include <cassert>
#include <cstdint>

#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "objects/collector/side_tables.h"
#include "objects/model/shape.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] inline bool is_container(const Object& object) noexcept {
  return Shape::of(object).layout().is_container;
}

// What the collector looks into: what may be in a cycle and is not frozen.
[[nodiscard]] inline bool is_scanned(const Object& object) noexcept {
  return is_container(object) && !object.has(ObjectFlag::kFrozen);
}

template <class Visit>
void for_each_object_stopped(Visit&& visit) {
  heap::for_each_live_stopped([&](void* block) { visit(*static_cast<Object*>(block)); });
}

template <class Visit>
void for_each_scanned_stopped(Visit&& visit) {
  for_each_object_stopped([&](Object& object) {
    if (is_scanned(object)) visit(object);
  });
}

// Those that are not reached. What is reached already is passed over by its note alone, without a
// look at the object.
template <class Visit>
void for_each_unreached_stopped(Visit&& visit) {
  heap::for_each_slab_stopped([&](Slab& slab) {
    for (std::uint32_t i = 0; i < slab.carved; ++i) {
      if (BlockNote(slab.side[i]).is_reached()) continue;
      Object& object = *static_cast<Object*>(slab.block_at(i));
      if (object.count().kind() == BlockKind::kLive && is_scanned(object)) visit(object);
    }
  });
}

// Calls visit(Object&) for each reference of the object to another one.
template <class Visit>
void for_each_child_stopped(const Object& object, Visit&& visit) {
  Shape::of(object).layout().visit(object, [&](Value child) {
    if (child.is_counted()) visit(*child.counted_object());
  });
}

// Somebody has a reference besides those that are known: the ones that were counted in `note`, that
// of the merge queue, and `ours`. A register and a Ref on a C++ stack count what they hold, so they
// need not be looked for.
[[nodiscard]] inline bool is_held_otherwise(const Object& object, BlockNote note,
                                            std::int64_t ours) noexcept {
  if (object.count().is_immortal() || note.is_full()) return true;
  const std::int64_t queued = is_queued_stopped(&object) ? 1 : 0;
  const std::int64_t known = note.count() + queued + ours;
  assert(known <= object.count().total_stopped() && "a type visits what it does not count");
  return known != object.count().total_stopped();
}

}  // namespace orochi::inline OROCHI_DESIGN
