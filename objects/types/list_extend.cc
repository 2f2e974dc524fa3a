// Lists made longer: by what is iterable, by themselves, and sums and multiples of lists.
#include "objects/model/error.h"
#include "objects/types/each_item.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// False: more than a number can say.
[[nodiscard]] bool multiply(std::size_t size, std::int64_t times, std::size_t& product) noexcept {
  return !__builtin_mul_overflow(size, static_cast<std::size_t>(times), &product);
}

}  // namespace

// --- From others. ---

Status List::extend(List& other) noexcept {
  const LockedPair locks(*this, other);
  const NoSuspend whole;
  const Held to = locks.first();
  const Held from = locks.second();
  const std::size_t count = other.items_.size(from);
  if (failed(items_.make_room(to, count))) return kRaised;
  // If both are the same, its array may be another one since: it is asked for each item.
  items_.append_many(to, count, [&](std::size_t i) { return other.items_.at(from, i).load(from); });
  return Status::kDone;
}

Status List::extend_by_tuple(const Tuple& tuple) noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  if (failed(items_.make_room(lock.held(), tuple.size()))) return kRaised;
  items_.append_many(lock.held(), tuple.size(), [&](std::size_t i) { return tuple.load(i); });
  return Status::kDone;
}

Status List::extend(Value iterable) noexcept {
  // By itself, of a subtype too: an iterator would never come to an end.
  if (iterable == Value(this)) return extend(*this);
  if (List* const list = as_exact_list(iterable)) return extend(*list);
  if (const Tuple* const tuple = as_exact_tuple(iterable)) return extend_by_tuple(*tuple);
  return for_each_item(iterable, [this](Value item) noexcept { return append(Ref<>::of(item)); });
}

// --- New lists: made in the hold that fills them, so that nobody finds one before it is whole. ---

// The list was made in this hold of the source.
Status List::append_copies(Held from, List& source, const SlicePart& part) noexcept {
  const Held to = Held::unreachable(*this);
  if (failed(items_.make_room(to, part.count))) return kRaised;
  items_.append_many(to, part.count, [&](std::size_t i) {
    return source.items_.at(from, part.place(i)).load(from);
  });
  return Status::kDone;
}

Ref<List> List::copy() noexcept { return copy_part(SliceBounds()); }

Ref<Tuple> List::to_tuple() noexcept {
  Ref<Tuple> tuple;
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  tuple = Tuple::make_blank(items_.size(holder));
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < tuple->size(); ++i)
    tuple->initialise(i, items_.at(holder, i).load(holder));
  return tuple;
}

Ref<List> List::copy_part(const SliceBounds& bounds) noexcept {
  Ref<List> part;
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  part = make();
  if (!part) return kRaised;
  const Status done = part->append_copies(holder, *this, bounds.within(items_.size(holder)));
  return failed(done) ? Ref<List>() : std::move(part);
}

Ref<List> List::concat(List& other) noexcept {
  Ref<List> sum;
  const LockedPair locks(*this, other);
  const NoSuspend whole;
  sum = make();
  if (!sum) return kRaised;
  const Held to = Held::unreachable(*sum);
  const SlicePart left = SliceBounds().within(items_.size(locks.first()));
  const SlicePart right = SliceBounds().within(other.items_.size(locks.second()));
  // Room for both at once.
  if (failed(sum->items_.make_room(to, left.count + right.count)) ||
      failed(sum->append_copies(locks.first(), *this, left)) ||
      failed(sum->append_copies(locks.second(), other, right)))
    return kRaised;
  return sum;
}

// --- Multiples. ---

// Raises without memory. Requires: `times` is not negative.
Status List::append_multiple(Held to, Held from, List& source, std::int64_t times) noexcept {
  const std::size_t size = source.items_.size(from);
  std::size_t count = 0;
  if (!multiply(size, times, count)) return raise_memory_error();
  if (failed(items_.make_room(to, count))) return kRaised;
  std::size_t place = 0;
  items_.append_many(to, count, [&](std::size_t) {
    const Field& item = source.items_.at(from, place);
    place = place + 1 == size ? 0 : place + 1;
    return item.load(from);
  });
  return Status::kDone;
}

Ref<List> List::repeat(std::int64_t times) noexcept {
  if (times <= 0) return make();
  Ref<List> product;
  const Locked lock(*this);
  const NoSuspend whole;
  product = make();
  if (!product) return kRaised;
  const Held to = Held::unreachable(*product);
  const Status done = product->append_multiple(to, lock.held(), *this, times);
  return failed(done) ? Ref<List>() : std::move(product);
}

Status List::repeat_in_place(std::int64_t times) noexcept {
  if (times <= 0) {
    clear();
    return Status::kDone;
  }
  const Locked lock(*this);
  const NoSuspend whole;
  return append_multiple(lock.held(), lock.held(), *this, times - 1);
}

}  // namespace orochi::inline OROCHI_DESIGN
