// Threads compute, block, begin, exit and run undeclared code, while one switches the GIL between
// its modes, its rules and its intervals.
//
//   who         does                                                      must never happen
//   computing   passes safepoints, changes what the GIL or the world      two inside at once
//               guards whenever one of them does
//   blocking    detaches and attaches in between                          the same
//   mayfly      begins, does that once, exits                             a slot that stays taken
//   undeclared  runs stretches of undeclared code, and blocks in them     others run beside it
//   everybody                                                             no progress for seconds
//
// What is guarded is plain, so ThreadSanitizer sees each overlap even where it goes well. The twin
// has a thread that does not care whether it is attached, and must be caught.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "runtime/gil.h"
#include "runtime/thread.h"
#include "runtime/world.h"
#include "stress/seconds.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using platform::kMicrosecond;
using platform::kMillisecond;

// What one thread at a time may touch. Counts who is inside, and keeps two plain words equal.
class Guarded {
 public:
  void visit() {
    if (inside_.fetch_add(1U, kRelaxed) != 0) overlaps_.fetch_add(1U, kRelaxed);
    if (first_ != last_) overlaps_.fetch_add(1U, kRelaxed);
    ++first_;
    linger();
    ++last_;
    inside_.fetch_sub(1U, kRelaxed);
  }
  // As above, less what ThreadSanitizer would stop at: for the twin.
  void visit_without_plain_words() {
    if (inside_.fetch_add(1U, kRelaxed) != 0) overlaps_.fetch_add(1U, kRelaxed);
    linger();
    inside_.fetch_sub(1U, kRelaxed);
  }
  [[nodiscard]] std::uint64_t overlaps() const { return overlaps_.load(kRelaxed); }

 private:
  static void linger() {
    for (int i = 0; i < 20; ++i) platform::spin_pause();
  }

  SysAtomic<std::uint32_t> inside_{0};
  SysAtomic<std::uint64_t> overlaps_{0};
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;
};

class Scene {
 public:
  static constexpr std::size_t kComputing = 2;
  static constexpr std::size_t kBlocking = 2;
  static constexpr std::size_t kMayflies = 1;
  static constexpr std::size_t kUndeclared = 1;
  static constexpr std::size_t kAll = kComputing + kBlocking + kMayflies + kUndeclared;

  void begin() {
    for (std::size_t i = 0; i < kComputing; ++i) add([this] { compute(); });
    for (std::size_t i = 0; i < kBlocking; ++i) add([this] { block(); });
    for (std::size_t i = 0; i < kMayflies; ++i) add([this] { live_a_day(); });
    for (std::size_t i = 0; i < kUndeclared; ++i) add([this] { run_undeclared(); });
  }
  void end() {
    raise(end_);
    for (std::thread& thread : threads_) join_detached(thread);
  }

  // Every thread has got on since the last call. The caller passes safepoints meanwhile.
  [[nodiscard]] bool all_progress() {
    std::uint64_t before[kAll];
    for (std::size_t i = 0; i < kAll; ++i) before[i] = turns_[i].load(kRelaxed);
    return eventually_at_safepoints([&] {
      for (std::size_t i = 0; i < kAll; ++i)
        if (turns_[i].load(kRelaxed) == before[i]) return false;
      return true;
    });
  }

  Guarded guarded;

 private:
  template <class Body>
  void add(Body body) {
    const std::size_t number = threads_.size();
    threads_.emplace_back([this, number, body] {
      while (!is_raised(end_)) {
        body();
        turns_[number].fetch_add(1U, kRelaxed);
      }
    });
  }

  // Attached. In scoped mode nothing guards it but an exclusive world.
  void visit_if_guarded() {
    if (Gil::is_on() || World::is_stopped_by_me()) guarded.visit();
  }

  void compute() {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    for (int i = 0; i < 2'000; ++i) {
      visit_if_guarded();
      safepoint();
    }
    Thread::exit();
  }

  void block() {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    for (int i = 0; i < 200; ++i) {
      { const Detached blocking; }
      visit_if_guarded();
      safepoint();
    }
    Thread::exit();
  }

  void live_a_day() {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    visit_if_guarded();
    Thread::exit();
  }

  void run_undeclared() {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    for (int i = 0; i < 20; ++i) {
      {
        const ScopedExclusive stretch;
        visit_if_guarded();
        { const Detached blocking; }
        visit_if_guarded();
        const ScopedExclusive nested;
        visit_if_guarded();
      }
      safepoint();
    }
    Thread::exit();
  }

  Flag end_{false};
  SysAtomic<std::uint64_t> turns_[kAll] = {};
  std::vector<std::thread> threads_;
};

// One round of settings. Scoped may be refused while a stretch is open that began in another mode.
void change_settings(std::uint64_t round) {
  if constexpr (kPolicy.parallel) {
    constexpr GilMode kModes[] = {GilMode::kOn, GilMode::kOff, GilMode::kOn, GilMode::kScoped};
    const GilSwitch result = Gil::set_mode(kModes[round % 4]);
    ASSERT_TRUE(result == GilSwitch::kDone || result == GilSwitch::kInUse);
  }
  Gil::set_rule(round % 3 == 0 ? GilRule::kIntervalOnly : GilRule::kPreferReturning);
  Gil::set_interval(round % 5 == 0 ? kMillisecond : 50 * kMicrosecond);
}

TEST(GilStress, SwitchingItLosesNothing) {
  const Known known;
  Scene scene;
  scene.begin();
  const auto deadline = stress::deadline();
  std::uint64_t round = 0;
  do {
    for (int i = 0; i < 50; ++i) {
      change_settings(round++);
      safepoint();
    }
    ASSERT_TRUE(scene.all_progress()) << "somebody starves after " << round << " rounds";
    ASSERT_EQ(scene.guarded.overlaps(), 0U);
  } while (std::chrono::steady_clock::now() < deadline);
  scene.end();
  EXPECT_EQ(scene.guarded.overlaps(), 0U);
  EXPECT_EQ(Gil::set_mode(kPolicy.parallel ? GilMode::kOff : GilMode::kOn), GilSwitch::kDone);
  RecordProperty("rounds", std::to_string(round));
}

// A thread visits without being attached.
TEST(GilStress, TwinIsCaught) {
  const Known known;
  ASSERT_EQ(Gil::set_mode(GilMode::kOn), GilSwitch::kDone);
  Guarded guarded;
  Flag end{false};
  std::thread heedless([&] {
    while (!is_raised(end)) guarded.visit_without_plain_words();
  });
  EXPECT_TRUE(eventually_at_safepoints([&] {
    guarded.visit_without_plain_words();
    return guarded.overlaps() != 0;
  }));
  raise(end);
  join_detached(heedless);
  EXPECT_EQ(Gil::set_mode(kPolicy.parallel ? GilMode::kOff : GilMode::kOn), GilSwitch::kDone);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
