#include "objects/types/union_type.h"

#include "objects/types/generic_alias.h"
#include "objects/types/type_object.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class UnionTypeTest : public SequencesTest {
 protected:
  static Ref<> either(Value a, Value b) { return binary(BinaryOp::kOr, a, b); }
  static Ref<> list_of(Value type) { return get_item(Value(&list_type()), type); }
  static std::string text(const Ref<>& value) { return value ? shown(value.value()) : raised(); }

  const Value int_ = Value(&int_type());
  const Value str_ = Value(&str_type());
  const Value none_ = Value::kNone;
};

TEST_F(UnionTypeTest, IsOfTypesEachOnce) {
  const Ref<> both = either(int_, str_);
  EXPECT_EQ(text(both), "int | str");
  EXPECT_EQ(text(either(both.value(), int_)), "int | str");
  EXPECT_EQ(text(either(Value(&float_type()), both.value())), "float | int | str");
  EXPECT_EQ(text(either(int_, int_)), "<class 'int'>");
  EXPECT_EQ(text(either(int_, none_)), "int | None");
  EXPECT_EQ(text(either(none_, int_)), "None | int");
  const Ref<> alias = list_of(int_);
  const Ref<> same = list_of(int_);
  EXPECT_EQ(text(either(either(int_, alias.value()).value(), same.value())), "int | list[int]");
  EXPECT_EQ(text(either(alias.value(), none_)), "list[int] | None");
  EXPECT_EQ(text(get(either(int_, none_), "__args__")), "(<class 'int'>, <class 'NoneType'>)");
}

TEST_F(UnionTypeTest, OtherValuesAreNoMembers) {
  EXPECT_FALSE(either(int_, key_of(1)));
  EXPECT_EQ(raised(), "TypeError: unsupported operand type(s) for |: 'type' and 'int'");
  EXPECT_FALSE(either(key_of(1), int_));
  EXPECT_EQ(raised(), "TypeError: unsupported operand type(s) for |: 'int' and 'type'");
  EXPECT_FALSE(either(list_of(int_).value(), a_str("x").value()));
  EXPECT_EQ(raised(),
            "TypeError: unsupported operand type(s) for |: 'types.GenericAlias' and 'str'");
  EXPECT_FALSE(call_with(either(int_, str_).value()));
  EXPECT_EQ(raised(), "TypeError: 'types.UnionType' object is not callable");
  EXPECT_FALSE(call_with(Value(&union_type())));
  EXPECT_EQ(raised(), "TypeError: cannot create 'types.UnionType' instances");
}

// Who has an operator of his own for them says what they become.
TEST_F(UnionTypeTest, AMetaclassGoesFirst) {
  Type& meta = a_class("Meta", {&type_type()},
                       std::move(Body().method("__ror__", [](auto) { return a_str("mine"); })));
  const Ref<Str> class_name = name("C");
  const Ref<Tuple> none = tuple_of({});
  const Ref<Dict> names = Dict::make();
  const Ref<> made = new_of(meta, {class_name.value(), none.value(), names.value()});
  EXPECT_EQ(text_of(either(int_, made.value())), "mine");
}

TEST_F(UnionTypeTest, IsEqualInAnyOrder) {
  const Ref<> a = either(int_, str_);
  const Ref<> b = either(str_, int_);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), int_), Truth::kFalse);
  std::int64_t hash_a = 0;
  std::int64_t hash_b = 0;
  EXPECT_EQ(hash(a.value(), hash_a), Status::kDone);
  EXPECT_EQ(hash(b.value(), hash_b), Status::kDone);
  EXPECT_EQ(hash_a, hash_b);
}

TEST_F(UnionTypeTest, IsAskedForInstancesAsItsMembersAre) {
  const Ref<> either_one = either(either(int_, none_).value(), list_of(int_).value());
  EXPECT_EQ(is_instance(key_of(1), either_one.value()), Truth::kTrue);
  EXPECT_EQ(is_instance(none_, either_one.value()), Truth::kTrue);
  EXPECT_EQ(is_instance(Value::of_float(1), either(int_, str_).value()), Truth::kFalse);
  EXPECT_EQ(is_instance(Value::of_float(1), either_one.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "TypeError: isinstance() argument 2 cannot be a parameterized generic");
  EXPECT_EQ(is_subclass(Value(&bool_type()), either_one.value()), Truth::kTrue);
  EXPECT_EQ(is_subclass(str_, either(int_, none_).value()), Truth::kFalse);
  EXPECT_EQ(is_subclass(key_of(1), either_one.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "TypeError: issubclass() arg 1 must be a class");
}

TEST_F(UnionTypeTest, VariablesInMembersAreReplaced) {
  Body body;
  body.method("__typing_subst__", [](auto arguments) { return Ref<>::of(arguments[1]); });
  const Ref<> variable = new_of(a_class("T", {}, std::move(body)));
  const Ref<> both = either(int_, list_of(variable.value()).value());
  EXPECT_EQ(get(both, "__parameters__").as<Tuple>()[0], variable.value());
  EXPECT_EQ(text(get_item(both.value(), str_)), "int | list[str]");
  EXPECT_FALSE(get_item(either(int_, str_).value(), int_));
  EXPECT_EQ(raised(), "TypeError: int | str is not a generic class");
}

TEST_F(UnionTypeTest, SaysWhereItIsFrom) {
  EXPECT_EQ(text_of(get(either(int_, str_), "__module__")), "types");
  EXPECT_EQ(text_of(get(Value(&union_type()), "__name__")), "UnionType");
  EXPECT_EQ(text_of(get(Value(&union_type()), "__qualname__")), "UnionType");
  EXPECT_EQ(shown(Value(&union_type())), "<class 'types.UnionType'>");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
