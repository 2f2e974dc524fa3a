// objects/types/hash_table.h: one table of a dict or a set: entries in the order in which they
// came, and an index that finds them.
//
// One buffer (memory/buffer.h):
//
//     HashTable | index: a power of two of slots | entries, half as many as slots
//
// An entry has a hash, a key and perhaps a value; the keys and values are Fields. A slot of the
// index is empty, 0, or says which entry, and in the bits that this leaves some of the entry's
// hash, so that a search looks at few entries that it does not want. A search begins at the slot
// that the hash says and goes on, slot by slot, up to an empty one; at least half are empty.
//
// A table is filled once. What is in it only ever moves forward:
//
//     slot    empty --> entry                            never another entry, never empty again
//     entry   blank --> live --> dead                    never another key
//             key, then slot     value, then key is emptied
//
// So one table has room for so many insertions, not for so many entries; then its owner makes
// another one from it (objects/types/hashed_entries.h).
//
// I1  An entry is complete before its slot names it (release; searches load with acquire).
// I2  An entry is alive as long as its value, in a set its key, is not empty: that one word decides
//     for all who ask. A dead entry's place is not used again.
// I3  The slots before that of a live entry, from where its key's search begins, are not empty.
//
// Why a search without a lock is right, while others insert, delete and overwrite in the table:
//
//   found    The entry's key is the wanted one, now and for ever, so its value is what the key has
//            at the moment when the value is loaded. There is no second hop to check (rule 13).
//   missing  Take the moment when the empty slot is loaded. An entry of the key that is alive then
//            stands in a slot before (I3) and stood there when that was passed (it never moves);
//            it was not dead then, as the dead stay dead. The search would have found it.
//
// Attached threads; writers with the lock of the container (Held).
// Tests: tests/objects/types/dict_test.cc, tests/objects/types/set_test.cc
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "memory/buffer.h"
#include "objects/model/field.h"
#include "objects/types/key.h"

namespace orochi::inline OROCHI_DESIGN {

// What there is room for, and where; the same for all kinds of entries.
class HashTableShape {
 public:
  static constexpr unsigned kLeastBits = 3;
  // So that the bytes of a table can be computed, and no more than anybody has memory for.
  static constexpr std::size_t kMostEntries = std::size_t{1} << 48;

  // Of a table for at least so many entries. Requires: entries <= kMostEntries.
  [[nodiscard]] static constexpr HashTableShape for_entries(std::size_t entries) noexcept {
    assert(entries <= kMostEntries);
    const auto bits = entries == 0 ? 0U : static_cast<unsigned>(std::bit_width(entries * 2 - 1));
    return HashTableShape(bits < kLeastBits ? kLeastBits : bits);
  }

  [[nodiscard]] constexpr std::size_t slots() const noexcept { return std::size_t{1} << bits_; }
  [[nodiscard]] constexpr std::size_t entries() const noexcept { return slots() / 2; }
  [[nodiscard]] constexpr std::size_t index_bytes() const noexcept {
    return slots() * slot_bytes();
  }

  // A slot has room for the number of an entry, and for at least six bits of its hash.
  [[nodiscard]] constexpr std::size_t slot_bytes() const noexcept {
    return bits_ <= 10 ? 2 : bits_ <= 26 ? 4 : 8;
  }

  // The slot where the search for a hash begins. A hash may be any number that its type likes, and
  // those of integers are the integers: Fibonacci hashing spreads them.
  [[nodiscard]] static constexpr std::uint64_t spread(KeyHash hash) noexcept {
    return static_cast<std::uint64_t>(hash) * 0x9E37'79B9'7F4A'7C15;
  }
  [[nodiscard]] constexpr std::size_t first_slot(std::uint64_t spread) const noexcept {
    return spread >> (64 - bits_);
  }

  // What a slot says of an entry: its number plus one below, other bits of the hash above.
  template <class Slot>
  [[nodiscard]] constexpr Slot number_bits() const noexcept {
    return static_cast<Slot>(slots() - 1);
  }
  template <class Slot>
  [[nodiscard]] constexpr Slot tag(std::uint64_t spread) const noexcept {
    constexpr unsigned kShift = sizeof(Slot) == 2 ? 24 : sizeof(Slot) == 4 ? 8 : 0;
    return static_cast<Slot>(static_cast<Slot>(spread >> kShift) & ~number_bits<Slot>());
  }

 private:
  explicit constexpr HashTableShape(unsigned bits) noexcept
      : bits_(static_cast<std::uint8_t>(bits)) {}

