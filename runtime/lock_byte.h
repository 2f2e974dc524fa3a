// runtime/lock_byte.h: what the byte of a lock can say, and how it changes. No memory, no threads:
// runtime/mutex.cc makes these changes happen.
//
//   LOCKED    somebody owns the lock
//   PARKED    somebody may sleep for it (when nobody does, the next unlock finds out)
//   WOKEN     one sleeper was woken and has not decided yet: it will take the lock or sleep again.
//             Exactly one thread is "the woken one" while this is set, and only it clears it
//   RESERVED  the lock is for the woken one, or for the next to be woken: newcomers may not take it
//
// Seen by a newcomer (c), the owner (o) and the woken one (w); - is impossible:
//
//                        lock               unlock                     no luck: sleep (again)
//   0                    c -> L             -                          -
//   L                    -                  o -> 0                     c -> L P
//   L P                  -                  o: wakes the first         c
//   L P   R              -                  o: wakes the first         c
//       W                c -> L W  w -> L   -                          -
//       W R              w -> L             -                          c -> P W R
//   L   W                -                  o -> W                     c -> L P W  w -> L P
//   L   W R              -                  o -> W R                   c -> L P W R  w -> L P R
//   and the four rows with W again with P, which stays as it is
//
// "wakes the first", under the bucket's lock: L P becomes W, or P W if others sleep, or 0 if nobody
// did sleep; RESERVED stays as it is if somebody was woken.
//
// I1  PARKED without LOCKED only with WOKEN. So a free lock with sleepers has one awake who will
// look
//     at it, and unlock need wake nobody while WOKEN is set.
// I2  RESERVED only with WOKEN, or with LOCKED and PARKED: somebody has it, or will get it from the
//     unlock. So no lock is closed to all.
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
  [[nodiscard]] constexpr bool is_locked() const noexcept { return has(kLocked); }
  [[nodiscard]] constexpr bool is_reserved() const noexcept { return has(kReserved); }
  [[nodiscard]] constexpr bool has_parked() const noexcept { return has(kParked); }

  [[nodiscard]] constexpr bool may_be_taken(Claim claim) const noexcept {
    return !is_locked() && (!is_reserved() || claim != Claim::kNewcomer);
  }
  [[nodiscard]] constexpr LockByte taken(Claim claim) const noexcept {
    return with(kLocked).without(claim == Claim::kWoken ? kWoken | kReserved : 0);
  }

  // The woken one, which found it locked, asks to be next.
  [[nodiscard]] constexpr LockByte reserved() const noexcept { return with(kReserved); }

  // Before sleeping. The woken one's reservation stays, for whoever is woken next.
  [[nodiscard]] constexpr LockByte with_sleeper(Claim claim) const noexcept {
    return with(kParked).without(claim == Claim::kWoken ? kWoken : 0);
  }
  // Under the bucket's lock: the byte still says what with_sleeper() made it say, so that whoever
  // makes the lock free will see the sleeper.
  [[nodiscard]] constexpr bool is_worth_sleeping(Claim claim) const noexcept {
    return has_parked() && !may_be_taken(claim);
  }

  // The owner lets go.
  [[nodiscard]] constexpr bool unlock_wakes() const noexcept {
    return has(kParked) && !has(kWoken);
  }
  [[nodiscard]] constexpr LockByte unlocked() const noexcept { return without(kLocked); }
  [[nodiscard]] constexpr LockByte unlocked_and_woken(bool found, bool more) const noexcept {
    if (!found) return free();
    return without(kLocked | kParked).with(kWoken).with(more ? kParked : 0);
  }

  // In a forked child: the woken one does not exist there. Sleepers do not either, so that what is
  // left of PARKED is found to be nothing.
  [[nodiscard]] constexpr LockByte without_the_woken_one() const noexcept {
    return is_locked() ? without(kWoken | kReserved) : free();
  }

 private:
  static constexpr Bits kLocked = 1;
  static constexpr Bits kParked = 2;
  static constexpr Bits kWoken = 4;
  static constexpr Bits kReserved = 8;

  [[nodiscard]] constexpr bool has(Bits bit) const noexcept { return (bits_ & bit) != 0; }
  [[nodiscard]] constexpr LockByte with(int bits) const noexcept {
    return LockByte(static_cast<Bits>(bits_ | bits));
  }
  [[nodiscard]] constexpr LockByte without(int bits) const noexcept {
    return LockByte(static_cast<Bits>(bits_ & ~bits));
  }

  Bits bits_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
