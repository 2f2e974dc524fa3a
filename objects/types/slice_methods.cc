// What a `slice` can be asked for.
#include "objects/model/error.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/native_function.h"
#include "objects/types/slice.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] const Slice& self_of(Value self) noexcept {
  return static_cast<const Slice&>(*self.object());
}

// slice(stop), slice(start, stop), slice(start, stop, step). One bound alone is the stop.
Ref<> make(const Value* arguments) noexcept {
  const auto part = [&](std::size_t i) {
    return arguments[i].is_empty() ? Ref<>(Special::kNone) : Ref<>::of(arguments[i]);
  };
  if (arguments[2].is_empty()) return Slice::make(Special::kNone, part(1), Special::kNone);
  return Slice::make(part(1), part(2), part(3));
}

Ref<> indices(const Value* arguments) noexcept {
  const Ref<> length = to_index(arguments[1]);
  if (!length) return kRaised;
  const IntView number(length.value());
  if (number.view().negative) return raise(ErrorKind::kValue, {"length should not be negative"});
  const Ref<> exact = int_positive(length.value());  // of True: 1
  SliceIndices all;
  if (!exact || failed(all.read(self_of(arguments[0]), exact.value()))) return kRaised;
  return Tuple::of(std::move(all.start), std::move(all.stop), std::move(all.step));
}

constexpr NativeSpec kMake[] = {{"__new__(cls, start, stop=<none>, step=<none>, /)", make}};
// slice, (start, stop, step)
Ref<> reduce(const Value* arguments) noexcept {
  const Slice& slice = self_of(arguments[0]);
  Ref<Tuple> parts =
      Tuple::of(Ref<>::of(slice.start()), Ref<>::of(slice.stop()), Ref<>::of(slice.step()));
  return parts ? Tuple::of(Ref<>::of(Value(&slice_type())), std::move(parts)) : Ref<Tuple>();
}

constexpr NativeSpec kMethods[] = {
    {"indices(self, length, /)", indices},
    {"__reduce__(self, /)", reduce, "Return state information for pickling."},
};
constexpr AttributeSpec kAttributes[] = {
    {"start", [](Value self) noexcept { return Ref<>::of(self_of(self).start()); }},
    {"stop", [](Value self) noexcept { return Ref<>::of(self_of(self).stop()); }},
    {"step", [](Value self) noexcept { return Ref<>::of(self_of(self).step()); }},
};

}  // namespace

Status define_slice_methods() noexcept {
  if (failed(define_static_methods(slice_type(), kMake))) return kRaised;
  if (failed(define_methods(slice_type(), kMethods))) return kRaised;
  return define_attributes(slice_type(), kAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
