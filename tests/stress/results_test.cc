#include "stress/cli/results.h"

#include <gtest/gtest.h>

#include "stress/cli/reports.h"

namespace orochi::stress {
namespace {

void add(Results& results, std::initializer_list<const char*> lines) {
  for (const char* const line : lines) results.add(line);
}

Results some_results() {
  Results results;
  add(results,
      {"scenario\tdoor\tIs it <open>?\tplain", "actor\tdoor\topener", "shows\tdoor\topen",
       "row\tdoor\t1\tacceptable\topen", "row\tdoor\t0\tFORBIDDEN\tshut",
       "twin\tdoor\tstuck\topens nothing\tboth", "twin\tdoor\tslow\topens late\texplorer"});
  return results;
}

TEST(StressResults, WhatIsAllowedPasses) {
  Results results = some_results();
  add(results,
      {"outcome\tdoor\thammer\t2 pinned\t0\t1\t10", "hammered\tdoor\t2 pinned\t10\t0.5\t1e6",
       "outcome\tdoor/stuck\thammer\t2 pinned\t1\t0\t1",
       "hammered\tdoor/stuck\t2 pinned\t3\t0.1\t1e6"});
  EXPECT_TRUE(results.failed().empty());
  EXPECT_EQ(results.tried().size(), 1U);
  EXPECT_EQ(results.find("door")->trial.rounds(), 10U);
}

TEST(StressResults, AForbiddenOutcomeFails) {
  Results results = some_results();
  add(results,
      {"outcome\tdoor\thammer\t2 pinned\t1\t0\t1", "hammered\tdoor\t2 pinned\t1\t0.5\t1e6"});
  ASSERT_EQ(results.failed().size(), 1U);
  EXPECT_EQ(results.failed()[0]->complaints()[0], "hammer: 0: shut (1 time, 2 pinned)");
}

TEST(StressResults, AnOutcomeThatNobodyListedFails) {
  Results results = some_results();
  add(results,
      {"outcome\tdoor\thammer\t2 pinned\tunlisted\t7\t1", "hammered\tdoor\t2 pinned\t1\t0.5\t1e6"});
  ASSERT_EQ(results.failed().size(), 1U);
  EXPECT_NE(results.failed()[0]->complaints()[0].find("nobody expects"), std::string::npos);
}

TEST(StressResults, AHangOrACrashFails) {
  Results results = some_results();
  add(results, {"fault\tdoor\thammer\thang\tnothing got on for 10 s\t0"});
  EXPECT_EQ(results.failed().size(), 1U);
}

TEST(StressResults, ATwinThatIsNotCaughtFails) {
  Results results = some_results();
  add(results,
      {"hammered\tdoor\t2 pinned\t10\t0.5\t1e6", "outcome\tdoor/stuck\thammer\t2 pinned\t0\t1\t9",
       "hammered\tdoor/stuck\t2 pinned\t9\t0.1\t1e6"});
  ASSERT_EQ(results.failed().size(), 1U);
  EXPECT_EQ(results.failed()[0]->complaints()[0],
            "the hammer did not catch the twin stuck in 9 rounds");
}

TEST(StressResults, RealThreadsMayMissATwinThatTheExplorerCaught) {
  Results results = some_results();
  add(results, {"hammered\tdoor/stuck\t2 pinned\t9\t0.1\t1e6",
                "explored\tdoor/stuck\tfailed\t5\t9\t0.1\t2\t2",
                "fault\tdoor/stuck\texplorer\tdeadlock\tnobody goes on\t5"});
  EXPECT_TRUE(results.failed().empty());
}

TEST(StressResults, OnlyWhoCanShowATwinMustCatchIt) {
  Results results = some_results();
  add(results, {"hammered\tdoor/slow\t2 pinned\t9\t0.1\t1e6"});
  EXPECT_TRUE(results.failed().empty());
  add(results, {"explored\tdoor/slow\tbound reached\t5\t9\t0.1\t2\t2"});
  EXPECT_EQ(results.failed().size(), 1U);
}

TEST(StressResults, RandomSchedulesAreKeptBesideTheExhaustiveOnes) {
  Results results = some_results();
  add(results, {"explored\tdoor\tbudget cut\t5\t9\t0.1\t2\t2", "sampled\tdoor\t700\t3\t0.25\t1.5"});
  const Exploration& exploration = results.find("door")->trial.exploration;
  EXPECT_EQ(exploration.schedules, 5U);
  EXPECT_EQ(exploration.sampling.schedules, 700U);
  EXPECT_EQ(exploration.sampling.depth, 3U);
  EXPECT_DOUBLE_EQ(exploration.sampling.chance, 0.25);
}

TEST(StressResults, LogsOfShardsAddUp) {
  Results results = some_results();
  for (int shard = 0; shard < 2; ++shard)
    add(results, {"scenario\tdoor\tIs it <open>?\tplain", "row\tdoor\t1\tacceptable\topen",
                  "row\tdoor\t0\tFORBIDDEN\tshut", "outcome\tdoor\thammer\t2 pinned\t0\t1\t10",
                  "hammered\tdoor\t2 pinned\t10\t0.5\t1e6"});
  EXPECT_EQ(results.scenarios.size(), 1U);
  EXPECT_EQ(results.find("door")->rows.size(), 2U);
  EXPECT_EQ(results.find("door")->count_of(results.find("door")->trial, 0), 20U);
}

TEST(StressResults, ARaceThatWasMissedMakesARunVoid) {
  Results results;
  add(results, {"calibrated\tone\tshown\t10\t3\t0.1\t1e6\t0\tWell?"});
  EXPECT_FALSE(results.is_void());
  add(results, {"calibrated\tother\tMISSED\t10\t0\t0.1\t1e6\t0\tWell?"});
  EXPECT_TRUE(results.is_void());
}

TEST(StressResults, LinesThatAreCutOrUnknownSayNothing) {
  Results results = some_results();
  add(results, {"", "outcome\tdoor", "hammered\tnobody\t2 pinned\t10\t0.5\t1e6", "whatever\tx\ty"});
  EXPECT_TRUE(results.tried().empty());
}

TEST(StressReports, TellOfFailuresAndEscapeWhatTheyQuote) {
  Results results = some_results();
  add(results, {"fault\tdoor\texplorer\tdata race\ta \"b\" <c> & \\d\t3", "token\tdoor\tdoor:1>2",
                "trace\tdoor\tstep one"});
  const std::string json = json_report(results);
  EXPECT_NE(json.find("\"passed\": false"), std::string::npos) << json;
  EXPECT_NE(json.find("a \\\"b\\\" <c> & \\\\d"), std::string::npos) << json;
  const std::string junit = junit_report(results);
  EXPECT_NE(junit.find("failures=\"1\""), std::string::npos) << junit;
  EXPECT_NE(junit.find("a &quot;b&quot; &lt;c&gt; &amp; \\d"), std::string::npos) << junit;
  const std::string html = html_report(results);
  EXPECT_NE(html.find("Is it &lt;open&gt;?"), std::string::npos) << html;
  EXPECT_NE(html.find("replay 'door:1&gt;2'"), std::string::npos) << html;
  EXPECT_EQ(html.find("http"), std::string::npos) << "the page needs no network";
}

}  // namespace
}  // namespace orochi::stress
