// memory/slot_word.h: the word that says who may act as an owner id.
//
//             issuer               thread                  thread              thread, at its exit
//        free -------> starting ---------> detached <-------------> attached ---------> free
//         ^ |                               ^ | | ^
//   helper| |helper                   helper| | | |starter
//         | v                               | | | |
//     helped_free              helped_detached  suspended
//                                   entered by  entered under the world's lock: by the stopper,
//                                     a helper  or by whoever just left the slot
//
// The word is the only arbiter (rule 19). Whoever moved it to starting, attached or helped holds
// the slot, and only the holder writes the owner's half of the counts of objects biased to this id.
//
// I1  Every move is a seq_cst exchange. Three pairs of "write mine, then read yours" hang on it:
//     detach against whoever queues a merge (rule 20), detach and attach against a stop of the
//     world (rule 39), attach against whoever retires memory (rule 40). A weaker order breaks each.
// I2  From attached only the thread itself moves the word. From suspended only the starter does.
// I3  starting --> free after an allocation failed is the only way back.
//
// Drivers: runtime/thread.cc, runtime/world.cc, memory/merge_queue.cc (helpers).
// Tests: tests/memory/slot_test.cc
#pragma once

#include <cstdint>

#include "memory/atomic.h"

namespace orochi::inline OROCHI_DESIGN {

enum class SlotState : std::uint32_t {
  kFree,            // no thread; the id's objects and heap may still be there
  kStarting,        // a new thread sets itself up
  kAttached,        // the thread may touch objects
  kDetached,        // the thread may not; it blocks, or runs code that knows no object
  kSuspended,       // as detached, and it may not attach until the world starts again
  kHelpedFree,      // somebody acts for the id; free again afterwards
  kHelpedDetached,  // somebody acts for the thread; detached again afterwards
};

[[nodiscard]] constexpr bool is_legal_move(SlotState from, SlotState to) noexcept {
  using enum SlotState;
  switch (from) {
    case kFree:
      return to == kStarting || to == kHelpedFree;
    case kStarting:
      return to == kDetached || to == kFree;
    case kAttached:
      return to == kDetached || to == kFree;
    case kDetached:
      return to == kAttached || to == kSuspended || to == kHelpedDetached;
    case kSuspended:
      return to == kDetached;
    case kHelpedFree:
      return to == kFree;
    case kHelpedDetached:
      return to == kDetached;
  }
  return false;
}

class SlotWord {
 public:
  // seq_cst: the second half of the three pairs of I1.
  [[nodiscard]] SlotState load() const noexcept { return word_.load(kSeqCst); }

  // For assertions and for a first guess that a move will check.
  [[nodiscard]] SlotState guess() const noexcept { return word_.load(kRelaxed); }

  // False: the word was not `from`. seq_cst on success: I1. relaxed on failure: callers look again.
  [[nodiscard]] bool move(SlotState from, SlotState to) noexcept {
    return word_.compare_exchange(from, to, kSeqCst, kRelaxed);
  }

  // In a forked child, where no other thread exists: the one way around the drawing.
  void reset_after_fork(SlotState state) noexcept { word_.store(state, kRelaxed); }

 private:
  SysAtomic<SlotState> word_{SlotState::kFree};
};

}  // namespace orochi::inline OROCHI_DESIGN
