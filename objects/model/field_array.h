// objects/model/field_array.h: fields in an array of their own, which is replaced when it grows.
//
// For containers that change their size. The array is a buffer (memory/buffer.h), full of Fields
// from end to end; places that are not used are empty. Its length is the buffer's, so a reader can
// bound an index by the array that he holds.
//
//     reader                                    writer, with the holder's lock
//       is the holder open?
//       array = load, acquire                     copies the words into a new array
//       index below its length?                   publishes it, release
//       the field's own read (objects/model/field.h)  retires the old one, or frees it
//
// I1  An array that was reachable from a shared holder is retired, never freed, and never written
//     after it was replaced: readers may be in it until their next safepoint.
// I2  Replacing an array unlinks nothing, as the values are in the new one. Taking it out of the
//     holder unlinks them all, and the taken array takes the holder's `shared` along (rule 3).
//
// Attached threads; the word itself as Field.
// Tests: tests/objects/model/field_array_test.cc
#pragma once

#include <cassert>
#include <cstddef>
#include <utility>

#include "memory/buffer.h"
#include "objects/model/field.h"
#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

class TakenFields;

class FieldArray {
 public:
  constexpr FieldArray() noexcept = default;
  FieldArray(const FieldArray&) = delete;
  FieldArray& operator=(const FieldArray&) = delete;

  // --- Without the lock. ---

  // The field at `index`, counted; nothing in `found` if it holds nothing or there is none. False:
  // take the lock. As Field::try_load.
  [[nodiscard]] bool try_load(const Object& holder, std::size_t index,
                              Ref<>& found) const noexcept {
    assert(!found);
    if (!holder.is_open()) return false;
    const Field* const fields = fields_.load(kAcquire);  // pairs with the release in publish
    return index >= length_of(fields) || fields[index].try_load(holder, found);
  }

  // The array as it is now, null if there is none, for a reader who knows by other means which
  // fields it has. Good until the thread's next safepoint, lock or drop (rule 9).
  [[nodiscard]] const Field* peek([[maybe_unused]] Open holder) const noexcept {
    assert(holder);
    return fields_.load(kAcquire);  // pairs with the release in publish
  }

  // --- With the lock. ---

  [[nodiscard]] std::size_t length(Held) const noexcept {
    return length_of(fields_.load(kRelaxed));  // relaxed: written under the lock
  }
  // Requires: index < length().
  [[nodiscard]] Field& at(Held, std::size_t index) noexcept {
    return fields_.load(kRelaxed)[index];  // relaxed: as above
  }

  // Makes the array `length` fields long, or a few more. The first `used` fields move along, and
  // those behind them are empty then. Requires: `used` is at most `length` and the length it has,
  // and what lies behind those is nobody's. Without memory nothing has changed.
  [[nodiscard]] Status resize(Held holder, std::size_t used, std::size_t length) noexcept;
  // False without memory, and nothing is raised.
  [[nodiscard]] bool try_resize(Held holder, std::size_t used, std::size_t length) noexcept;

  // Moves `count` fields from place `from` to place `to`, in the order in which none is
  // overwritten before it was moved. What `to` held is nobody's; places that were left hold what
  // they held, and are to be overwritten.
  void shift(Held holder, std::size_t from, std::size_t to, std::size_t count) noexcept;

  // Takes the array out, with the values in it. To be ended after the lock is let go of.
  [[nodiscard]] TakenFields take(Held holder) noexcept;
  // Puts a taken array in. Requires: this one is empty, as after take(); and an array that readers
  // may be in goes back to the holder that it was taken from, as they would see another's values.
  void put(Held holder, TakenFields fields) noexcept;

 private:
  friend class Children;
  friend class Remains;

  [[nodiscard]] static std::size_t length_of(const Field* fields) noexcept {
    return fields == nullptr ? 0 : buffer_bytes(fields) / sizeof(Field);
  }
  void publish(Field* fields) noexcept { fields_.store(fields, kRelease); }

  Atomic<Field*> fields_{nullptr};
};

// An array that belongs to nobody else. Ends by dropping what is in it: may run destructors.
class [[nodiscard]] TakenFields {
 public:
  TakenFields(TakenFields&& other) noexcept
      : fields_(std::exchange(other.fields_, nullptr)), was_shared_(other.was_shared_) {}
  TakenFields(const TakenFields&) = delete;
  TakenFields& operator=(const TakenFields&) = delete;
  ~TakenFields();

 private:
  friend class FieldArray;
  TakenFields(Field* fields, bool was_shared) noexcept : fields_(fields), was_shared_(was_shared) {}

  Field* fields_;
  bool was_shared_;
};

}  // namespace orochi::inline OROCHI_DESIGN
