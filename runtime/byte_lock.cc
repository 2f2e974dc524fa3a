#include "runtime/byte_lock.h"

#include <cassert>

#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Claim claim_on_arrival() noexcept {
  return World::is_stopped_by_me() ? Claim::kExempt : Claim::kNewcomer;
}

bool is_over(platform::Nanos deadline) noexcept {
  return deadline != platform::kNever && platform::now() >= deadline;
}

// In a forked child: frees the lock from the promise to a thread that is not there.
void forget_the_woken_one(const void* address) noexcept {
  auto& byte = *static_cast<SysAtomic<LockByte::Bits>*>(const_cast<void*>(address));
  // relaxed, both: one thread exists.
  byte.store(LockByte(byte.load(kRelaxed)).without_the_woken_one().bits(), kRelaxed);
}

}  // namespace

// Takes the lock if it can be taken at all.
bool ByteLock::take(Claim claim) noexcept {
  LockByte seen = guess();
  while (seen.may_be_taken(claim)) {
    LockByte::Bits bits = seen.bits();
    // acquire: pairs with the release of the last unlock. relaxed: looked at again.
    if (byte_.compare_exchange_weak(bits, seen.taken(claim).bits(), kAcquire, kRelaxed))
      return true;
    seen = LockByte(bits);
  }
  return false;
}

// For the next unlock to see. If that came first, the lock is free or gone to a newcomer, and the
// woken one looks again anyway.
void ByteLock::reserve() noexcept {
  LockByte seen = guess();
  while (seen.is_locked()) {
    LockByte::Bits bits = seen.bits();
    // relaxed, both: asks for something and publishes nothing.
    if (byte_.compare_exchange_weak(bits, seen.reserved().bits(), kRelaxed, kRelaxed)) return;
    seen = LockByte(bits);
  }
}

bool ByteLock::take_woken() noexcept {
  if (take(Claim::kWoken)) return true;
  const platform::Nanos now = platform::now();
  if (ParkingLot::fairness_is_due(&byte_, now)) reserve();
  const platform::Nanos until = now + kPatience;
  do {
    platform::spin_pause();
    if (take(Claim::kWoken)) return true;
  } while (platform::now() < until);
  return false;
}

// False: the lock may be free by now.
bool ByteLock::announce_sleeper(Claim claim) noexcept {
  LockByte seen = guess();
  while (!seen.may_be_taken(claim)) {
    const LockByte next = seen.with_sleeper(claim);
    LockByte::Bits bits = seen.bits();
    if (next.bits() == bits) return true;
    // relaxed, both: the sleeper asks again under the bucket's lock, as the waker does.
    if (byte_.compare_exchange_weak(bits, next.bits(), kRelaxed, kRelaxed)) return true;
    seen = LockByte(bits);
  }
  return false;
}

void ByteLock::check_held() const noexcept {
  assert(guess().has_owner() && "unlock of a lock that nobody holds");
}

void ByteLock::check_place([[maybe_unused]] Park park) noexcept {
  assert((park == Park::kAsItIs || !World::is_pause_of_mine()) &&
         "rule 46: a pause takes no lock that detaches");
}

// Apart, so that the inline half of lock() prepares nothing for it.
void ByteLock::lock_slow() noexcept { static_cast<void>(lock_slow(Sleep{})); }

Locking ByteLock::lock_slow(const Sleep& asked) noexcept {
  const Claim arrival = claim_on_arrival();
  Claim claim = arrival;
  Sleep how = asked;
  how.vanished = forget_the_woken_one;
  for (;;) {
    if (claim == Claim::kWoken ? take_woken() : take(claim)) return Locking::kDone;
    if (claim != Claim::kWoken && is_over(how.deadline)) return Locking::kTimedOut;
    if (!announce_sleeper(claim)) continue;
    how.place = claim == Claim::kWoken ? Place::kFront : Place::kBack;
    const Parked parked = ParkingLot::park(
        &byte_, [this, arrival] { return guess().is_worth_sleeping(arrival); }, how);
    claim = parked == Parked::kWoken ? Claim::kWoken : arrival;
    if (parked == Parked::kInterrupted) return Locking::kInterrupted;
  }
}

bool ByteLock::try_lock_slow() noexcept { return take(claim_on_arrival()); }

// The byte says PARKED and neither LOCKED nor WOKEN. So nobody else changes it: the lock is closed,
// sleepers have nothing to add, there is no woken one, and a new one is made under the bucket's
// lock only.
void ByteLock::wake_one() noexcept {
  ParkingLot::unpark_one(&byte_, [this](Found found) {
    const LockByte next = guess().woken(found.chosen != 0, found.more);
    // release: pairs with the acquire of whoever takes the lock next. The last touch of the byte.
    byte_.store(next.bits(), kRelease);
  });
}

}  // namespace orochi::inline OROCHI_DESIGN
