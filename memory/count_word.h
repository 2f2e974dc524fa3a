// memory/count_word.h: the two words of a biased count, as values.
//
//   first word    owner id (16) | local count - 1 (16)          OwnerWord
//   second word   state (2) | shared count, signed (30)         CountWord
//
// An object's count is local + shared. What may happen to either word is written here once, as pure
// functions from the word seen to the word wanted and what the caller then owes; the classes that
// hold the words (biased_refcount.h, atomic_refcount.h) only load, call and exchange.
//
//     plain --> weakref'd --> queued --> merged          states only move to the right
//
//   plain       nobody but holders of a counted reference may count; the owner's last drop at
//               plain/0 is the only death without an atomic operation
//   weakref'd   anyone who can find the object may try to count it
//   queued      a reference of its own keeps the object until the owner's half is added
//   merged      there is no owner's half; the shared count is the whole truth, and 0 is dead
//
// Counts of plain and weakref'd are never negative: a drop that would go below zero belongs to a
// reference that the owner's half counts, and is handed to the owner instead (queued).
//
// Saturation (rule 22). 30 bits can be reached (`[x] * 600_000_000`), so a count that gets near the
// end stays there and its object is never destroyed. Two marks keep concurrent adds and
// subtractions apart: from kNoDrop on drops are ignored, and only from kNoRetain on, which no
// subtraction under way can leave towards kNoDrop again, retains are ignored too. So a reference is
// never left uncounted while the count can still fall to 0.
//
// Tests: tests/memory/count_word_test.cc (tables of all states and counts, checked at compile time)
#pragma once

#include <cstdint>

#include "memory/owner_id.h"

namespace orochi::inline OROCHI_DESIGN {

// What a drop leaves its caller to do. A drop itself never frees, never runs code, never blocks.
enum class [[nodiscard]] Debt{
    kNone,
    kQueue,    // call queue_merge, then drop again: the reference is still yours until then
    kDestroy,  // the object is dead, and yours to destroy
};

// How an object comes into the world when not as its creator's own.
enum class Born {
  kMerged,    // with one reference; for a thread that has no owner id (rule 23)
  kImmortal,  // never counted, never destroyed
};

// What an enumeration finds in a block.
enum class BlockKind {
  kFree,
  kLive,
  kDestroyed,  // waits for its memory to be reclaimed
};

enum class CountState : std::uint32_t { kPlain = 0, kWeakRefd = 1, kQueued = 2, kMerged = 3 };

class CountWord {
 public:
  static constexpr std::uint32_t kStateBits = 2;
  static constexpr std::uint32_t kOne = 1U << kStateBits;
  // Set on any word, these bits make it merged and change nothing else.
  static constexpr std::uint32_t kMergedBits = static_cast<std::uint32_t>(CountState::kMerged);

  static constexpr std::int32_t kLimit = std::int32_t{1} << 29;  // counts lie in [-kLimit, kLimit)
  static constexpr std::int32_t kNoDrop = kLimit / 2;
  static constexpr std::int32_t kNoRetain = kNoDrop + kLimit / 4;
  static constexpr std::int32_t kImmortal = kNoRetain + kLimit / 8;

  constexpr CountWord(CountState state, std::int32_t count) noexcept
      : bits_{static_cast<std::uint32_t>(count) << kStateBits | static_cast<std::uint32_t>(state)} {
  }
  constexpr explicit CountWord(std::uint32_t bits) noexcept : bits_{bits} {}

