#include "objects/types/simple_namespace.h"

#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SimpleNamespaceTest : public SequencesTest {
 protected:
  static Ref<> make(Type& type, const std::vector<std::pair<const char*, Value>>& items) {
    Ref<Tuple> names = Tuple::make_blank(items.size());
    std::vector<Value> values;
    for (std::size_t i = 0; i < items.size(); ++i) {
      names->initialise(i, name(items[i].first));
      values.push_back(items[i].second);
    }
    return call(Value(&type), {values.data(), 0, names.get()});
  }
};

TEST_F(SimpleNamespaceTest, IsItsAttributes) {
  const Ref<> space = make(simple_namespace_type(), {{"a", key_of(1)}, {"b", Value::kNone}});
  ASSERT_TRUE(space) << pending_text();
  EXPECT_EQ(shown(space.value()), "namespace(a=1, b=None)");
  EXPECT_EQ(text_of(get(space, "a")), "1");
  EXPECT_EQ(set(space, "c", an_int(3)), Status::kDone);
  EXPECT_EQ(shown(get(space, "__dict__").value()), "{'a': 1, 'b': None, 'c': 3}");
  EXPECT_FALSE(get(space, "d"));
  EXPECT_EQ(pending_text(), "'types.SimpleNamespace' object has no attribute 'd'");
  EXPECT_EQ(text_of(get(Value(&simple_namespace_type()), "__name__")), "SimpleNamespace");
  EXPECT_EQ(text_of(get(Value(&simple_namespace_type()), "__module__")), "types");
}

TEST_F(SimpleNamespaceTest, ShowsItselfOnce) {
  const Ref<> space = make(simple_namespace_type(), {});
  EXPECT_EQ(shown(space.value()), "namespace()");
  ASSERT_EQ(set(space, "self", Ref<>::of(space.value())), Status::kDone);
  EXPECT_EQ(shown(space.value()), "namespace(self=namespace(...))");
  ASSERT_EQ(set(space, "self", Special::kNone), Status::kDone);
  EXPECT_EQ(shown(make(a_class("Sub", {&simple_namespace_type()}), {{"x", key_of(1)}}).value()),
            "Sub(x=1)");
}

TEST_F(SimpleNamespaceTest, IsComparedByItsAttributes) {
  const Ref<> a = make(simple_namespace_type(), {{"a", key_of(1)}});
  const Ref<> b = make(simple_namespace_type(), {{"a", key_of(1)}});
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kTrue);
  ASSERT_EQ(set(b, "a", an_int(2)), Status::kDone);
  EXPECT_EQ(compare_truth(CompareOp::kNotEqual, a.value(), b.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), key_of(1)), Truth::kFalse);
  std::int64_t hash = 0;
  EXPECT_EQ(orochi::hash(a.value(), hash), Status::kFailed);
  EXPECT_EQ(pending_text(), "unhashable type: 'types.SimpleNamespace'");
}

TEST_F(SimpleNamespaceTest, IsMadeOfNamesAlone) {
  EXPECT_FALSE(new_of(simple_namespace_type(), {key_of(1)}));
  EXPECT_EQ(pending_text(), "no positional arguments expected");
  const Ref<> space = make(simple_namespace_type(), {{"a", key_of(1)}});
  const Ref<> parts = call_method(space.value(), *name("__reduce__"));
  EXPECT_EQ(parts.as<Tuple>()[0], Value(&simple_namespace_type()));
  EXPECT_EQ(shown(parts.as<Tuple>()[1]), "()");
  EXPECT_EQ(shown(parts.as<Tuple>()[2]), "{'a': 1}");
  const Ref<Dict> attributes = Dict::make();
  ASSERT_EQ(attributes->set(name("x").value(), an_int(7)), Status::kDone);
  EXPECT_EQ(shown(SimpleNamespace::make(*attributes).value()), "namespace(x=7)");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
