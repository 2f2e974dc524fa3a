#include "runtime/condition.h"

#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {

// The analysis cannot see that the mutex is unlocked inside and locked again.
bool Condition::wait_until(Mutex& mutex,
                           platform::Nanos deadline) noexcept OROCHI_UNCHECKED_LOCKING {
  const auto queue = [this] {
    sleepers_.store(true, kRelaxed);  // relaxed: I2, the mutex orders it
    return true;
  };
  const Parked parked =
      ParkingLot::park(&sleepers_, queue, [&mutex]() OROCHI_UNCHECKED_LOCKING { mutex.unlock(); },
                       {.deadline = deadline});
  mutex.lock();
  return parked == Parked::kWoken;
}

void Condition::notify_one() noexcept {
  if (!sleepers_.load(kRelaxed)) return;  // relaxed: I2
  ParkingLot::unpark_one(&sleepers_, [this](Found found) {
    sleepers_.store(found.more, kRelaxed);  // relaxed: written under the bucket's lock alone
  });
}

void Condition::notify_all() noexcept {
  if (!sleepers_.load(kRelaxed)) return;  // relaxed: I2
  ParkingLot::unpark_all(&sleepers_, [this](Found) {
    sleepers_.store(false, kRelaxed);  // relaxed: as in notify_one
  });
}

}  // namespace orochi::inline OROCHI_DESIGN
