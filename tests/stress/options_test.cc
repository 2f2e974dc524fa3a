#include "stress/cli/options.h"

#include <gtest/gtest.h>

namespace orochi::stress {
namespace {

TEST(StressOptions, SayWhatToDo) {
  const Parsed parsed = parse_options(
      {"run", "mutex", "--time", "5m", "--seed=7", "--threads", "2,8", "--shard", "2/3"});
  ASSERT_EQ(parsed.error, "");
  EXPECT_EQ(parsed.options.command, "run");
  EXPECT_EQ(parsed.options.words, std::vector<std::string>{"mutex"});
  EXPECT_EQ(parsed.options.time, 300);
  EXPECT_EQ(parsed.options.seed, 7U);
  EXPECT_EQ(parsed.options.threads, (std::vector<unsigned>{2, 8}));
  EXPECT_EQ(parsed.options.shard, 2U);
  EXPECT_EQ(parsed.options.shards, 3U);
}

TEST(StressOptions, NothingIsHelp) {
  EXPECT_EQ(parse_options({}).options.command, "help");
  EXPECT_EQ(parse_options({"run", "--help"}).options.command, "help");
}

TEST(StressOptions, WhatIsWrongIsOneLineThatSaysWhatToDo) {
  EXPECT_EQ(parse_options({"rnu"}).error, "there is no command 'rnu'; did you mean 'run'?");
  EXPECT_EQ(parse_options({"run", "--sed", "3"}).error,
            "there is no option '--sed'; did you mean '--seed'?");
  EXPECT_EQ(parse_options({"run", "--time", "soon"}).error,
            "--time wants a span like 30s, 15m or 6h, not 'soon'");
  EXPECT_EQ(parse_options({"run", "--seed"}).error, "--seed wants a whole number");
  EXPECT_EQ(parse_options({"run", "--quiet=1"}).error, "--quiet takes no value");
  for (const char* const wrong : {"0/3", "4/3", "3", "x/y", "1/2/3"})
    EXPECT_NE(parse_options({"run", "--shard", wrong}).error, "") << wrong;
  for (const char* const wrong : {"1", "2,", "two", "1000"})
    EXPECT_NE(parse_options({"run", "--threads", wrong}).error, "") << wrong;
  EXPECT_NE(parse_options({"replay"}).error, "");
}

}  // namespace
}  // namespace orochi::stress
