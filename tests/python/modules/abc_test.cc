#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class AbcTest : public ObjectsTest {
 protected:
  AbcTest() { ours_.import_module("_abc"); }

  // A class that the evaluator knows under its name.
  Type& a_known_class(const std::string& name, const std::vector<Type*>& bases,
                      Body&& body = Body()) {
    Type& made = a_class(name, bases, std::move(body));
    ours_.set(name, Ref<>::of(Value(&made)));
    return made;
  }
  std::string shown(const std::string& expression) {
    const Ref<> value = ours_.evaluate(expression);
    return value ? text_of(repr(value.value())) : Evaluator::pending_exception();
  }
  // A function that is to be replaced in subclasses.
  static Ref<> abstract_function() {
    static Type& kind = a_class("abstract", {&object_type()});
    const Ref<> function = new_of(kind);
    EXPECT_EQ(set(function, "__isabstractmethod__", Special::kTrue), Status::kDone);
    return function.share();
  }

  Evaluator ours_;
};

TEST_F(AbcTest, FindsWhatIsAbstract) {
  Body base;
  base.set("f", abstract_function()).set("g", abstract_function()).set("h", an_int(1));
  Type& a = a_known_class("A", {&object_type()}, std::move(base));
  EXPECT_EQ(shown("_abc._abc_init(A)"), "None");
  EXPECT_EQ(shown("sorted(A.__abstractmethods__)"), "['f', 'g']");
  EXPECT_EQ(shown("isinstance(A.__abstractmethods__, frozenset)"), "True");
  Body derived;
  derived.set("f", an_int(1));
  a_known_class("B", {&a}, std::move(derived));
  EXPECT_EQ(shown("_abc._abc_init(B)"), "None");
  EXPECT_EQ(shown("sorted(B.__abstractmethods__)"), "['g']");
  EXPECT_EQ(shown("B()"), "TypeError: Can't instantiate abstract class B with abstract method g");
}

TEST_F(AbcTest, RegisteredClassesAreSubclasses) {
  Type& a = a_known_class("A", {&object_type()});
  Type& b = a_known_class("B", {&object_type()});
  a_known_class("C", {&b});
  a_known_class("D", {&a});
  for (const char* const name : {"A", "B", "C", "D"})
    EXPECT_EQ(shown(std::string("_abc._abc_init(") + name + ")"), "None");
  EXPECT_EQ(shown("_abc._abc_subclasscheck(A, A), _abc._abc_subclasscheck(A, D)"), "(True, True)");
  EXPECT_EQ(shown("_abc._abc_subclasscheck(A, B), _abc._abc_subclasscheck(A, C)"),
            "(False, False)");
  EXPECT_EQ(shown("[before := _abc.get_cache_token(), _abc._abc_register(A, B) is B, "
                  "_abc.get_cache_token() - before][1:]"),
            "[True, 1]");
  EXPECT_EQ(shown("_abc._abc_subclasscheck(A, B), _abc._abc_subclasscheck(A, C)"), "(True, True)")
      << "what was no is asked again";
  EXPECT_EQ(shown("_abc._abc_register(A, D) is D"), "True") << "it is one already";
  EXPECT_EQ(shown("_abc._abc_register(D, A)"),
            "RuntimeError: Refusing to create an inheritance cycle");
  EXPECT_EQ(shown("len(_abc._get_dump(A)[0])"), "1");
  EXPECT_EQ(shown("[_abc._reset_registry(A), _abc._reset_caches(A), "
                  "_abc._abc_subclasscheck(A, B)]"),
            "[None, None, False]");
}

TEST_F(AbcTest, RefusesWhatIsNoClass) {
  a_known_class("A", {&object_type()});
  EXPECT_EQ(shown("_abc._abc_init(3)"),
            "TypeError: _abc_init() argument 1 must be a class, not int");
  EXPECT_EQ(shown("_abc._abc_init(A)"), "None");
  EXPECT_EQ(shown("_abc._abc_register(A, 3)"), "TypeError: Can only register classes");
  EXPECT_EQ(shown("_abc._abc_subclasscheck(A, 3)"),
            "TypeError: issubclass() arg 1 must be a class");
  EXPECT_EQ(shown("[setattr(A, '_abc_impl', 3), _abc._abc_subclasscheck(A, A)]"),
            "TypeError: _abc_impl is set to a wrong type");
}

TEST_F(AbcTest, PassesOnWhatPatternsMatch) {
  Body body;
  body.set("__abc_tpflags__", an_int(32));
  a_known_class("A", {&object_type()}, std::move(body));
  a_known_class("B", {&object_type()});
  EXPECT_EQ(shown("[_abc._abc_init(A), _abc._abc_register(A, B), B.__abc_tpflags__][2]"), "32");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
