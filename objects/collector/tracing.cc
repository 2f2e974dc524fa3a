#include "objects/collector/tracing.h"

#include <array>
#include <utility>

#include "objects/collector/scan.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::int64_t kNoneOfOurs = 0;  // nothing is claimed yet

// Objects on their way from memory, between being taken from the stack and being looked at.
class OnTheWay {
 public:
  [[nodiscard]] bool is_empty() const noexcept { return objects_ == 0; }
  // Sends for one (none: null), and returns the one that was sent for longest ago, if any.
  [[nodiscard]] Object* exchange(Object* object) noexcept {
    if (object != nullptr) __builtin_prefetch(object);
    at_ = (at_ + 1) % kLength;
    Object* const arrived = std::exchange(ring_[at_], object);
    objects_ += (object != nullptr ? 1U : 0U);
    objects_ -= (arrived != nullptr ? 1U : 0U);
    return arrived;
  }

 private:
  static constexpr std::size_t kLength = 8;

  std::array<Object*, kLength> ring_{};
  std::size_t at_ = 0;
  std::size_t objects_ = 0;
};

}  // namespace

void Tracing::count() noexcept {
  for_each_scanned_stopped([this](const Object& object) {
    ++scanned_;
    for_each_child_stopped(object, [](Object& child) { SideTables::of(child).count_one(); });
  });
}

void Tracing::reach(Object& object) noexcept {
  BlockNote note = SideTables::of(object);
  if (note.is_reached()) return;
  note.reach();
  has_memory_ = to_visit_.push(object) && has_memory_;
}

void Tracing::reach_children(const Object& object) noexcept {
  if (!is_scanned(object)) return;
  for_each_child_stopped(object, [this](Object& child) { reach(child); });
}

void Tracing::drain() noexcept {
  OnTheWay on_the_way;
  while (!to_visit_.is_empty() || !on_the_way.is_empty()) {
    Object* const next = to_visit_.is_empty() ? nullptr : &to_visit_.pop();
    if (const Object* const arrived = on_the_way.exchange(next)) reach_children(*arrived);
  }
}

bool Tracing::mark() noexcept {
  for_each_unreached_stopped([this](Object& object) {
    if (!has_memory_ || !is_held_otherwise(object, SideTables::of(object), kNoneOfOurs)) return;
    reach(object);
    drain();
  });
  return has_memory_;
}

bool Tracing::list(ObjectStack& garbage) noexcept {
  for_each_unreached_stopped(
      [&](Object& object) { has_memory_ = has_memory_ && garbage.push(object); });
  return has_memory_;
}

}  // namespace orochi::inline OROCHI_DESIGN
