#include "objects/types/dict_view.h"

#include "objects/model/operations.h"
#include "objects/types/list.h"
#include "objects/types/set.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DictViewTest : public ObjectsTest {
 protected:
  DictViewTest() { Key::at_compare = nullptr; }
  static Ref<Dict> of(std::initializer_list<int> keys) {
    Ref<Dict> dict = Dict::make();
    for (const int key : keys) EXPECT_EQ(dict->set(key_of(key), number(10 * key)), Status::kDone);
    return dict;
  }
  static Ref<DictView> keys(std::initializer_list<int> keys) {
    return DictView::make(*of(keys), DictPart::kKeys);
  }
  static Ref<DictView> items(std::initializer_list<int> keys) {
    return DictView::make(*of(keys), DictPart::kItems);
  }
  static bool holds(CompareOp op, const Ref<DictView>& a, const Ref<DictView>& b) {
    const Truth truth = compare_truth(op, a.value(), b.value());
    EXPECT_FALSE(failed(truth));
    return truth == Truth::kTrue;
  }
};

TEST_F(DictViewTest, SaysWhatTheDictHasNow) {
  const Ref<Dict> dict = of({1, 2});
  const Ref<DictView> view = DictView::make(*dict, DictPart::kKeys);
  EXPECT_EQ(type_of(view.value()).name(), "dict_keys");
  ASSERT_EQ(dict->set(key_of(3), number(1)), Status::kDone);
  std::size_t size = 0;
  EXPECT_EQ(length(view.value(), size), Status::kDone);
  EXPECT_EQ(size, 3U);
  EXPECT_EQ(contains(view.value(), key_of(3)), Truth::kTrue);
  EXPECT_EQ(contains(view.value(), key_of(4)), Truth::kFalse);
  const Ref<> iterator = iterate(view.value());
  Ref<> item;
  EXPECT_EQ(next(iterator.value(), item), Status::kDone);
  EXPECT_EQ(item.value(), key_of(1));
}

TEST_F(DictViewTest, ContainsValuesAndPairs) {
  const Ref<Dict> dict = of({1, 2});
  EXPECT_EQ(contains(DictView::make(*dict, DictPart::kValues).value(), key_of(20)), Truth::kTrue);
  EXPECT_EQ(contains(DictView::make(*dict, DictPart::kValues).value(), key_of(2)), Truth::kFalse);
  const Ref<DictView> view = DictView::make(*dict, DictPart::kItems);
  const auto has = [&](Ref<> item) { return view->contains(item.value()); };
  EXPECT_EQ(has(Tuple::of(number(2), number(20))), Truth::kTrue);
  EXPECT_EQ(has(Tuple::of(number(2), number(21))), Truth::kFalse);
  EXPECT_EQ(has(Tuple::of(number(3), number(20))), Truth::kFalse);
  EXPECT_EQ(has(Tuple::of(number(2))), Truth::kFalse);
  EXPECT_EQ(has(number(2)), Truth::kFalse);
  EXPECT_EQ(has(Tuple::of(Ref<>(of({})), number(20))), Truth::kFailed) << "no dict is hashable";
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(DictViewTest, ComparesAsSetsDo) {
  EXPECT_TRUE(holds(CompareOp::kEqual, keys({1, 2}), keys({2, 1})));
  EXPECT_FALSE(holds(CompareOp::kNotEqual, keys({1, 2}), keys({2, 1})));
  EXPECT_TRUE(holds(CompareOp::kNotEqual, keys({1, 2}), keys({1, 3})));
  EXPECT_TRUE(holds(CompareOp::kLess, keys({1}), keys({2, 1})));
  EXPECT_FALSE(holds(CompareOp::kLess, keys({1, 2}), keys({2, 1})));
  EXPECT_TRUE(holds(CompareOp::kLessEqual, keys({1, 2}), keys({2, 1})));
  EXPECT_TRUE(holds(CompareOp::kGreater, keys({1, 2, 3}), keys({3})));
  EXPECT_FALSE(holds(CompareOp::kGreater, keys({1, 2, 3}), keys({4})));
  EXPECT_TRUE(holds(CompareOp::kGreaterEqual, keys({1}), keys({})));
  EXPECT_TRUE(holds(CompareOp::kEqual, items({1, 2}), items({2, 1})));
  EXPECT_FALSE(holds(CompareOp::kEqual, items({1}), keys({1})));
}

TEST_F(DictViewTest, ViewsOfValuesAreEqualToThemselvesAlone) {
  const Ref<Dict> dict = of({1});
  const Ref<DictView> view = DictView::make(*dict, DictPart::kValues);
  EXPECT_TRUE(holds(CompareOp::kEqual, view, view));
  EXPECT_FALSE(holds(CompareOp::kEqual, view, DictView::make(*dict, DictPart::kValues)));
}

TEST_F(DictViewTest, IsNotHashableIfItIsASet) {
  std::int64_t value = 0;
  EXPECT_EQ(hash(keys({1}).value(), value), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'dict_keys'");
}

TEST_F(DictViewTest, IterationGoesBackwards) {
  const Ref<DictIterator> iterator = keys({1, 2})->iterate(Direction::kBackward);
  Ref<> item;
  EXPECT_EQ(iterator->next(item), Status::kDone);
  EXPECT_EQ(item.value(), key_of(2));
  EXPECT_EQ(type_of(iterator.value()).name(), "dict_reversekeyiterator");
}

TEST_F(DictViewTest, ComparesWithSets) {
  const auto set_of = [](std::initializer_list<int> numbers, Type& type) {
    Ref<Set> set = Set::make(type);
    for (const int each : numbers) EXPECT_EQ(set->add(key_of(each)), Status::kDone);
    return set;
  };
  const auto holds = [](CompareOp op, Value a, Value b) {
    const Truth truth = compare_truth(op, a, b);
    EXPECT_FALSE(failed(truth));
    return truth == Truth::kTrue;
  };
  const Ref<DictView> view = keys({1, 2});
  for (Type* const type : {&set_type(), &frozenset_type()}) {
    const Ref<Set> same = set_of({2, 1}, *type);
    const Ref<Set> less = set_of({1}, *type);
    const Ref<Set> other = set_of({1, 3}, *type);
    EXPECT_TRUE(holds(CompareOp::kEqual, view.value(), same.value()));
    EXPECT_TRUE(holds(CompareOp::kEqual, same.value(), view.value()));
    EXPECT_TRUE(holds(CompareOp::kNotEqual, view.value(), other.value()));
    EXPECT_TRUE(holds(CompareOp::kLess, less.value(), view.value()));
    EXPECT_TRUE(holds(CompareOp::kGreater, view.value(), less.value()));
    EXPECT_FALSE(holds(CompareOp::kGreater, less.value(), view.value()));
    EXPECT_TRUE(holds(CompareOp::kLessEqual, view.value(), same.value()));
    EXPECT_FALSE(holds(CompareOp::kGreaterEqual, view.value(), other.value()));
  }
  const Ref<Set> pairs = Set::make(set_type());
  ASSERT_EQ(pairs->add(Tuple::of(number(1), number(10)).value()), Status::kDone);
  EXPECT_TRUE(holds(CompareOp::kEqual, items({1}).value(), pairs.value()));
  EXPECT_FALSE(holds(CompareOp::kEqual, items({2}).value(), pairs.value()));
  EXPECT_FALSE(compare(CompareOp::kLess, view.value(), List::make().value()));
  EXPECT_EQ(taken(), ErrorKind::kType);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
