// What a program sees of a deque.

#include "objects/model/repr_guard.h"
#include "objects/types/attribute.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/sequence_operands.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/str_builder.h"
#include "objects/types/type_object.h"
#include "python/modules/calls.h"
#include "python/modules/collections/deque.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_deque = nullptr;  // written by add_deque

using End = Deque::End;

[[nodiscard]] Deque& self_of(Value value) noexcept { return object_of<Deque>(value); }

// --- Making one. ---

Ref<> deque_new(const Value* arguments) noexcept {
  return Deque::make(wanted_type(arguments), Deque::kUnbounded);
}

[[nodiscard]] Status read_most(Value value, std::size_t& most) noexcept {
  if (value.is_none()) return Status::kDone;
  if (!is_int(value)) return raise(ErrorKind::kType, {"an integer is required"});
  std::int64_t number = 0;
  if (failed(read_index(value, number))) return kRaised;
  if (number < 0) return raise(ErrorKind::kValue, {"maxlen must be non-negative"});
  most = static_cast<std::size_t>(number);
  return Status::kDone;
}

Ref<> deque_init(const Value* arguments) noexcept {
  Deque& self = self_of(arguments[0]);
  std::size_t most = Deque::kUnbounded;
  if (failed(read_most(arguments[2], most))) return kRaised;
  self.restart(most);
  if (arguments[1].is_empty()) return Special::kNone;
  return none_or_raised(self.extend(End::kRight, arguments[1]));
}

// Of a subtype: what that makes of the items and the bound.
Ref<> deque_copy(const Value* arguments) noexcept {
  Deque& self = self_of(arguments[0]);
  Type& type = type_of(arguments[0]);
  if (&type == g_deque) return self.copy(type);
  const std::size_t most = self.most();
  if (most == Deque::kUnbounded) return call_with(Value(&type), {arguments[0]});
  const Ref<> bound = make_size(most);
  return bound ? call_with(Value(&type), {arguments[0], bound.value()}) : Ref<>();
}

// --- Changing it. ---

template <End kEnd>
Ref<> append(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).add(kEnd, ref_of(arguments[1])));
}

template <End kEnd>
Ref<> pop(const Value* arguments) noexcept {
  return self_of(arguments[0]).pop(kEnd);
}

template <End kEnd>
Ref<> extend(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).extend(kEnd, arguments[1]));
}

Ref<> clear(const Value* arguments) noexcept {
  self_of(arguments[0]).clear();
  return Special::kNone;
}

Ref<> rotate(const Value* arguments) noexcept {
  std::int64_t steps = 0;
  if (failed(read_index(arguments[1], steps))) return kRaised;
  self_of(arguments[0]).rotate(steps);
  return Special::kNone;
}

Ref<> reverse(const Value* arguments) noexcept {
  self_of(arguments[0]).reverse();
  return Special::kNone;
}

Ref<> insert(const Value* arguments) noexcept {
  std::int64_t index = 0;
  if (failed(read_index(arguments[1], index))) return kRaised;
  return none_or_raised(self_of(arguments[0]).insert(index, ref_of(arguments[2])));
}

Ref<> remove(const Value* arguments) noexcept {
  return none_or_raised(self_of(arguments[0]).remove(arguments[1]));
}

// --- Looking. ---

Ref<> count(const Value* arguments) noexcept {
  std::size_t number = 0;
  if (failed(self_of(arguments[0]).count_equal(arguments[1], number))) return kRaised;
  return make_size(number);
}

[[nodiscard]] Status read_place(Value value, std::size_t size, std::size_t& place) noexcept {
  std::int64_t bound = 0;
  if (failed(read_bound(value, bound))) return kRaised;
  if (bound < 0) bound += static_cast<std::int64_t>(size);
  place = bound < 0 ? 0 : static_cast<std::size_t>(bound);
  return Status::kDone;
}

Ref<> index(const Value* arguments) noexcept {
  Deque& self = self_of(arguments[0]);
  const std::size_t size = self.size();
  std::size_t start = 0;
  std::size_t stop = SIZE_MAX;
  if (failed(read_place(arguments[2], size, start)) || failed(read_place(arguments[3], size, stop)))
    return kRaised;
  Deque::Search search;
  const Truth found = self.find(arguments[1], start, stop, search);
  if (failed(found)) return kRaised;
  if (search.has_changed) return raise(ErrorKind::kRuntime, {"deque mutated during iteration"});
  if (found == Truth::kFalse)
    return raise_about(ErrorKind::kValue, "", arguments[1], " is not in deque");
  return make_size(search.place);
}

