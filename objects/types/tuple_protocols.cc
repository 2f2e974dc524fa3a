#include "objects/types/tuple_protocols.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/item_equality.h"
#include "objects/types/ordering.h"
#include "objects/types/sequence_key.h"
#include "objects/types/sequence_operands.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/tuple.h"
#include "objects/types/tuple_iterator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Tuple& self_of(Value value) noexcept { return static_cast<Tuple&>(*value.object()); }

// --- Items. ---

Status tuple_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

Ref<> copy_part(Tuple& tuple, const SlicePart& part) noexcept {
  const bool is_all = part.step == 1 && part.count == tuple.size();
  if (is_all && as_exact_tuple(Value(&tuple)) != nullptr) return Ref<Tuple>::of(tuple);
  Ref<Tuple> copy = Tuple::make_blank(part.count);
  if (!copy) return kRaised;
  for (std::size_t i = 0; i < part.count; ++i) copy->initialise(i, tuple.load(part.place(i)));
  return copy;
}

Ref<> tuple_get_item(Value self, Value key) noexcept {
  Tuple& tuple = self_of(self);
  SequenceKey wanted;
  if (failed(wanted.read(key, "tuple"))) return kRaised;
  if (wanted.is_slice) return copy_part(tuple, wanted.bounds.within(tuple.size()));
  std::size_t place = 0;
  if (!find_position(wanted.index, tuple.size(), place))
    return raise(ErrorKind::kIndex, {"tuple index out of range"});
  return tuple.load(place);
}

Truth tuple_contains(Value self, Value item) noexcept {
  std::size_t place = 0;
  return self_of(self).find(item, 0, INT64_MAX, place);
}

Ref<> tuple_iterate(Value self) noexcept { return TupleIterator::make(self_of(self)); }

// --- Hash, order, text. ---

// Each item's hash is mixed into the sum by a multiplication and a turn, so that order counts.
Status tuple_hash(Value self, std::int64_t& hash) noexcept {
  std::uint64_t sum = 0x27D4'EB2F'1656'67C5;
  const Tuple& tuple = self_of(self);
  for (std::size_t i = 0; i < tuple.size(); ++i) {
    std::int64_t item = 0;
    if (failed(orochi::hash(tuple[i], item))) return kRaised;
    sum = std::rotl(sum + static_cast<std::uint64_t>(item) * 0xC2B2'AE3D'27D4'EB4F, 31) *
          0x9E37'79B1'85EB'CA87;
  }
  hash = static_cast<std::int64_t>(sum + tuple.size());
  return Status::kDone;
}

// The first place where the two differ, or the shorter one's length. Failed: a comparison raised.
Status find_difference(const Tuple& a, const Tuple& b, std::size_t& place) noexcept {
  const std::size_t common = std::min(a.size(), b.size());
  for (place = 0; place < common; ++place) {
    const Truth equal = is_item(a[place], b[place]);
    if (failed(equal)) return kRaised;
    if (equal == Truth::kFalse) break;
  }
  return Status::kDone;
}

Ref<> tuple_compare(CompareOp op, Value self, Value other) noexcept {
  const Tuple* const b = as_tuple(other);
  if (b == nullptr) return Special::kNotImplemented;
  const Tuple& a = self_of(self);
  std::size_t place = 0;
  if (failed(find_difference(a, *b, place))) return kRaised;
  if (place == std::min(a.size(), b->size())) return bool_of(holds(op, a.size() <=> b->size()));
  if (op == CompareOp::kEqual) return Special::kFalse;
  if (op == CompareOp::kNotEqual) return Special::kTrue;
  return compare(op, a[place], (*b)[place]);
}

Ref<> tuple_repr(Value self) noexcept {
  const Tuple& tuple = self_of(self);
  const ReprGuard guard(tuple);
  if (guard.is_inside()) return Str::of_ascii("(...)");
  ItemsRepr text("(");
  for (std::size_t i = 0; i < tuple.size(); ++i)
    if (failed(text.add(tuple[i]))) return kRaised;
  return text.finish(tuple.size() == 1 ? ",)" : ")");
}

// --- Sums and multiples. ---

Ref<> concat(const Tuple& a, const Tuple& b) noexcept {
  Ref<Tuple> sum = Tuple::make_blank(a.size() + b.size());
  if (!sum) return kRaised;
  for (std::size_t i = 0; i < a.size(); ++i) sum->initialise(i, a.load(i));
  for (std::size_t i = 0; i < b.size(); ++i) sum->initialise(a.size() + i, b.load(i));
  return sum;
}

// A tuple and nothing is that tuple.
Ref<> tuple_add(Value self, Value other) noexcept {
  const Tuple* const b = as_tuple(other);
  if (b == nullptr) return refuse_concat(self, other);
  const Tuple& a = self_of(self);
  if (a.size() == 0 && as_exact_tuple(other) != nullptr) return Ref<>::of(other);
  if (b->size() == 0 && as_exact_tuple(self) != nullptr) return Ref<>::of(self);
  return concat(a, *b);
}

Ref<> repeat(const Tuple& tuple, std::size_t times) noexcept {
  std::size_t size = 0;
  if (__builtin_mul_overflow(tuple.size(), times, &size)) return raise_memory_error();
  Ref<Tuple> product = Tuple::make_blank(size);
  if (!product) return kRaised;
  for (std::size_t begin = 0; begin < size; begin += tuple.size())
    for (std::size_t i = 0; i < tuple.size(); ++i) product->initialise(begin + i, tuple.load(i));
  return product;
}

Ref<> tuple_multiply(Value self, Value other) noexcept {
  std::int64_t times = 0;
  Ref<> answer;
  if (!read_repeats(self, other, times, answer)) return answer;
  const Tuple& tuple = self_of(self);
  const bool stays = times == 1 || tuple.size() == 0;
  if (stays && as_exact_tuple(self) != nullptr) return Ref<>::of(self);
  return repeat(tuple, static_cast<std::size_t>(std::max<std::int64_t>(times, 0)));
}

}  // namespace

Protocols tuple_protocols() noexcept {
  Protocols slots;
  slots.length = tuple_length;
  slots.get_item = tuple_get_item;
  slots.contains = tuple_contains;
  slots.iter = tuple_iterate;
  slots.hash = tuple_hash;
  slots.compare = tuple_compare;
  slots.repr = tuple_repr;
  slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = tuple_add;
  slots.binary[static_cast<std::size_t>(BinaryOp::kMultiply)] = tuple_multiply;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kMultiply)] = tuple_multiply;
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
