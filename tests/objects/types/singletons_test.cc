#include "objects/types/singletons.h"

#include "objects/model/operations.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using SingletonsTest = ObjectsTest;

constexpr Value kAll[] = {Value::kNone, Value::kNotImplemented, Value::kEllipsis};

TEST_F(SingletonsTest, HaveTypesOfTheirOwn) {
  EXPECT_EQ(&type_of(Value::kNone), &none_type());
  EXPECT_EQ(&type_of(Value::kNotImplemented), &not_implemented_type());
  EXPECT_EQ(&type_of(Value::kEllipsis), &ellipsis_type());
  EXPECT_EQ(none_type().name(), "NoneType");
  EXPECT_EQ(not_implemented_type().name(), "NotImplementedType");
  EXPECT_EQ(ellipsis_type().name(), "ellipsis");
}

TEST_F(SingletonsTest, AreShownByTheirNames) {
  const char* const names[] = {"None", "NotImplemented", "Ellipsis"};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(repr(kAll[i]).as<Str>().ascii(), names[i]);
    EXPECT_EQ(str(kAll[i]).as<Str>().ascii(), names[i]);
  }
}

TEST_F(SingletonsTest, OnlyNoneIsFalse) {
  EXPECT_EQ(truth(Value::kNone), Truth::kFalse);
  EXPECT_EQ(truth(Value::kNotImplemented), Truth::kTrue);
  EXPECT_EQ(truth(Value::kEllipsis), Truth::kTrue);
}

TEST_F(SingletonsTest, AreEqualToThemselvesAloneAndCanBeKeys) {
  std::int64_t hashes[3] = {};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(hash(kAll[i], hashes[i]), Status::kDone);
    for (int j = 0; j < 3; ++j)
      EXPECT_EQ(compare_truth(CompareOp::kEqual, kAll[i], kAll[j]), truth_of(i == j));
  }
  EXPECT_NE(hashes[0], hashes[1]);
  EXPECT_NE(hashes[1], hashes[2]);
}

TEST_F(SingletonsTest, KnowNoOperators) {
  EXPECT_FALSE(binary(BinaryOp::kAdd, Value::kNone, Value::of_int(1)));
  EXPECT_EQ(Error::take().text(), "unsupported operand type(s) for +: 'NoneType' and 'int'");
  EXPECT_FALSE(compare(CompareOp::kLess, Value::kNone, Value::kNone));
  EXPECT_EQ(Error::take().text(),
            "'<' not supported between instances of 'NoneType' and 'NoneType'");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
