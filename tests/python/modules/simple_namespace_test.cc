#include "python/modules/simple_namespace.h"

#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using SimpleNamespaceTest = ModulesTest;

Ref<> a_namespace(std::int64_t number) {
  const Ref<Dict> items = Dict::make();
  EXPECT_EQ(items->set(Value(name("x").get()), an_int(number)), Status::kDone);
  return make_simple_namespace(*items);
}

TEST_F(SimpleNamespaceTest, HasWhatItIsGiven) {
  const Ref<> one = a_namespace(1);
  EXPECT_EQ(text_of(get(one, "x")), "1");
  EXPECT_EQ(repr_text(one), "namespace(x=1)");
  EXPECT_EQ(set(one, "y", an_int(2)), Status::kDone);
  EXPECT_EQ(repr_text(one), "namespace(x=1, y=2)");
}

TEST_F(SimpleNamespaceTest, IsEqualToOneThatHasTheSame) {
  const auto equal = [](const Ref<>& a, const Ref<>& b) {
    return compare_truth(CompareOp::kEqual, a.value(), b.value());
  };
  EXPECT_EQ(equal(a_namespace(1), a_namespace(1)), Truth::kTrue);
  EXPECT_EQ(equal(a_namespace(1), a_namespace(2)), Truth::kFalse);
}

TEST_F(SimpleNamespaceTest, ShowsItselfInsideOfItself) {
  const Ref<> one = a_namespace(1);
  ASSERT_EQ(set(one, "x", one.share()), Status::kDone);
  EXPECT_EQ(repr_text(one), "namespace(x=namespace(...))");
  ASSERT_EQ(set(one, "x", an_int(0)), Status::kDone);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
