// The methods of `set` and `frozenset`.
#include "objects/model/error.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/set.h"
#include "objects/types/set_algebra.h"
#include "objects/types/set_iterator.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Set& self_of(const Value* arguments) noexcept {
  return static_cast<Set&>(*arguments[0].object());
}
[[nodiscard]] Ref<> bool_or_raised(Truth truth) noexcept {
  return failed(truth) ? Ref<>() : bool_of(truth == Truth::kTrue);
}

// --- One key. ---

Ref<> add(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments).add(arguments[1]));
}

Ref<> discard(const Value* arguments) noexcept {
  const Truth was_there = self_of(arguments).discard(arguments[1]);
  return none_or_raised(failed(was_there) ? Status::kFailed : Status::kDone);
}

Ref<> remove(const Value* arguments) noexcept {
  const Truth was_there = self_of(arguments).discard(arguments[1]);
  if (was_there == Truth::kFalse) return raise_value(ErrorKind::kKey, Ref<>::of(arguments[1]));
  return none_or_raised(failed(was_there) ? Status::kFailed : Status::kDone);
}

Ref<> pop(const Value* arguments) noexcept {
  Ref<> key = self_of(arguments).pop();
  if (!key) return raise(ErrorKind::kKey, {"pop from an empty set"});
  return key;
}

// --- All keys. ---

Ref<> clear(const Value* arguments) noexcept {
  self_of(arguments).clear();
  return Special::kNone;
}

// A frozenset, but not one of a subtype, is its own copy.
Ref<> copy(const Value* arguments) noexcept {
  Set& set = self_of(arguments);
  if (&type_of(set) == &frozenset_type()) return Ref<Set>::of(set);
  return set.copy(base_type_of(set));
}

// --- Others. ---

// All that `*others` has.
[[nodiscard]] const Tuple& others_of(const Value* arguments) noexcept {
  return static_cast<const Tuple&>(*arguments[1].object());
}

template <Status (*change)(Set&, Value) noexcept>
[[nodiscard]] Status change_by_each(Set& set, const Tuple& others) noexcept {
  for (std::size_t i = 0; i < others.size(); ++i)
    if (failed(change(set, others[i]))) return kRaised;
  return Status::kDone;
}

template <Status (*change)(Set&, Value) noexcept>
Ref<> change_in_place(const Value* arguments) noexcept {
  return none_or_raised(change_by_each<change>(self_of(arguments), others_of(arguments)));
}

// make(set, first), and then the others change what was made.
template <Ref<Set> (*make)(Set&, Value) noexcept, Status (*change)(Set&, Value) noexcept>
[[nodiscard]] Ref<Set> made_of_all(const Value* arguments) noexcept {
  Set& set = self_of(arguments);
  const Tuple& others = others_of(arguments);
  if (others.size() == 0) return set.copy(base_type_of(set));
  Ref<Set> made = make(set, others[0]);
  for (std::size_t i = 1; made && i < others.size(); ++i)
    if (failed(change(*made, others[i]))) return kRaised;
  return made;
}

template <Ref<Set> (*make)(Set&, Value) noexcept, Status (*change)(Set&, Value) noexcept>
Ref<> make_of_all(const Value* arguments) noexcept {
  return made_of_all<make, change>(arguments);
}

// In one step with a single set; otherwise all are intersected first, so that a failure leaves the
// set as it was.
Ref<> intersect_in_place(const Value* arguments) noexcept {
  Set& set = self_of(arguments);
  const Tuple& others = others_of(arguments);
  if (others.size() == 0) return Special::kNone;
  if (others.size() == 1) return none_or_raised(intersection_update(set, others[0]));
  return none_or_raised(become(set, made_of_all<intersection, intersection_update>(arguments)));
}

Ref<> differ_in_place(const Value* arguments) noexcept {
  return none_or_raised(symmetric_difference_update(self_of(arguments), arguments[1]));
}

Ref<> differ(const Value* arguments) noexcept {
  return symmetric_difference(self_of(arguments), arguments[1]);
}

template <Truth (*question)(Set&, Value) noexcept>
Ref<> ask(const Value* arguments) noexcept {
  return bool_or_raised(question(self_of(arguments), arguments[1]));
}

// --- Making. ---

[[nodiscard]] Type& wanted_type(const Value* arguments) noexcept {
  return static_cast<Type&>(*arguments[0].object());
}

// What is iterable comes with __init__.
Ref<> new_set(const Value* arguments) noexcept { return Set::make(wanted_type(arguments)); }

Ref<> initialise(const Value* arguments) noexcept {
  Set& set = self_of(arguments);
  set.clear();
  if (arguments[1].is_empty()) return Special::kNone;
  return none_or_raised(update(set, arguments[1]));
}

Ref<> new_frozenset(const Value* arguments) noexcept {
  Type& type = wanted_type(arguments);
  return arguments[1].is_empty() ? Set::make(type) : Set::from(arguments[1], type);
}

Ref<> remaining(const Value* arguments) noexcept {
  return make_size(static_cast<SetIterator*>(arguments[0].object())->remaining());
}

constexpr NativeSpec kNewSet[] = {{"__new__(cls, /, *args, **kwargs)", new_set}};
constexpr NativeSpec kNewFrozenset[] = {{"__new__(cls, iterable=<none>, /)", new_frozenset}};
constexpr NativeSpec kOfIterators[] = {
    {"__length_hint__(self, /)", remaining},
    reduce_method<SetIterator, &SetIterator::reduce>(),
};

constexpr NativeSpec kOfBoth[] = {
    {"copy(self, /)", copy},
    {"union(self, /, *others)", make_of_all<union_of, update>},
    {"intersection(self, /, *others)", make_of_all<intersection, intersection_update>},
    {"difference(self, /, *others)", make_of_all<difference, difference_update>},
    {"symmetric_difference(self, other, /)", differ},
    {"isdisjoint(self, other, /)", ask<is_disjoint>},
    {"issubset(self, other, /)", ask<is_subset>},
    {"issuperset(self, other, /)", ask<is_superset>},
};

constexpr NativeSpec kOfSets[] = {
    {"__init__(self, iterable=<none>, /)", initialise},
    {"add(self, object, /)", add},
    {"discard(self, object, /)", discard},
    {"remove(self, object, /)", remove},
    {"pop(self, /)", pop},
    {"clear(self, /)", clear},
    {"update(self, /, *others)", change_in_place<update>},
    {"intersection_update(self, /, *others)", intersect_in_place},
    {"difference_update(self, /, *others)", change_in_place<difference_update>},
    {"symmetric_difference_update(self, other, /)", differ_in_place},
};

}  // namespace

Status define_set_methods() noexcept {
  if (failed(define_static_methods(set_type(), kNewSet))) return kRaised;
  if (failed(define_methods(set_type(), kOfBoth))) return kRaised;
  if (failed(define_methods(set_type(), kOfSets))) return kRaised;
  if (failed(define_static_methods(frozenset_type(), kNewFrozenset))) return kRaised;
  if (failed(define_methods(frozenset_type(), kOfBoth))) return kRaised;
  return define_methods(set_iterator_type(), kOfIterators);
}

}  // namespace orochi::inline OROCHI_DESIGN
