// Tokens: what was found once can be seen again.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "memory/raw_mutex.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::Decisions;
using explorer::Deviation;
using explorer::Fault;
using explorer::Replay;
using explorer::Report;
using explorer::Shared;

struct ThreeOnAMutex {
  static constexpr unsigned kActors = 3;
  RawMutex mutex;
  Shared<int> count{0};
  SysAtomic<int> outside;
  void act(unsigned) {
    for (int i = 0; i < 2; ++i) {
      const RawLock lock(mutex);
      count.set(count.get() + 1);
      static_cast<void>(outside.load(kRelaxed));
    }
    outside.fetch_add(1, kRelaxed);
  }
};

TEST(Replay, AThousandRandomTokensLeadToTheSameEvents) {
  const auto program = explorer::program_of<ThreeOnAMutex>();
  explorer::Bounds bounds;
  bounds.spurious = 2;
  std::set<std::uint64_t> different;
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    const auto sample = explorer::sample_once(program, bounds, {.depth = 4, .seed = 42}, i);
    const Replay replay = explorer::replay_program(program, sample.token);
    ASSERT_TRUE(replay.is_valid) << sample.token;
    ASSERT_EQ(replay.hash, sample.hash) << sample.token;
    different.insert(sample.hash);
  }
  EXPECT_GT(different.size(), 100U) << "the same schedule again and again proves nothing";
}

TEST(Replay, TokensAreReadAsTheyAreWritten) {
  Decisions decisions;
  decisions.add({12, Deviation::kSwitch, 2});
  decisions.add({30, Deviation::kStale, 1});
  decisions.add({30, Deviation::kImpatience, 1});
  decisions.add({31, Deviation::kLeap, 1});
  decisions.add({99, Deviation::kSpurious, 1});
  EXPECT_EQ(decisions.text(), "12>2.18~.0!.1^.68?");
  Decisions read;
  ASSERT_TRUE(Decisions::parse(decisions.text(), read));
  EXPECT_EQ(read.text(), decisions.text());
  for (const char* const wrong : {"12", ">2", "12>x", "12>2,", "x", "12>2.."})
    EXPECT_FALSE(Decisions::parse(wrong, read)) << wrong;
}

// A lock that forgets to acquire, among much that has nothing to do with it.
struct ForgottenAcquire {
  static constexpr unsigned kActors = 3;
  SysAtomic<int> word, noise;
  Shared<int> count{0};
  void act(unsigned) {
    for (int i = 0; i < 3; ++i) noise.fetch_add(1, kRelaxed);
    int expected = 0;
    if (!word.compare_exchange(expected, 1, kRelaxed, kRelaxed)) return;
    count.set(count.get() + 1);
    word.store(0, kRelease);
    for (int i = 0; i < 3; ++i) noise.fetch_add(1, kRelaxed);
  }
};

TEST(Replay, AFailureIsMinimised) {
  // With nobody interfering each thread comes after the other, which is enough for this race.
  const Report sampled = explorer::sample<ForgottenAcquire>({.depth = 10, .seed = 3});
  ASSERT_TRUE(sampled.found(Fault::kRace)) << sampled;
  EXPECT_EQ(sampled.token, "ForgottenAcquire:");
}

struct OneWayOnly {
  static constexpr unsigned kActors = 2;
  SysAtomic<int> x, noise;
  void act(unsigned actor) {
    for (int i = 0; i < 4; ++i) noise.fetch_add(1, kRelaxed);
    if (actor == 0) {
      x.store(1, kRelaxed);
      x.store(0, kRelaxed);
    } else {
      explorer::expect(x.load(kSeqCst) == 0, "never between the two stores");
    }
  }
};

TEST(Replay, ATokenIsShortAndReplaysItsFailureWithATrace) {
  explorer::Bounds bounds;
  bounds.stale_reads = 0;
  const Report report =
      explorer::sample<OneWayOnly>({.depth = 5, .schedules = 5'000, .seed = 9}, bounds);
  ASSERT_TRUE(report.found(Fault::kCheck)) << report;
  EXPECT_LE(report.token.size(), 200U);
  EXPECT_EQ(std::count(report.token.begin(), report.token.end(), '>'), 1) << report.token;

  const Replay replay = explorer::replay<OneWayOnly>(report.token);
  ASSERT_TRUE(replay.is_valid);
  EXPECT_EQ(replay.fault, Fault::kCheck);
  EXPECT_EQ(replay.trace, report.trace);
  EXPECT_NE(replay.trace.find("stress/explorer/replay_explore.cc:"), std::string::npos)
      << replay.trace;
  EXPECT_EQ(explorer::replay<OneWayOnly>(report.token).hash, replay.hash);
  EXPECT_FALSE(explorer::replay<OneWayOnly>("SomethingElse:1>2").is_valid);
  EXPECT_FALSE(explorer::replay<OneWayOnly>("OneWayOnly:1>2x").is_valid);
}

TEST(Replay, ATokenThatWouldBeTooLongNamesItsSample) {
  const auto program = explorer::program_of<OneWayOnly>();
  const Replay once = explorer::replay_program(program, "OneWayOnly:@9.17.5.25");
  ASSERT_TRUE(once.is_valid);
  EXPECT_EQ(explorer::replay_program(program, "OneWayOnly:@9.17.5.25").hash, once.hash);
  EXPECT_FALSE(explorer::replay_program(program, "OneWayOnly:@9.17.5").is_valid);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
