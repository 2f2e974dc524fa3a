// objects/model/field.h: the one way to keep a counted reference in an object (rule 18).
//
//   Field        may change. Writers hold the lock of its holder; readers try without.
//   ConstField   never changes once its holder is published. Reading is a plain load.
//
// Reading a Field without a lock (D6), one hop and no second look (rule 13):
//
//   1  is the holder open to this thread: its own, or marked shared (acquire)?   no: take the lock
//   2  load the word (acquire)
//   3  an immediate: done. An object: count it if that can be had             no: take the lock
//
// With the lock, and the holder marked, the value is counted in a way that lets the next try
// succeed (retain_published). So each of the two detours is taken about once per object.
//
// Why this is sound: between 2 and 3 a writer may unlink the value and its last reference may be
// dropped. Then the holder is shared, or this thread its owner and the writer has marked it shared
// before; so the value was marked retire-late, its block stays until this thread's next safepoint,
// and the count in it says "dead".
//
// I1  The word is stored with release, also by moves inside a holder: whoever loads it finds the
//     object whole.
// I2  A value that is unlinked from a shared holder is marked in the same hold, before the word
//     changes (rules 2, 3).
// I3  A reader stores nothing in the holder but its mark.
//
// Attached threads. Which functions need the lock is what they take: Held.
// Tests: tests/objects/model/field_test.cc   Explored: stress/objects/model/field_explore.cc
// Bench: bench/objects/model/field_bench.cc
#pragma once

#include <cassert>
#include <utility>

#include "memory/atomic.h"
#include "objects/model/locked.h"
#include "objects/model/ref.h"

namespace orochi::inline OROCHI_DESIGN {

namespace detail {

// Step 3: counts what a load without a lock found. False: only with the lock.
[[nodiscard]] inline bool try_count(Value seen) noexcept {
  if (!seen.is_counted()) return true;
  Refcount& count = seen.counted_object()->count();
  if constexpr (!kPolicy.parallel) {
    count.retain(current().id);
    return true;
  }
  return count.try_retain(current().id);
}

// Under the holder's lock: counts, so that the next try succeeds.
[[nodiscard]] inline Ref<> count_published(Value seen) noexcept {
  if (seen.is_counted()) seen.counted_object()->count().retain_published(current().id);
  return Ref<>::adopt(seen);
}

}  // namespace detail

class Field {
 public:
  constexpr Field() noexcept = default;
  // Before the holder is published.
  explicit Field(Ref<> value) noexcept : word_(value.release().word()) {}
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;

  // --- Without the lock. ---

  // What the field holds, counted; empty if it holds nothing. May park.
  // Requires: the caller counts the holder.
  [[nodiscard]] Ref<> load(Object& holder) const noexcept {
    Ref<> found;
    if (try_load(holder, found)) [[likely]]
      return found;
    return load_locked(holder);
  }

  // As above, without the detour: for readers who came here over objects that they do not count.
  // False: it takes the lock, and `found` is not written. Writes, parks, runs nothing.
  // Requires: `found` is empty.
  [[nodiscard]] bool try_load(const Object& holder, Ref<>& found) const noexcept {
    assert(!found);
    if (!holder.is_open()) return false;
    const Value seen = look();
    if (!detail::try_count(seen)) return false;
    Ref<>::adopt(seen).swap(found);
    return true;
  }

  // What it holds, not counted: good until the thread's next safepoint, lock or drop (rule 9).
  // False: the holder is not open, and `seen` is not written.
  [[nodiscard]] bool try_peek(const Object& holder, Value& seen) const noexcept {
    if (!holder.is_open()) return false;
    seen = look();
    return true;
  }

  // As try_peek, of a holder that was asked already. Requires: it is open.
  [[nodiscard]] Value peek([[maybe_unused]] Open holder) const noexcept {
    assert(holder);
    return look();
  }

  // Takes the lock, replaces the value, and drops the old one afterwards. May park, may run a
  // destructor. Requires: the caller counts the holder.
  void store(Object& holder, Ref<> value) noexcept;

  // --- With the lock. ---

  // Borrowed, for as long as the lock is held and the field is not written.
  [[nodiscard]] Value get(Held) const noexcept {
    return Value::of_word(word_.load(kRelaxed));  // relaxed: written under the lock
  }
  [[nodiscard]] Ref<> load(Held holder) const noexcept {
    return detail::count_published(get(holder));
  }
  // Stores a value and returns the one before, to be dropped after the lock is let go (rule 17).
  [[nodiscard]] Ref<> replace(Held holder, Ref<> value) noexcept {
    const Value before = get(holder);
    holder.mark_unlinked(before);  // I2
    put(value.release());
    return Ref<>::adopt(before);
  }
  [[nodiscard]] Ref<> take(Held holder) noexcept { return replace(holder, Ref<>()); }

  // Stores into a field that holds nothing that anybody owns.
  void fill(Held, Ref<> value) noexcept { put(value.release()); }

  // Moves what `from`, of the same holder, holds into this field, which holds nothing that anybody
  // owns. `from` still has the word, and is to be overwritten. Nothing is unlinked, nothing marked.
  void move_from(Held holder, const Field& from) noexcept { put(from.get(holder)); }
  // Forgets a value that was moved.
  void forget(Held) noexcept { put(Value()); }

 private:
  friend class Children;

  [[nodiscard]] Value look() const noexcept {
    return Value::of_word(word_.load(kAcquire));  // I1. Pairs with the release in put
  }
  void put(Value value) noexcept {
    assert(!value.is_deferred());
    word_.store(value.word(), kRelease);  // I1
  }
  [[gnu::noinline]] Ref<> load_locked(Object& holder) const noexcept;

  Atomic<Value::Word> word_{0};
};
static_assert(sizeof(Field) == 8);

class ConstField {
 public:
  constexpr ConstField() noexcept = default;
  explicit ConstField(Ref<> value) noexcept : value_(value.release()) {}
  ConstField(const ConstField&) = delete;
  ConstField& operator=(const ConstField&) = delete;

  // Once, before the holder is published.
  void initialise(Ref<> value) noexcept {
    assert(value_.is_empty());
    value_ = value.release();
  }

  // Borrowed from the holder, for as long as the caller counts that.
  [[nodiscard]] Value get() const noexcept { return value_; }
  // Requires: the caller counts the holder, which counts the value: so no try is needed.
  [[nodiscard]] Ref<> load() const noexcept { return Ref<>::of(value_); }
  // For a reader who came to the holder without counting it. False: count the holder and try again.
  // Requires: `found` is empty.
  [[nodiscard]] bool try_load(Ref<>& found) const noexcept {
    assert(!found);
    if (!detail::try_count(value_)) return false;
    Ref<>::adopt(value_).swap(found);
    return true;
  }

 private:
  // Plain: the holder was published by a Field, whose acquire orders this.
  Value value_;
};
static_assert(sizeof(ConstField) == 8);

}  // namespace orochi::inline OROCHI_DESIGN
