// The type `slice`, and slices of sequences that may be of any length.
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/slice.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_slice_type = nullptr;  // written by make_slice_type, before there are slices

[[nodiscard]] const Slice& self_of(Value value) noexcept {
  return *static_cast<const Slice*>(value.object());
}

// --- Bounds of any size. ---

[[nodiscard]] bool is_negative(Value number) noexcept {
  const IntView view(number);
  return view.view().negative;
}

// As move_inside of slice.cc does it.
Ref<> move_bound(Value bound, Value length, Value lowest, Value highest) noexcept {
  Ref<> moved = is_negative(bound) ? int_add(bound, length) : int_positive(bound);
  if (!moved) return kRaised;
  if (int_order(moved.value(), lowest) < 0) return Ref<>::of(lowest);
  if (int_order(moved.value(), highest) > 0) return Ref<>::of(highest);
  return moved;
}

Ref<> to_bound(Value bound) noexcept {
  Ref<> number;
  if (failed(find_index(bound, number))) return kRaised;
  if (number) return number;
  return raise(ErrorKind::kType,
               {"slice indices must be integers or None or have an __index__ method"});
}

// `otherwise`: where it lies if it is left out.
Ref<> read_index(Value bound, Value length, Value lowest, Value highest, Value otherwise) noexcept {
  if (bound.is_none()) return Ref<>::of(otherwise);
  const Ref<> number = to_bound(bound);
  return number ? move_bound(number.value(), length, lowest, highest) : Ref<>();
}

// --- Protocols. ---

[[nodiscard]] Ref<Tuple> parts_of(const Slice& slice) noexcept {
  return Tuple::of(Ref<>::of(slice.start()), Ref<>::of(slice.stop()), Ref<>::of(slice.step()));
}

// As the tuples of their parts.
Ref<> slice_compare(CompareOp op, Value self, Value other) noexcept {
  const Slice* const b = as_slice(other);
  if (b == nullptr) return Special::kNotImplemented;
  const Ref<Tuple> left = parts_of(self_of(self));
  const Ref<Tuple> right = parts_of(*b);
  if (!left || !right) return kRaised;
  return compare(op, left.value(), right.value());
}

Ref<> slice_repr(Value self) noexcept {
  const Slice& slice = self_of(self);
  ItemsRepr text("slice(");
  for (const Value part : {slice.start(), slice.stop(), slice.step()})
    if (failed(text.add(part))) return kRaised;
  return text.finish(")");
}

[[nodiscard]] Protocols slice_protocols() noexcept {
  Protocols slots;
  slots.compare = slice_compare;  // and no hash
  slots.repr = slice_repr;
  return slots;
}

}  // namespace

Status SliceIndices::read(const Slice& slice, Value length) noexcept {
  step = to_bound(slice.step().is_none() ? Value::of_int(1) : slice.step());
  if (!step) return kRaised;
  if (IntView(step.value()).is_zero())
    return raise(ErrorKind::kValue, {"slice step cannot be zero"});
  step = int_positive(step.value());
  const bool falls = is_negative(step.value());
  const Ref<> lowest = Ref<>::adopt(Value::of_int(falls ? -1 : 0));
  const Ref<> highest = falls ? int_subtract(length, Value::of_int(1)) : Ref<>::of(length);
  if (!step || !lowest || !highest) return kRaised;
  start = read_index(slice.start(), length, lowest.value(), highest.value(),
                     falls ? highest.value() : lowest.value());
  if (!start) return kRaised;
  stop = read_index(slice.stop(), length, lowest.value(), highest.value(),
                    falls ? lowest.value() : highest.value());
  return stop ? Status::kDone : Status::kFailed;
}

Type& slice_type() noexcept { return *g_slice_type; }

Status make_slice_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_slice_type = Type::make({.name = "slice",
                             .layout = &layout_of<Slice>,
                             .ancestors = ancestors,
                             .protocols = slice_protocols(),
                             .is_final = true});
  return g_slice_type == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
