// runtime/gil.h under every interleaving: the GIL's mode is switched while a thread begins, comes
// back or waits, and whoever is attached while it is on is alone (I1 to I3, rule 47).

#include <gtest/gtest.h>

#include "runtime/gil.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Fault;
using explorer::Report;

using Outcomes = std::set<std::uint64_t>;  // to be seen, so that green means that it looked

// What the GIL guards, for those who are attached while it is on.
struct OneSwitch {
  static constexpr unsigned kActors = 2;
  Member switcher;
  Guarded of_holder;
  bool other_had_it = false;

  void use_if_on(bool& had_it) {
    if (!Gil::is_on()) return;
    explorer::expect(Gil::holder() == current().id, "I1: who is attached holds it");
    had_it = true;
    of_holder.use();
  }
  Thread& turn(GilMode mode) {
    Thread& me = switcher.enter();
    explorer::expect(Gil::set_mode(mode) == GilSwitch::kDone, "it is switched");
    return me;
  }
  int outcome() { return other_had_it ? 1 : 0; }
};

// It is turned on while a thread begins, which a stop does not see (I3).
struct TurnedOnAgainstStart : OneSwitch {
  void act(unsigned actor) {
    if (actor == 1) {
      explorer::expect(Thread::start() == Attach::kDone, "it begins");
      use_if_on(other_had_it);
      return Thread::exit();
    }
    Thread& me = turn(GilMode::kOn);
    of_holder.use();
    me.detach();
  }
};

TEST(GilExplored, ItIsTurnedOnWhileAThreadBegins) {
  EXPECT_EQ(explore_in_two_halves<TurnedOnAgainstStart>(), (Outcomes{0, 1}));
}

// It is turned on while a thread comes back from blocking.
struct TurnedOnAgainstReturn : OneSwitch {
  Member other;
  TurnedOnAgainstReturn() {
    other.enter().detach();
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 1) {
      Thread& me = other.enter();
      explorer::expect(me.attach() == Attach::kDone, "it comes back");
      use_if_on(other_had_it);
      return me.detach();
    }
    Thread& me = turn(GilMode::kOn);
    of_holder.use();
    me.detach();
  }
};

TEST(GilExplored, ItIsTurnedOnWhileAThreadComesBack) {
  EXPECT_EQ(explore_in_two_halves<TurnedOnAgainstReturn>(), (Outcomes{0, 1}));
}

// It is on, and turned off while a thread wants it, which then runs beside the one that did it.
struct TurnedOffAgainstReturn : OneSwitch {
  Member other;
  TurnedOffAgainstReturn() {
    other.enter().detach();
    static_cast<void>(turn(GilMode::kOn));
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 1) {
      Thread& me = other.enter();
      explorer::expect(me.attach() == Attach::kDone, "it comes back");
      use_if_on(other_had_it);
      return me.detach();
    }
    switcher.enter();
    of_holder.use();
    turn(GilMode::kOff).detach();
  }
  void finish() {
    explorer::expect(Gil::holder() == kNobody && detail::g_gil.waiters() == 0, "nobody is left");
  }
};

// The other never has it: nobody gives it back before it is off.
TEST(GilExplored, ItIsTurnedOffWhileAThreadWaits) {
  EXPECT_EQ(explore_in_two_halves<TurnedOffAgainstReturn>(), (Outcomes{0}));
}

// --- Twin: a thread begins during a switch, in small, and looks at the mode too early (I3). ---

enum class Mistake { kNone, kLooksTooEarly };

template <Mistake kMistake>
struct SmallSwitch {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> attached, stop;
  SysAtomic<bool> on;
  Guarded of_holder;

  void wait_until_zero(const SysAtomic<std::uint32_t>& word) {
    while (word.load(kSeqCst) != 0) platform::futex_wait(word, 1, platform::kNever);
  }
  void clear(SysAtomic<std::uint32_t>& word) {
    word.store(0, kSeqCst);
    platform::futex_wake_all(word);
  }
  // True: attached, and it was off.
  bool attach() {
    for (;;) {
      attached.store(1, kSeqCst);
      const bool early = on.load(kRelaxed);
      const bool stopped = stop.load(kSeqCst) != 0;
      const bool is_on = kMistake == Mistake::kLooksTooEarly ? early : on.load(kRelaxed);
      if (!stopped && !is_on) return true;
      clear(attached);
      if (!stopped) return false;
      wait_until_zero(stop);
    }
  }
  void act(unsigned actor) {
    if (actor == 1) {
      if (!attach()) return;
      of_holder.use();
      return clear(attached);
    }
    stop.store(1, kSeqCst);
    wait_until_zero(attached);
    on.store(true, kRelaxed);
    clear(stop);
    of_holder.use();
  }
};

TEST(GilExplored, TwinIsCaught) {
  const Report sound = explore<SmallSwitch<Mistake::kNone>>();
  EXPECT_TRUE(sound.is_clean()) << sound;
  const Report early = explore<SmallSwitch<Mistake::kLooksTooEarly>>();
  EXPECT_TRUE(early.found(Fault::kRace)) << early;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
