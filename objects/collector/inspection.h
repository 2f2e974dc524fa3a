// objects/collector/inspection.h: looking at what lives, and at who refers to whom.
//
// Each is a look at one moment: the world is stopped for it. What is found is counted, so it stays.
// Garbage of a collection that is under way is not found: nobody is to bring it back (I3 of
// objects/collector/collection.h).
//
// Attached threads; all but the questions about one object may park.
// Tests: tests/objects/collector/inspection_test.cc
#pragma once

#include <cstddef>
#include <span>

#include "objects/collector/object_stack.h"
#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// References to what was found; each object once, in no particular order.
class FoundObjects {
 public:
  FoundObjects() noexcept = default;
  ~FoundObjects();
  FoundObjects(const FoundObjects&) = delete;
  FoundObjects& operator=(const FoundObjects&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
  [[nodiscard]] bool is_empty() const noexcept { return objects_.is_empty(); }
  // Takes one out. Requires: there is one.
  [[nodiscard]] Ref<Object> take() noexcept { return Ref<Object>::adopt(&objects_.pop()); }
  [[nodiscard]] bool has(const Object& object) const noexcept;

  // In a stopped world. False: no memory.
  [[nodiscard]] bool add_stopped(Object& object) noexcept;

 private:
  ObjectStack objects_;
};

// All containers that live. Failed, here and below: a MemoryError is pending.
[[nodiscard]] Status find_objects(FoundObjects& found) noexcept;
// Containers that refer to one of these.
[[nodiscard]] Status find_referrers(std::span<const Value> to, FoundObjects& found) noexcept;
// What these refer to, without immediates.
[[nodiscard]] Status find_referents(std::span<const Value> of, FoundObjects& found) noexcept;

// The collector looks into it.
[[nodiscard]] bool is_tracked(Value value) noexcept;
// Its finalizer has run.
[[nodiscard]] bool is_finalized(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