  [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
  [[nodiscard]] constexpr CountState state() const noexcept {
    return static_cast<CountState>(bits_ & kMergedBits);
  }
  [[nodiscard]] constexpr std::int32_t count() const noexcept {
    return static_cast<std::int32_t>(bits_) >> kStateBits;
  }
  [[nodiscard]] constexpr bool is_merged() const noexcept { return state() == CountState::kMerged; }
  // The whole word, not the count alone: only then may the owner leave without an exchange.
  [[nodiscard]] constexpr bool is_plain_zero() const noexcept { return bits_ == 0; }
  [[nodiscard]] constexpr bool is_dead() const noexcept { return bits_ == kMergedBits; }
  [[nodiscard]] constexpr bool ignores_drops() const noexcept { return count() >= kNoDrop; }
  [[nodiscard]] constexpr bool ignores_retains() const noexcept { return count() >= kNoRetain; }

  friend constexpr bool operator==(CountWord, CountWord) noexcept = default;

 private:
  std::uint32_t bits_;
};

inline constexpr CountWord kBornPlain{CountState::kPlain, 0};
inline constexpr CountWord kBornMerged{CountState::kMerged, 1};
inline constexpr CountWord kBornImmortal{CountState::kMerged, CountWord::kImmortal};
inline constexpr CountWord kDead{CountState::kMerged, 0};

static_assert((CountWord::kLimit - CountWord::kNoRetain) > 0xFFFF &&
                  (CountWord::kNoRetain - CountWord::kNoDrop) > 0xFFFF,
              "every thread there can be may have one add or one subtraction under way");
static_assert(kBornPlain.is_plain_zero(), "a fresh block and `plain, nothing shared` look alike");

// --- Transitions of the shared word. ---

struct CountStep {
  CountWord next;
  Debt debt;
};

// n more references. A sum near the limit becomes immortal at once, however great n is.
[[nodiscard]] constexpr CountWord add(CountWord seen, std::uint64_t n) noexcept {
  if (seen.ignores_retains()) return seen;
  const auto room = static_cast<std::uint64_t>(CountWord::kNoDrop - seen.count());
  const bool fits = seen.count() < CountWord::kNoDrop && n < room;
  const auto more = static_cast<std::int32_t>(fits ? n : 0);
  return {seen.state(), fits ? seen.count() + more : CountWord::kImmortal};
}

[[nodiscard]] constexpr CountWord immortalised(CountWord seen) noexcept {
  return {seen.state(), CountWord::kImmortal};
}

// May somebody who holds no reference count one? Not at plain/0, where the owner may be leaving
// without an exchange, and not the dead.
[[nodiscard]] constexpr bool may_be_tried(CountWord seen) noexcept {
  return !seen.is_plain_zero() && !seen.is_dead();
}

[[nodiscard]] constexpr CountWord add_if_tried(CountWord seen) noexcept {
  return may_be_tried(seen) ? add(seen, 1) : seen;
}

// The object becomes one that anyone may try to count.
[[nodiscard]] constexpr CountWord weakly_referenced(CountWord seen) noexcept {
  if (seen.state() != CountState::kPlain) return seen;
  return {CountState::kWeakRefd, seen.count()};
}

// A reference less, dropped by a thread that is not the owner.
//
// At zero the reference is one that the owner's half counts. It is then not subtracted: the caller
// keeps it while it queues the object, and the queue gets one of its own. So the block cannot be
// freed under the caller's hands, whoever merges meanwhile.
[[nodiscard]] constexpr CountStep drop_one(CountWord seen) noexcept {
  if (seen.ignores_drops()) return {seen, Debt::kNone};
  const bool unqueued = seen.state() == CountState::kPlain || seen.state() == CountState::kWeakRefd;
  if (unqueued && seen.count() == 0) return {{CountState::kQueued, 1}, Debt::kQueue};
  const CountWord next{seen.state(), seen.count() - 1};
  return {next, next.is_dead() ? Debt::kDestroy : Debt::kNone};
}

// The owner's half, `rest`, is added for good. Also for the owner's last local drop: rest 0.
[[nodiscard]] constexpr CountStep merged_with(CountWord seen, std::int32_t rest) noexcept {
  const std::int32_t sum = seen.count() + rest;
  const bool saturates = seen.ignores_drops() || sum >= CountWord::kNoDrop;
  const CountWord next{CountState::kMerged, saturates ? CountWord::kImmortal : sum};
  return {next, next.is_dead() ? Debt::kDestroy : Debt::kNone};
}

// --- The owner's word. ---

// `local` is stored less one, in the high half: so a drop to zero is a borrow and an overflow a
// carry, each one flag of the subtraction or addition itself (H6). A live unmerged object has a
// local count of 1 at least.
class OwnerWord {
 public:
  static constexpr std::uint32_t kOwnerBits = 16;
  static constexpr std::uint32_t kOneLocal = 1U << kOwnerBits;
  static constexpr std::uint32_t kMaxLocal = 1U << 16;
  // What goes to the shared half when the local one is full.
  static constexpr std::uint32_t kSpill = kMaxLocal / 2;

  constexpr explicit OwnerWord(std::uint32_t bits) noexcept : bits_{bits} {}
  constexpr OwnerWord(OwnerId owner, std::uint32_t local) noexcept
      : bits_{owner | (local - 1) << kOwnerBits} {}

  // An owner without a local half: merged, dead or immortal.
  [[nodiscard]] static constexpr OwnerWord without_local(OwnerId owner) noexcept {
    return OwnerWord{std::uint32_t{owner}};
  }

  [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
  [[nodiscard]] constexpr OwnerId owner() const noexcept { return static_cast<OwnerId>(bits_); }
  [[nodiscard]] constexpr bool is_owned_by(OwnerId id) const noexcept { return owner() == id; }
  // False for kMergedOwner and kImmortalOwner, which no thread has.
  [[nodiscard]] constexpr bool has_local() const noexcept {
    return owner() != kNobody && owner() <= kLastOwner;
  }
  // Requires: has_local().
  [[nodiscard]] constexpr std::uint32_t local() const noexcept { return (bits_ >> kOwnerBits) + 1; }

  friend constexpr bool operator==(OwnerWord, OwnerWord) noexcept = default;

 private:
  std::uint32_t bits_;
};

inline constexpr OwnerWord kMergedOwnerWord = OwnerWord::without_local(kMergedOwner);
inline constexpr OwnerWord kImmortalOwnerWord = OwnerWord::without_local(kImmortalOwner);

// The transitions of the owner's word change their argument and say whether they could, because
// that compiles to one instruction and its flag, where a struct of word and bool does not.

// False: the count would not fit. Requires: n < kMaxLocal.
[[nodiscard]] constexpr bool try_add_local(OwnerWord& word, std::uint32_t n = 1) noexcept {
  std::uint32_t bits = 0;
  if (__builtin_add_overflow(word.bits(), n << OwnerWord::kOwnerBits, &bits)) return false;
  word = OwnerWord{bits};
  return true;
}

// False: this is the last local reference.
[[nodiscard]] constexpr bool try_drop_local(OwnerWord& word) noexcept {
  std::uint32_t bits = 0;
  if (__builtin_sub_overflow(word.bits(), OwnerWord::kOneLocal, &bits)) return false;
  word = OwnerWord{bits};
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