Truth deque_contains(Value self, Value item) noexcept {
  Deque::Search search;
  const Truth found = self_of(self).find(item, 0, SIZE_MAX, search);
  if (!failed(found) && search.has_changed)
    return raise(ErrorKind::kRuntime, {"deque mutated during iteration"});
  return found;
}

Status deque_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

[[nodiscard]] Status read_key(Value key, std::int64_t& number) noexcept {
  if (index_of(key).kind == IndexKind::kNone && type_of(key).block().protocols().index == nullptr)
    return raise(ErrorKind::kType,
                 {"sequence index must be integer, not '", type_of(key).name(), "'"});
  const Ref<> place = to_index(key);
  if (!place) return kRaised;
  const Index index = index_of(place.value());
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kIndex,
                 {"cannot fit '", type_of(key).name(), "' into an index-sized integer"});
  number = index.number;
  return Status::kDone;
}

Raised raise_no_such_item() noexcept {
  return raise(ErrorKind::kIndex, {"deque index out of range"});
}

Ref<> deque_get_item(Value self, Value key) noexcept {
  std::int64_t number = 0;
  Ref<> item;
  if (failed(read_key(key, number))) return kRaised;
  if (!self_of(self).get(number, item)) return raise_no_such_item();
  return item;
}

Status deque_set_item(Value self, Value key, Ref<> value) noexcept {
  std::int64_t number = 0;
  if (failed(read_key(key, number))) return kRaised;
  const bool is_there =
      value ? self_of(self).set(number, std::move(value)) : self_of(self).remove_at(number);
  return is_there ? Status::kDone : Status{raise_no_such_item()};
}

// --- Operators. ---

Ref<> deque_add(Value self, Value other) noexcept {
  if (as_deque(self) == nullptr) return Special::kNotImplemented;
  if (as_deque(other) == nullptr)
    return raise(ErrorKind::kType,
                 {"can only concatenate deque (not \"", type_of(other).name(), "\") to deque"});
  Ref<> sum = deque_copy(&self);
  if (!sum || failed(self_of(sum.value()).extend(End::kRight, other))) return kRaised;
  return sum;
}

Ref<> deque_in_place_add(Value self, Value other) noexcept {
  return failed(self_of(self).extend(End::kRight, other)) ? Ref<>() : ref_of(self);
}

Ref<> deque_in_place_multiply(Value self, Value times) noexcept {
  if (type_of(times).block().protocols().index == nullptr) return refuse_repeat(self, times);
  std::int64_t number = 0;
  if (failed(read_index(times, number)) || failed(self_of(self).repeat(number))) return kRaised;
  return ref_of(self);
}

Ref<> deque_multiply(Value self, Value times) noexcept {
  if (type_of(times).block().protocols().index == nullptr) return refuse_repeat(self, times);
  Ref<> product = deque_copy(&self);
  return product ? deque_in_place_multiply(product.value(), times) : Ref<>();
}

Ref<> deque_compare(CompareOp op, Value self, Value other) noexcept {
  Deque* const right = as_deque(other);
  if (right == nullptr) return Special::kNotImplemented;
  const Ref<List> mine = self_of(self).to_list();
  const Ref<List> theirs = mine ? right->to_list() : Ref<List>();
  return theirs ? compare(op, mine.value(), theirs.value()) : Ref<>();
}

Ref<> deque_repr(Value self) noexcept {
  const ReprGuard guard(*self.object());
  if (guard.is_inside()) return Str::of_ascii("[...]");
  const Ref<List> items = self_of(self).to_list();
  if (!items) return kRaised;
  StrBuilder out;
  out.add_utf8(plain_name(type_of(self)));
  out.add("(");
  if (failed(out.add_repr(items.value()))) return kRaised;
  const std::size_t most = self_of(self).most();
  if (most != Deque::kUnbounded) {
    out.add(", maxlen=");
    out.add_number(static_cast<std::int64_t>(most));
  }
  out.add(")");
  return out.finish();
}

// --- The rest. ---

Ref<> reversed(const Value* arguments) noexcept { return iterate_deque_reversed(arguments[0]); }

Ref<> most_of(Value self) noexcept {
  const std::size_t most = self_of(self).most();
  return most == Deque::kUnbounded ? Ref<>(Special::kNone) : make_size(most);
}

