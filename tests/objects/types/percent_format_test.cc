#include "objects/types/percent_format.h"

#include <cmath>

#include "memory/fault.h"
#include "objects/types/dict.h"
#include "tests/objects/types/formats.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class PercentFormatTest : public FormatsTest {
 protected:
  void expect_percent(const std::string& format, const Written& arguments) {
    const Ref<Str> text = str_of(format);
    expect_same(python(text) + " % " + arguments.text,
                binary(BinaryOp::kModulo, text.value(), arguments.value.value()));
  }
  static Written tuple(std::vector<Written> items) {
    Written whole;
    std::vector<Ref<>> values;
    whole.text = "(";
    for (Written& item : items) {
      whole.text += item.text + ", ";
      values.push_back(std::move(item.value));
    }
    if (items.empty()) whole.text = "(";
    whole.text += ")";
    whole.value = Tuple::make(values);
    return whole;
  }
  template <class... Items>
  static Written tuple_of(Items... items) {
    std::vector<Written> all;
    (all.push_back(written(items)), ...);
    return tuple(std::move(all));
  }
  static constexpr std::int64_t n(std::int64_t number) { return number; }
  static Written mapping() {
    const Ref<Dict> dict = Dict::make();
    EXPECT_EQ(dict->set(str_of("a").value(), make_int(n(3))), Status::kDone);
    EXPECT_EQ(dict->set(str_of("(b)").value(), str_of("x")), Status::kDone);
    return {dict.share(), "{\"a\": 3, \"(b)\": \"x\"}"};
  }
};

TEST_F(PercentFormatTest, NumbersAndTextsAsPython) {
  OROCHI_NEED_PYTHON();
  text::Random random{99};
  static constexpr const char* kFlags[] = {"", "", "-", "+", " ", "0", "#", "-0", "#0", "+-", "+ "};
  static constexpr const char* kWidths[] = {"", "", "1", "6", "15"};
  static constexpr const char* kPrecisions[] = {"", "", ".", ".0", ".2", ".12"};
  static constexpr std::string_view kTypes = "diuoxXeEfFgGcrsab%ql";
  for (int i = 0; i < 2'500; ++i) {
    std::string format = "<%";
    format += kFlags[random.below(std::size(kFlags))];
    format += kWidths[random.below(std::size(kWidths))];
    format += kPrecisions[random.below(std::size(kPrecisions))];
    if (random.below(8) == 0) format += "l";
    format += kTypes[random.below(kTypes.size())];
    format += ">";
    switch (random.below(6)) {
      case 0:
        expect_percent(format, written("\u00E9"));
        break;
      case 1:
        expect_percent(format, written(n(-1234)));
        break;
      case 2:
        expect_percent(format, tuple_of(n(97)));
        break;
      case 3:
        expect_percent(format, written(-2.5));
        break;
      case 4:
        expect_percent(format, written(static_cast<double>(INFINITY)));
        break;
      default:
        expect_percent(format, written(n(1'114'111)));
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(PercentFormatTest, ArgumentsAreCounted) {
  OROCHI_NEED_PYTHON();
  for (const char* const format : {"", "abc", "%s", "%s %s", "%%", "%s%%%d", "%*d", "%.*f", "%-*d|",
                                   "%*.*f", "%5%", "%", "%5", "%(a)s", "%s %(a)s"}) {
    expect_percent(format, tuple({}));
    expect_percent(format, tuple_of(n(5)));
    expect_percent(format, tuple_of(n(5), n(3)));
    expect_percent(format, tuple_of(n(-7), n(3), 2.5));
    expect_percent(format, tuple_of("x", n(3)));
    expect_percent(format, written(n(1)));
    expect_percent(format, written("text"));
    expect_percent(format, written(Special::kNone));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(PercentFormatTest, MappingsAreAskedByKeys) {
  OROCHI_NEED_PYTHON();
  for (const char* const format :
       {"%(a)s", "%(a)5d|%(a)x", "%((b))s", "%(zz)s", "%(a", "%(a)", "%(a)%", "%(a)s %s", "no",
        "%d %(a)s", "%(a)*d", "%(a)\u00E9", "%()s"}) {
    expect_percent(format, mapping());
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(PercentFormatTest, LimitsAsPython) {
  OROCHI_NEED_PYTHON();
  for (const char* const format :
       {"%99999999999999999999d", "%.99999999999999d", "%d", "%f", "%c", "%*d", "%.*d"}) {
    expect_percent(format, written_int("1" + std::string(400, '0')));
    expect_percent(format, tuple({}));
  }
  std::vector<Written> large;
  large.push_back(written_int("1180591620717411303424"));
  large.push_back(written(n(1)));
  const Written arguments = tuple(std::move(large));
  expect_percent("%*d", arguments);
  expect_percent("%.*d", arguments);
  expect_percent("%d", written(static_cast<double>(NAN)));
  expect_percent("%d", written(static_cast<double>(INFINITY)));
  expect_percent("%d", written(1e30));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(PercentFormatTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Str> text = str_of("%300s %0400d %r");
  const Written arguments = tuple_of("\u6F22", n(5), "x");
  for (std::uint64_t i = 0;; ++i) {
    Ref<Str> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(i);
      made = format_percent(*text, arguments.value.value());
      allocations = fault.allocations();
    }
    if (allocations <= i) {
      EXPECT_TRUE(made);
      EXPECT_GT(i, 3U);
      break;
    }
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
