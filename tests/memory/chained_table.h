// tests/memory/chained_table.h: a small hash table that is read without locks, as a container of
// the floors above would be: entries are blocks of the heap, the array of buckets is a buffer.
//
// Writers hold the lock. They replace entries and the whole array, and retire what they took out.
// Readers may look until their next safepoint.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <new>

#include "memory/buffer.h"
#include "memory/heap.h"
#include "memory/raw_mutex.h"
#include "memory/refcount.h"

namespace orochi::inline OROCHI_DESIGN::testing_support {

struct Entry {
  Entry(std::uint64_t a_key, std::uint64_t a_value, Entry* a_next)
      : key(a_key), value(a_value), check(check_of(a_key, a_value)), next(a_next) {}

  // Plain: whoever writes them while a reader may look is what tests are after.
  Refcount count{Born::kMerged};
  std::uint64_t key;
  std::uint64_t value;
  std::uint64_t check;
  Atomic<Entry*> next;

  [[nodiscard]] bool is_whole() const { return check == check_of(key, value); }
  static std::uint64_t check_of(std::uint64_t key, std::uint64_t value) {
    return (key * 0x9E3779B97F4A7C15U) ^ ~value;
  }
};

// What is done with things taken out of the table.
template <class E>
struct Retiring {
  static void entry(Entry* entry) { E::retire(entry); }
  static void array(void* payload) { E::retire_buffer(payload); }
};

template <class Disposal>
class ChainedTable {
 public:
  explicit ChainedTable(std::uint64_t keys) : keys_(keys), array_(new_array(keys)) {
    for (std::uint64_t key = 0; key < keys; ++key) {
      Atomic<Entry*>& bucket = bucket_of(key);
      bucket.store(new_entry(key, 0, bucket.load(kRelaxed)), kRelaxed);
    }
  }
  // Nobody looks any more.
  ~ChainedTable() {
    for (std::uint64_t key = 0; key < keys_; ++key) {
      for (Entry* entry = bucket_of(key).exchange(nullptr, kRelaxed); entry != nullptr;)
        heap::free(std::exchange(entry, entry->next.load(kRelaxed)));
    }
    free_buffer(array_.load(kRelaxed));
  }
  ChainedTable(const ChainedTable&) = delete;
  ChainedTable& operator=(const ChainedTable&) = delete;

  [[nodiscard]] std::uint64_t keys() const { return keys_; }

  // Any attached thread. Null: somebody replaces it right now. Good until the next safepoint.
  Entry* find(std::uint64_t key) {
    // acquire, both: pair with the releases of writers, for what they publish.
    Entry* entry = bucket_of(key).load(kAcquire);
    while (entry != nullptr && entry->key != key) entry = entry->next.load(kAcquire);
    return entry;
  }

  // Puts a new entry in the place of the key's.
  void replace(std::uint64_t key, std::uint64_t value) {
    Entry* old = nullptr;
    {
      const RawLock lock(lock_);
      Atomic<Entry*>* place = &bucket_of(key);
      while ((old = place->load(kRelaxed))->key != key) place = &old->next;
      // release: pairs with the acquires in find.
      place->store(new_entry(key, value, old->next.load(kRelaxed)), kRelease);
    }
    if (old->count.drop(current().id) == Debt::kDestroy) Disposal::entry(old);
  }

  // Puts a copy in the place of the array of buckets.
  void replace_array() {
    void* old = nullptr;
    {
      const RawLock lock(lock_);
      Atomic<Entry*>* const fresh = new_array(keys_);
      for (std::uint64_t i = 0; i <= mask(); ++i)
        fresh[i].store(array_.load(kRelaxed)[i].load(kRelaxed), kRelaxed);
      old = array_.exchange(fresh, kAcqRel);  // release: pairs with the acquire in bucket_of
    }
    Disposal::array(old);
  }

 private:
  [[nodiscard]] std::uint64_t mask() const { return buckets_for(keys_) - 1; }
  static std::uint64_t buckets_for(std::uint64_t keys) {
    std::uint64_t buckets = 1;
    while (buckets < keys / 2) buckets *= 2;  // two entries a chain and more
    return buckets;
  }
  static Atomic<Entry*>* new_array(std::uint64_t keys) {
    void* const payload = allocate_zeroed_buffer(buckets_for(keys) * sizeof(Atomic<Entry*>));
    if (payload == nullptr) std::abort();
    return static_cast<Atomic<Entry*>*>(payload);
  }
  static Entry* new_entry(std::uint64_t key, std::uint64_t value, Entry* next) {
    void* const block = heap::allocate(sizeof(Entry));
    if (block == nullptr) std::abort();
    return new (block) Entry(key, value, next);
  }
  Atomic<Entry*>& bucket_of(std::uint64_t key) {
    // acquire: pairs with the exchange in replace_array.
    return array_.load(kAcquire)[(key * 0x9E3779B97F4A7C15U >> 32) & mask()];
  }

  const std::uint64_t keys_;
  RawMutex lock_;
  Atomic<Atomic<Entry*>*> array_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing_support
