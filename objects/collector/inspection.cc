#include "objects/collector/inspection.h"

#include <algorithm>

#include "objects/collector/scan.h"
#include "objects/model/error.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Stops the world for `find`, which says whether it had memory.
template <class Find>
Status find_in_pause(Find&& find) noexcept {
  bool has_memory = true;
  {
    const StoppedWorld stopped;
    has_memory = find();
  }
  return has_memory ? Status::kDone : Status{raise_memory_error()};
}

[[nodiscard]] bool refers_to(const Object& object, std::span<const Value> targets) noexcept {
  bool found = false;
  for_each_child_stopped(object, [&](Object& child) {
    found = found || std::find(targets.begin(), targets.end(), Value(&child)) != targets.end();
  });
  return found;
}

// Live containers for which choose(object) says true.
template <class Choose>
Status find_containers(FoundObjects& found, Choose&& choose) noexcept {
  return find_in_pause([&] {
    bool has_memory = true;
    for_each_object_stopped([&](Object& object) {
      if (is_container(object) && !SideTables::is_garbage(object) && choose(object))
        has_memory = has_memory && found.add_stopped(object);
    });
    return has_memory;
  });
}

}  // namespace

FoundObjects::~FoundObjects() {
  while (!is_empty()) static_cast<void>(take());
}

bool FoundObjects::has(const Object& object) const noexcept {
  bool found = false;
  objects_.for_each([&](const Object& other) { found = found || &other == &object; });
  return found;
}

bool FoundObjects::add_stopped(Object& object) noexcept {
  if (!objects_.push(object)) return false;
  // Whoever counts it does so between two instructions, or is not there: no reference is needed to
  // add one. Its owner goes on counting by itself.
  object.count().retain(current().id);
  return true;
}

Status find_objects(FoundObjects& found) noexcept {
  return find_containers(found, [](const Object&) { return true; });
}

Status find_referrers(std::span<const Value> to, FoundObjects& found) noexcept {
  return find_containers(found, [to](const Object& object) { return refers_to(object, to); });
}

Status find_referents(std::span<const Value> of, FoundObjects& found) noexcept {
  return find_in_pause([&] {
    bool has_memory = true;
    for (const Value value : of) {
      if (!value.is_object()) continue;
      for_each_child_stopped(*value.object(), [&](Object& child) {
        has_memory = has_memory && found.add_stopped(child);
      });
    }
    return has_memory;
  });
}

bool is_tracked(Value value) noexcept { return value.is_object() && is_container(*value.object()); }

bool is_finalized(Value value) noexcept {
  return value.is_object() && value.object()->has(ObjectFlag::kFinalized);
}

}  // namespace orochi::inline OROCHI_DESIGN
