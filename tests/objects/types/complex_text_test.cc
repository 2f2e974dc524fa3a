#include "objects/types/complex_text.h"

#include <cmath>

#include "memory/fault.h"
#include "tests/objects/types/formats.h"
#include "tests/objects/types/int_values.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ComplexTextTest : public FormatsTest {
 protected:
  void expect_read(const std::string& text) {
    const Ref<> number = parse_complex(text);
    const Ref<> shown = number ? Ref<>(complex_repr(as_complex(number.value()))) : Ref<>();
    expect_same("repr(complex(" + python(str_of(text)) + "))", shown);
  }
};

TEST_F(ComplexTextTest, ShownAsPython) {
  OROCHI_NEED_PYTHON();
  constexpr double kInfinity = INFINITY;
  constexpr double kParts[] = {0.0, -0.0, 1.0, -2.5, 1e16, 1e-7, 123456789.125, kInfinity, NAN};
  for (const double real : kParts) {
    for (const double imag : kParts)
      expect_same("repr(complex(" + python_float(real) + ", " + python_float(imag) + "))",
                  complex_repr({real, imag}));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexTextTest, ReadAsPython) {
  OROCHI_NEED_PYTHON();
  for (const char* const text : {"1",           "1j",         "j",     "-j",
                                 "+J",          "1+2j",       "1-2J",  "1+j",
                                 "1-j",         " ( 1+2j ) ", "(1)",   "(j)",
                                 "1e5-2.5e-3j", ".5+1.j",     "inf",   "-Infinity+nanj",
                                 "nan+infj",    "1_0+2_0j",   "-0-0j", "",
                                 " ",           "1+",         "1+2",   "1 + 2j",
                                 "1+ 2j",       "j1",         "1jj",   "(1+2j",
                                 "1+2j)",       "((1))",      "1_",    "_1",
                                 "1__0",        "1_+2j",      "e5",    "1e",
                                 "1ej",         "infj",       "i",     "in",
                                 "inf1",        "1.2.3",      "0x1",   "++1",
                                 "1++2j",       "1+-2j",      ".",     ".j",
                                 "1e5e5",       "\t1\n"}) {
    expect_read(text);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexTextTest, RandomTextsAreReadAsPython) {
  OROCHI_NEED_PYTHON();
  text::Random random{7};
  static constexpr std::string_view kPieces[] = {"1", "2.5", ".", "e3", "+",   "-",   "j", "J",
                                                 "(", ")",   " ", "_",  "inf", "nan", "0"};
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (std::uint64_t n = random.below(7); n != 0; --n)
      text += kPieces[random.below(std::size(kPieces))];
    expect_read(text);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexTextTest, WithoutMemoryItIsAMemoryError) {
  std::string text(2'000, '1');
  text += "+1j";
  const auto fault = fault::Injection::from(0);
  EXPECT_FALSE(parse_complex(text));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
