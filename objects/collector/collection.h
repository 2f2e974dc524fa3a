// objects/collector/collection.h: one collection, from nothing to the last drop.
//
//     prepare            memory, before anybody has to wait
//   -- stopped ------------------------------------------------------------------------------------
//     find               count, mark, list (objects/collector/tracing.h); may give up: I1
//     claim              counts each piece of garbage, ends its weak links; cannot fail
//   -- running ------------------------------------------------------------------------------------
//     call_back          of weak links that were not garbage themselves
//     finalize           each piece of garbage, once in its life
//   -- stopped again, if any of that was called ---------------------------------------------------
//     spare              what a finalizer brought back, and all that it leads to; ends the weak
//                        links that finalizers made to the rest
//   -- running ------------------------------------------------------------------------------------
//     clear              the cycles are cut, and the garbage dropped
//     call_back_late     of those links, if they outlive the garbage
//
// I1  Until `claim`, nothing outside of the side tables is written.
// I2  From `claim` on each piece of garbage is counted by the collection: so its block stays, its
//     note in the tables is its own, and cutting one cycle runs no chain of destructors.
// I3  Weak links to garbage are dead before the world goes on, and nobody else can find garbage: so
//     only what the collection itself calls can bring it back. After the second stop nothing that
//     is not garbage leads to garbage: so nobody meets what is half cleared.
// I4  What is called may find its thread refused (objects/model/call_out.h). Then the rest is not
//     called, and all that is left is abandoned: garbage, and counted, for good.
//
// By the one thread that collects; functions that end in _stopped in a stopped world.
// Tests: tests/objects/collector/collection_test.cc
// Explored: stress/objects/collector/collector_explore.cc
#pragma once

#include <cstddef>

#include "memory/door/platform.h"
#include "objects/collector/object_stack.h"
#include "objects/collector/side_tables.h"
#include "objects/model/weak_table.h"

namespace orochi::inline OROCHI_DESIGN {

// How long the parts of the first pause took.
struct PhaseTimes {
  platform::Nanos lay_out = 0;
  platform::Nanos count = 0;
  platform::Nanos mark = 0;
  platform::Nanos list = 0;
  platform::Nanos claim = 0;
};

class Collection {
 public:
  constexpr Collection() noexcept = default;
  // The garbage was dropped, or never claimed.
  ~Collection() = default;
  Collection(const Collection&) = delete;
  Collection& operator=(const Collection&) = delete;

  void prepare() noexcept { tables_.reserve(); }
  // False: no memory; nothing has changed.
  [[nodiscard]] bool find_stopped() noexcept;
  void claim_stopped() noexcept;

  // Both run any code.
  void call_back() noexcept;
  void finalize() noexcept;

  [[nodiscard]] bool has_called_out() const noexcept { return has_called_out_; }
  void spare_resurrected_stopped() noexcept;

  // Both run any code.
  void clear() noexcept;
  void call_back_late() noexcept;

  // I4, by a thread that must not touch objects any more.
  void abandon() noexcept { tables_.abandon(); }

  // Containers: looked at, found, and found but spared.
  [[nodiscard]] std::size_t scanned() const noexcept { return scanned_; }
  [[nodiscard]] std::size_t found() const noexcept { return found_; }
  [[nodiscard]] std::size_t spared() const noexcept { return spared_; }
  [[nodiscard]] const PhaseTimes& times() const noexcept { return times_; }

 private:
  [[nodiscard]] bool spare_held_again(ObjectStack& to_visit) noexcept;
  [[nodiscard]] bool spare(Object& object, ObjectStack& to_visit) noexcept;
  void spare_all() noexcept;
  void end_new_links() noexcept;
  void clear_one() noexcept;

  SideTables tables_;
  ObjectStack garbage_;
  WeakCalls due_;
  bool has_called_out_ = false;
  std::size_t scanned_ = 0;
  std::size_t found_ = 0;
  std::size_t spared_ = 0;
  PhaseTimes times_;
};

}  // namespace orochi::inline OROCHI_DESIGN
