// objects/collector/tracing.h: finding what only garbage refers to.
//
//   count   each reference that a container has is noted at what it refers to
//   mark    a container with more references than were noted is held from outside: it is reached,
//           and so is all that it leads to
//   list    containers that were not reached are garbage
//
// What has no children can be in no cycle: it is not garbage by itself, but ends with what refers
// to it. Frozen objects are not looked into, so what they refer to is held from outside.
//
// One collection; the world is stopped. Needs memory; gives up without a trace if there is none.
// Tests: tests/objects/collector/tracing_test.cc
// Explored: stress/objects/collector/collector_explore.cc
#pragma once

#include <cstddef>

#include "objects/collector/object_stack.h"
#include "objects/collector/side_tables.h"

namespace orochi::inline OROCHI_DESIGN {

class Tracing {
 public:
  // The three in this order, on tables that were just laid out. False: no memory.
  void count() noexcept;
  [[nodiscard]] bool mark() noexcept;
  [[nodiscard]] bool list(ObjectStack& garbage) noexcept;

  // How many containers were looked at.
  [[nodiscard]] std::size_t scanned() const noexcept { return scanned_; }

 private:
  void reach(Object& object) noexcept;
  void reach_children(const Object& object) noexcept;
  void drain() noexcept;

  ObjectStack to_visit_;
  std::size_t scanned_ = 0;
  bool has_memory_ = true;
};

}  // namespace orochi::inline OROCHI_DESIGN
