// stress/harness/meeting.h: where the threads of a team wait for each other between strides.
//
// How they wait decides how close together they start: who spins is there at once; who yields or
// sleeps leaves its core to others, and starts whenever it gets one again.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "memory/door/platform.h"

namespace orochi::stress {

enum class Wait { kSpin, kYield, kSleep };

class Meeting {
 public:
  Meeting(unsigned size, Wait wait) : size_(size), wait_(wait) {}

  // Returns when all have come. What each did before is seen by all afterwards.
  void come() {
    // acquire, for who comes first needs no more; read before it counts itself, so it is this
    // meeting's number and not the next one's.
    const unsigned number = number_.load(std::memory_order_acquire);
    // acq_rel: the last one sees what all others did, and passes it on.
    if (here_.fetch_add(1, std::memory_order_acq_rel) + 1 == size_) {
      here_.store(0, std::memory_order_relaxed);  // ordered by the next store
      number_.store(number + 1, std::memory_order_release);
      return;
    }
    for (unsigned turns = 0; number_.load(std::memory_order_acquire) == number; ++turns)
      wait_a_little(turns);
  }

 private:
  // Whoever spins for too long waits for somebody who has no core, and gives it this one.
  static constexpr unsigned kPatience = 4'000;

  void wait_a_little(unsigned turns) const {
    if (wait_ == Wait::kSleep && turns > kPatience / 8) {
      std::this_thread::sleep_for(std::chrono::microseconds(20));
    } else if (wait_ != Wait::kSpin || turns > kPatience) {
      platform::yield();
    } else {
      platform::spin_pause();
    }
  }

  const unsigned size_;
  const Wait wait_;
  alignas(64) std::atomic<unsigned> here_{0};
  alignas(64) std::atomic<unsigned> number_{0};
};

}  // namespace orochi::stress
