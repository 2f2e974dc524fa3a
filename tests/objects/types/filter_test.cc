#include "objects/types/filter.h"

#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class FilterTest : public SequencesTest {
 protected:
  static std::string all(Value function, const Ref<List>& list) {
    const Ref<> iterator = new_of(filter_type(), {function, list.value()});
    if (!iterator) return raised();
    const Ref<List> items = List::from(iterator.value());
    return items ? shown(items.value()) : raised();
  }
};

TEST_F(FilterTest, GivesWhatTheFunctionSaysIsTrue) {
  const Ref<> is_odd = ProgramFunction::make(
      [](auto arguments) -> Ref<> { return an_int(arguments[0].as_int() & 1); });
  EXPECT_EQ(all(is_odd.value(), ints({1, 2, 3, 4, 5})), "[1, 3, 5]");
  EXPECT_EQ(all(is_odd.value(), ints({2, 4})), "[]");
  EXPECT_EQ(all(key_of(1), ints({2})), "TypeError: 'int' object is not callable");
}

TEST_F(FilterTest, WithoutAFunctionItemsSayThemselves) {
  EXPECT_EQ(all(Value::kNone, ints({0, 1, 0, 2})), "[1, 2]");
  EXPECT_EQ(all(Value(&bool_type()), ints({0, 1, 0, 2})), "[1, 2]");
}

TEST_F(FilterTest, WrongCallsAreWordedAsPythonWordsThem) {
  EXPECT_FALSE(new_of(filter_type(), {key_of(1)}));
  EXPECT_EQ(raised(), "TypeError: filter expected 2 arguments, got 1");
  EXPECT_FALSE(new_of(filter_type(), {key_of(1), key_of(1)}));
  EXPECT_EQ(raised(), "TypeError: 'int' object is not iterable");
}

TEST_F(FilterTest, SaysHowItIsMadeAgain) {
  const Ref<List> list = ints({0, 1, 2});
  const Ref<> iterator = new_of(filter_type(), {Value::kNone, list.value()});
  Ref<> item;
  ASSERT_EQ(next(iterator.value(), item), Status::kDone);
  const Ref<> parts = call_method(iterator.value(), *name("__reduce__"));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts.as<Tuple>()[0], Value(&filter_type()));
  const auto& arguments = static_cast<const Tuple&>(*parts.as<Tuple>()[1].object());
  EXPECT_TRUE(arguments[0].is_none());
  EXPECT_EQ(shown(List::from(arguments[1]).value()), "[2]");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
