// objects/types/hashed_cursor.h: how far somebody has come in a dict or a set, and whether it is
// still the one that he began with.
//
// A cursor remembers how many items there were. If there are more or fewer now, it says so, each
// time from then on. If there are as many, but more to come than there were to be, others have
// taken the places of some, and that ends it. So a walk is finite, whatever is done meanwhile.
//
// With the holder's lock, all of it: several threads may share a cursor, and each item is given to
// one of them.
// Tests: tests/objects/types/dict_iterator_test.cc, tests/objects/types/set_iterator_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/types/hashed_entries.h"

namespace orochi::inline OROCHI_DESIGN {

enum class Direction : std::uint8_t { kForward, kBackward };

template <class Entry>
class HashedCursor {
 public:
  enum class Step : std::uint8_t { kItem, kEnd, kSizeChanged, kKeysChanged };

  // For a holder of so many items.
  HashedCursor(std::size_t size, Direction direction) noexcept
      : direction_(direction),
        place_(direction == Direction::kForward ? 0 : SIZE_MAX),
        size_(size),
        remaining_(size) {}

  // kItem: `entry` is the next one.
  [[nodiscard]] Step advance(Held holder, const HashedEntries<Entry>& entries,
                             const Entry*& entry) noexcept {
    if (is_over_) return Step::kEnd;
    if (size_ != entries.size()) {
      size_ = kChangedForGood;
      return Step::kSizeChanged;
    }
    entry = move(holder, entries);
    is_over_ = entry == nullptr || remaining_ == 0;
    if (entry == nullptr) return Step::kEnd;
    if (is_over_) return Step::kKeysChanged;
    --remaining_;
    return Step::kItem;
  }
  // How many are still to come, of a holder that has `size` items now; as far as one can say.
  [[nodiscard]] std::size_t remaining(std::size_t size) const noexcept {
    return is_over_ || size_ != size ? 0 : remaining_;
  }

 private:
  static constexpr std::size_t kChangedForGood = SIZE_MAX;  // nothing has that size

  [[nodiscard]] const Entry* move(Held holder, const HashedEntries<Entry>& entries) noexcept {
    const bool forward = direction_ == Direction::kForward;
    const Entry* const found =
        forward ? entries.first_from(holder, place_) : entries.last_before(holder, place_);
    if (found != nullptr) forward ? ++place_ : --place_;
    return found;
  }

  Direction direction_;
  bool is_over_ = false;
  std::size_t place_;      // forward: of the next item; backward: one more than that
  std::size_t size_;       // of the holder, as it is to be
  std::size_t remaining_;  // items that are to come
};

}  // namespace orochi::inline OROCHI_DESIGN
