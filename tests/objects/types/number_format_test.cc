#include "objects/types/number_format.h"

#include <cmath>

#include "memory/fault.h"
#include "objects/types/char_room.h"
#include "tests/objects/types/formats.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class NumberFormatTest : public FormatsTest {
 protected:
  void expect_format(const Written& value, const std::string& spec) {
    const Ref<Str> read = str_of(spec);
    expect_same("format(" + value.text + ", " + python(read) + ")",
                format(value.value.value(), *read));
  }
  // A specifier made of parts that may be there, most of which are no mistake.
  std::string random_spec(std::string_view types) {
    static constexpr const char* kAligns[] = {"",  "",   "<",       ">",  "^",
                                              "=", "*<", "\u00E9^", "0=", "\u6F22>"};
    static constexpr const char* kSigns[] = {"", "", "+", "-", " "};
    static constexpr const char* kFlags[] = {"", "", "", "#", "0", "#0", "z", "z0"};
    static constexpr const char* kWidths[] = {"", "1", "7", "12", "25"};
    static constexpr const char* kGroups[] = {"", "", "", ",", "_"};
    static constexpr const char* kPrecisions[] = {"", "", ".0", ".1", ".3", ".20"};
    std::string spec;
    spec += kAligns[random_.below(std::size(kAligns))];
    spec += kSigns[random_.below(std::size(kSigns))];
    spec += kFlags[random_.below(std::size(kFlags))];
    spec += kWidths[random_.below(std::size(kWidths))];
    spec += kGroups[random_.below(std::size(kGroups))];
    spec += kPrecisions[random_.below(std::size(kPrecisions))];
    if (random_.below(4) != 0) spec += types[random_.below(types.size())];
    return spec;
  }

  text::Random random_{20'240'819};
};

TEST_F(NumberFormatTest, IntegersAsPython) {
  OROCHI_NEED_PYTHON();
  std::vector<Written> values;
  for (const std::int64_t number : {0, 1, -1, 65, 255, -4096, 0x6F22, 1'234'567, 0x110000})
    values.push_back(written(number));
  values.push_back(written_int("-123456789012345678901234567890"));
  values.push_back(written(Special::kTrue));
  for (int i = 0; i < 1'500; ++i)
    expect_format(values[random_.below(values.size())], random_spec("dbcdoxXneEfFgG%sq"));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFormatTest, FloatsAsPython) {
  OROCHI_NEED_PYTHON();
  std::vector<Written> values;
  for (const double number :
       {0.0, -0.0, 1.0, -1.5, 0.1, 1234567.891, 1e16, -1e-7, 1e300, 5e-324, -0.001,
        static_cast<double>(INFINITY), -static_cast<double>(INFINITY), static_cast<double>(NAN)})
    values.push_back(written(number));
  for (int i = 0; i < 1'500; ++i)
    expect_format(values[random_.below(values.size())], random_spec("eEfFgGn%ds"));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFormatTest, ComplexNumbersAsPython) {
  OROCHI_NEED_PYTHON();
  std::vector<Written> values;
  for (const double real : {0.0, -0.0, 1.0, -1234.5678, 1e20, static_cast<double>(NAN)}) {
    for (const double imag : {0.0, -0.0, 2.0, -0.125, static_cast<double>(INFINITY)})
      values.push_back(written(ComplexNumber{real, imag}));
  }
  for (int i = 0; i < 1'500; ++i)
    expect_format(values[random_.below(values.size())], random_spec("eEfFgGn%dx"));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFormatTest, TextsAsPython) {
  OROCHI_NEED_PYTHON();
  std::vector<Written> values;
  for (const char* const text : {"", "a", "abcdef", "\u00E9t\u00E9", "\u6F22\u5B57", "\U0001F600"})
    values.push_back(written(text));
  for (int i = 0; i < 600; ++i)
    expect_format(values[random_.below(values.size())], random_spec("ssssd"));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFormatTest, FaultsInPythonsWords) {
  OROCHI_NEED_PYTHON();
  for (const char* const spec : {"10x1",
                                 "zz",
                                 ",n",
                                 ".",
                                 "é",
                                 "99999999999999999999",
                                 ".99999999999999999999",
                                 ",_",
                                 "\x01",
                                 "d ",
                                 "{}",
                                 "s",
                                 "'",
                                 "+s",
                                 " s",
                                 "z",
                                 "#s",
                                 "=5s",
                                 ".3d",
                                 "zd",
                                 "+c",
                                 "#c"}) {
    expect_format(written(std::int64_t{5}), spec);
    expect_format(written(2.5), spec);
    expect_format(written("x"), spec);
    expect_format(written(ComplexNumber{1, 2}), spec);
  }
  expect_format(written_int("1" + std::string(400, '0')), "f");
  expect_format(written_int("1" + std::string(30, '0')), "c");
  expect_format(written(std::int64_t{-1}), "c");
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFormatTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Str> spec = str_of("\u6F22>700,.600f");
  const Ref<> number = make_float(1e300);
  for (std::uint64_t n = 0;; ++n) {
    Ref<Str> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = format(number.value(), *spec);
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_GE(n, 2U);
      break;
    }
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
