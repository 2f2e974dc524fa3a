#include "runtime/rw_lock.h"

#include <cassert>

#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {

bool RwLock::try_lock() noexcept {
  std::uint32_t seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  while (admits_writer(seen)) {
    // acquire: pairs with the releases of the writer and the readers before. relaxed: looked at
    // again.
    if (word_.compare_exchange_weak(seen, seen | kWriter, kAcquire, kRelaxed)) return true;
  }
  return false;
}

bool RwLock::enter_as_reader(bool woken) noexcept {
  std::uint32_t seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  while (admits_reader(seen, woken)) {
    // acquire: pairs with the release of the writer before. relaxed: looked at again.
    if (word_.compare_exchange_weak(seen, seen + kReader, kAcquire, kRelaxed)) return true;
  }
  return false;
}

bool RwLock::try_lock_shared() noexcept { return enter_as_reader(false); }

// I4. In a forked child, at the address at which writers sleep.
void RwLock::forget_waiters(const void* writers) noexcept {
  auto& word = *static_cast<SysAtomic<std::uint32_t>*>(const_cast<void*>(writers));
  word.fetch_and(~(kReadersWait | kWritersWait), kRelaxed);  // relaxed: one thread exists
}

bool RwLock::lock_until(platform::Nanos deadline) noexcept {
  Sleep how{.deadline = deadline, .vanished = forget_waiters};
  for (;;) {
    if (try_lock()) return true;
    word_.fetch_or(kWritersWait, kRelaxed);  // relaxed: asked for again in the hold that queues
    const auto still = [this] {
      const std::uint32_t seen = word_.load(kRelaxed);  // relaxed: as above
      return !admits_writer(seen) && (seen & kWritersWait) != 0;
    };
    const Parked parked = ParkingLot::park(writers(), still, how);
    if (parked == Parked::kTimedOut) {
      if (try_lock()) return true;
      wake_writer();  // I3: also takes away a WRITERS_WAIT that was for this thread alone
      return false;
    }
    if (parked == Parked::kWoken) how.place = Place::kFront;
  }
}

bool RwLock::lock_shared_until(platform::Nanos deadline) noexcept {
  const auto vanished = [](const void* readers) {
    forget_waiters(static_cast<const char*>(readers) - 1);
  };
  Sleep how{.deadline = deadline, .vanished = vanished};
  bool woken = false;
  for (;;) {
    if (enter_as_reader(woken)) return true;
    word_.fetch_or(kReadersWait, kRelaxed);  // relaxed: asked for again in the hold that queues
    const auto still = [this, woken] {
      const std::uint32_t seen = word_.load(kRelaxed);  // relaxed: as above
      return !admits_reader(seen, woken) && (seen & kReadersWait) != 0;
    };
    const Parked parked = ParkingLot::park(readers(), still, how);
    if (parked == Parked::kTimedOut) {
      if (enter_as_reader(woken)) return true;
      if (woken) wake_writer();  // I3
      return false;
    }
    if (parked == Parked::kWoken) {
      woken = true;
      how.place = Place::kFront;
    }
  }
}

void RwLock::unlock() noexcept {
  // release: pairs with the acquire of whoever enters next.
  const std::uint32_t before = word_.fetch_and(~kWriter, kRelease);
  assert((before & kWriter) != 0 && "unlock of a reader-writer lock that has no writer");
  if ((before & kReadersWait) != 0) {
    wake_readers();
  } else if ((before & kWritersWait) != 0) {
    wake_writer();
  }
}

void RwLock::unlock_shared() noexcept {
  // release: pairs with the acquire of the writer that enters next.
  const std::uint32_t before = word_.fetch_sub(kReader, kRelease);
  assert(before >= kReader && "unlock of a reader-writer lock that has no reader");
  if (before < 2 * kReader && (before & kWritersWait) != 0) wake_writer();
}

// Wakes all readers; if there are none, a writer, so that the wake-up is not lost (I1).
void RwLock::wake_readers() noexcept {
  bool found_any = false;
  ParkingLot::unpark_all(readers(), [this, &found_any](Found found) {
    found_any = found.chosen != 0;
    word_.fetch_and(~kReadersWait, kRelaxed);  // relaxed: changed to 0 in these holds alone
  });
  // relaxed: a writer that sets the bit later looks at the word again in the hold that queues it.
  if (!found_any && (word_.load(kRelaxed) & kWritersWait) != 0) wake_writer();
}

// Wakes a writer; if there is none, all readers (I2).
void RwLock::wake_writer() noexcept {
  bool found_any = false;
  ParkingLot::unpark_one(writers(), [this, &found_any](Found found) {
    found_any = found.chosen != 0;
    if (!found.more) word_.fetch_and(~kWritersWait, kRelaxed);  // relaxed: as in wake_readers
  });
  // relaxed: a reader that sets the bit later looks at the word again in the hold that queues it.
  if (!found_any && (word_.load(kRelaxed) & kReadersWait) != 0) wake_readers();
}

}  // namespace orochi::inline OROCHI_DESIGN
