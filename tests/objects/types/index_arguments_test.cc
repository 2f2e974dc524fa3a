#include "objects/types/index_arguments.h"

#include "objects/types/int_arithmetic.h"
#include "objects/types/memoryview.h"
#include "objects/types/slice.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"
#include "tests/objects/types/python_values.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Numbers that are none but say one, wherever sequences want one.
class IndexArgumentsTest : public SequencesTest {
 protected:
  static Ref<> saying(Value number) {
    static Type& type = a_class("I", {}, std::move(Body().method("__index__", [](auto arguments) {
                                  return get(arguments[0], "number");
                                })));
    Ref<> made = new_of(type);
    EXPECT_EQ(set(made, "number", Ref<>::of(number)), Status::kDone);
    return made;
  }
  static Ref<> slice(Ref<> start, Ref<> stop, Ref<> step) {
    return Slice::make(std::move(start), std::move(stop), std::move(step));
  }
  static std::string text(const Ref<>& value) { return value ? shown(value.value()) : raised(); }

  const Ref<> two_ = saying(key_of(2));
  const Ref<> wrong_ = saying(Value::kNone);
  const Ref<> huge_ = saying(int_power(key_of(10), key_of(30)).value());
  const Ref<List> list_ = ints({1, 2, 3, 4});
  const Ref<Tuple> tuple_ = Tuple::of(number(1), number(2), number(3), number(4));
  const Ref<Str> text_ = Str::of_ascii("abcd");
  const Ref<Bytes> bytes_ = bytes_of("abcd");
  const Ref<Bytearray> bytearray_ = bytearray_of("abcd");
};

TEST_F(IndexArgumentsTest, SequencesAskForTheNumber) {
  const std::pair<Value, std::string> items[] = {{list_.value(), "3"},
                                                 {tuple_.value(), "3"},
                                                 {text_.value(), "'c'"},
                                                 {bytes_.value(), "99"},
                                                 {bytearray_.value(), "99"}};
  for (const auto& [sequence, item] : items) {
    EXPECT_EQ(text(get_item(sequence, two_.value())), item);
    EXPECT_EQ(text(get_item(sequence, huge_.value())),
              "IndexError: cannot fit 'I' into an index-sized integer");
    EXPECT_EQ(text(get_item(sequence, wrong_.value())),
              "TypeError: __index__ returned non-int (type NoneType)");
  }
}

TEST_F(IndexArgumentsTest, SlicesAskTheirBounds) {
  const Ref<> to_two = slice(Special::kNone, two_.share(), Special::kNone);
  const Ref<> by_two = slice(Special::kNone, huge_.share(), two_.share());
  const std::pair<Value, std::pair<std::string, std::string>> parts[] = {
      {list_.value(), {"[1, 2]", "[1, 3]"}},
      {tuple_.value(), {"(1, 2)", "(1, 3)"}},
      {text_.value(), {"'ab'", "'ac'"}},
      {bytes_.value(), {"b'ab'", "b'ac'"}},
      {bytearray_.value(), {"bytearray(b'ab')", "bytearray(b'ac')"}}};
  for (const auto& [sequence, wanted] : parts) {
    EXPECT_EQ(text(get_item(sequence, to_two.value())), wanted.first);
    EXPECT_EQ(text(get_item(sequence, by_two.value())), wanted.second);
    EXPECT_EQ(text(get_item(sequence, slice(a_str("a"), number(1), number(1)).value())),
              "TypeError: slice indices must be integers or None or have an __index__ method");
  }
  const Value four = key_of(4);
  EXPECT_EQ(text(orochi::call_method(by_two.value(), *name("indices"), {&four, 1})), "(0, 4, 2)");
}

TEST_F(IndexArgumentsTest, SequencesAreRepeatedAsOften) {
  const std::pair<Ref<>, std::string> products[] = {{ints({1}), "[1, 1]"},
                                                    {Tuple::of(number(1)), "(1, 1)"},
                                                    {a_str("a"), "'aa'"},
                                                    {bytes_of("a"), "b'aa'"},
                                                    {bytearray_of("a"), "bytearray(b'aa')"}};
  for (const auto& [sequence, twice] : products) {
    EXPECT_EQ(text(binary(BinaryOp::kMultiply, sequence.value(), two_.value())), twice);
    EXPECT_EQ(text(binary(BinaryOp::kMultiply, two_.value(), sequence.value())), twice);
    EXPECT_EQ(text(binary(BinaryOp::kMultiply, sequence.value(), huge_.value())),
              "OverflowError: cannot fit 'I' into an index-sized integer");
    EXPECT_EQ(text(binary(BinaryOp::kMultiply, sequence.value(), Value::of_float(1))),
              "TypeError: can't multiply sequence by non-int of type 'float'");
  }
}

TEST_F(IndexArgumentsTest, SoDoFormatsAndBytes) {
  EXPECT_EQ(
      text(binary(BinaryOp::kModulo, a_str("%d|%x|%.1f|%c").value(),
                  Tuple::of(two_.share(), two_.share(), two_.share(), saying(key_of(65))).value())),
      "'2|2|2.0|A'");
  EXPECT_EQ(text(new_of(bytes_type(), {two_.value()})), "b'\\x00\\x00'");
  const Ref<List> octets = List::of(two_.share());
  EXPECT_EQ(text(new_of(bytes_type(), {octets.value()})), "b'\\x02'");
  const Ref<> ones = a_str("11");
  EXPECT_EQ(text(new_of(int_type(), {ones.value(), two_.value()})), "3");
  const Ref<Slice> all = Slice::make(Special::kNone, Special::kNone, Special::kNone);
  const Value argument = two_.value();
  EXPECT_EQ(text(orochi::call_method(all.value(), *name("indices"), {&argument, 1})), "(0, 2, 1)");
}

// What says how it multiplies is asked before it is a number.
TEST_F(IndexArgumentsTest, AMultiplicationOfTheOtherGoesFirst) {
  Body body;
  body.method("__index__", [](auto) -> Ref<> { return number(2); });
  body.method("__rmul__", [](auto) { return a_str("mine"); });
  const Ref<> other = new_of(a_class("M", {}, std::move(body)));
  EXPECT_EQ(text(binary(BinaryOp::kMultiply, list_.value(), other.value())), "'mine'");
}

TEST_F(IndexArgumentsTest, StrsHaveParts) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> wide = Str::of_utf8("a\u00e9\u20ac\U0001F600z");
  for (const std::int64_t start : {-9, -2, 0, 1, 9})
    for (const std::int64_t stop : {-9, -1, 0, 3, 9})
      for (const std::int64_t step : {-3, -1, 1, 2}) {
        std::ostringstream line;
        line << python_of(wide.value()) << '[' << start << ':' << stop << ':' << step << ']';
        oracle.expect(
            line.str(),
            get_item(wide.value(), slice(number(start), number(stop), number(step)).value()));
      }
  EXPECT_EQ(oracle.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
