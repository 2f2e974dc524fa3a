#include "objects/text/format_layout.h"

#include <gtest/gtest.h>

#include "objects/number/float_format.h"
#include "objects/number/int_text.h"
#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

Points written(const FormatSpec& spec, const NumberText& number) {
  const NumberLayout layout = lay_out(spec, number);
  Points points(layout.size);
  write_number(points.data(), sizeof(CodePoint), layout, spec, number);
  return points;
}

// As int.__format__ would do it.
Points format_int(std::int64_t value, const FormatSpec& spec) {
  const int base = spec.type == 'x' ? 16 : spec.type == 'o' ? 8 : spec.type == 'b' ? 2 : 10;
  const integer::Small small{value};
  const integer::View magnitude = small.view().abs();
  char digits[80];
  const std::size_t size = integer::print_int(digits, magnitude, base, {});
  const std::string prefix{'0', static_cast<char>(spec.type)};
  const bool has_prefix = spec.alternate && base != 10;
  return written(
      spec,
      {value < 0, has_prefix ? std::string_view{prefix} : std::string_view{}, {digits, size}, {}});
}

// As float.__format__ would do it.
Points format_float(double value, const FormatSpec& spec) {
  const FloatStyle style{static_cast<char>(spec.type), static_cast<int>(spec.precision),
                         spec.alternate};
  std::string text(format_double_room(style), '?');
  const PrintedDouble printed = format_double(text.data(), value, style);
  const bool negative = printed.negative && !(spec.no_negative_zero && printed.is_zero);
  const std::string_view all{text.data(), printed.size};
  return written(
      spec,
      {negative, {}, all.substr(0, printed.integer_digits), all.substr(printed.integer_digits)});
}

TEST(FormatLayout, ASeparatorIsNeverFirst) {
  const FormatSpec spec = parse_format_spec(Text{U"08,"}, 'd', '>').spec;
  EXPECT_EQ(python_text(Text{format_int(1234, spec)}), "\"0,001,234\"");
  EXPECT_EQ(python_text(Text{format_int(-1234, spec)}), "\"-001,234\"");
}

TEST(FormatLayout, FillsMayBeWiderThanNumbers) {
  const FormatSpec spec = parse_format_spec(Text{U"\u2022^7"}, 'd', '>').spec;
  EXPECT_EQ(format_int(12, spec), (Points{0x2022, 0x2022, '1', '2', 0x2022, 0x2022, 0x2022}));
}

TEST(FormatLayout, TextsArePadded) {
  const auto padding = [](std::u32string_view spec) {
    const Padding around = pad(parse_format_spec(Text{spec}, 's', '<').spec, 3);
    return std::pair{around.left, around.right};
  };
  using Sides = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(padding(U"8"), (Sides{0, 5}));
  EXPECT_EQ(padding(U">8"), (Sides{5, 0}));
  EXPECT_EQ(padding(U"^8"), (Sides{2, 3}));
  EXPECT_EQ(padding(U"2"), (Sides{0, 0}));
}

TEST(FormatLayout, PythonFormatsTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Random random{1};
  const double floats[] = {0.0,   -0.0,     1.5,       -1234567.891, 1e20,
                           -1e-7, HUGE_VAL, -HUGE_VAL, 999999.5};
  for (int i = 0; i < 8'000; ++i) {
    // Each part or not, in their order.
    std::u32string text;
    const auto maybe = [&](std::u32string_view choices) {
      if (random.below(2) == 0) text += choices[random.below(choices.size())];
    };
    if (random.below(2) == 0) maybe(U"*0\u2022");
    if (!text.empty() || random.below(2) == 0) text += U"<>=^"[random.below(4)];
    maybe(U" +-");
    const bool is_int = random.below(2) == 0;
    if (!is_int) maybe(U"z");
    maybe(U"#");
    maybe(U"0");
    for (const char c : std::to_string(random.below(30))) text += static_cast<char32_t>(c);
    maybe(U",_");
    if (!is_int && random.below(2) == 0) text += {U'.', U"012345"[random.below(6)]};
    maybe(is_int ? U"dboxd" : U"efgEG%F");
    const Text spec_text{text};
    const ParsedSpec parsed = parse_format_spec(spec_text, is_int ? 'd' : '\0', '>');
    if (parsed.fault != FormatFault::kNone) continue;
    const double x = floats[random.below(std::size(floats))];
    const auto n = static_cast<std::int64_t>(random.below(1ULL << random.below(63))) - 500;
    char value[64];
    std::snprintf(value, sizeof value, "float.fromhex('%a')", x);
    python.expect(
        "format(" + (is_int ? std::to_string(n) : value) + ", " + python_text(spec_text) + ") == " +
        python_text(Text{is_int ? format_int(n, parsed.spec) : format_float(x, parsed.spec)}));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
