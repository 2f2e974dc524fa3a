#include "objects/types/callable_iterator.h"

#include "tests/objects/types/lists.h"
#include "tests/objects/types/test_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class CallableIteratorTest : public SequencesTest {
 protected:
  CallableIteratorTest() { g_next = 0; }

  static Ref<> counter() {
    return ProgramFunction::make([](auto) -> Ref<> {
      if (g_next == g_fails_at) return raise(g_failure, {"no more"});
      return number(g_next++);
    });
  }
  static std::string all(const Ref<>& iterator) {
    const Ref<List> items = List::from(iterator.value());
    return items ? shown(items.value()) : raised();
  }

  static inline std::int64_t g_next = 0;
  static inline std::int64_t g_fails_at = -1;
  static inline ErrorKind g_failure = ErrorKind::kValue;
};

TEST_F(CallableIteratorTest, CallsUntilTheSentinelComes) {
  const Ref<> iterator = CallableIterator::make(counter().value(), key_of(3));
  EXPECT_EQ(all(iterator), "[0, 1, 2]");
  EXPECT_EQ(all(iterator), "[]") << "it has ended for good";
  EXPECT_EQ(g_next, 4);
  EXPECT_FALSE(CallableIterator::make(key_of(1), key_of(1)));
  EXPECT_EQ(raised(), "TypeError: iter(v, w): v must be callable");
}

TEST_F(CallableIteratorTest, AStopIterationIsAnEndAndOthersAreFailures) {
  g_fails_at = 2;
  g_failure = ErrorKind::kStopIteration;
  EXPECT_EQ(all(CallableIterator::make(counter().value(), key_of(9))), "[0, 1]");
  g_next = 0;
  g_failure = ErrorKind::kValue;
  const Ref<> iterator = CallableIterator::make(counter().value(), key_of(9));
  EXPECT_EQ(all(iterator), "ValueError: no more");
  g_fails_at = -1;
  EXPECT_EQ(all(iterator), "[2, 3, 4, 5, 6, 7, 8]") << "a failure is no end";
}

TEST_F(CallableIteratorTest, SaysHowItIsMadeAgain) {
  const TestModules modules;
  const Ref<> function = counter();
  const Ref<> iterator = CallableIterator::make(function.value(), key_of(1));
  Ref<> parts = call_method(iterator.value(), *name("__reduce__"));
  ASSERT_TRUE(parts);
  const auto& arguments = static_cast<const Tuple&>(*parts.as<Tuple>()[1].object());
  EXPECT_EQ(arguments[0], function.value());
  EXPECT_EQ(arguments[1], key_of(1));
  EXPECT_EQ(all(iterator), "[0]");
  parts = call_method(iterator.value(), *name("__reduce__"));
  EXPECT_EQ(shown(parts.as<Tuple>()[1]), "((),)");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
