// runtime/gil_policy.h: who gets the GIL next, and when its holder is asked to let go.
//
// Decisions only: no lock, no clock, no thread. runtime/gil_lock.cc tells it what happened and does
// what it says, under the lock's own mutex. Another policy is another class with these members.
//
// Two lines wait for the GIL. Whoever comes back from blocking stands in the *returning* line, all
// others in the *ordinary* one. Two rules can be chosen at run time:
//
//   prefer_returning   The returning line is served first. A thread of it has a *boosted* turn; who
//                      is pushed aside for it keeps its place at the front of the ordinary line
//                      until its interval is used. So a thread that computes a little and blocks a
//                      lot gets through at once, and threads that compute alternate as ever.
//   interval_only      One line. Its first waits one interval, undisturbed by other changes of
//                      hands, before the holder is asked. What CPython does.
//
// I1  One boost a turn: a boosted turn that is broken off goes to the back of the ordinary line,
//     and its thread is ordinary until it blocks again.
// I2  Overtaking is bounded, for all returning threads together (rule 47). While an ordinary thread
//     waits, boosted time runs up a debt of f/(1-f) of it, and ordinary turns pay theirs off. At
//     kDebtLimit the ordinary line is served, with a slice of the debt's length that returning
//     threads cannot break. So ordinary threads get at least the share f, less handoffs. (A debt
//     per ordinary thread fails: two of them protect each other, and nobody returns.)
#pragma once

#include <algorithm>

#include "memory/door/platform.h"

namespace orochi::inline OROCHI_DESIGN {

enum class GilRule { kPreferReturning, kIntervalOnly };

// Why a thread takes the GIL.
enum class GilWhy {
  kFirst,      // the thread has just begun
  kReturning,  // it comes back from blocking
};

// Where a thread waits.
enum class GilPlace { kReturning, kOrdinaryFront, kOrdinaryBack };

// One thread's hold of the GIL, from the moment somebody can be kept waiting by it.
struct GilTurn {
  platform::Nanos began = 0;
  platform::Nanos used = 0;             // of its interval, in stretches before this one
  platform::Nanos protected_until = 0;  // until then returning threads wait (I2)
  bool boosted = false;
};

// Who waits.
struct GilWaiting {
  bool returning = false;
  bool ordinary = false;
  platform::Nanos first_since = 0;  // since when the first of the line that is served has waited

  [[nodiscard]] bool any() const noexcept { return returning || ordinary; }
};

class HandoffPolicy {
 public:
  using Nanos = platform::Nanos;

  static constexpr Nanos kDefaultInterval = 5 * platform::kMillisecond;
  static constexpr Nanos kDebtLimit = 1 * platform::kMillisecond;
  // f of I2 is a quarter.
  static constexpr Nanos kBoostedPerDebt = 3;
  // For so long a boosted turn is safe from other returning threads: they would only swap places.
  static constexpr Nanos kBoost = 200 * platform::kMicrosecond;

  GilRule rule = GilRule::kPreferReturning;
  Nanos interval = kDefaultInterval;

  // Where a newcomer waits.
  [[nodiscard]] GilPlace arrives(GilWhy why) const noexcept {
    return prefers() && why == GilWhy::kReturning ? GilPlace::kReturning : GilPlace::kOrdinaryBack;
  }

  // How long a waiter looks for its turn before it sleeps. Waking it would take longer than most
  // boosted turns last.
  [[nodiscard]] Nanos spin_of(GilPlace place) const noexcept;

  // When the holder is to be asked.
  [[nodiscard]] Nanos due(const GilTurn& turn, const GilWaiting& waiting) const noexcept;

  // Which line is served next. Requires: somebody waits.
  [[nodiscard]] bool serves_returning(const GilWaiting& waiting) const noexcept {
    return waiting.returning && !(waiting.ordinary && debt_ >= kDebtLimit);
  }

  // The turn of a thread that is given the GIL now.
  [[nodiscard]] GilTurn begin(GilPlace place, Nanos used, Nanos now) const noexcept;

  // A turn of which nothing was known until somebody arrived: its thread took the GIL while it was
  // free, so it had just come too.
  [[nodiscard]] GilTurn notice(Nanos now) const noexcept { return begin_boosted(now); }

  // A turn ends. Requires: `now` is not before its beginning.
  void end(const GilTurn& turn, const GilWaiting& waiting, Nanos now) noexcept;

  // Where a thread whose turn was broken off waits, and what of its interval it has used.
  struct Rest {
    GilPlace place = GilPlace::kOrdinaryBack;
    Nanos used = 0;
  };
  [[nodiscard]] Rest broken_off(const GilTurn& turn, Nanos now) const noexcept;

  [[nodiscard]] Nanos debt() const noexcept { return debt_; }

 private:
  [[nodiscard]] bool prefers() const noexcept { return rule == GilRule::kPreferReturning; }
  [[nodiscard]] GilTurn begin_boosted(Nanos now) const noexcept {
    return {.began = now, .boosted = prefers()};
  }

  Nanos debt_ = 0;  // of the returning threads to the ordinary ones (I2)
};

inline platform::Nanos HandoffPolicy::spin_of(GilPlace place) const noexcept {
  if (!prefers()) return 0;
  switch (place) {
    case GilPlace::kReturning:
      return 5 * platform::kMicrosecond;  // the holder's next safepoint is near
    case GilPlace::kOrdinaryFront:
      return 50 * platform::kMicrosecond;  // a boosted turn is mostly short
    case GilPlace::kOrdinaryBack:
      return 0;
  }
  return 0;
}

inline platform::Nanos HandoffPolicy::due(const GilTurn& turn,
                                          const GilWaiting& waiting) const noexcept {
  if (!waiting.any()) return platform::kNever;
  if (!prefers()) return std::max(turn.began, waiting.first_since) + interval;
  Nanos due = platform::kNever;
  if (waiting.ordinary) due = turn.began - turn.used + interval;
  if (waiting.returning) {
    const Nanos boost_ends = turn.boosted ? turn.began + kBoost : turn.began;
    due = std::min(due, std::max(boost_ends, turn.protected_until));
  }
  return due;
}

inline GilTurn HandoffPolicy::begin(GilPlace place, Nanos used, Nanos now) const noexcept {
  if (place == GilPlace::kReturning) return begin_boosted(now);
  GilTurn turn{.began = now, .used = used};
  if (debt_ >= kDebtLimit) turn.protected_until = now + debt_;
  return turn;
}

inline void HandoffPolicy::end(const GilTurn& turn, const GilWaiting& waiting, Nanos now) noexcept {
  const Nanos span = now - turn.began;
  if (turn.boosted) {
    // Mostly no more than an interval, so that no slice is longer than an ordinary turn.
    const Nanos most = std::max(interval, kDebtLimit);
    if (waiting.ordinary) debt_ = std::min(debt_ + span / kBoostedPerDebt, most);
  } else {
    debt_ = std::max<Nanos>(debt_ - span, 0);
  }
}

inline HandoffPolicy::Rest HandoffPolicy::broken_off(const GilTurn& turn,
                                                     Nanos now) const noexcept {
  const Nanos used = turn.used + (now - turn.began);
  if (!prefers() || turn.boosted || used >= interval) return {};  // I1
  return {.place = GilPlace::kOrdinaryFront, .used = used};
}

}  // namespace orochi::inline OROCHI_DESIGN
