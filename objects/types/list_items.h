// objects/types/list_items.h: what a list has in it: an array of fields, and how many of them
// count.
//
// An item is found over more than one word: the size, the array, the field. A number of changes
// says whether they belong together (rule 13). It is odd while fields move, and never comes back.
//
//     reader                                       writer, with the holder's lock
//       is the holder open?              no: lock
//     1 number of changes: even?         no: lock    append    field, size, each with release;
//     2 size                                                   the number stays as it is
//     3 array                                        Change    number odd
//     4 number the same?                 no: lock              fields, array, size, with release
//     5 the field's word                                       number even, release
//     6 number the same?                 no: lock
//     7 counts it (objects/model/field.h) no: lock
//
// All these words are atomic, and each load is an acquire or comes after one: who loads a word that
// a change stored sees the odd number, or a later one, in the step after it.
//
// I1  While the number is even and the same, the size only grows, and the array that is there has
//     room for the size. So step 4 says that the place is inside of the array; before it nobody
//     looks into the array.
// I2  The size is stored after the items that it counts: that store is the append, for all who
//     watch. A larger array is published before it, and what the old one has is what was there when
//     it was replaced.
// I3  An index below 0 is counted from the end: step 6 then asks for the size again. If it is the
//     same, it was so all the time (I1), at the moment of step 5 too.
// I4  Places from the size on hold nothing.
// I5  Each change stores the size at most once. Who asks for the size alone does not look at the
//     number, so every size that is stored is one that the list has.
//
// Under a GIL a reader is alone, and asks nothing.
//
// Attached threads; writers with the lock of the list (Held), and no point in between at which they
// could be suspended.
// Tests: tests/objects/types/list_items_test.cc   Explored: stress/objects/types/list_explore.cc
// Stress: stress/objects/types/list_stress.cc
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "objects/model/children.h"
#include "objects/model/field_array.h"
#include "objects/types/index.h"

namespace orochi::inline OROCHI_DESIGN {

// What a reader without the lock found.
enum class Look : std::uint8_t { kItem, kOutside, kUnknown };

class ListItems {
 public:
  constexpr ListItems() noexcept = default;
  ListItems(const ListItems&) = delete;
  ListItems& operator=(const ListItems&) = delete;

  // So that sizes in bytes, and indexes, are numbers of 64 bits with a sign.
  static constexpr std::size_t kMost = std::size_t{PTRDIFF_MAX} / sizeof(Field);

  // --- Without the lock. ---

  [[nodiscard]] std::size_t size() const noexcept {
    return size_.load(kAcquire);  // I2. Pairs with the release in set_size
  }

  // The item at `index`, which may count from the end. Unknown: take the lock; `found`, which is
  // empty, stays so. Writes, parks, runs nothing.
  [[nodiscard]] Look try_load(const Object& holder, std::int64_t index,
                              Ref<>& found) const noexcept;

  // --- With the lock. ---

  [[nodiscard]] std::size_t size(Held) const noexcept {
    return size_.load(kRelaxed);  // relaxed: written under the lock
  }
  // Requires: index < size().
  [[nodiscard]] Field& at(Held holder, std::size_t index) noexcept {
    return fields_.at(holder, index);
  }
  // The same number, and nothing but appends have happened.
  [[nodiscard]] std::uint64_t changes(Held) const noexcept {
    return changes_.load(kRelaxed);  // relaxed: written under the lock
  }
  [[nodiscard]] bool has_array(Held holder) const noexcept { return fields_.length(holder) != 0; }

  // Room for `more` items behind the last. Raises without memory, and nothing has changed.
  [[nodiscard]] Status make_room(Held holder, std::size_t more) noexcept;

  // False: there is no room, and the value stays with the caller.
  [[nodiscard]] bool append(Held holder, Ref<>& value) noexcept {
    const std::size_t size = this->size(holder);
    if (size == fields_.length(holder)) [[unlikely]]
      return false;
    fields_.at(holder, size).fill(holder, std::move(value));
    set_size(size + 1);
    return true;
  }
  // What give(0), give(1), ... return, all at once. Requires: there is room.
  template <class Give>
  void append_many(Held holder, std::size_t count, Give give) noexcept {
    const std::size_t size = this->size(holder);
    for (std::size_t i = 0; i < count; ++i) fields_.at(holder, size + i).fill(holder, give(i));
    set_size(size + count);
  }

