#include "objects/number/int_text.h"

#include <gtest/gtest.h>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

std::optional<Number> parsed(std::string_view text, int base) {
  const std::optional<IntText> found = scan_int_text(text, base);
  if (!found) return std::nullopt;
  const Room out{parse_int_room(*found)};
  const Room scratch{parse_int_scratch(*found)};
  return Number{parse_int(out, *found, scratch)};
}

std::string printed(View a, int base) {
  std::string text(print_int_room(a, base), '?');
  const Room scratch{print_int_scratch(a, base)};
  text.resize(print_int(text.data(), a, base, scratch));
  return text;
}

TEST(IntText, WhatIsPrintedIsRead) {
  Numbers numbers{1};
  for (int base = 2; base <= kMaxBase; ++base) {
    for (const std::size_t limbs : {1U, 2U, 5U, 40U, 400U}) {
      const Number a = numbers.next(limbs);
      ASSERT_TRUE(equal(*parsed(printed(a, base), base), a)) << base << ' ' << hex(a);
    }
  }
}

TEST(IntText, LongTextsAreReadAndPrinted) {
  std::string digits(200'000, '7');
  const Number a = *parsed(digits, 10);
  EXPECT_EQ(printed(a, 10), digits);
  const std::string zeros(50'000, '0');
  EXPECT_TRUE(equal(*parsed(zeros + digits, 10), a)) << "leading zeros";
  EXPECT_TRUE(parsed(zeros, 10)->view().is_zero());
}

TEST(IntText, PythonAgreesOnWhatIsAnInteger) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute("def read(t, b): return None if raises(ValueError, int, t, b) else int(t, b)");
  const char* const texts[] = {"",
                               "0",
                               "-0",
                               "+1",
                               " 12 ",
                               "1_000",
                               "_1",
                               "1_",
                               "1__0",
                               "- 1",
                               "--1",
                               "0x1f",
                               "0X_1F",
                               "0x",
                               "0x_",
                               "0x__1",
                               "0b101",
                               "0B2",
                               "0o17",
                               "017",
                               "00",
                               "0_0",
                               "0_7",
                               "-0x1",
                               "+0b1",
                               "1 2",
                               "z",
                               "Zz",
                               "\\t7\\n",
                               "\\v7\\f",
                               "1e5",
                               "1.0",
                               "0x1g",
                               "0_x1",
                               "0b",
                               "0b_1",
                               "0o_",
                               "x1",
                               "0 x1",
                               "1\\x00",
                               "12345678901234567890123",
                               "0xffffffffffffffffffffffff",
                               "1_2_3_4_5_6_7_8_9_0_1_2_3_4",
                               " ",
                               "-",
                               "+",
                               "_",
                               "0__0",
                               "0x1_f"};
  for (const char* const escaped : texts) {
    std::string text;
    for (const char* c = escaped; *c != 0; ++c) {
      if (*c != '\\') {
        text += *c;
      } else if (c[1] == 'x') {
        text += '\0';
        c += 3;
      } else {
        const std::string_view letters = "tnvf";
        text += "\t\n\v\f"[letters.find(*++c)];
      }
    }
    for (const int base : {0, 2, 8, 10, 16, 36}) {
      const std::optional<Number> ours = parsed(text, base);
      python.expect(std::string("read('") + escaped + "', " + std::to_string(base) +
                    ") == " + (ours ? hex(*ours) : "None"));
    }
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(IntText, PythonPrintsTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Numbers numbers{2};
  for (int i = 0; i < 1'500; ++i) {
    const Number a = numbers.next(i % 50 == 0 ? 300 : 4);
    python.expect("str(" + hex(a) + ") == '" + printed(a, 10) + "'");
    python.expect("format(" + hex(a) + ", 'o') == '" + printed(a, 8) + "'");
    const int base = static_cast<int>(2 + numbers.below(35));
    python.expect("int('" + printed(a, base) + "', " + std::to_string(base) + ") == " + hex(a));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