  std::uint8_t bits_;
};

// What a search says. kUnknown: somebody has to be asked, and that needs the lock first.
enum class Search : std::uint8_t { kMissing, kFound, kUnknown };

// Where a search ended: at an entry, or at the empty slot behind which the key is not. Two words,
// so that it is returned in registers.
template <class Entry>
class HashPlace {
 public:
  constexpr HashPlace() noexcept = default;
  HashPlace(std::size_t slot, Entry* entry, Search answer) noexcept
      : entry_(entry), slot_(slot << 1 | std::size_t{answer == Search::kUnknown}) {}

  [[nodiscard]] Search answer() const noexcept {
    if (entry_ == nullptr) return Search::kMissing;
    return (slot_ & 1) != 0 ? Search::kUnknown : Search::kFound;
  }
  [[nodiscard]] std::size_t slot() const noexcept { return slot_ >> 1; }
  // Null: missing.
  [[nodiscard]] Entry* entry() const noexcept { return entry_; }

 private:
  Entry* entry_ = nullptr;
  std::size_t slot_ = 0;
};

template <class Entry>
class HashTable {
 public:
  using Place = HashPlace<Entry>;

  // Empty, with room for at least `entries`. Null without memory; nothing is raised.
  [[nodiscard]] static HashTable* make(std::size_t entries) noexcept;

  [[nodiscard]] HashTableShape shape() const noexcept { return shape_; }

  // --- Without the lock. ---

  // An entry that was found may be dead by the time its value is loaded.
  [[nodiscard]] Place find(Open holder, WantedKey wanted) const noexcept {
    return find_from(holder, wanted, first_slot(wanted.hash));
  }
  // Goes on behind a place where somebody had to be asked, and said no.
  [[nodiscard]] Place find_behind(Open holder, WantedKey wanted,
                                  const Place& place) const noexcept {
    return find_from(holder, wanted, next_slot(place.slot()));
  }

  // --- With the lock. ---

  // How many entries are blank.
  [[nodiscard]] std::size_t room(Held) const noexcept { return shape_.entries() - filled_; }
  [[nodiscard]] bool is_full(Held holder) const noexcept { return room(holder) == 0; }
  // Entries from here on are dead or blank.
  [[nodiscard]] std::size_t end(Held) const noexcept { return end_; }
  // Requires: index < end().
  [[nodiscard]] Entry& at(Held, std::size_t index) noexcept {
    assert(index < filled_);
    return entries_[index];
  }
  // For whoever has just killed the last ones.
  void set_end(Held, std::size_t end) noexcept {
    assert(end <= end_);
    end_ = end;
  }

  // A new entry, which `make` constructs in the memory that it gets.
  // Requires: it is not full; `slot` is where the search for the key ended in this table.
  template <class Make>
  void append(Held, KeyHash hash, std::size_t slot, Make make) noexcept {
    const std::size_t index = append_blank(make);
    with_slots([&]<class Slot>() { put<Slot>(hash, slot, index); });
  }
  // The same where the key is known not to be there.
  template <class Make>
  void append_new(Held, KeyHash hash, Make make) noexcept {
    const std::size_t index = append_blank(make);
    with_slots([&]<class Slot>() { put<Slot>(hash, empty_slot<Slot>(hash), index); });
  }

  // Of all entries; as objects/model/children.h.
  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (std::size_t i = 0; i < filled_; ++i) entries_[i].for_each_child(visit);
  }

 private:
  HashTable(HashTableShape shape, void* entries) noexcept
      : shape_(shape), entries_(static_cast<Entry*>(entries)) {}

  [[nodiscard]] std::size_t first_slot(KeyHash hash) const noexcept {
    return shape_.first_slot(HashTableShape::spread(hash));
  }
  [[nodiscard]] std::size_t next_slot(std::size_t slot) const noexcept {
    return (slot + 1) & (shape_.slots() - 1);
  }

  // act<Slot>(), with what the slots are.
  template <class Act>
  [[gnu::always_inline]] decltype(auto) with_slots(Act&& act) const noexcept {
    switch (shape_.slot_bytes()) {
      case 2:
        return act.template operator()<std::uint16_t>();
      case 4:
        return act.template operator()<std::uint32_t>();
      default:
        return act.template operator()<std::uint64_t>();
    }
  }
  template <class Slot>
  [[nodiscard]] Atomic<Slot>* slots() noexcept {
    return reinterpret_cast<Atomic<Slot>*>(this + 1);
  }
  template <class Slot>
  [[nodiscard]] const Atomic<Slot>* slots() const noexcept {
    return reinterpret_cast<const Atomic<Slot>*>(this + 1);
  }

  [[nodiscard]] Place find_from(Open holder, WantedKey wanted, std::size_t slot) const noexcept {
    return with_slots([&]<class Slot>() __attribute__((always_inline)) {
      return find_same<Slot>(holder, wanted, slot);
    });
  }
  // By identity, which nearly always decides; and else in the other way.
  template <class Slot>
  [[nodiscard]] Place find_same(Open holder, WantedKey wanted, std::size_t slot) const noexcept;
  template <class Slot>
  [[nodiscard, gnu::noinline]] Place find_equal(Open holder, WantedKey wanted,
                                                std::size_t slot) const noexcept;
  [[nodiscard]] static Search is_wanted(const Entry& entry, Open holder, WantedKey wanted) noexcept;

