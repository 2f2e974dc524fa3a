#include "objects/types/map.h"

#include <thread>

#include "objects/types/held_iterator.h"
#include "objects/types/range.h"
#include "objects/types/range_iterator.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class MapTest : public SequencesTest {
 protected:
  static Ref<> sum() {
    return ProgramFunction::make([](auto arguments) -> Ref<> {
      std::int64_t total = 0;
      for (const Value each : arguments) total += each.as_int();
      return number(total);
    });
  }
  static std::string all(const Ref<>& iterator) {
    if (!iterator) return raised();
    const Ref<List> items = List::from(iterator.value());
    return items ? shown(items.value()) : raised();
  }
};

TEST_F(MapTest, CallsTheFunctionWithAnItemOfEach) {
  const Ref<> function = sum();
  const Ref<List> ones = ints({1, 2, 3});
  const Ref<List> tens = ints({10, 20});
  EXPECT_EQ(all(new_of(map_type(), {function.value(), ones.value()})), "[1, 2, 3]");
  EXPECT_EQ(all(new_of(map_type(), {function.value(), ones.value(), tens.value()})), "[11, 22]");
  EXPECT_EQ(all(new_of(map_type(), {key_of(5), ones.value()})),
            "TypeError: 'int' object is not callable");
}

TEST_F(MapTest, WrongCallsAreWordedAsPythonWordsThem) {
  const Ref<> function = sum();
  EXPECT_EQ(all(new_of(map_type(), {})), "TypeError: map() must have at least two arguments.");
  EXPECT_EQ(all(new_of(map_type(), {function.value()})),
            "TypeError: map() must have at least two arguments.");
  EXPECT_EQ(all(new_of(map_type(), {function.value(), key_of(1)})),
            "TypeError: 'int' object is not iterable");
  const Ref<Tuple> names = Tuple::of(name("x"));
  const Value values[] = {function.value(), function.value(), key_of(1)};
  EXPECT_FALSE(call(Value(&map_type()), {values, 2, names.get()}));
  EXPECT_EQ(raised(), "TypeError: map() takes no keyword arguments");
}

TEST_F(MapTest, ASubtypeMayTakeKeywords) {
  Type& type =
      a_class("M", {&map_type()},
              std::move(Body().method("__init__", [](auto) { return Ref<>(Special::kNone); })));
  const Ref<Tuple> names = Tuple::of(name("x"));
  const Ref<> function = sum();
  const Ref<List> list = ints({4});
  const Value values[] = {function.value(), list.value(), key_of(1)};
  const Ref<> made = call(Value(&type), {values, 2, names.get()});
  ASSERT_TRUE(made) << raised();
  EXPECT_EQ(&type_of(made.value()), &type);
  EXPECT_EQ(all(made), "[4]");
}

TEST_F(MapTest, SaysHowItIsMadeAgain) {
  const Ref<> function = sum();
  const Ref<List> list = ints({1, 2});
  const Ref<> iterator = new_of(map_type(), {function.value(), list.value()});
  Ref<> item;
  ASSERT_EQ(next(iterator.value(), item), Status::kDone);
  const Ref<> parts = call_method(iterator.value(), *name("__reduce__"));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts.as<Tuple>()[0], Value(&map_type()));
  const auto& arguments = static_cast<const Tuple&>(*parts.as<Tuple>()[1].object());
  EXPECT_EQ(arguments[0], function.value());
  EXPECT_EQ(all(new_of(map_type(), {arguments[0], arguments[1]})), "[2]");
}

// Two threads at one map: each item is given to one of them (objects/types/held_iterator.h).
TEST_F(MapTest, ThreadsShareOne) {
  constexpr int kItems = 3'000;
  const Ref<Range> range = Range::make(key_of(0), key_of(kItems), key_of(1));
  const Ref<> function = sum();
  const Ref<> iterator = new_of(map_type(), {function.value(), range.value()});
  SysAtomic<std::int64_t> total{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.push_back(attached([&](Thread&) {
      const Ref<> mine = Ref<>::of(iterator.value());
      for (;;) {
        Ref<> item;
        ASSERT_EQ(next(mine.value(), item), Status::kDone);
        if (!item) return;
        total.fetch_add(item.value().as_int(), kRelaxed);
      }
    }));
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(total.load(kRelaxed), std::int64_t{kItems} * (kItems - 1) / 2);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
