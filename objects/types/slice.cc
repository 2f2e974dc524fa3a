#include "objects/types/slice.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// None leaves the number as it is.
Status read_number(Value bound, std::int64_t& number) noexcept {
  if (bound.is_none()) return Status::kDone;
  Ref<> asked;
  if (failed(find_index(bound, asked))) return kRaised;
  if (!asked)
    return raise(ErrorKind::kType,
                 {"slice indices must be integers or None or have an __index__ method"});
  number = index_of(asked.value()).number;
  return Status::kDone;
}

// A bound below 0 counts from the end; then it is moved to where items are.
[[nodiscard]] std::int64_t move_inside(std::int64_t bound, std::int64_t size, std::int64_t lowest,
                                       std::int64_t highest) noexcept {
  return std::clamp(bound < 0 ? bound + size : bound, lowest, highest);
}

[[nodiscard]] std::size_t count_steps(std::int64_t distance, std::int64_t step) noexcept {
  return distance <= 0 ? 0 : static_cast<std::size_t>((distance - 1) / step + 1);
}

}  // namespace

Slice::Slice(ShapeIndex shape, Ref<> start, Ref<> stop, Ref<> step) noexcept
    : Object(shape), start_(std::move(start)), stop_(std::move(stop)), step_(std::move(step)) {}

Ref<Slice> Slice::make(Ref<> start, Ref<> stop, Ref<> step) noexcept {
  return new_object<Slice>(slice_type(), std::move(start), std::move(stop), std::move(step));
}

// It can have no subtypes.
const Slice* as_slice(Value value) noexcept {
  if (!value.is_object() || &type_of(*value.object()) != &slice_type()) return nullptr;
  return static_cast<const Slice*>(value.object());
}

Status SliceBounds::read(const Slice& slice) noexcept {
  step = 1;
  if (failed(read_number(slice.step(), step))) return kRaised;
  if (step == 0) return raise(ErrorKind::kValue, {"slice step cannot be zero"});
  step = std::max(step, -INT64_MAX);
  start = step < 0 ? INT64_MAX : 0;
  stop = step < 0 ? INT64_MIN : INT64_MAX;
  if (failed(read_number(slice.start(), start))) return kRaised;
  return read_number(slice.stop(), stop);
}

SlicePart SliceBounds::within(std::size_t size) const noexcept {
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t lowest = step < 0 ? -1 : 0;
  const std::int64_t highest = step < 0 ? length - 1 : length;
  const std::int64_t first = move_inside(start, length, lowest, highest);
  const std::int64_t end = move_inside(stop, length, lowest, highest);
  const std::size_t count =
      step < 0 ? count_steps(first - end, -step) : count_steps(end - first, step);
  return {first, step, count};
}

}  // namespace orochi::inline OROCHI_DESIGN
