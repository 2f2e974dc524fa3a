#include <tuple>

#include "tests/objects/python_oracle.h"
#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BuiltinsNumbersTest = ModulesTest;

std::string of_int(std::string_view function, std::int64_t number) {
  return text_of(builtin(function, {an_int(number).value()}));
}

TEST_F(BuiltinsNumbersTest, AreWrittenInOtherBasesAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  for (const std::int64_t number : {0, 1, -1, 255, -256, 1'000'000'007}) {
    for (const std::string function : {"bin", "oct", "hex"}) {
      python.expect(function + "(" + std::to_string(number) + ") == '" + of_int(function, number) +
                    "'");
    }
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(BuiltinsNumbersTest, OfWhatIsNoIntegerThereIsNone) {
  EXPECT_FALSE(builtin("hex", {a_str("a").value()}));
  EXPECT_EQ(pending_text(), "'str' object cannot be interpreted as an integer");
}

TEST_F(BuiltinsNumbersTest, AnObjectMaySayWhichIntegerItStandsFor) {
  Type& type =
      a_class("Ten", {}, std::move(Body().method("__index__", [](auto) { return an_int(10); })));
  const Ref<> ten = new_of(type);
  EXPECT_EQ(text_of(builtin("bin", {ten.value()})), "0b1010");
  EXPECT_EQ(text_of(builtin("chr", {ten.value()})), "\n");
}

TEST_F(BuiltinsNumbersTest, CharactersAndTheirNumbers) {
  EXPECT_EQ(of_int("chr", 0x20AC), "€");
  EXPECT_EQ(text_of(builtin("ord", {a_str("€").value()})), std::to_string(0x20AC));
  EXPECT_EQ(of_int("chr", -1), "raised chr() arg not in range(0x110000)");
  EXPECT_EQ(of_int("chr", std::int64_t{1} << 31),
            "raised Python int too large to convert to C int");
  EXPECT_EQ(text_of(builtin("ord", {a_str("ab").value()})),
            "raised ord() expected a character, but string of length 2 found");
  EXPECT_EQ(text_of(builtin("ord", {Value::kNone})),
            "raised ord() expected string of length 1, but NoneType found");
}

TEST_F(BuiltinsNumbersTest, PowersWithAModulus) {
  const auto pow = [](Value a, Value b, Value m) { return text_of(builtin("pow", {a, b, m})); };
  const Value two = Value::of_int(2);
  EXPECT_EQ(pow(two, Value::of_int(10), Value::of_int(1000)), "24");
  EXPECT_EQ(pow(Value::of_int(3), Value::of_int(-1), Value::of_int(7)), "5");
  EXPECT_EQ(pow(Value::of_float(1.0), two, two),
            "raised pow() 3rd argument not allowed unless all arguments are integers");
  EXPECT_EQ(pow(a_str("a").value(), two, two),
            "raised unsupported operand type(s) for ** or pow(): 'str', 'int', 'int'");
}

TEST_F(BuiltinsNumbersTest, AClassSaysWhatItsPowerIs) {
  Type& type = a_class("P", {}, std::move(Body().method("__pow__", [](auto given) {
                         return an_int(static_cast<std::int64_t>(given.size()));
                       })));
  const Value two = Value::of_int(2);
  EXPECT_EQ(text_of(builtin("pow", {new_of(type).value(), two, two})), "3");
  EXPECT_EQ(text_of(builtin("pow", {new_of(type).value(), two})), "2");
}

TEST_F(BuiltinsNumbersTest, Rounding) {
  EXPECT_EQ(repr_text(builtin("round", {Value::of_float(2.5)})), "2");
  EXPECT_EQ(repr_text(builtin("round", {Value::of_float(2.567), Value::of_int(2)})), "2.57");
  EXPECT_EQ(text_of(builtin("round", {a_str("a").value()})),
            "raised type str doesn't define __round__ method");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
