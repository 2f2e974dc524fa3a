#include "runtime/once.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

TEST(Once, RunsOnceAndRemembers) {
  Once once;
  int runs = 0;
  const auto attempt = [&] { return ++runs > 0; };
  EXPECT_FALSE(once.is_done());
  EXPECT_TRUE(once.run(attempt));
  EXPECT_TRUE(once.run(attempt));
  EXPECT_TRUE(once.is_done());
  EXPECT_EQ(runs, 1);
}

TEST(Once, AFailureLetsTheNextTry) {
  Once once;
  int runs = 0;
  const auto attempt = [&] { return ++runs == 3; };
  EXPECT_FALSE(once.run(attempt));
  EXPECT_FALSE(once.run(attempt));
  EXPECT_FALSE(once.is_done());
  EXPECT_TRUE(once.run(attempt));
  EXPECT_EQ(runs, 3);
}

TEST(Once, AChildStartsAnInterruptedTryAnew) {
  Once once;
  EXPECT_TRUE(once.run([&] {
    once.reset_after_fork();  // as a child forked in the middle would
    return once.run([] { return true; });
  }));
}

TEST(OnceConcurrency, OneOfManyRunsItAndAllSeeIt) {
  for (int round = 0; round < 100; ++round) {
    Once once;
    int result = 0;  // plain: ThreadSanitizer judges
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        EXPECT_TRUE(once.run([&] {
          platform::yield();
          ++result;
          return true;
        }));
        EXPECT_EQ(result, 1);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
}

TEST(OnceConcurrency, WhoWaitedForAFailureTriesItself) {
  Once once;
  testing::Flag entered{false};
  testing::Flag may_fail{false};
  std::thread first([&] {
    EXPECT_FALSE(once.run([&] {
      testing::raise(entered);
      EXPECT_TRUE(testing::eventually([&] { return testing::is_raised(may_fail); }));
      return false;
    }));
  });
  ASSERT_TRUE(testing::eventually([&] { return testing::is_raised(entered); }));
  std::thread second([&] { EXPECT_TRUE(once.run([] { return true; })); });
  platform::sleep_for(platform::kMillisecond);  // lets it fall asleep; right either way
  testing::raise(may_fail);
  first.join();
  second.join();
  EXPECT_TRUE(once.is_done());
}

TEST(OnceDeathTest, ATryThatWaitsForItselfDies) {
  if constexpr (!kDebug) GTEST_SKIP() << "checked in debug builds";
  EXPECT_DEATH(
      {
        Once once;
        static_cast<void>(once.run([&] { return once.run([] { return true; }); }));
      },
      "this thread holds");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
