// objects/types/hashed_entries.h: what a dict or a set has in it: a hash table that is replaced by
// another one when it has no room left.
//
//     reader                                       writer, with the holder's lock
//       is the holder open?
//       table = load, acquire                        moves the live entries into a new table
//       searches it (objects/types/hash_table.h)     publishes that, release
//       the entry's field: objects/model/field.h     retires the old one, or frees it
//
// I1  A table is never written after it was replaced or taken out, and never put back. So what a
//     reader finds in it is what was there at the moment when it was replaced, and that moment is
//     inside his read: he loaded the table before. Growth, compaction and clearing are in order
//     with all searches for this reason alone; nobody looks twice.
// I2  A table that was reachable from a shared holder is retired, never freed; taken out, it takes
//     `shared` along (rule 3).
// I3  Making room replaces a table and unlinks nothing, as all that is alive is in the new one.
//     Taking a table out unlinks all that is in it.
//
// The size is a word of its own: who asks for it while another thread writes sees it before or
// after that change, whatever he sees of the entries.
//
// Attached threads; writers with the lock of the container (Held).
// Tests: tests/objects/types/dict_test.cc, tests/objects/types/set_test.cc
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "memory/epoch.h"
#include "objects/model/children.h"
#include "objects/types/hash_table.h"

namespace orochi::inline OROCHI_DESIGN {

// A table that belongs to nobody else. Ends by dropping what is in it: may run destructors.
template <class Entry>
class [[nodiscard]] TakenEntries {
 public:
  constexpr TakenEntries() noexcept = default;
  TakenEntries(HashTable<Entry>* table, bool was_shared) noexcept
      : table_(table), was_shared_(was_shared) {}
  TakenEntries(TakenEntries&& other) noexcept
      : table_(std::exchange(other.table_, nullptr)), was_shared_(other.was_shared_) {}
  TakenEntries(const TakenEntries&) = delete;
  TakenEntries& operator=(const TakenEntries&) = delete;
  ~TakenEntries() {
    if (table_ == nullptr) return;
    // Marked when it was taken. The words stay as they are, for readers.
    table_->for_each_child([](Value child) { drop(child); });
    give_back(table_, was_shared_);
  }

  // I2.
  static void give_back(HashTable<Entry>* table, bool was_shared) noexcept {
    if (table == nullptr) return;
    if (was_shared) {
      Epoch::retire_buffer(table);
    } else {
      free_buffer(table);
    }
  }

 private:
  HashTable<Entry>* table_ = nullptr;
  bool was_shared_ = false;
};

template <class Entry>
class HashedEntries {
 public:
  using Table = HashTable<Entry>;
  using Place = typename Table::Place;

  constexpr HashedEntries() noexcept = default;
  HashedEntries(const HashedEntries&) = delete;
  HashedEntries& operator=(const HashedEntries&) = delete;

  // --- Without the lock. ---

  [[nodiscard]] std::size_t size() const noexcept {
    return live_.load(kRelaxed);  // relaxed: orders nothing, see above
  }

  // Found: the entry is the key's, and perhaps dead by now. Unknown: take the lock.
  [[nodiscard]] Place find(Open holder, WantedKey wanted) const noexcept {
    const Table* const table = table_.load(kAcquire);  // pairs with the release in publish
    return table == nullptr ? Place() : table->find(holder, wanted);
  }

  // --- With the lock. ---

  // Null: it has none, and no entries.
  [[nodiscard]] Table* table(Held) const noexcept {
    return table_.load(kRelaxed);  // relaxed: written under the lock
  }
  // How many tables there were: the same number, the same table.
  [[nodiscard]] std::uint64_t generation(Held) const noexcept { return generation_; }

  // The first live entry at or after `index`, and then its index; null: there is none.
  [[nodiscard]] Entry* first_from(Held holder, std::size_t& index) const noexcept {
    Table* const table = this->table(holder);
    const std::size_t end = table == nullptr ? 0 : table->end(holder);
    for (; index < end; ++index) {
      if (table->at(holder, index).is_live(holder)) return &table->at(holder, index);
    }
    return nullptr;
  }
  // The last live entry before `end`, and then one more than its index.
  [[nodiscard]] Entry* last_before(Held holder, std::size_t& end) const noexcept {
    Table* const table = this->table(holder);
    end = std::min(end, table == nullptr ? 0 : table->end(holder));
    for (; end != 0; --end) {
      if (table->at(holder, end - 1).is_live(holder)) return &table->at(holder, end - 1);
    }
    return nullptr;
  }

  // Room for `more` insertions. False without memory; nothing has changed and nothing is raised.
  [[nodiscard]] bool make_room(Held holder, std::size_t more) noexcept;

