#include "objects/model/operations.h"

#include <array>

#include "objects/model/recursion.h"
#include "objects/types/intern.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Which slot was called last, and with what.
struct Called {
  const char* what = "";
  Value self;
  Value other;
  CompareOp op{};
};
Called g_called;
bool g_has_opinion = true;

Ref<> answer(const char* what, Value self, Value other) noexcept {
  g_called = {.what = what, .self = self, .other = other};
  return g_has_opinion ? Ref<>(Special::kEllipsis) : Ref<>(Special::kNotImplemented);
}

Ref<> add(Value self, Value other) noexcept { return answer("add", self, other); }
Ref<> reflected_add(Value self, Value other) noexcept { return answer("radd", self, other); }
Ref<> compare_any(CompareOp op, Value self, Value other) noexcept {
  Ref<> result = answer("compare", self, other);
  g_called.op = op;
  return result;
}

class OperationsTest : public ObjectsTest {
 protected:
  OperationsTest() {
    g_called = {};
    g_has_opinion = true;
  }
  static Ref<> make(const Protocols& slots, Type* base = nullptr) {
    Type* const ancestors[] = {base == nullptr ? &object_type() : base, &object_type()};
    const std::span<Type* const> all(ancestors);
    Type* const type = Type::make({.name = "operand",
                                   .layout = &layout_of<Witness>,
                                   .ancestors = base == nullptr ? all.last(1) : all,
                                   .protocols = slots});
    return new_object<Witness>(*type);
  }
  static Protocols adding() {
    Protocols slots;
    slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = add;
    return slots;
  }
  static Protocols reflecting() {
    Protocols slots;
    slots.reflected[static_cast<std::size_t>(BinaryOp::kAdd)] = reflected_add;
    return slots;
  }
  static std::string last_text() { return std::string(Error::take().text()); }
};

TEST_F(OperationsTest, TruthOfConstants) {
  EXPECT_EQ(truth(Value::kTrue), Truth::kTrue);
  EXPECT_EQ(truth(Value::kFalse), Truth::kFalse);
  EXPECT_EQ(truth(Value::kNone), Truth::kFalse);
}

TEST_F(OperationsTest, TruthByOpinionThenByLengthThenTrue) {
  EXPECT_EQ(truth(make({}).value()), Truth::kTrue);
  EXPECT_EQ(truth(Tuple::of().value()), Truth::kFalse);
  EXPECT_EQ(truth(Tuple::of(Ref<>(Special::kNone)).value()), Truth::kTrue);
  Protocols slots;
  slots.truth = [](Value) noexcept { return Truth::kFalse; };
  slots.length = [](Value, std::size_t& length) noexcept {
    length = 3;
    return Status::kDone;
  };
  EXPECT_EQ(truth(make(slots).value()), Truth::kFalse) << "its opinion goes first";
}

TEST_F(OperationsTest, AddAsksTheLeftAndThenTheRight) {
  const Ref<> left = make(adding());
  const Ref<> right = make(reflecting());
  EXPECT_EQ(binary(BinaryOp::kAdd, left.value(), right.value()).value(), Value::kEllipsis);
  EXPECT_STREQ(g_called.what, "add");
  const Ref<> mute = make({});
  EXPECT_TRUE(binary(BinaryOp::kAdd, mute.value(), right.value()));
  EXPECT_STREQ(g_called.what, "radd");
  EXPECT_EQ(g_called.self, right.value());
  EXPECT_EQ(g_called.other, mute.value());
}

TEST_F(OperationsTest, ASubtypesReflectedOperationGoesFirst) {
  const Ref<> base = make(adding());
  const Ref<> derived = make(reflecting(), &type_of(base.value()));
  EXPECT_TRUE(binary(BinaryOp::kAdd, base.value(), derived.value()));
  EXPECT_STREQ(g_called.what, "radd");
}

TEST_F(OperationsTest, WithoutAnOpinionItIsATypeError) {
  g_has_opinion = false;
  const Ref<> left = make(adding());
  EXPECT_FALSE(binary(BinaryOp::kAdd, left.value(), make(reflecting()).value()));
  EXPECT_EQ(last_text(), "unsupported operand type(s) for +: 'operand' and 'operand'");
  EXPECT_FALSE(unary(UnaryOp::kNegative, left.value()));
  EXPECT_EQ(last_text(), "bad operand type for unary -: 'operand'");
}

TEST_F(OperationsTest, ComparisonIsMirroredForTheOther) {
  Protocols slots;
  slots.compare = compare_any;
  const Ref<> able = make(slots);
  const Ref<> mute = make({});
  EXPECT_TRUE(compare(CompareOp::kLess, able.value(), mute.value()));
  EXPECT_EQ(g_called.op, CompareOp::kLess);
  EXPECT_TRUE(compare(CompareOp::kLess, mute.value(), able.value()));
  EXPECT_EQ(g_called.op, CompareOp::kGreater);
  EXPECT_EQ(g_called.self, able.value());
  EXPECT_TRUE(compare(CompareOp::kGreaterEqual, mute.value(), able.value()));
  EXPECT_EQ(g_called.op, CompareOp::kLessEqual);
}

