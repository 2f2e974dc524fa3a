// python/modules/collections/deque.h: a sequence that grows and shrinks at both ends.
//
//     fields   . . c d e a b . .      a ring in one array: `head` is the place of the first item
//                        ^
//
// Each of the functions below, but for those that ask items, is one step for all who watch: it
// takes the lock, calls nobody under it, and what it unlinked is dropped after it (rule 17). Where
// items are compared the deque may change meanwhile: `changes` tells, and that is an error, as it
// is for iterators.
//
// Q1  Places outside of the ring's items are empty, as the collector goes through all of them.
//
// Attached threads, in no section of their own. All may park, and may run destructors.
// Tests: tests/python/modules/collections_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "objects/model/field_array.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& deque_type() noexcept;

class Deque : public Object {
 public:
  static constexpr std::size_t kUnbounded = SIZE_MAX;
  enum class End : bool { kLeft, kRight };

  explicit Deque(ShapeIndex shape) noexcept : Object(shape) {}
  [[nodiscard]] static Ref<Deque> make(Type& type, std::size_t most) noexcept;

  [[nodiscard]] std::size_t size() noexcept;
  [[nodiscard]] std::size_t most() noexcept;
  // Forgets what was there before. By __init__.
  void restart(std::size_t most) noexcept;

  // One that is full loses the item at the other end.
  [[nodiscard]] Status add(End end, Ref<> item) noexcept;
  // Raises IndexError.
  [[nodiscard]] Ref<> pop(End end) noexcept;
  [[nodiscard]] Status extend(End end, Value iterable) noexcept;
  void clear() noexcept;
  void rotate(std::int64_t steps) noexcept;
  void reverse() noexcept;

  // An index below 0 counts from the end. False: there is no such item.
  [[nodiscard]] bool get(std::int64_t index, Ref<>& item) noexcept;
  [[nodiscard]] bool set(std::int64_t index, Ref<> item) noexcept;
  [[nodiscard]] bool remove_at(std::int64_t index) noexcept;
  // Before the item at `index`; beyond an end, at that end. Raises IndexError if it is full.
  [[nodiscard]] Status insert(std::int64_t index, Ref<> item) noexcept;
  [[nodiscard]] Status repeat(std::int64_t times) noexcept;

  [[nodiscard]] Ref<Tuple> to_tuple() noexcept;
  [[nodiscard]] Ref<List> to_list() noexcept;
  // Of the same type as `type`, with the same bound.
  [[nodiscard]] Ref<Deque> copy(Type& type) noexcept;

  // --- What asks items. They may run any code. ---
  // The first place from `start` to before `stop` whose item is the value or equals it; false:
  // there is none, or the deque was changed meanwhile, which the caller reports.
  struct Search {
    std::size_t place = 0;
    bool has_changed = false;
  };
  [[nodiscard]] Truth find(Value value, std::size_t start, std::size_t stop,
                           Search& search) noexcept;
  // Takes the first that is the value or equals it. Raises ValueError.
  [[nodiscard]] Status remove(Value value) noexcept;
  [[nodiscard]] Status count_equal(Value value, std::size_t& count) noexcept;

  // --- For iterators. ---
  struct Cursor {
    std::uint64_t changes = 0;
    std::size_t left = 0;
  };
  [[nodiscard]] Cursor cursor() noexcept;
  // The next one from the `end` at which it began; empty: there is none, or it raised.
  [[nodiscard]] Status next(Cursor& cursor, End end, Ref<>& item) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    Children::of(ring_, visit);
  }
  void give_back(const Remains& remains) noexcept { remains.give_back(ring_); }

 private:
  // With the lock.
  [[nodiscard]] std::size_t place_of(Held held, std::size_t index) const noexcept {
    const std::size_t place = head_ + index;
    const std::size_t room = ring_.length(held);
    return place < room ? place : place - room;
  }
  [[nodiscard]] Field& item_at(Held held, std::size_t index) noexcept {
    return ring_.at(held, place_of(held, index));
  }
  [[nodiscard]] bool make_room(Held held) noexcept;
  void add_at_end(Held held, End end, Ref<> item) noexcept;
  [[nodiscard]] Ref<> take_at_end(Held held, End end) noexcept;
  [[nodiscard]] Status add_locked(Held held, End end, Ref<>& item, Ref<>& lost) noexcept;
  void rotate_once(Held held, bool goes_right) noexcept;
  void move_within(Held held, std::size_t to, std::size_t from) noexcept;
  void close_gap(Held held, std::size_t index) noexcept;
  void open_gap(Held held, std::size_t index) noexcept;

  FieldArray ring_;
  // With the lock.
  std::size_t head_ = 0;
  std::size_t size_ = 0;
  std::size_t most_ = kUnbounded;
  std::uint64_t changes_ = 0;
};

// Null: it is none.
[[nodiscard]] Deque* as_deque(Value value) noexcept;

class Module;
// Once, each; when the module is made.
[[nodiscard]] Status add_deque(Module& module) noexcept;
[[nodiscard]] Status add_deque_iterators(Module& module) noexcept;
[[nodiscard]] Ref<> iterate_deque(Value deque) noexcept;
[[nodiscard]] Ref<> iterate_deque_reversed(Value deque) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