  // A new entry, which `make` constructs in the memory that it gets, and may move from what it
  // has. False without memory: nothing has changed. Requires: a search for the key in the present
  // table ended, without finding it, at `place`.
  template <class Make>
  [[nodiscard]] bool insert(Held holder, KeyHash hash, const Place& place, Make make) noexcept {
    if (Table* const table = this->table(holder); table != nullptr && !table->is_full(holder)) {
      table->append(holder, hash, place.slot(), make);
    } else {
      if (!make_room(holder, 1)) return false;
      this->table(holder)->append_new(holder, hash, make);
    }
    set_size(size() + 1);
    return true;
  }
  // The same where nothing is to be searched. Requires: the key is not there; there is room.
  template <class Make>
  void insert_new(Held holder, KeyHash hash, Make make) noexcept {
    table(holder)->append_new(holder, hash, make);
    set_size(size() + 1);
  }
  // The last live entry, for whoever kills it at once; null: there is none.
  [[nodiscard]] Entry* take_last(Held holder) noexcept {
    std::size_t end = SIZE_MAX;
    Entry* const last = last_before(holder, end);
    if (last == nullptr) return nullptr;
    table(holder)->set_end(holder, end - 1);
    count_death(holder);
    return last;
  }
  // For whoever has killed an entry.
  void count_death(Held) noexcept { set_size(size() - 1); }

  // Copies all that is alive into an empty one, which nobody else can reach. False without memory.
  [[nodiscard]] bool copy_to(Held holder, Held twin_holder, HashedEntries& twin) const noexcept {
    if (size() == 0) return true;
    if (!twin.make_room(twin_holder, size())) return false;
    std::size_t index = 0;
    for (; const Entry* const entry = first_from(holder, index); ++index) {
      twin.insert_new(twin_holder, entry->hash,
                      [&](void* memory) { entry->copy_to(holder, memory); });
    }
    return true;
  }

  [[nodiscard]] TakenEntries<Entry> take(Held holder) noexcept {
    return take_for(holder, nullptr, 0);
  }
  // Takes out what is in it and puts in what `fresh` has. A search finds the one or the other.
  // Readers who have found `fresh` may be in its table: then the holder is shared from now on, so
  // that what it unlinks, and the table, wait for them (I2).
  [[nodiscard]] TakenEntries<Entry> take_for(Held holder, Held fresh_holder,
                                             HashedEntries& fresh) noexcept {
    if (fresh_holder.is_shared()) holder.object().mark_shared();
    Table* const table = fresh.table(fresh_holder);
    const std::size_t size = fresh.size();
    fresh.publish(nullptr);
    fresh.set_size(0);
    return take_for(holder, table, size);
  }

  // --- Of an object that nobody changes: objects/model/children.h. ---

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    const Table* const table = table_.load(kRelaxed);  // relaxed: nobody changes it
    if (table != nullptr) table->for_each_child(visit);
  }
  void give_back(const Remains& remains) const noexcept {
    remains.give_back_buffer(table_.load(kRelaxed));  // relaxed: the object is dead
  }

 private:
  [[nodiscard]] TakenEntries<Entry> take_for(Held holder, Table* next, std::size_t size) noexcept {
    Table* const table = this->table(holder);
    if (table != nullptr && holder.is_shared())
      table->for_each_child([&](Value child) { holder.mark_unlinked(child); });  // I3
    publish(next);
    set_size(size);
    return {table, holder.is_shared()};
  }
  void publish(Table* table) noexcept {
    table_.store(table, kRelease);
    ++generation_;
  }
  void set_size(std::size_t size) noexcept { live_.store(size, kRelaxed); }  // relaxed: as above

  Atomic<Table*> table_{nullptr};
  Atomic<std::size_t> live_{0};
  std::uint64_t generation_ = 0;  // with the lock
};

template <class Entry>
bool HashedEntries<Entry>::make_room(Held holder, std::size_t more) noexcept {
  Table* const before = table(holder);
  if (before != nullptr && before->room(holder) >= more) return true;
  if (more > HashTableShape::kMostEntries) return false;
  // Half as many again, so that a table is moved once in so many insertions.
  Table* const after = Table::make(size() + std::max(more, size() / 2));
  if (after == nullptr) return false;
  std::size_t index = 0;
  for (; Entry* const entry = first_from(holder, index); ++index) {
    after->append_new(holder, entry->hash,
                      [&](void* memory) { new (memory) Entry(holder, *entry); });
  }
  publish(after);
  TakenEntries<Entry>::give_back(before, holder.is_shared());  // I2
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