  template <class Make>
  [[nodiscard]] std::size_t append_blank(Make make) noexcept {
    assert(filled_ < shape_.entries());
    make(static_cast<void*>(&entries_[filled_]));
    end_ = filled_ + 1;
    return filled_++;
  }
  template <class Slot>
  void put(KeyHash hash, std::size_t slot, std::size_t index) noexcept {
    assert(slots<Slot>()[slot].load(kRelaxed) == 0);  // relaxed: written under the lock
    const Slot tag = shape_.template tag<Slot>(HashTableShape::spread(hash));
    slots<Slot>()[slot].store(static_cast<Slot>(tag | (index + 1)), kRelease);  // I1
  }
  template <class Slot>
  [[nodiscard]] std::size_t empty_slot(KeyHash hash) const noexcept {
    std::size_t slot = first_slot(hash);
    while (slots<Slot>()[slot].load(kRelaxed) != 0) slot = next_slot(slot);  // relaxed: as above
    return slot;
  }

  const HashTableShape shape_;
  Entry* const entries_;
  // With the lock.
  std::size_t filled_ = 0;  // entries that are not blank
  std::size_t end_ = 0;
};

template <class Entry>
HashTable<Entry>* HashTable<Entry>::make(std::size_t entries) noexcept {
  if (entries > HashTableShape::kMostEntries) return nullptr;
  const auto shape = HashTableShape::for_entries(entries);
  const std::size_t before = sizeof(HashTable) + shape.index_bytes();
  static_assert(HashTableShape::kMostEntries <= SIZE_MAX / (4 * (sizeof(Entry) + 8)));
  void* const buffer = allocate_buffer(before + shape.entries() * sizeof(Entry));
  if (buffer == nullptr) return nullptr;
  auto* const table = new (buffer) HashTable(shape, static_cast<char*>(buffer) + before);
  table->with_slots([&]<class Slot>() {
    std::uninitialized_value_construct_n(table->template slots<Slot>(), shape.slots());
  });
  return table;
}

template <class Entry>
template <class Slot>
inline auto HashTable<Entry>::find_same(Open holder, WantedKey wanted,
                                        std::size_t slot) const noexcept -> Place {
  const Atomic<Slot>* const slots = this->slots<Slot>();
  const Slot number_bits = shape_.template number_bits<Slot>();
  const Slot tag = shape_.template tag<Slot>(HashTableShape::spread(wanted.hash));
  for (;; slot = (slot + 1) & number_bits) {
    const Slot says = slots[slot].load(kAcquire);  // I1. Pairs with the release in put
    if (says == 0) return {slot, nullptr, Search::kMissing};
    if (((says ^ tag) & ~number_bits) != 0) continue;
    Entry& entry = entries_[(says & number_bits) - 1];
    if (entry.key.peek(holder) == wanted.key) [[likely]]
      return {slot, &entry, Search::kFound};
    return find_equal<Slot>(holder, wanted, slot);
  }
}

template <class Entry>
template <class Slot>
auto HashTable<Entry>::find_equal(Open holder, WantedKey wanted, std::size_t slot) const noexcept
    -> Place {
  const Atomic<Slot>* const slots = this->slots<Slot>();
  const Slot number_bits = shape_.template number_bits<Slot>();
  const Slot tag = shape_.template tag<Slot>(HashTableShape::spread(wanted.hash));
  for (;; slot = (slot + 1) & number_bits) {
    const Slot says = slots[slot].load(kAcquire);  // I1. Pairs with the release in put
    if (says == 0) return {slot, nullptr, Search::kMissing};
    if (((says ^ tag) & ~number_bits) != 0) continue;
    Entry& entry = entries_[(says & number_bits) - 1];
    const Search answer = is_wanted(entry, holder, wanted);
    if (answer != Search::kMissing) return {slot, &entry, answer};
  }
}

template <class Entry>
inline Search HashTable<Entry>::is_wanted(const Entry& entry, Open holder,
                                          WantedKey wanted) noexcept {
  const Value key = entry.key.peek(holder);
  if (key == wanted.key) [[likely]]
    return Search::kFound;
  if (entry.hash != wanted.hash || key.is_empty()) return Search::kMissing;
  switch (compare_keys(key, wanted.key)) {
    case Sameness::kSame:
      return Search::kFound;
    case Sameness::kDifferent:
      return Search::kMissing;
    default:
      return Search::kUnknown;
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
