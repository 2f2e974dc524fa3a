#include "runtime/semaphore.h"

#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {

bool Semaphore::try_acquire() noexcept {
  std::uint32_t seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  while (seen >= kUnit) {
    // acquire: pairs with the release of whoever added the unit. relaxed: looked at again.
    if (word_.compare_exchange_weak(seen, seen - kUnit, kAcquire, kRelaxed)) return true;
  }
  return false;
}

// False: there is a unit by now.
bool Semaphore::announce_sleeper() noexcept {
  std::uint32_t seen = 0;
  // relaxed, both: the sleeper asks again under the bucket's lock (I2).
  return word_.compare_exchange(seen, kSleepers, kRelaxed, kRelaxed) || seen == kSleepers;
}

bool Semaphore::acquire_until(platform::Nanos deadline) noexcept {
  Sleep how{.deadline = deadline};
  for (;;) {
    if (try_acquire()) return true;
    if (!announce_sleeper()) continue;
    const Parked parked = ParkingLot::park(
        // relaxed: the bit is changed in holds of the same bucket, or by one that is about to
        // queue.
        &word_, [this] { return word_.load(kRelaxed) == kSleepers; }, how);
    if (parked == Parked::kTimedOut) return try_acquire();
    if (parked == Parked::kWoken) how.place = Place::kFront;  // I1
  }
}

bool Semaphore::release(std::uint32_t units) noexcept {
  std::uint32_t seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  do {
    if (units > room_in(seen)) return false;
    if (units != 0 && (seen & kSleepers) != 0) return release_to_sleepers(units);
    // release: pairs with the acquire in try_acquire. relaxed: looked at again.
  } while (!word_.compare_exchange_weak(seen, seen + units * kUnit, kRelease, kRelaxed));
  return true;
}

// Adds the units with the first wake-up (I1), and wakes as many as there are units for.
bool Semaphore::release_to_sleepers(std::uint32_t units) noexcept {
  Woken last = add_and_wake_one(units);
  const bool fits = last.fits;
  for (std::uint32_t woken = 1; fits && last.more && woken < units; ++woken)
    last = add_and_wake_one(0);
  return fits;
}

Semaphore::Woken Semaphore::add_and_wake_one(std::uint32_t units) noexcept {
  Woken result;
  ParkingLot::unpark_one(&word_, [this, units, &result](Found found) {
    result.more = found.more;
    std::uint32_t seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
    std::uint32_t next = 0;
    do {
      next = found.more ? seen | kSleepers : seen & ~kSleepers;  // I2
      result.fits = units <= room_in(seen);
      if (result.fits) next += units * kUnit;
      // release: pairs with the acquire in try_acquire. relaxed: looked at again.
    } while (!word_.compare_exchange_weak(seen, next, kRelease, kRelaxed));
  });
  return result;
}

}  // namespace orochi::inline OROCHI_DESIGN
