#include "objects/types/iterator_state.h"

#include <functional>

#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/dict_view.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/range.h"
#include "objects/types/sequence_iterator.h"
#include "objects/types/set.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/test_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class IteratorStateTest : public SequencesTest {
 protected:
  static std::string rest(const Ref<>& iterator) {
    if (!iterator) return raised();
    const Ref<List> items = List::from(iterator.value());
    return items ? shown(items.value()) : raised();
  }
  static void skip(const Ref<>& iterator, int steps) {
    for (int i = 0; i < steps; ++i) {
      Ref<> item;
      ASSERT_EQ(next(iterator.value(), item), Status::kDone);
    }
  }
  // What __reduce__ says, done: a callable, its arguments, and a state.
  static Ref<> copy(const Ref<>& iterator) {
    const Ref<> parts = call_method(iterator.value(), *name("__reduce__"));
    EXPECT_TRUE(parts) << pending_text();
    const Tuple& all = parts.as<Tuple>();
    const auto& arguments = static_cast<const Tuple&>(*all[1].object());
    std::vector<Value> values;
    for (std::size_t i = 0; i < arguments.size(); ++i) values.push_back(arguments[i]);
    Ref<> made = call_with(all[0], values);
    if (all.size() > 2) set_state(made, all[2]);
    return made;
  }
  static void set_state(const Ref<>& iterator, Value state) {
    EXPECT_TRUE(call_method(iterator.value(), *name("__setstate__"), {&state, 1}));
  }
  // At each place and past the end, a copy gives what the iterator itself would.
  static void expect_copies(const std::function<Ref<>()>& make, int size) {
    for (int steps = 0; steps <= size + 1; ++steps) {
      const Ref<> iterator = make();
      skip(iterator, steps);
      const std::string copied = rest(copy(iterator));
      EXPECT_EQ(copied, rest(iterator)) << type_of(iterator.value()).name() << " at " << steps;
    }
  }
  const TestModules modules_;
};

TEST_F(IteratorStateTest, CopiesAreWhereTheIteratorIs) {
  const Ref<List> list = ints({1, 2, 3});
  const Ref<Tuple> tuple = Tuple::of(number(4), number(5));
  const Ref<> text = a_str("a\u00e9");
  const Ref<Set> set = Set::from(list.value(), set_type());
  const Ref<Range> range = Range::make(key_of(0), key_of(10), key_of(4));
  const Ref<> huge = int_power(key_of(10), key_of(25));
  const Ref<Range> large = Range::make(key_of(0), huge.value(), key_of(1));
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(key_of(1), number(2)), Status::kDone);
  ASSERT_EQ(dict->set(key_of(3), number(4)), Status::kDone);
  const std::uint8_t octets[] = {7, 8};
  const Ref<Bytes> bytes = Bytes::of(octets);
  const Ref<Bytearray> bytearray = Bytearray::of(octets);
  for (const Value value : {list.value(), tuple.value(), text.value(), set.value(), range.value(),
                            dict.value(), bytes.value(), bytearray.value()})
    expect_copies([&] { return iterate(value); }, 3);
  for (const Value value : {list.value(), tuple.value(), dict.value(), range.value()})
    expect_copies([&] { return SequenceIterator::make_reversed(reversed_type(), value); }, 3);
  const Ref<> items = call_method(dict.value(), *name("items"));
  expect_copies([&] { return iterate(items.value()); }, 2);
  const Ref<> far = iterate(large.value());
  skip(far, 2);
  Ref<> item;
  ASSERT_EQ(next(copy(far).value(), item), Status::kDone);
  EXPECT_EQ(item.value(), key_of(2));
}

TEST_F(IteratorStateTest, AStateIsAPlaceWithinTheSequence) {
  for (const auto& [state, all] : std::vector<std::pair<std::int64_t, std::string>>{
           {-5, "[1, 2, 3]"}, {1, "[2, 3]"}, {3, "[]"}, {9, "[]"}}) {
    const Ref<> iterator = iterate(ints({1, 2, 3}).value());
    set_state(iterator, key_of(state));
    EXPECT_EQ(rest(iterator), all) << state;
  }
  for (const auto& [state, all] : std::vector<std::pair<std::int64_t, std::string>>{
           {-5, "[]"}, {-1, "[]"}, {1, "[2, 1]"}, {9, "[3, 2, 1]"}}) {
    const Ref<> iterator =
        SequenceIterator::make_reversed(reversed_type(), ints({1, 2, 3}).value());
    set_state(iterator, key_of(state));
    EXPECT_EQ(rest(iterator), all) << state;
  }
  const Ref<> iterator = iterate(ints({1}).value());
  skip(iterator, 2);
  set_state(iterator, key_of(0));
  EXPECT_EQ(rest(iterator), "[]") << "it has ended for good";
}

TEST_F(IteratorStateTest, AStateIsANumber) {
  std::int64_t place = 0;
  EXPECT_EQ(read_place(Value::kNone, 0, 5, place), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: an integer is required");
  const Ref<> huge = int_power(key_of(10), key_of(25));
  EXPECT_EQ(read_place(huge.value(), 0, 5, place), Status::kFailed);
  EXPECT_EQ(raised(), "OverflowError: Python int too large to convert to C ssize_t");
}

TEST_F(IteratorStateTest, ADictThatChangedSaysSo) {
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(key_of(1), number(2)), Status::kDone);
  const Ref<> iterator = iterate(dict.value());
  skip(iterator, 1);
  ASSERT_EQ(dict->set(key_of(3), number(4)), Status::kDone);
  EXPECT_FALSE(call_method(iterator.value(), *name("__reduce__")));
  EXPECT_EQ(raised(), "RuntimeError: dictionary changed size during iteration");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
