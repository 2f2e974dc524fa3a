#include "objects/types/float_conversion.h"

#include "tests/objects/python_oracle.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class FloatConversionTest : public ObjectsTest {
 protected:
  void expect(const std::string& python, const Ref<>& ours) {
    if (ours)
      return oracle_.expect("repr(" + python + ") == repr(" + python_value(ours.value()) + ")");
    const Error error = Error::take();
    oracle_.expect("raises(" + std::string(name_of(error.kind())) + ", lambda: " + python +
                   ") == \"" + std::string(error.text()) + "\"");
  }

  PythonOracle oracle_;
};

TEST_F(FloatConversionTest, ToIntegersAsPythonRounds) {
  OROCHI_NEED_PYTHON();
  oracle_.execute("import math");
  std::vector<double> doubles = edge_doubles();
  for (const double x :
       {-0.5, -1.5, -2.5, 3.5, -1e300, 0x1p61, -0x1p61, 0.49999999999999994, 4503599627370497.5})
    doubles.push_back(x);
  for (const double x : doubles) {
    const std::string python = "(" + python_float(x) + ")";
    expect("int" + python, float_truncate(x));
    expect("math.floor" + python, float_floor(x));
    expect("math.ceil" + python, float_ceil(x));
    expect("round" + python, float_round(x));
    expect(python + ".as_integer_ratio()", float_as_integer_ratio(x));
    for (const int digits : {-308, -2, -1, 0, 1, 2, 5, 400})
      expect("round(" + python + ", " + std::to_string(digits) + ")", float_round(x, digits));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(FloatConversionTest, TextsAndBack) {
  OROCHI_NEED_PYTHON();
  for (const double x : edge_doubles()) {
    const Ref<Str> hex = float_hex(x);
    oracle_.expect(python_float(x) + ".hex() == \"" + std::string(hex->ascii()) + "\"");
    expect("float.fromhex(\"" + std::string(hex->ascii()) + "\")", parse_float_hex(hex->ascii()));
    const Ref<Str> text = float_repr(x);
    expect("float(\"" + std::string(text->ascii()) + "\")", parse_float(text->ascii()));
  }
  for (const char* text : {"", "x", "1e", "1_000.5", "-inf", " 2.5 ", "1e999", "_1"})
    expect("float(\"" + std::string(text) + "\")", parse_float(text));
  for (const char* text : {"zz", "0x1p5000", "0x1.8p3", "-0xA"})
    expect("float.fromhex(\"" + std::string(text) + "\")", parse_float_hex(text));
  EXPECT_EQ(oracle_.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
