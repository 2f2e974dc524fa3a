#include "runtime/event.h"

#include <cassert>

#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {

void Event::set() noexcept {
  State seen = State::kClear;
  // release: pairs with the acquires in is_set and wait_until. relaxed: looked at again.
  if (word_.compare_exchange(seen, State::kSet, kRelease, kRelaxed) || seen == State::kSet) return;
  // I1. release: as above.
  ParkingLot::unpark_all(&word_, [this](Found) { word_.store(State::kSet, kRelease); });
}

bool Event::wait_until(platform::Nanos deadline) noexcept {
  for (;;) {
    State seen = State::kClear;
    // acquire: pairs with the release in set, if that came first. (The exchange itself says only
    // that somebody sleeps; GCC wants it no weaker than its failure.)
    word_.compare_exchange(seen, State::kClearWithSleepers, kAcquire, kAcquire);
    if (seen == State::kSet) return true;
    const Parked parked =
        ParkingLot::park(&word_,
                         // relaxed: a wait that need not sleep looks again above.
                         [this] { return word_.load(kRelaxed) == State::kClearWithSleepers; },
                         {.deadline = deadline});
    if (parked == Parked::kTimedOut) return is_set();
  }
}

void Event::reset() noexcept {
  assert(word_.load(kRelaxed) != State::kClearWithSleepers &&
         "reset of an event that is waited for");
  word_.store(State::kClear, kRelaxed);  // relaxed: publishes nothing
}

}  // namespace orochi::inline OROCHI_DESIGN
