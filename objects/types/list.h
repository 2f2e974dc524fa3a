// objects/types/list.h: a sequence that changes.
//
// Any thread may use a list. Each of these is one step for all who watch:
//
//     size, get                                    without a lock, once the list is open
//     set, append, insert, pop, clear, reverse,    in one hold of its lock; what they unlinked is
//     copy, to_tuple, repeat, parts                dropped after it (rule 17)
//     concat, extend, replace_part                 in one hold of both locks, by another list
//
// Whoever compares items (find, count_equal, remove, sort, equality, order) may call their __eq__
// and __lt__, outside of the lock: each look at an item is a step, and so is what follows. Items
// that need no calls are sorted in one step. While others are sorted the list is empty for all who
// look.
//
// Why a look without a lock is in order with all others: objects/types/list_items.h.
//
// Attached threads, in no section of their own. All may park, and all but size and get may run
// destructors. An index below 0 counts from the end.
// Tests: tests/objects/types/list_test.cc    Stress: stress/objects/types/list_stress.cc
// Bench: bench/objects/types/list_bench.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/list_items.h"
#include "objects/types/owned_values.h"
#include "objects/types/slice.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& list_type() noexcept;
// Once, after make_slice_type. Its iterators too.
[[nodiscard]] Status make_list_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_list_methods() noexcept;

class Tuple;

class List : public Object {
 public:
  explicit List(ShapeIndex shape) noexcept : Object(shape) {}

  // --- Making one. Empty: an exception is pending. ---

  [[nodiscard]] static Ref<List> make() noexcept;
  // Of items that are moved away.
  [[nodiscard]] static Ref<List> make(std::span<Ref<>> items) noexcept;
  template <class... Items>
  [[nodiscard]] static Ref<List> of(Items&&... items) noexcept {
    std::array<Ref<>, sizeof...(Items)> all{Ref<>(std::forward<Items>(items))...};
    return make(all);
  }
  // list(iterable).
  [[nodiscard]] static Ref<List> from(Value iterable) noexcept;

  // How many items it has.
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

  // --- One item. ---

  // False: there is none. Requires: `item` is empty.
  [[nodiscard]] bool get(std::int64_t index, Ref<>& item) noexcept {
    const Look look = items_.try_load(*this, index, item);
    if (look != Look::kUnknown) [[likely]]
      return look == Look::kItem;
    return get_locked(index, item);
  }
  // For readers who came here over objects that they do not count: objects/types/list_items.h.
  [[nodiscard]] Look try_get(std::int64_t index, Ref<>& item) const noexcept {
    return items_.try_load(*this, index, item);
  }
  // False: there is no such place.
  [[nodiscard]] bool set(std::int64_t index, Ref<> item) noexcept;

  // After the last one. Fails without memory.
  [[nodiscard]] Status append(Ref<> item) noexcept {
    const Locked lock(*this);
    const NoSuspend whole;
    if (items_.append(lock.held(), item)) [[likely]]
      return Status::kDone;
    return append_growing(lock.held(), item);
  }
  // Before the item at `index`; beyond an end, at that end.
  [[nodiscard]] Status insert(std::int64_t index, Ref<> item) noexcept;
  // Raises IndexError.
  [[nodiscard]] Ref<> pop(std::int64_t index = -1) noexcept;

  // --- Several. ---

  void clear() noexcept;
  void reverse() noexcept;
  [[nodiscard]] Status extend(List& other) noexcept;
  // Items that came before a failure stay.
  [[nodiscard]] Status extend(Value iterable) noexcept;

  [[nodiscard]] Ref<List> copy() noexcept;
  [[nodiscard]] Ref<Tuple> to_tuple() noexcept;
  [[nodiscard]] Ref<List> concat(List& other) noexcept;
  [[nodiscard]] Ref<List> repeat(std::int64_t times) noexcept;
  [[nodiscard]] Status repeat_in_place(std::int64_t times) noexcept;

  [[nodiscard]] Ref<List> copy_part(const SliceBounds& bounds) noexcept;
  [[nodiscard]] Status replace_part(const SliceBounds& bounds, Value iterable) noexcept;
  [[nodiscard]] Status remove_part(const SliceBounds& bounds) noexcept;

  // --- What asks items. They may run any code. ---

  // The first place, of those from `start` to before `stop`, whose item is the value or equals it;
  // false: there is none.
  struct Found {
    std::size_t place = 0;
    Ref<> item;
  };
  [[nodiscard]] Truth find(Value value, std::int64_t start, std::int64_t stop,
                           Found& found) noexcept;
  [[nodiscard]] Truth contains(Value value) noexcept;
  [[nodiscard]] Status count_equal(Value value, std::size_t& count) noexcept;
  // Takes the first that is the value or equals it. Raises ValueError.
  [[nodiscard]] Status remove(Value value) noexcept;
  // By `<`, stably. `key`: what to call for each item, or None. Raises ValueError if somebody has
  // changed the list meanwhile; after a failure it has the same items, in some order.
  enum class Order : bool { kRising, kFalling };
  [[nodiscard]] Status sort(Value key, Order order) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    items_.for_each_child(visit);
  }
  void give_back(const Remains& remains) noexcept { items_.give_back(remains); }

 private:
  friend class ListReplacement;
  friend class ListSort;

  [[nodiscard]] bool get_locked(std::int64_t index, Ref<>& item) noexcept;
  [[nodiscard]] Status append_growing(Held holder, Ref<>& item) noexcept;
  [[nodiscard]] Status append_copies(Held from, List& source, const SlicePart& part) noexcept;
  [[nodiscard]] Status append_multiple(Held to, Held from, List& source,
                                       std::int64_t times) noexcept;
  [[nodiscard]] Status extend_by_tuple(const Tuple& tuple) noexcept;
  [[nodiscard]] bool remove_found(const Found& found) noexcept;

  ListItems items_;
};
static_assert(sizeof(List) == 40);

// The list that a value is, of the type or of a subtype; null: it is none.
[[nodiscard]] List* as_list(Value value) noexcept;
// Not of a subtype, whose way of being gone through may be its own.
[[nodiscard]] List* as_exact_list(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
