#include "objects/types/str_protocols.h"

#include "objects/model/operations.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrProtocolsTest : public ObjectsTest {
 protected:
  static std::string shown(const Ref<>& result) { return python(result.as<Str>()); }
  static std::string message() { return std::string(Error::take().text()); }
  static Truth ask(CompareOp op, const Ref<Str>& a, const Ref<Str>& b) {
    return compare_truth(op, a.value(), b.value());
  }
};

TEST_F(StrProtocolsTest, OrderIsPythons) {
  OROCHI_NEED_PYTHON();
  constexpr std::pair<CompareOp, const char*> kOperators[] = {
      {CompareOp::kLess, "<"},    {CompareOp::kLessEqual, "<="},
      {CompareOp::kEqual, "=="},  {CompareOp::kNotEqual, "!="},
      {CompareOp::kGreater, ">"}, {CompareOp::kGreaterEqual, ">="}};
  PythonOracle oracle;
  text::Random random(3);
  for (int i = 0; i < 300; ++i) {
    const Ref<Str> a = random_str(random, 3);
    const Ref<Str> b = random_str(random, 3);
    for (const auto& [op, symbol] : kOperators)
      oracle.expect("(" + python(a) + symbol + python(b) + ") is " +
                    (ask(op, a, b) == Truth::kTrue ? "True" : "False"));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(StrProtocolsTest, HashAndLengthAndTruth) {
  const Ref<Str> str = str_of("name");
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(str.value(), hashed), Status::kDone);
  EXPECT_EQ(hashed, str->hash());
  std::size_t size = 0;
  EXPECT_EQ(length(str.value(), size), Status::kDone);
  EXPECT_EQ(size, 4U);
  EXPECT_EQ(truth(str.value()), Truth::kTrue);
  EXPECT_EQ(truth(Str::empty().value()), Truth::kFalse);
}

TEST_F(StrProtocolsTest, CharactersByNumber) {
  const Ref<Str> str = str_of(U"a\u6F22\U0001F600");
  const auto at = [&](std::int64_t i) { return get_item(str.value(), Value::of_int(i)); };
  EXPECT_EQ(at(0).as<Str>().view()[0], U'a');
  EXPECT_EQ(at(-1).as<Str>().view()[0], 0x1F600U);
  EXPECT_EQ(get_item(str.value(), Value::kTrue).as<Str>().view()[0], 0x6F22U);
  EXPECT_FALSE(at(3));
  EXPECT_EQ(message(), "string index out of range");
  EXPECT_FALSE(get_item(str.value(), str.value()));
  EXPECT_EQ(message(), "string indices must be integers, not 'str'");
}

TEST_F(StrProtocolsTest, Contains) {
  const Ref<Str> str = str_of("some text");
  EXPECT_EQ(contains(str.value(), str_of("me t").value()), Truth::kTrue);
  EXPECT_EQ(contains(str.value(), str_of("met").value()), Truth::kFalse);
  EXPECT_EQ(contains(str.value(), Cell::make({}).value()), Truth::kFailed);
  EXPECT_EQ(message(), "'in <string>' requires string as left operand, not cell");
}

TEST_F(StrProtocolsTest, AddsStrsAlone) {
  const Ref<Str> a = str_of("ab");
  EXPECT_EQ(shown(binary(BinaryOp::kAdd, a.value(), str_of("cd").value())), "\"abcd\"");
  EXPECT_FALSE(binary(BinaryOp::kAdd, a.value(), Cell::make({}).value()));
  EXPECT_EQ(message(), "can only concatenate str (not \"cell\") to str");
  EXPECT_FALSE(binary(BinaryOp::kAdd, Cell::make({}).value(), a.value()));
  EXPECT_EQ(message(), "unsupported operand type(s) for +: 'cell' and 'str'");
}

TEST_F(StrProtocolsTest, IsMultipliedByIntegersAlone) {
  const Ref<Str> str = str_of("ab");
  EXPECT_FALSE(binary(BinaryOp::kMultiply, str.value(), Cell::make({}).value()));
  EXPECT_EQ(message(), "can't multiply sequence by non-int of type 'cell'");
  EXPECT_FALSE(binary(BinaryOp::kMultiply, Cell::make({}).value(), str.value()));
  EXPECT_EQ(message(), "can't multiply sequence by non-int of type 'cell'");
}

// Who is no str may know what it makes of one.
TEST_F(StrProtocolsTest, TheOtherSideIsAskedBeforeAnError) {
  Protocols slots;
  const BinaryFunction answer = [](Value, Value) noexcept -> Ref<> { return Special::kEllipsis; };
  slots.reflected[static_cast<std::size_t>(BinaryOp::kAdd)] = answer;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kMultiply)] = answer;
  Type* const ancestors[] = {&object_type()};
  static Type* const type = Type::make({.name = "knowing",
                                        .layout = &layout_of<Witness>,
                                        .ancestors = ancestors,
                                        .protocols = slots});
  const Ref<Witness> knowing = new_object<Witness>(*type);
  const Ref<Str> str = str_of("ab");
  EXPECT_EQ(binary(BinaryOp::kAdd, str.value(), knowing.value()).value(), Value::kEllipsis);
  EXPECT_EQ(binary(BinaryOp::kMultiply, str.value(), knowing.value()).value(), Value::kEllipsis);
}

TEST_F(StrProtocolsTest, IsItsOwnText) {
  const Ref<Str> str = str_of("text");
  EXPECT_EQ(orochi::str(str.value()).value(), str.value());
}

TEST_F(StrProtocolsTest, IsEqualToNoOtherType) {
  const Ref<Str> str = str_of("1");
  EXPECT_EQ(compare_truth(CompareOp::kEqual, str.value(), Cell::make({}).value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kLess, str.value(), Cell::make({}).value()), Truth::kFailed);
  EXPECT_EQ(message(), "'<' not supported between instances of 'str' and 'cell'");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
