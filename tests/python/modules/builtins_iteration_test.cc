#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BuiltinsIterationTest = ModulesTest;

TEST_F(BuiltinsIterationTest, AllAndAny) {
  EXPECT_EQ(repr_text(builtin("all", {a_list(1, 2).value()})), "True");
  EXPECT_EQ(repr_text(builtin("all", {a_list(1, 0).value()})), "False");
  EXPECT_EQ(repr_text(builtin("any", {a_list(0, 2).value()})), "True");
  EXPECT_EQ(repr_text(builtin("any", {a_list().value()})), "False");
  EXPECT_EQ(text_of(builtin("any", {Value::of_int(1)})), "raised 'int' object is not iterable");
}

TEST_F(BuiltinsIterationTest, NextGivesTheDefaultAtTheEnd) {
  const Ref<> iterator = builtin("iter", {a_list(1).value()});
  EXPECT_EQ(text_of(builtin("next", {iterator.value()})), "1");
  EXPECT_EQ(text_of(builtin("next", {iterator.value(), Value::of_int(5)})), "5");
  EXPECT_FALSE(builtin("next", {iterator.value()}));
  EXPECT_EQ(Error::take().kind(), ErrorKind::kStopIteration);
}

int g_calls = 0;

TEST_F(BuiltinsIterationTest, CallsUntilTheSentinelComes) {
  g_calls = 0;
  const Ref<> count = ProgramFunction::make([](auto) { return an_int(++g_calls); });
  const Ref<> iterator = builtin("iter", {count.value(), Value::of_int(3)});
  EXPECT_EQ(repr_text(List::from(iterator.value())), "[1, 2]");
  EXPECT_EQ(repr_text(List::from(iterator.value())), "[]");
  EXPECT_EQ(g_calls, 3) << "one that is over calls no more";
  EXPECT_EQ(text_of(builtin("iter", {Value::of_int(1), Value::of_int(2)})),
            "raised iter(v, w): v must be callable");
}

TEST_F(BuiltinsIterationTest, Sorting) {
  EXPECT_EQ(repr_text(builtin("sorted", {a_list(3, 1, 2).value()})), "[1, 2, 3]");
}

TEST_F(BuiltinsIterationTest, TheLeastAndTheGreatest) {
  EXPECT_EQ(text_of(builtin("max", {a_list(3, 1, 2).value()})), "3");
  EXPECT_EQ(text_of(builtin("min", {Value::of_int(4), Value::of_int(2)})), "2");
  EXPECT_EQ(text_of(builtin("max", {a_list().value()})), "raised max() arg is an empty sequence");
  EXPECT_EQ(text_of(builtin("min")), "raised min expected at least 1 argument, got 0");
}

TEST_F(BuiltinsIterationTest, TheFirstOfEqualsIsTaken) {
  const Ref<> first = Tuple::of(an_int(1));
  const Ref<> second = Tuple::of(an_int(1));
  EXPECT_EQ(builtin("max", {first.value(), second.value()}).value(), first.value());
  EXPECT_EQ(builtin("min", {first.value(), second.value()}).value(), first.value());
}

TEST_F(BuiltinsIterationTest, Sums) {
  EXPECT_EQ(text_of(builtin("sum", {a_list(1, 2, 3).value()})), "6");
  EXPECT_EQ(text_of(builtin("sum", {a_list().value(), a_str("").value()})),
            "raised sum() can't sum strings [use ''.join(seq) instead]");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
