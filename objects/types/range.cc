#include "objects/types/range.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/index.h"
#include "objects/types/int_arithmetic.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr Value kZero = Value::of_int(0);
constexpr Value kOne = Value::of_int(1);

[[nodiscard]] bool is_negative(Value number) noexcept {
  const IntView view(number);
  return view.view().negative;
}

// How many steps from `low` lead to numbers before `high`. Requires: the step is positive.
Ref<> count_steps(Value low, Value high, Value step) noexcept {
  if (int_order(low, high) >= 0) return Ref<>::adopt(kZero);
  const Ref<> distance = int_subtract(high, low);
  if (!distance) return kRaised;
  const Ref<> less_one = int_subtract(distance.value(), kOne);
  if (!less_one) return kRaised;
  const Ref<> whole = int_floor_divide(less_one.value(), step);
  return whole ? int_add(whole.value(), kOne) : Ref<>();
}

Ref<> length_of(Value start, Value stop, Value step) noexcept {
  if (!is_negative(step)) return count_steps(start, stop, step);
  const Ref<> back = int_negative(step);
  return back ? count_steps(stop, start, back.value()) : Ref<>();
}

[[nodiscard]] std::int64_t number(Value value) noexcept { return index_of(value).number; }

// Every item lies between start and stop, so only the products have to fit.
[[nodiscard]] bool fits(Value start, Value step, Value length) noexcept {
  for (const Value value : {start, step, length})
    if (index_of(value).kind != IndexKind::kInside) return false;
  std::int64_t last = 0;
  return !__builtin_mul_overflow(number(length), number(step), &last) &&
         !__builtin_add_overflow(number(start), last, &last);
}

}  // namespace

Range::Range(ShapeIndex shape, Ref<> start, Ref<> stop, Ref<> step, Ref<> length) noexcept
    : Object(shape),
      start_(std::move(start)),
      stop_(std::move(stop)),
      step_(std::move(step)),
      length_(std::move(length)),
      is_small_(fits(this->start(), this->step(), this->length())) {}

Ref<Range> Range::make(Value start, Value stop, Value step) noexcept {
  if (int_order(step, kZero) == 0)
    return raise(ErrorKind::kValue, {"range() arg 3 must not be zero"});
  // Of True: 1.
  Ref<> first = int_positive(start);
  Ref<> end = int_positive(stop);
  Ref<> by = int_positive(step);
  if (!first || !end || !by) return kRaised;
  Ref<> length = length_of(first.value(), end.value(), by.value());
  if (!length) return kRaised;
  return new_object<Range>(range_type(), std::move(first), std::move(end), std::move(by),
                           std::move(length));
}

// It can have no subtypes.
Range* as_range(Value value) noexcept {
  if (!value.is_object() || &type_of(*value.object()) != &range_type()) return nullptr;
  return static_cast<Range*>(value.object());
}

// --- Items. ---

std::int64_t Range::small_item(std::int64_t index) const noexcept {
  return number(start()) + index * number(step());
}

Ref<> Range::item_at(Value index) const noexcept {
  const Ref<> distance = int_multiply(index, step());
  return distance ? int_add(start(), distance.value()) : Ref<>();
}

Ref<> Range::item(Value index) const noexcept {
  const Ref<> place = is_negative(index) ? int_add(index, length()) : Ref<>::of(index);
  if (!place) return kRaised;
  if (is_negative(place.value()) || int_order(place.value(), length()) >= 0)
    return raise(ErrorKind::kIndex, {"range object index out of range"});
  return item_at(place.value());
}

Ref<Range> Range::part(const Slice& slice) const noexcept {
  SliceIndices indices;
  if (failed(indices.read(slice, length()))) return kRaised;
  const Ref<> first = item_at(indices.start.value());
  const Ref<> end = item_at(indices.stop.value());
  const Ref<> by = int_multiply(step(), indices.step.value());
  if (!first || !end || !by) return kRaised;
  return make(first.value(), end.value(), by.value());
}

// From the last item to one before the first.
Ref<Range> Range::reversed() const noexcept {
  const Ref<> last = int_subtract(length(), kOne);
  if (!last) return kRaised;
  const Ref<> first = item_at(last.value());
  const Ref<> end = int_subtract(start(), step());
  const Ref<> by = int_negative(step());
  if (!first || !end || !by) return kRaised;
  return make(first.value(), end.value(), by.value());
}

// --- Searching, comparing. ---

Status Range::find(Value wanted, Ref<>& index) const noexcept {
  const Ref<> distance = int_subtract(wanted, start());
  if (!distance) return kRaised;
  const Ref<> rest = int_modulo(distance.value(), step());
  if (!rest) return kRaised;
  if (rest.value() != kZero) return Status::kDone;
  Ref<> place = int_floor_divide(distance.value(), step());
  if (!place) return kRaised;
  if (!is_negative(place.value()) && int_order(place.value(), length()) < 0) place.swap(index);
  return Status::kDone;
}

bool Range::equal(const Range& a, const Range& b) noexcept {
  if (int_order(a.length(), b.length()) != 0) return false;
  if (a.length() == kZero) return true;
  if (int_order(a.start(), b.start()) != 0) return false;
  return a.length() == kOne || int_order(a.step(), b.step()) == 0;
}

}  // namespace orochi::inline OROCHI_DESIGN
