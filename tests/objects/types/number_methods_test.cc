#include "objects/types/number_methods.h"

#include "objects/types/bytes.h"
#include "tests/objects/types/formats.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/types/method_calls.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class NumberMethodsTest : public ObjectsTest {};

TEST_F(NumberMethodsTest, OfIntsAsPython) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<> big = int_of("-123456789012345678901234567890");
  const Value half = make_float(1.5).value();
  for (const Value number :
       {Value::of_int(0), Value::of_int(25), Value::of_int(-15), big.value(), Value::kTrue}) {
    for (const char* const name : {"bit_length", "bit_count", "conjugate", "as_integer_ratio",
                                   "__trunc__", "__floor__", "__ceil__", "__round__"})
      calls.expect(number, name);
    for (const std::int64_t places : {0, 1, -1, -2, -40})
      calls.expect(number, "__round__", {Value::of_int(places)});
    calls.expect(number, "__round__", {half});
  }
  EXPECT_TRUE(calls.finish());
}

TEST_F(NumberMethodsTest, BytesOfIntsAsPython) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<Str> little = str_of("little");
  const Ref<Str> big = str_of("big");
  const Ref<Str> wrong = str_of("middle");
  for (const Value number : {Value::of_int(0), Value::of_int(300), Value::of_int(-5)}) {
    calls.expect(number, "to_bytes");
    for (const Value order : {little.value(), big.value(), wrong.value(), Value::of_int(1)}) {
      for (const std::int64_t length : {-1, 0, 1, 2, 9})
        calls.expect(number, "to_bytes", {Value::of_int(length), order});
    }
  }
  EXPECT_TRUE(calls.finish());
}

TEST_F(NumberMethodsTest, OfFloatsAsPython) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  for (const double number : {0.0, 2.5, -1234.5678, 1e300, 5e-324}) {
    const Ref<> x = make_float(number);
    for (const char* const name : {"hex", "is_integer", "as_integer_ratio", "conjugate",
                                   "__trunc__", "__floor__", "__ceil__", "__round__"})
      calls.expect(x.value(), name);
    for (const std::int64_t places : {0, 1, 3, -2, 400, -400})
      calls.expect(x.value(), "__round__", {Value::of_int(places)});
    calls.expect(x.value(), "__round__", {Value::kNone});
  }
  EXPECT_TRUE(calls.finish());
}

class NumberFromTest : public FormatsTest {
 protected:
  void expect_from(const std::string& call, const Ref<>& made) {
    Ref<> shown = made ? repr(made.value()) : Ref<>();
    expect_same("repr(" + call + ")", shown);
  }
};

TEST_F(NumberFromTest, TextsAsPython) {
  OROCHI_NEED_PYTHON();
  for (const char* const text : {"",
                                 " ",
                                 "12",
                                 " -7 ",
                                 "1_000",
                                 "1__0",
                                 "0x1F",
                                 "0b101",
                                 "0o17",
                                 "1.5",
                                 "1e3",
                                 "inf",
                                 "nan",
                                 "\xD9\xA1\xD9\xA2",
                                 "\xE3\x80\x80"
                                 "5",
                                 "x",
                                 "+",
                                 "1 2",
                                 "'",
                                 "\n8\t",
                                 "1j",
                                 "(1+2j)",
                                 "\xC3\xA9",
                                 "12_",
                                 "infinity",
                                 "-Infinity"}) {
    const Ref<Str> str = str_of(text);
    const std::string shown = python(str);
    expect_from("int(" + shown + ")", int_from(str.value(), Value()));
    for (const std::int64_t base : {0, 2, 10, 16, 36})
      expect_from("int(" + shown + ", " + std::to_string(base) + ")",
                  int_from(str.value(), Value::of_int(base)));
    expect_from("float(" + shown + ")", float_from(str.value()));
    expect_from("complex(" + shown + ")", complex_from(str.value(), Value()));
  }
  const Ref<Str> long_one = str_of(std::string(300, 'z'));
  expect_from("int(" + python(long_one) + ")", int_from(long_one.value(), Value()));
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFromTest, BytesAsPython) {
  OROCHI_NEED_PYTHON();
  for (const std::string_view text : {"", "12", " -7 ", "1_0", "0x1F", "1.5", "inf", "x", "\xE9"}) {
    const Ref<Bytes> bytes =
        Bytes::of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    const std::string shown = text::python_bytes(text);
    expect_from("int(" + shown + ")", int_from(bytes.value(), Value()));
    expect_from("int(" + shown + ", 0)", int_from(bytes.value(), Value::of_int(0)));
    expect_from("float(" + shown + ")", float_from(bytes.value()));
  }
  const Ref<Str> name = intern("from_bytes");
  for (const std::string_view text : {"", "ab", "\xFF\x01\x02"}) {
    const Ref<Bytes> bytes =
        Bytes::of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    const Ref<> method = get_attribute(Value(&int_type()), *name);
    const Value argument = bytes.value();
    expect_from("int.from_bytes(" + text::python_bytes(text) + ")",
                call(method.value(), {&argument, 1, nullptr}));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(NumberFromTest, NumbersAsPython) {
  OROCHI_NEED_PYTHON();
  std::vector<Written> values;
  values.push_back(written(std::int64_t{-3}));
  values.push_back(written(2.75));
  values.push_back(written(1e300));
  values.push_back(written(static_cast<double>(INFINITY)));
  values.push_back(written(ComplexNumber{1, 2}));
  values.push_back(written(Special::kTrue));
  values.push_back(written(Special::kNone));
  values.push_back(written("5"));
  values.push_back(written_int("1" + std::string(400, '0')));
  for (const Written& a : values) {
    expect_from("int(" + a.text + ")", int_from(a.value.value(), Value()));
    expect_from("int(" + a.text + ", 10)", int_from(a.value.value(), Value::of_int(10)));
    expect_from("float(" + a.text + ")", float_from(a.value.value()));
    expect_from("complex(" + a.text + ")", complex_from(a.value.value(), Value()));
    expect_from("int(\"5\", " + a.text + ")", int_from(str_of("5").value(), a.value.value()));
    for (const Written& b : values)
      expect_from("complex(" + a.text + ", " + b.text + ")",
                  complex_from(a.value.value(), b.value.value()));
  }
  expect_from("int()", int_from(Value(), Value()));
  expect_from("int(base=5)", int_from(Value(), Value::of_int(5)));
  expect_from("float()", float_from(Value()));
  expect_from("complex()", complex_from(Value(), Value()));
  expect_from("complex(imag=2j)", complex_from(Value(), make_complex({0, 2}).value()));
  EXPECT_EQ(oracle_.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
