// Sequences and their iterators made by calls of their types, as programs make them.
#include "objects/types/enumerate.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/range.h"
#include "objects/types/sequence_iterator.h"
#include "objects/types/zip.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/method_calls.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SequenceConstructionTest : public SequencesTest {
 protected:
  SequenceConstructionTest() {
    python_.execute(
        "exec(\"def made(f, *a):\\n try: x = f(*a); return repr(list(x) if hasattr(x, '__next__') "
        "else x)\\n except Exception as e: return type(e).__name__ + ': ' + str(e)\")");
  }

  void expect(Type& type, std::initializer_list<Value> arguments) {
    std::ostringstream line;
    line << "made(" << type.name();
    for (const Value argument : arguments) line << ", eval(" << written(argument) << ')';
    const std::vector<Value> values(arguments);
    Ref<> made = call(Value(&type), {values.data(), values.size(), nullptr});
    if (made && type_of(made.value()).block().protocols().next != nullptr)
      made = List::from(made.value());
    line << ") == " << (made ? written(made.value()) : quoted(raised()));
    python_.expect(line.str());
  }
  static std::string quoted(const std::string& text) {
    return text::python_text(Str::of_utf8(text)->view());
  }

  PythonOracle python_;
};

TEST_F(SequenceConstructionTest, MakesWhatPythonMakes) {
  OROCHI_NEED_PYTHON();
  const Ref<List> list = ints({1, 2, 3});
  const Ref<Tuple> tuple = Tuple::of(number(4), number(5));
  const Ref<> huge = int_power(key_of(10), key_of(20));
  const Value one = key_of(1);
  const Value half = Value::of_float(0.5);
  for (Type* const type : {&list_type(), &tuple_type()}) {
    expect(*type, {});
    for (const Value iterable : {list.value(), tuple.value(), one, Value::kNone})
      expect(*type, {iterable});
  }
  for (Type* const type : {&slice_type(), &range_type()})
    for (const Value value : {one, key_of(5), huge.value(), Value::kTrue}) {
      expect(*type, {value});
      expect(*type, {value, key_of(3)});
      expect(*type, {key_of(0), value, key_of(-2)});
    }
  expect(range_type(), {half});
  expect(range_type(), {one, half});
  expect(range_type(), {one, one, key_of(0)});
  expect(range_type(), {one, one, Value::kNone});
  expect(enumerate_type(), {list.value()});
  expect(enumerate_type(), {tuple.value(), huge.value()});
  expect(enumerate_type(), {tuple.value(), half});
  expect(enumerate_type(), {one});
  expect(zip_type(), {});
  expect(zip_type(), {list.value(), tuple.value()});
  expect(zip_type(), {list.value(), one});
  expect(reversed_type(), {list.value()});
  expect(reversed_type(), {tuple.value()});
  expect(reversed_type(), {one});
  EXPECT_EQ(python_.finish(), 0);
}

TEST_F(SequenceConstructionTest, WrongCallsAreWordedAsPythonWordsThem) {
  OROCHI_NEED_PYTHON();
  const Value one = key_of(1);
  expect(range_type(), {});
  expect(range_type(), {one, one, one, one});
  expect(slice_type(), {});
  expect(slice_type(), {one, one, one, one});
  expect(tuple_type(), {one, one});
  expect(reversed_type(), {});
  expect(reversed_type(), {one, one});
  expect(enumerate_type(), {});
  expect(enumerate_type(), {one, one, one});
  EXPECT_EQ(python_.finish(), 0);
}

TEST_F(SequenceConstructionTest, StrictZipsAreAskedForByName) {
  const Ref<Tuple> names = Tuple::of(Str::of_ascii("strict"));
  const Ref<List> list = ints({1});
  const Value values[] = {list.value(), Value::kTrue};
  const Ref<> zip = call(Value(&zip_type()), {values, 1, names.get()});
  ASSERT_TRUE(zip);
  EXPECT_EQ(shown(List::from(zip.value()).value()), "[(1,)]");
}

TEST_F(SequenceConstructionTest, SubtypesAreMadeAsTheyAreAskedFor) {
  const Ref<List> list = ints({1, 2});
  for (Type* const base : {&enumerate_type(), &zip_type(), &reversed_type()}) {
    Type& type = a_class("C", {base});
    const Ref<> made = new_of(type, {list.value()});
    ASSERT_TRUE(made) << pending_text();
    // What reversed() of a list makes is the list's to say.
    EXPECT_EQ(&type_of(made.value()) == &type, base != &reversed_type());
    EXPECT_EQ(List::from(made.value())->size(), 2U);
  }
  for (Type* const type : {&range_type(), &slice_type()}) {
    EXPECT_EQ(try_class("C", {type}), nullptr);
    EXPECT_EQ(pending_text(),
              "type '" + std::string(type->name()) + "' is not an acceptable base type");
  }
}

TEST_F(SequenceConstructionTest, NumbersMaySayWhatTheyAre) {
  Type& two = a_class(
      "Two", {}, std::move(Body().method("__index__", [](auto) -> Ref<> { return number(2); })));
  const Ref<> value = new_of(two);
  EXPECT_EQ(shown(new_of(range_type(), {value.value()}).value()), "range(0, 2)");
  const Ref<> range = new_of(range_type(), {key_of(1), key_of(9), value.value()});
  EXPECT_EQ(shown(range.value()), "range(1, 9, 2)");
  EXPECT_EQ(shown(get_item(range.value(), value.value()).value()), "5");
  const Ref<List> list = ints({7});
  const Ref<> pairs = new_of(enumerate_type(), {list.value(), value.value()});
  EXPECT_EQ(shown(List::from(pairs.value()).value()), "[(2, 7)]");
  Type& wrong = a_class(
      "Wrong", {}, std::move(Body().method("__index__", [](auto) -> Ref<> { return a_str("x"); })));
  const Ref<> no_number = new_of(wrong);
  EXPECT_FALSE(new_of(range_type(), {no_number.value()}));
  EXPECT_EQ(raised(), "TypeError: __index__ returned non-int (type str)");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
