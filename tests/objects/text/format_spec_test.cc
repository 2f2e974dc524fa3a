#include "objects/text/format_spec.h"

#include <gtest/gtest.h>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

FormatSpec parsed(std::u32string_view text) {
  const ParsedSpec result = parse_format_spec(Text{text}, 'd', '>');
  EXPECT_EQ(result.fault, FormatFault::kNone);
  return result.spec;
}

TEST(FormatSpec, EveryPartHasItsPlace) {
  const FormatSpec spec = parsed(U"*^+z#12,.7f");
  EXPECT_EQ(spec.fill, CodePoint{'*'});
  EXPECT_EQ(spec.align, '^');
  EXPECT_EQ(spec.sign, '+');
  EXPECT_TRUE(spec.no_negative_zero && spec.alternate);
  EXPECT_EQ(spec.width, 12);
  EXPECT_EQ(spec.grouping, ',');
  EXPECT_EQ(spec.precision, 7);
  EXPECT_EQ(spec.type, CodePoint{'f'});
}

TEST(FormatSpec, DefaultsAreTheTypes) {
  const FormatSpec spec = parsed(U"");
  EXPECT_EQ(spec.type, CodePoint{'d'});
  EXPECT_EQ(spec.align, '>');
  EXPECT_EQ(spec.width, -1);
  EXPECT_EQ(parsed(U"08").align, '=');
  EXPECT_EQ(parsed(U"<08").align, '<');
  EXPECT_EQ(parsed(U"<08").fill, CodePoint{'0'});
  EXPECT_EQ(parsed(U"x<08").fill, CodePoint{'x'}) << "the 0 belongs to the width then";
  EXPECT_EQ(parsed(U"==8").fill, CodePoint{'='});
  EXPECT_EQ(parsed(U"\U00010330>5").fill, CodePoint{0x10330});
  EXPECT_EQ(parsed(U"\u0664\u0662").width, 42);
}

std::string message(FormatFault fault, const FormatSpec& spec, std::string_view type_name) {
  std::string text(kFormatMessageRoom + type_name.size(), '?');
  text.resize(print_format_fault(text.data(), fault, spec, type_name));
  return text;
}

TEST(FormatSpec, PythonComplainsAboutTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute("fault = lambda v, s: raises(ValueError, format, v, s) or ''");
  const struct {
    const char* value;
    const char* name;
    char type;
    char align;
    FormatFault (*check)(const FormatSpec&) noexcept;
  } objects[] = {{"1", "int", 'd', '>', check_integer_spec},
                 {"1.5", "float", '\0', '>', check_float_spec},
                 {"1j", "complex", '\0', '>', check_complex_spec},
                 {"'a'", "str", 's', '<', check_text_spec}};
  Random random{1};
  for (int i = 0; i < 6'000; ++i) {
    const Text text{random.of(U"<>=^+- z#00123,_..bcdeEfFgGnosxX%y\u0664\u1234", random.below(6))};
    for (const auto& object : objects) {
      ParsedSpec result = parse_format_spec(text, object.type, object.align);
      if (result.fault == FormatFault::kNone) result.fault = object.check(result.spec);
      std::string expected = python_text(Text{U""});
      if (result.fault == FormatFault::kInvalidSpecifier)
        expected = "\"Invalid format specifier '\" + " + python_text(text) +
                   " + \"' for object of type '" + object.name + "'\"";
      else if (result.fault != FormatFault::kNone)
        expected = "r\"" + message(result.fault, result.spec, object.name) + "\"";
      python.expect(std::string("fault(") + object.value + ", " + python_text(text) +
                    ") == " + expected);
    }
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(FormatSpec, NumbersHaveAnEnd) {
  EXPECT_EQ(parsed(U"9223372036854775807").width, 9223372036854775807);
  const auto fault = [](std::u32string_view text) {
    return parse_format_spec(Text{text}, 'd', '>').fault;
  };
  EXPECT_EQ(fault(U"9223372036854775808"), FormatFault::kTooManyDigits);
  EXPECT_EQ(fault(U".9223372036854775808"), FormatFault::kTooManyDigits);
  EXPECT_EQ(check_float_spec(parsed(U".2147483648f")), FormatFault::kPrecisionTooBig);
  EXPECT_EQ(check_float_spec(parsed(U".1000f")), FormatFault::kNone);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