TEST_F(OperationsTest, EqualityFallsBackOnBeingTheSame) {
  const Ref<> one = make({});
  const Ref<> other = make({});
  EXPECT_EQ(compare_truth(CompareOp::kEqual, one.value(), one.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, one.value(), other.value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kNotEqual, one.value(), other.value()), Truth::kTrue);
  EXPECT_FALSE(compare(CompareOp::kLess, one.value(), other.value()));
  EXPECT_EQ(last_text(), "'<' not supported between instances of 'operand' and 'operand'");
}

TEST_F(OperationsTest, WhatATypeCannotIsATypeError) {
  const Ref<> mute = make({});
  const Value value = mute.value();
  Object& name = *intern_for_ever("any");
  std::size_t size = 0;
  Ref<> item;
  EXPECT_EQ(length(value, size), Status::kFailed);
  EXPECT_EQ(last_text(), "object of type 'operand' has no len()");
  EXPECT_FALSE(iterate(value));
  EXPECT_EQ(last_text(), "'operand' object is not iterable");
  EXPECT_EQ(next(value, item), Status::kFailed);
  EXPECT_EQ(last_text(), "'operand' object is not an iterator");
  EXPECT_FALSE(get_item(value, value));
  EXPECT_EQ(last_text(), "'operand' object is not subscriptable");
  EXPECT_EQ(set_item(value, value, Special::kNone), Status::kFailed);
  EXPECT_EQ(last_text(), "'operand' object does not support item assignment");
  EXPECT_EQ(set_item(value, value, {}), Status::kFailed);
  EXPECT_EQ(last_text(), "'operand' object does not support item deletion");
  EXPECT_FALSE(call(value, {}));
  EXPECT_EQ(last_text(), "'operand' object is not callable");
  EXPECT_EQ(contains(value, value), Truth::kFailed);
  EXPECT_EQ(last_text(), "argument of type 'operand' is not iterable");
  EXPECT_FALSE(get_attribute(value, name));
  EXPECT_EQ(last_text(), "'operand' object has no attribute 'any'");
  EXPECT_EQ(set_attribute(value, name, {}), Status::kFailed);
  EXPECT_EQ(last_text(), "'operand' object has no attribute 'any'");
}

TEST_F(OperationsTest, WhatEveryObjectCanDoItHasFromObject) {
  const Ref<> mute = make({});
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(mute.value(), hashed), Status::kDone);
  EXPECT_TRUE(repr(mute.value()));
  EXPECT_TRUE(str(mute.value()));
}

TEST_F(OperationsTest, WhoComparesInHisOwnWayHasNoHash) {
  Protocols slots;
  slots.compare = compare_any;
  const Ref<> object = make(slots);
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(object.value(), hashed), Status::kFailed);
  EXPECT_EQ(last_text(), "unhashable type: 'operand'");
}

TEST_F(OperationsTest, ArgumentsOfACallArriveAsTheyAre) {
  Protocols slots;
  slots.call = [](Value, const Arguments& arguments) noexcept -> Ref<> {
    EXPECT_EQ(arguments.positional, 2U);
    EXPECT_EQ(arguments.keywords, nullptr);
    return Ref<>::of(arguments.values[1]);
  };
  const std::array arguments{Value::kNone, Value::of_int(8)};
  const Ref<> callee = make(slots);
  EXPECT_EQ(call(callee.value(), {.values = arguments.data(), .positional = 2}).value().as_int(),
            8);
}

TEST_F(OperationsTest, ContainsAsksTheIteratorWhereThereIsNothingElse) {
  static int left;
  left = 3;
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value, Ref<>& item) noexcept {
    item = left == 0 ? Ref<>() : Ref<>::adopt(Value::of_int(left--));
    return Status::kDone;
  };
  Type* const ancestors[] = {&object_type()};
  set_immediate_type(
      ImmediateKind::kInt,
      *Type::make({.name = "int", .layout = &layout_of<Object>, .ancestors = ancestors}));
  const Ref<> countdown = make(slots);
  EXPECT_EQ(contains(countdown.value(), Value::of_int(2)), Truth::kTrue);
  EXPECT_EQ(left, 1) << "no further than needed";
  EXPECT_EQ(contains(countdown.value(), Value::of_int(9)), Truth::kFalse);
  EXPECT_EQ(left, 0);
}

TEST_F(OperationsTest, DepthIsBounded) {
  // Each level asks for the truth of the next one, which is itself.
  Protocols slots;
  slots.truth = [](Value self) noexcept { return truth(self); };
  const Ref<> endless = make(slots);
  EXPECT_EQ(truth(endless.value()), Truth::kFailed);
  const Error error = Error::take();
  EXPECT_EQ(error.kind(), ErrorKind::kRecursion);
  EXPECT_EQ(ThreadRecord::mine().calls, 0U);
  const RecursionGuard guard;
  EXPECT_TRUE(guard) << "and it can go on";
}

// CPython asks what is a sequence for its item first, and that says it otherwise.
TEST_F(OperationsTest, WhatHasALengthSaysOtherwiseThatItsItemsStay) {
  Protocols slots;
  slots.length = [](Value, std::size_t& length) noexcept {
    length = 1;
    return Status::kDone;
  };
  const Ref<> sequence = make(slots);
  EXPECT_EQ(set_item(sequence.value(), Value::of_int(0), {}), Status::kFailed);
  EXPECT_EQ(last_text(), "'operand' object doesn't support item deletion");
  EXPECT_EQ(set_item(sequence.value(), Value::kNone, {}), Status::kFailed);
  EXPECT_EQ(last_text(), "'operand' object does not support item deletion");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
