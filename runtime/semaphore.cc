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

void Semaphore::release_one() noexcept {
  std::uint32_t seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  while ((seen & kSleepers) == 0) {
    // release: pairs with the acquire in try_acquire. relaxed: looked at again.
    if (word_.compare_exchange_weak(seen, seen + kUnit, kRelease, kRelaxed)) return;
  }
  ParkingLot::unpark_one(&word_, [this](Found found) {
    std::uint32_t now = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
    // I1, I2. release: as above.
    while (!word_.compare_exchange_weak(
        now, (found.more ? now | kSleepers : now & ~kSleepers) + kUnit, kRelease, kRelaxed)) {
    }
  });
}

bool Semaphore::release(std::uint32_t units) noexcept {
  if (units > kMost - this->units()) return false;
  for (; units != 0; --units) release_one();
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