// (type, arguments, its __dict__, its items)
Ref<> reduce(const Value* arguments) noexcept {
  const Value self = arguments[0];
  Ref<> iterator = iterate(self);
  const Ref<Str> name = intern("__dict__");
  Ref<> attributes;
  if (!iterator || !name || failed(find_attribute(self, *name, attributes))) return kRaised;
  const Ref<> bound = most_of(self);
  Ref<Tuple> values = bound.value().is_none() ? Tuple::make_blank(0)
                                              : whole_tuple(Tuple::make_blank(0), bound.share());
  if (!values) return kRaised;
  const bool has_some = attributes && object_of<Dict>(attributes.value()).size() != 0;
  return whole_tuple(ref_of(Value(&type_of(self))), std::move(values),
                     has_some ? std::move(attributes) : Ref<>(Special::kNone), std::move(iterator));
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", deque_new}};
constexpr NativeSpec kMethods[] = {
    {"__init__(self, iterable=<none>, maxlen=None)", deque_init},
    {"append(self, item, /)", append<End::kRight>,
     "Add an element to the right side of the deque."},
    {"appendleft(self, item, /)", append<End::kLeft>,
     "Add an element to the left side of the deque."},
    {"clear(self)", clear, "Remove all elements from the deque."},
    {"__copy__(self)", deque_copy, "Return a shallow copy of a deque."},
    {"copy(self)", deque_copy, "Return a shallow copy of a deque."},
    {"count(self, value, /)", count, "Return the number of occurrences of a value."},
    {"extend(self, iterable, /)", extend<End::kRight>,
     "Extend the right side of the deque with elements from the iterable."},
    {"extendleft(self, iterable, /)", extend<End::kLeft>,
     "Extend the left side of the deque with elements from the iterable."},
    {"index(self, value, start=0, stop=9223372036854775807, /)", index,
     "Return the first index of a value."},
    {"insert(self, index, value, /)", insert, "Insert a value before an index."},
    {"pop(self)", pop<End::kRight>, "Remove and return the rightmost element."},
    {"popleft(self)", pop<End::kLeft>, "Remove and return the leftmost element."},
    {"remove(self, value, /)", remove, "Remove the first occurrence of a value."},
    {"__reversed__(self)", reversed, "Return a reverse iterator over the deque."},
    {"reverse(self)", reverse, "Reverse the deque in place."},
    {"rotate(self, n=1, /)", rotate, "Rotate the deque n steps to the right."},
    {"__reduce__(self)", reduce},
};
constexpr NativeSpec kClassMethods[] = {kClassGetItem};
constexpr AttributeSpec kAttributes[] = {
    {.name = "maxlen", .get = most_of, .doc = "The maximum size of a deque, or None."}};

[[nodiscard]] constexpr std::size_t place_of(BinaryOp op) noexcept {
  return static_cast<std::size_t>(op);
}

[[nodiscard]] Protocols deque_slots() noexcept {
  Protocols slots;
  slots.iter = iterate_deque;
  slots.length = deque_length;
  slots.contains = deque_contains;
  slots.get_item = deque_get_item;
  slots.set_item = deque_set_item;
  slots.compare = deque_compare;  // and no hash: a deque changes
  slots.repr = deque_repr;
  slots.binary[place_of(BinaryOp::kAdd)] = deque_add;
  slots.binary[place_of(BinaryOp::kMultiply)] = deque_multiply;
  slots.reflected[place_of(BinaryOp::kMultiply)] = deque_multiply;
  slots.in_place[place_of(BinaryOp::kAdd)] = deque_in_place_add;
  slots.in_place[place_of(BinaryOp::kMultiply)] = deque_in_place_multiply;
  return slots;
}

}  // namespace

Type& deque_type() noexcept { return *g_deque; }

Deque* as_deque(Value value) noexcept {
  if (!value.is_object() || !type_of(value).is_subtype_of(*g_deque)) return nullptr;
  return &object_of<Deque>(value);
}

Status add_deque(Module& module) noexcept {
  g_deque = add_native_type(module, {.name = "collections.deque",
                                     .layout = &layout_of<Deque>,
                                     .slots = deque_slots(),
                                     .statics = kNew,
                                     .methods = kMethods,
                                     .class_methods = kClassMethods,
                                     .attributes = kAttributes,
                                     .doc = "A list-like sequence optimized for accesses near its "
                                            "endpoints.",
                                     .is_weakly_referable = true});
  return g_deque == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
