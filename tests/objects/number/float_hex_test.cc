#include "objects/number/float_hex.h"

#include <gtest/gtest.h>

#include "tests/objects/number/doubles.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

std::string printed(double x) {
  char text[kDoubleHexRoom];
  return {text, print_double_hex(text, x)};
}

TEST(FloatHex, WhatIsPrintedIsRead) {
  Doubles doubles{1};
  for (int i = 0; i < 20'000; ++i) {
    const double x = doubles.next();
    if (std::isnan(x)) continue;
    const HexDouble back = parse_double_hex(printed(x));
    ASSERT_EQ(back.fault, HexFault::kNone);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(back.value), std::bit_cast<std::uint64_t>(x));
  }
}

TEST(FloatHex, LargeExponentsAreNoSurprise) {
  EXPECT_EQ(parse_double_hex("0x1p1024").fault, HexFault::kTooLarge);
  EXPECT_EQ(parse_double_hex("0x1.fffffffffffff7fffp1023").value, 0x1.fffffffffffffp1023);
  EXPECT_EQ(parse_double_hex("0x1.fffffffffffff8p1023").fault, HexFault::kTooLarge);
  EXPECT_EQ(parse_double_hex("1p99999999999999999999").fault, HexFault::kTooLarge);
  EXPECT_EQ(parse_double_hex("1p-99999999999999999999").value, 0.0);
  EXPECT_EQ(parse_double_hex("0x" + std::string(2'000, '0') + "1p-3").value, 0.125);
  EXPECT_EQ(parse_double_hex("0x." + std::string(2'000, '0') + "1p8003").value, 0.5);
}

TEST(FloatHex, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(
      "def read(t): return raises((ValueError, OverflowError), float.fromhex, t) or "
      "float.fromhex(t)");
  Doubles doubles{2};
  std::vector<std::string> texts{"",       "0x",      ".",         "0x.",   "1",      "-1.8",
                                 "0x1.8p", "0x1.8p+", "1p1",       "+.8P1", "0x.1",   "1.2.3",
                                 "1 p1",   "inf",     "-Infinity", "1p 1",  "0X1P-1", "--1",
                                 "p1",     "0xg",     " 1 ",       "1p--1", "1p1.",   "-0"};
  for (int i = 0; i < 3'000; ++i) {
    const double x = doubles.next();
    if (std::isnan(x)) continue;
    python.expect(python_literal(x) + ".hex() == '" + printed(x) + "'");
    // More digits than there are bits: rounding.
    std::string text = doubles.below(2) == 0 ? "0x1." : "-.0";
    for (std::uint64_t digits = doubles.below(20); digits != 0; --digits)
      text += "0008f"[doubles.below(5)];
    texts.push_back(text + (text.back() == '.' ? "0" : "") + "p-" +
                    std::to_string(doubles.below(1'090)));
  }
  for (const std::string& text : texts) {
    const HexDouble ours = parse_double_hex(text);
    const char* const kMessages[] = {"", "'invalid hexadecimal floating-point string'",
                                     "'hexadecimal value too large to represent as a float'"};
    const std::string answer = ours.fault == HexFault::kNone
                                   ? python_literal(ours.value)
                                   : kMessages[static_cast<int>(ours.fault)];
    python.expect("repr(read('" + text + "')) == repr(" + answer + ")");
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
