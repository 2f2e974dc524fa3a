// runtime/lock_byte.h: what the byte of a lock can say, and how it changes. No memory, no threads:
// runtime/byte_lock.cc makes these changes happen.
//
//   LOCKED    somebody owns the lock
//   PARKED    somebody may sleep for it and nobody is woken: whoever unlocks wakes one (or finds
//             that nobody sleeps), and until then nobody may take the lock
//   WOKEN     one sleeper was woken and has not decided yet: it will take the lock or sleep again.
//             Exactly one thread is "the woken one" while this is set, and only it clears it
//   BEHIND    others may sleep behind the woken one
//   RESERVED  the lock is for the woken one, or for the next to be woken: newcomers may not take it
//
// Seen by a newcomer (c), the owner (o) and the woken one (w); - is impossible:
//
//                        lock               unlock                     no luck: sleep (again)
//   0                    c -> L             -                          -
//   L                    -                  o -> 0                     c -> L P
//   L P                  -                  o -> P                     c
//   L P   R              -                  o -> P R                   c
//     P                  -                  o: wakes the first         c
//     P   R              -                  o: wakes the first         c
//       W                c -> L W  w -> L   -                          -
//       W R              w -> L             -                          c -> W R B
//   L   W                -                  o -> W                     c -> L W B    w -> L P
//   L   W R              -                  o -> W R                   c -> L W R B  w -> L P R
//   and the four rows with W again with B, which becomes P when w takes the lock or sleeps
//
// "wakes the first", under the bucket's lock: P becomes W, or W B if others sleep, or 0 if nobody
// did sleep; RESERVED stays as it is if somebody was woken.
//
// So unlock takes LOCKED away without having looked, in one exchange that cannot fail, and what is
// left says whether there is anything else to do (docs/decisions/042-one-exchange.md).
//
// I1  PARKED means that no one is awake for the lock, and closes it. So a lock that is open and has
//     sleepers has one awake who will look at it, and unlock need wake nobody while WOKEN is set.
// I2  RESERVED only with WOKEN or PARKED: somebody has it, or will get it from the unlock. So no
//     lock is closed to all.
// I3  The owner of LOCKED is always a thread that took it itself while it ran (rule 41).
//
// Who is exempt from reservations (Claim::kExempt) is a newcomer in all other respects.
// Tests: tests/runtime/lock_byte_test.cc
#pragma once

#include <cstdint>

namespace orochi::inline OROCHI_DESIGN {

// As what a thread asks for the lock.
enum class Claim : std::uint8_t {
  kNewcomer,
  kWoken,   // it is the woken one
  kExempt,  // the world stands still for it, so those for whom the lock is reserved cannot come
};

class LockByte {
 public:
  using Bits = std::uint8_t;

  constexpr LockByte() noexcept = default;
  constexpr explicit LockByte(Bits bits) noexcept : bits_(bits) {}
  [[nodiscard]] static constexpr LockByte free() noexcept { return LockByte(); }
  [[nodiscard]] static constexpr LockByte locked() noexcept { return LockByte(kLocked); }

  [[nodiscard]] constexpr Bits bits() const noexcept { return bits_; }
  [[nodiscard]] constexpr bool has_owner() const noexcept { return has(kLocked); }
  // By its owner, or by one who has unlocked it and not yet woken anybody.
  [[nodiscard]] constexpr bool is_locked() const noexcept { return has(kLocked) || has(kParked); }
  [[nodiscard]] constexpr bool is_reserved() const noexcept { return has(kReserved); }
  [[nodiscard]] constexpr bool has_sleepers() const noexcept {
    return has(kParked) || has(kBehind);
  }

  [[nodiscard]] constexpr bool may_be_taken(Claim claim) const noexcept {
    return !is_locked() && (!is_reserved() || claim != Claim::kNewcomer);
  }
  [[nodiscard]] constexpr LockByte taken(Claim claim) const noexcept {
    return (claim == Claim::kWoken ? without_woken() : *this).with(kLocked);
  }

  // The woken one, which found it locked, asks to be next.
  [[nodiscard]] constexpr LockByte reserved() const noexcept { return with(kReserved); }

  // Before sleeping. The woken one's reservation stays, for whoever is woken next.
  [[nodiscard]] constexpr LockByte with_sleeper(Claim claim) const noexcept {
    const bool is_first = claim == Claim::kWoken || !has(kWoken);
    return is_first ? without(kWoken | kBehind).with(kParked) : with(kBehind);
  }
  // Under the bucket's lock: the byte still says what with_sleeper() made it say, so that whoever
  // makes the lock free will see the sleeper.
  [[nodiscard]] constexpr bool is_worth_sleeping(Claim claim) const noexcept {
    return has_sleepers() && !may_be_taken(claim);
  }

  // The owner lets go of LOCKED, which is all of it unless a sleeper has to be woken.
  static constexpr Bits kKeptByUnlock = 0xFE;
  [[nodiscard]] constexpr LockByte unlocked() const noexcept { return without(kLocked); }
  [[nodiscard]] constexpr bool has_to_wake() const noexcept { return has(kParked); }
  [[nodiscard]] constexpr LockByte woken(bool found, bool more) const noexcept {
    if (!found) return free();
    return without(kParked).with(kWoken).with(more ? kBehind : 0);
  }

  // In a forked child: the woken one does not exist there, and sleepers do not either.
  [[nodiscard]] constexpr LockByte without_the_woken_one() const noexcept {
    return is_locked() ? locked() : free();
  }

 private:
  static constexpr Bits kLocked = 0x01;
  static constexpr Bits kBehind = 0x02;
  static constexpr Bits kWoken = 0x04;
  static constexpr Bits kReserved = 0x08;
  // The sign bit: the exchange that unlocks tests it for free.
  static constexpr Bits kParked = 0x80;
  static_assert((kKeptByUnlock | kLocked) == 0xFF && (kKeptByUnlock & kLocked) == 0);

  [[nodiscard]] constexpr bool has(Bits bit) const noexcept { return (bits_ & bit) != 0; }
  [[nodiscard]] constexpr LockByte with(int bits) const noexcept {
    return LockByte(static_cast<Bits>(bits_ | bits));
  }
  [[nodiscard]] constexpr LockByte without(int bits) const noexcept {
    return LockByte(static_cast<Bits>(bits_ & ~bits));
  }

  // The woken one gets what it was woken for; who slept behind it waits for the next unlock.
  [[nodiscard]] constexpr LockByte without_woken() const noexcept {
    const LockByte rest = without(kWoken | kReserved | kBehind);
    return has(kBehind) ? rest.with(kParked) : rest;
  }

  Bits bits_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
