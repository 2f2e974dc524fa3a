#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ListSearchTest : public SequencesTest {
 protected:
  static std::int64_t find(const Ref<List>& list, Value value, std::int64_t start = 0,
                           std::int64_t stop = INT64_MAX) {
    List::Found found;
    const Truth there = list->find(value, start, stop, found);
    EXPECT_FALSE(failed(there));
    return there == Truth::kTrue ? static_cast<std::int64_t>(found.place) : -1;
  }
  static Ref<List> keys(std::initializer_list<int> names) {
    Ref<List> list = List::make();
    for (const int name : names) EXPECT_EQ(list->append(Key::make(name, name)), Status::kDone);
    return list;
  }
};

TEST_F(ListSearchTest, FindsTheFirst) {
  const Ref<List> list = ints({5, 6, 5, 7});
  EXPECT_EQ(find(list, key_of(5)), 0);
  EXPECT_EQ(find(list, key_of(5), 1), 2);
  EXPECT_EQ(find(list, key_of(5), 1, 2), -1);
  EXPECT_EQ(find(list, key_of(7), -1), 3);
  EXPECT_EQ(find(list, key_of(7), 0, -1), -1);
  EXPECT_EQ(find(list, key_of(5), INT64_MIN, INT64_MAX), 0);
  EXPECT_EQ(find(list, key_of(5), INT64_MAX, INT64_MAX), -1);
  EXPECT_EQ(find(list, key_of(8)), -1);
}

TEST_F(ListSearchTest, EqualIsEnough) {
  const Ref<List> list = List::of(number(1), Str::of_ascii("abc"), ints({1, 2}));
  EXPECT_EQ(find(list, Value::of_float(1.0)), 0);
  EXPECT_EQ(find(list, Value::kTrue), 0);
  EXPECT_EQ(find(list, Str::of_ascii("abc").value()), 1);
  EXPECT_EQ(find(list, ints({1, 2}).value()), 2);
  EXPECT_EQ(find(list, ints({1}).value()), -1);
}

TEST_F(ListSearchTest, CountsAndContains) {
  const Ref<List> list = ints({1, 2, 1, 1});
  std::size_t count = 0;
  EXPECT_EQ(list->count_equal(key_of(1), count), Status::kDone);
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(list->count_equal(key_of(9), count), Status::kDone);
  EXPECT_EQ(count, 0U);
  EXPECT_EQ(contains(list.value(), key_of(2)), Truth::kTrue);
  EXPECT_EQ(contains(list.value(), key_of(3)), Truth::kFalse);
}

TEST_F(ListSearchTest, RemovesTheFirst) {
  const Ref<List> list = ints({1, 2, 1});
  EXPECT_EQ(list->remove(key_of(1)), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{2, 1}));
  EXPECT_EQ(list->remove(key_of(7)), Status::kFailed);
  EXPECT_EQ(raised(), "ValueError: list.remove(x): x not in list");
}

TEST_F(ListSearchTest, AnEqualityThatRaisesIsPassedOn) {
  const Ref<List> list = keys({1, 2});
  Key::at_compare = [] {
    raise(ErrorKind::kValue, {"no"});
    return false;
  };
  const Ref<> wanted = Key::make(2, 2);
  EXPECT_EQ(list->contains(wanted.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "ValueError: no");
  EXPECT_EQ(list->remove(wanted.value()), Status::kFailed);
  EXPECT_EQ(raised(), "ValueError: no");
  std::size_t count = 0;
  EXPECT_EQ(list->count_equal(wanted.value(), count), Status::kFailed);
  EXPECT_EQ(raised(), "ValueError: no");
  EXPECT_EQ(list->size(), 2U);
}

// What an __eq__ does to the list while an item of it is compared.
TEST_F(ListSearchTest, AnEqualityMayChangeTheList) {
  const auto once = [](auto change) {
    Key::at_compare = [change] {
      const auto code = std::exchange(Key::at_compare, nullptr);
      change();
      return true;
    };
  };
  const Ref<> wanted = Key::make(2, 2);
  {
    const Ref<List> list = keys({1, 2});
    once([&] { list->clear(); });
    EXPECT_EQ(find(list, wanted.value()), -1);
  }
  {
    const Ref<List> list = keys({2, 3, 4});
    once([&] { EXPECT_EQ(list->insert(0, number(9)), Status::kDone); });
    EXPECT_EQ(list->remove(wanted.value()), Status::kDone) << "it has moved up, and is removed";
    EXPECT_EQ(list->size(), 3U);
    EXPECT_EQ(find(list, key_of(9)), 0);
  }
  {
    const Ref<List> list = keys({2, 3, 2});
    once([&] { EXPECT_TRUE(list->pop(0)); });
    EXPECT_EQ(list->remove(wanted.value()), Status::kDone) << "there is another one";
    EXPECT_EQ(list->size(), 1U);
  }
  {
    const Ref<List> list = keys({2, 3});
    once([&] { EXPECT_TRUE(list->pop(0)); });
    EXPECT_EQ(list->remove(wanted.value()), Status::kFailed);
    EXPECT_EQ(raised(), "ValueError: list.remove(x): x not in list");
    EXPECT_EQ(list->size(), 1U);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
