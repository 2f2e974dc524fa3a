#include "stress/cli/text.h"

#include <gtest/gtest.h>

namespace orochi::stress {
namespace {

TEST(StressText, SpansOfTimeHaveUnits) {
  EXPECT_EQ(span_of("90"), 90.0);
  EXPECT_EQ(span_of("500ms"), 0.5);
  EXPECT_EQ(span_of("15m"), 900.0);
  EXPECT_EQ(span_of("6h"), 21600.0);
  for (const char* const wrong : {"", "s", "-3s", "0", "3 s", "3d", "inf", "nan", "1e999"})
    EXPECT_EQ(span_of(wrong), std::nullopt) << wrong;
}

TEST(StressText, WholeNumbersAreWhole) {
  EXPECT_EQ(whole_number("42"), 42U);
  for (const char* const wrong : {"", "-1", "4x", "x", "99999999999999999999"})
    EXPECT_EQ(whole_number(wrong), std::nullopt) << wrong;
}

TEST(StressText, APatternMatchesAllOrAPart) {
  EXPECT_TRUE(matches("mutex", "raw_mutex"));
  EXPECT_TRUE(matches("raw*", "raw_mutex"));
  EXPECT_TRUE(matches("*mu*x", "raw_mutex"));
  EXPECT_FALSE(matches("mutex*", "raw_mutex"));
  EXPECT_FALSE(matches("event", "raw_mutex"));
}

TEST(StressText, WhatWasMeantIsClose) {
  EXPECT_EQ(closest("mutx", {"event", "mutex"}), "mutex");
  EXPECT_EQ(closest("zzzzzz", {"event", "mutex"}), "");
}

TEST(StressText, NumbersHaveNoMoreDigitsThanTheyDeserve) {
  EXPECT_EQ(count_text(9'999), "9999");
  EXPECT_EQ(count_text(12'345), "12 k");
  EXPECT_EQ(count_text(1'234'567), "1.2 M");
  EXPECT_EQ(span_text(1.234), "1.2 s");
  EXPECT_EQ(span_text(125), "2 min 5 s");
  EXPECT_EQ(share_text(0.000001), "1.0 ppm");
  EXPECT_EQ(share_text(0), "");
}

}  // namespace
}  // namespace orochi::stress
