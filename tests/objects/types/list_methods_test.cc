#include "objects/types/int_arithmetic.h"
#include "objects/types/list_iterator.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/method_calls.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ListMethodsTest : public SequencesTest {
 protected:
  const Ref<> huge_ = int_power(Value::of_int(2), Value::of_int(63));
  const Ref<> text_ = Str::of_ascii("x");
  const Value half_ = Value::of_float(0.5);
};

TEST_F(ListMethodsTest, DoWhatPythonsDo) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const auto on = [&](std::string_view name, std::initializer_list<Value> arguments) {
    calls.expect(ints({}).value(), name, arguments);
    calls.expect(ints({3, 1, 2, 1}).value(), name, arguments);
  };
  on("append", {key_of(5)});
  on("pop", {});
  for (const Value index : {key_of(0), key_of(-1), key_of(-4), key_of(-5), key_of(4), Value::kTrue,
                            huge_.value(), text_.value(), half_, Value::kNone}) {
    on("pop", {index});
    on("insert", {index, key_of(9)});
    on("index", {key_of(1), index});
    on("index", {key_of(1), key_of(0), index});
  }
  for (const Value item : {key_of(1), key_of(7), half_, text_.value(), Value::kTrue}) {
    on("remove", {item});
    on("index", {item});
    on("count", {item});
    if (item == text_.value()) continue;
    on("extend", {item});
  }
  for (const std::string_view name : {"clear", "reverse", "copy", "sort"}) on(name, {});
  EXPECT_TRUE(calls.finish());
}

TEST_F(ListMethodsTest, WrongCallsAreWordedAsPythonWordsThem) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<List> list = ints({1});
  const Value one = key_of(1);
  for (const std::string_view name : {"append", "remove", "count", "extend"}) {
    calls.expect(list.value(), name, {});
    calls.expect(list.value(), name, {one, one});
  }
  calls.expect(list.value(), "insert", {one});
  calls.expect(list.value(), "index", {});
  calls.expect(list.value(), "index", {one, one, one, one});
  calls.expect(list.value(), "pop", {one, one});
  calls.expect(list.value(), "clear", {one});
  calls.expect(list.value(), "sort", {one});
  EXPECT_TRUE(calls.finish());
}

TEST_F(ListMethodsTest, ReversedGoesBackAndSaysHowFarItIs) {
  const Ref<> iterator = call_method(ints({1, 2}).value(), "__reversed__");
  EXPECT_EQ(call_method(iterator.value(), "__length_hint__").value(), key_of(2));
  Ref<> item;
  EXPECT_EQ(next(iterator.value(), item), Status::kDone);
  EXPECT_EQ(item.value(), key_of(2));
  const Ref<> forward = iterate(ints({1, 2, 3}).value());
  EXPECT_EQ(call_method(forward.value(), "__length_hint__").value(), key_of(3));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
