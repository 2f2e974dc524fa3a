// The type `range`: what the language's operators do with one, and its methods.
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/range.h"
#include "objects/types/range_iterator.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_range_type = nullptr;  // written by make_range_type, before there are ranges

constexpr Value kOne = Value::of_int(1);

[[nodiscard]] Range& self_of(Value value) noexcept { return static_cast<Range&>(*value.object()); }

// Whose items are found by arithmetic: others may be equal to an item in their own way.
[[nodiscard]] bool is_plain_int(Value value) noexcept {
  return value.is_int() || value.is_bool() || &type_of(value) == &int_type();
}

// --- Items. ---

Status range_length(Value self, std::size_t& length) noexcept {
  const Index size = index_of(self_of(self).length());
  if (size.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ssize_t"});
  length = static_cast<std::size_t>(size.number);
  return Status::kDone;
}

Truth range_truth(Value self) noexcept {
  return truth_of(self_of(self).length() != Value::of_int(0));
}

Ref<> range_get_item(Value self, Value key) noexcept {
  if (is_int(key) || type_of(key).block().protocols().index != nullptr) {
    const Ref<> index = to_index(key);
    return index ? self_of(self).item(index.value()) : Ref<>();
  }
  if (const Slice* const slice = as_slice(key)) return self_of(self).part(*slice);
  return raise(ErrorKind::kType,
               {"range indices must be integers or slices, not ", type_of(key).name()});
}

Ref<> range_iterate(Value self) noexcept { return RangeIterator::make(self_of(self)); }

// --- Searching. ---

// Calls act(index) for each item that equals the value, until it says that this is enough.
template <class Act>
Status for_each_equal(Range& range, Value value, Act act) noexcept {
  const Ref<RangeIterator> iterator = RangeIterator::make(range);
  if (!iterator) return kRaised;
  for (std::size_t index = 0;; ++index) {
    Ref<> item;
    if (failed(iterator->next(item))) return kRaised;
    if (!item) return Status::kDone;
    const Truth same = same_or_equal(item.value(), value);
    if (failed(same)) return kRaised;
    if (same == Truth::kTrue && !act(index)) return Status::kDone;
  }
}

// Nothing in `index`: it is not there.
Status find(Range& range, Value value, Ref<>& index) noexcept {
  if (is_plain_int(value)) return range.find(value, index);
  const Status done = for_each_equal(range, value, [&](std::size_t place) noexcept {
    index = make_size(place);
    return false;
  });
  return done;
}

Truth range_contains(Value self, Value item) noexcept {
  Ref<> index;
  if (failed(find(self_of(self), item, index))) return kRaised;
  return truth_of(static_cast<bool>(index));
}

// --- Comparing, text. ---

Ref<> range_compare(CompareOp op, Value self, Value other) noexcept {
  const Range* const b = as_range(other);
  if (b == nullptr || (op != CompareOp::kEqual && op != CompareOp::kNotEqual))
    return Special::kNotImplemented;
  return bool_of(Range::equal(self_of(self), *b) == (op == CompareOp::kEqual));
}

// Of what equality asks for.
Status range_hash(Value self, std::int64_t& hash) noexcept {
  const Range& range = self_of(self);
  const bool is_empty = range.length() == Value::of_int(0);
  const bool has_one = range.length() == kOne;
  const Ref<Tuple> parts =
      Tuple::of(Ref<>::of(range.length()), Ref<>::of(is_empty ? Value::kNone : range.start()),
                Ref<>::of(is_empty || has_one ? Value::kNone : range.step()));
  return parts ? orochi::hash(parts.value(), hash) : Status::kFailed;
}

Ref<> range_repr(Value self) noexcept {
  const Range& range = self_of(self);
  ItemsRepr text("range(");
  if (failed(text.add(range.start())) || failed(text.add(range.stop()))) return kRaised;
  if (range.step() != kOne && failed(text.add(range.step()))) return kRaised;
  return text.finish(")");
}

[[nodiscard]] Protocols range_protocols() noexcept {
  Protocols slots;
  slots.length = range_length;
  slots.truth = range_truth;
  slots.get_item = range_get_item;
  slots.contains = range_contains;
  slots.iter = range_iterate;
  slots.compare = range_compare;
  slots.hash = range_hash;
  slots.repr = range_repr;
  return slots;
}

// --- Methods. ---

Ref<> index(const Value* arguments) noexcept {
  Ref<> index;
  if (failed(find(self_of(arguments[0]), arguments[1], index))) return kRaised;
  if (index) return index;
  if (is_plain_int(arguments[1]))
    return raise_about(ErrorKind::kValue, "", arguments[1], " is not in range");
  return raise(ErrorKind::kValue, {"sequence.index(x): x not in sequence"});
}

Ref<> count(const Value* arguments) noexcept {
  Range& range = self_of(arguments[0]);
  if (is_plain_int(arguments[1])) {
    Ref<> index;
    if (failed(range.find(arguments[1], index))) return kRaised;
    return make_int(index ? 1 : 0);
  }
  std::size_t times = 0;
  const Status done = for_each_equal(range, arguments[1], [&](std::size_t) noexcept {
    ++times;
    return true;
  });
  return failed(done) ? Ref<>() : make_size(times);
}

Ref<> reversed(const Value* arguments) noexcept {
  const Ref<Range> backwards = self_of(arguments[0]).reversed();
  if (!backwards) return kRaised;
  return RangeIterator::make(*backwards);
}

// range, (start, stop, step)
Ref<> reduce(const Value* arguments) noexcept {
  const Range& range = self_of(arguments[0]);
  Ref<Tuple> bounds =
      Tuple::of(Ref<>::of(range.start()), Ref<>::of(range.stop()), Ref<>::of(range.step()));
  return bounds ? Tuple::of(Ref<>::of(Value(g_range_type)), std::move(bounds)) : Ref<Tuple>();
}

Ref<> remaining(const Value* arguments) noexcept {
  return static_cast<RangeIterator*>(arguments[0].object())->remaining();
}

// range(stop), range(start, stop), range(start, stop, step). One bound alone is the stop.
Ref<> make(const Value* arguments) noexcept {
  const Value zero = Value::of_int(0);
  const bool has_start = !arguments[2].is_empty();
  const Ref<> start = to_index(has_start ? arguments[1] : zero);
  const Ref<> stop = start ? to_index(arguments[has_start ? 2 : 1]) : Ref<>();
  const Ref<> step = stop ? to_index(arguments[3].is_empty() ? kOne : arguments[3]) : Ref<>();
  return step ? Range::make(start.value(), stop.value(), step.value()) : Ref<Range>();
}

constexpr NativeSpec kMake[] = {
    {"__new__(cls, start, stop=<none>, step=<none>, /)", make},
};
constexpr NativeSpec kMethods[] = {
    {"index(self, value, /)", index},
    {"count(self, value, /)", count},
    {"__reversed__(self, /)", reversed},
    {"__reduce__(self, /)", reduce},
};
constexpr AttributeSpec kAttributes[] = {
    {"start", [](Value self) noexcept { return Ref<>::of(self_of(self).start()); }},
    {"stop", [](Value self) noexcept { return Ref<>::of(self_of(self).stop()); }},
    {"step", [](Value self) noexcept { return Ref<>::of(self_of(self).step()); }},
};
constexpr NativeSpec kOfIterators[] = {
    {"__length_hint__(self, /)", remaining},
    reduce_method<RangeIterator, &RangeIterator::reduce>(),
    set_state_method<RangeIterator, &RangeIterator::set_state>(),
};

}  // namespace

Type& range_type() noexcept { return *g_range_type; }

Status make_range_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_range_type = Type::make({.name = "range",
                             .layout = &layout_of<Range>,
                             .ancestors = ancestors,
                             .protocols = range_protocols(),
                             .is_final = true});
  return g_range_type == nullptr ? Status::kFailed : make_range_iterator_types();
}

Status define_range_methods() noexcept {
  if (failed(define_static_methods(range_type(), kMake))) return kRaised;
  if (failed(define_methods(range_type(), kMethods))) return kRaised;
  if (failed(define_attributes(range_type(), kAttributes))) return kRaised;
  if (failed(define_methods(range_iterator_type(), kOfIterators))) return kRaised;
  return define_methods(long_range_iterator_type(), kOfIterators);
}

}  // namespace orochi::inline OROCHI_DESIGN
