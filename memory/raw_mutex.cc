#include "memory/raw_mutex.h"

namespace orochi::inline OROCHI_DESIGN {

void RawMutex::lock_slow() noexcept {
  // The sections are short: a holder on another core is usually done within the spin.
  constexpr int kSpins = 64;
  for (int spin = 0; spin < kSpins; ++spin) {
    platform::spin_pause();
    std::uint32_t seen = kFree;
    // relaxed: only a hint whether the exchange is worth trying.
    if (word_.load(kRelaxed) == kFree &&
        word_.compare_exchange(seen, kHeld, kAcquire, kRelaxed))  // as in lock
      return;
  }
  // I1: from here on the word is taken as 2. acquire: pairs with the release in unlock.
  while (word_.exchange(kHeldWithSleepers, kAcquire) != kFree)
    platform::futex_wait(word_, kHeldWithSleepers, platform::kNever);
}

}  // namespace orochi::inline OROCHI_DESIGN