  class Change;

  // --- Of an object that nobody changes: objects/model/children.h. ---

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    Children::of(fields_, visit);
  }
  void give_back(const Remains& remains) noexcept { remains.give_back(fields_); }

 private:
  [[nodiscard]] static bool is_under_way(std::uint64_t changes) noexcept {
    return (changes & 1) != 0;
  }
  // relaxed: steps 4 and 6, each after an acquire
  [[nodiscard]] bool has_changed_since(std::uint64_t changes) const noexcept {
    return kPolicy.parallel && changes_.load(kRelaxed) != changes;
  }
  void set_size(std::size_t size) noexcept { size_.store(size, kRelease); }  // I2

  FieldArray fields_;
  Atomic<std::size_t> size_{0};
  Atomic<std::uint64_t> changes_{0};
};

// Whatever is not an append. While it lasts readers take the lock.
class ListItems::Change {
 public:
  Change(ListItems& items, Held holder) noexcept : items_(items), holder_(holder) {
    // relaxed: who sees one of the stores that follow, all of them releases, sees this too
    if constexpr (kPolicy.parallel) items_.changes_.store(items_.changes(holder) + 1, kRelaxed);
  }
  ~Change() {
    const std::uint64_t step = kPolicy.parallel ? 1 : 2;
    // release: who sees that it is even sees all that was changed
    items_.changes_.store(items_.changes(holder_) + step, kRelease);
  }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  [[nodiscard]] Field& at(std::size_t index) noexcept { return items_.at(holder_, index); }

  // The item is the caller's, to be dropped after the lock; its place holds nothing.
  [[nodiscard]] Ref<> take(std::size_t index) noexcept { return at(index).take(holder_); }

  // Moves the items from `place` on so that `count` places before them are free. What those hold is
  // nobody's: they are to be filled, all of them. Requires: there is room.
  void open_gap(std::size_t place, std::size_t count) noexcept;
  // Closes `count` places that hold nothing that anybody owns.
  void close_gap(std::size_t place, std::size_t count) noexcept;

  // Moves items, in the order in which none is overwritten before it was moved. Requires: nobody
  // owns what is overwritten.
  void move(std::size_t from, std::size_t to, std::size_t count) noexcept {
    items_.fields_.shift(holder_, from, to, count);
  }

  // The whole array, with what is in it; there are no items then. To be ended after the lock.
  [[nodiscard]] TakenFields take_all() noexcept;
  // The same, and puts an array back that was taken before. Its first `count` places, which hold
  // nothing, get what give(0), give(1), ... return.
  template <class Give>
  [[nodiscard]] TakenFields exchange_all(TakenFields fields, std::size_t count,
                                         Give give) noexcept {
    TakenFields before = items_.fields_.take(holder_);
    items_.fields_.put(holder_, std::move(fields));
    for (std::size_t i = 0; i < count; ++i) at(i).fill(holder_, give(i));
    items_.set_size(count);  // I5
    return before;
  }

  // Items from `size` on hold nothing that anybody owns.
  void cut(std::size_t size) noexcept;
  // Gives memory back, if much of it is not used and there is some for a smaller array.
  void shrink() noexcept;

 private:
  ListItems& items_;
  const Held holder_;
};

inline Look ListItems::try_load(const Object& holder, std::int64_t index,
                                Ref<>& found) const noexcept {
  const Open open(holder);
  if (!open) [[unlikely]]
    return Look::kUnknown;
  const std::uint64_t changes = changes_.load(kAcquire);  // 1. Pairs with the release in ~Change
  if (kPolicy.parallel && is_under_way(changes)) [[unlikely]]
    return Look::kUnknown;
  const std::size_t size = this->size();  // 2
  std::size_t place = 0;
  if (!find_position(index, size, place)) return Look::kOutside;
  const Field* const fields = fields_.peek(open);  // 3
  if (has_changed_since(changes)) [[unlikely]]     // 4, I1
    return Look::kUnknown;
  const Value seen = fields[place].peek(open);                                         // 5
  if (has_changed_since(changes) || (index < 0 && this->size() != size)) [[unlikely]]  // 6, I3
    return Look::kUnknown;
  if (!detail::try_count(seen)) [[unlikely]]  // 7
    return Look::kUnknown;
  Ref<>::adopt(seen).swap(found);
  return Look::kItem;
}

}  // namespace orochi::inline OROCHI_DESIGN
