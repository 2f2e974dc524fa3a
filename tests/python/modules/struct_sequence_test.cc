#include "python/modules/struct_sequence.h"

#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using StructSequenceTest = ModulesTest;

// Two items, of which the second has no name, and a field that is no item.
constexpr StructField kFields[] = {{"first", "The first."}, {""}, {"exact"}};
constexpr StructSequenceSpec kPair{
    .module = "tests", .name = "pair", .doc = "Two.", .fields = kFields, .shown = 2};
constexpr StructSequenceSpec kClosed{.module = "tests",
                                     .name = "closed",
                                     .doc = "",
                                     .fields = kFields,
                                     .shown = 3,
                                     .can_be_called = false};

Type& pair_type() {
  static Type* const type = make_struct_sequence_type(kPair);
  return *type;
}

Ref<> a_pair() {
  std::array<Ref<>, 3> values{an_int(1), an_int(2), an_int(3)};
  return make_struct_sequence(pair_type(), values);
}

TEST_F(StructSequenceTest, IsATupleOfWhatIsShown) {
  const Ref<> pair = a_pair();
  ASSERT_NE(as_tuple(pair.value()), nullptr);
  EXPECT_EQ(as_tuple(pair.value())->size(), 2U);
  EXPECT_EQ(text_of(get(pair, "first")), "1");
  EXPECT_EQ(text_of(get(pair, "exact")), "3");
  const Ref<> same = Tuple::of(an_int(1), an_int(2));
  EXPECT_EQ(compare_truth(CompareOp::kEqual, pair.value(), same.value()), Truth::kTrue);
}

TEST_F(StructSequenceTest, IsShownWithNames) {
  EXPECT_EQ(repr_text(a_pair()), "tests.pair(first=1, exact=2)");
}

TEST_F(StructSequenceTest, CannotBeWritten) {
  EXPECT_EQ(set(a_pair(), "first", an_int(5)), Status::kFailed);
  EXPECT_EQ(pending_text(), "readonly attribute");
}

TEST_F(StructSequenceTest, IsMadeFromASequenceAndADict) {
  const Ref<> items = Tuple::of(an_int(7), an_int(8));
  const Ref<> made = new_of(pair_type(), {items.value()});
  EXPECT_TRUE(get(made, "exact").value().is_none());
  const Ref<Dict> named = Dict::make();
  ASSERT_EQ(named->set(Value(name("exact").get()), an_int(9)), Status::kDone);
  EXPECT_EQ(text_of(get(new_of(pair_type(), {items.value(), named.value()}), "exact")), "9");
}

TEST_F(StructSequenceTest, RefusesOtherSizes) {
  EXPECT_FALSE(new_of(pair_type(), {a_list(1).value()}));
  EXPECT_EQ(pending_text(), "tests.pair() takes an at least 2-sequence (1-sequence given)");
  EXPECT_FALSE(new_of(pair_type(), {a_list(1, 2, 3, 4).value()}));
  EXPECT_EQ(pending_text(), "tests.pair() takes an at most 3-sequence (4-sequence given)");
}

TEST_F(StructSequenceTest, OneThatIsClosedCannotBeCalled) {
  Type* const type = make_struct_sequence_type(kClosed);
  ASSERT_NE(type, nullptr);
  EXPECT_FALSE(new_of(*type, {a_list(1, 2, 3).value()}));
  EXPECT_EQ(pending_text(), "cannot create 'tests.closed' instances");
}

TEST_F(StructSequenceTest, SaysHowManyFieldsThereAre) {
  const Value type(&pair_type());
  EXPECT_EQ(text_of(get(type, "n_fields")), "3");
  EXPECT_EQ(text_of(get(type, "n_sequence_fields")), "2");
  EXPECT_EQ(text_of(get(type, "n_unnamed_fields")), "1");
  EXPECT_EQ(repr_text(get(type, "__match_args__")), "('first',)");
  EXPECT_EQ(text_of(get(type, "__module__")), "tests");
}

TEST_F(StructSequenceTest, CanBeTakenApartAndPutTogether) {
  const Ref<> parts = call_with(get(a_pair(), "__reduce__").value());
  EXPECT_EQ(repr_text(parts), "(<class 'tests.pair'>, ((1, 2), {'exact': 3}))");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
