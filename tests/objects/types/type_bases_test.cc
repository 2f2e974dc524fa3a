#include "objects/types/type_bases.h"

#include <sstream>
#include <thread>

#include "objects/types/list.h"
#include "objects/types/type_object.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class TypeBasesTest : public ObjectsTest {
 protected:
  static Status set_bases_to(Type& type, const std::vector<Type*>& bases) {
    const Ref<Tuple> all = tuple_of(bases);
    return set_attribute(Value(&type), *name("__bases__"), all.share());
  }
  static Type& with(const char* class_name, const std::vector<Type*>& bases, std::int64_t x) {
    return a_class(class_name, bases, std::move(Body().set("x", an_int(x))));
  }
  static std::string order_of(const Type& type) {
    std::ostringstream names;
    for (const Type* const each : type.block().order()) names << each->name() << ' ';
    return names.str();
  }
  Type& base_ = a_class("Base", {});
};

TEST_F(TypeBasesTest, AClassInheritsFromItsNewBases) {
  Type& a = with("A", {&base_}, 1);
  Type& b = with("B", {&base_}, 2);
  Type& c = a_class("C", {&a});
  const Ref<> object = new_of(c);
  EXPECT_EQ(text_of(get(object, "x")), "1");
  EXPECT_EQ(set_bases_to(c, {&b}), Status::kDone);
  EXPECT_EQ(text_of(get(object, "x")), "2");
  EXPECT_EQ(order_of(c), "C B Base object ");
  EXPECT_EQ(c.base(), &b);
  EXPECT_EQ(is_instance(object.value(), Value(&a)), Truth::kFalse);
  EXPECT_EQ(is_instance(object.value(), Value(&b)), Truth::kTrue);
  EXPECT_EQ(get(Value(&c), "__bases__").as<Tuple>()[0], Value(&b));
  EXPECT_EQ(set_bases_to(c, {&b, &a}), Status::kDone) << "and again";
  EXPECT_EQ(order_of(c), "C B A Base object ");
}

TEST_F(TypeBasesTest, SoDoClassesBelow) {
  Type& a = with("A", {&base_}, 1);
  Type& b = with("B", {&base_}, 2);
  Type& c = a_class("C", {&a});
  Type& d = a_class("D", {&c});
  Type& e = a_class("E", {&d, &c});
  const std::uint32_t version = e.block().version();
  EXPECT_EQ(set_bases_to(c, {&b}), Status::kDone);
  EXPECT_EQ(order_of(e), "E D C B Base object ");
  EXPECT_EQ(text_of(get(new_of(e), "x")), "2");
  // An earlier test may have used up all versions.
  EXPECT_TRUE(version == 0 || e.block().version() != version);
  const Ref<> below = call_method(Value(&b), *name("__subclasses__"));
  EXPECT_EQ(below.as<List>().size(), 1U);
  EXPECT_EQ(call_method(Value(&a), *name("__subclasses__")).as<List>().size(), 0U);
}

// A base may be younger than its subclass.
TEST_F(TypeBasesTest, OrdersOfBasesAreComputedFirst) {
  Type& a = with("A", {&base_}, 1);
  Type& c = a_class("C", {&a});
  Type& young = a_class("Young", {&a});
  EXPECT_EQ(set_bases_to(c, {&young}), Status::kDone);
  Type& other = with("Other", {&base_}, 3);
  EXPECT_EQ(set_bases_to(a, {&other}), Status::kDone);
  EXPECT_EQ(order_of(c), "C Young A Other Base object ");
}

TEST_F(TypeBasesTest, WhatOperatorsDoChangesToo) {
  Type& a = a_class("A", {&base_});
  Type& b = a_class("B", {&base_},
                    std::move(Body().method("__add__", [](auto) { return a_str("sum"); })));
  Type& c = a_class("C", {&a});
  const Ref<> object = new_of(c);
  EXPECT_FALSE(binary(BinaryOp::kAdd, object.value(), object.value()));
  EXPECT_EQ(pending_text(), "unsupported operand type(s) for +: 'C' and 'C'");
  EXPECT_EQ(set_bases_to(c, {&b}), Status::kDone);
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, object.value(), object.value())), "sum");
  EXPECT_EQ(set_bases_to(c, {&a}), Status::kDone);
  EXPECT_FALSE(binary(BinaryOp::kAdd, object.value(), object.value()));
  EXPECT_EQ(pending_text(), "unsupported operand type(s) for +: 'C' and 'C'");
}

TEST_F(TypeBasesTest, WhatCannotBeIsRefusedInCPythonsWords) {
  Type& a = a_class("A", {&base_});
  Type& c = a_class("C", {&a});
  const auto refused = [&](Type& type, Ref<> value) {
    EXPECT_EQ(set_attribute(Value(&type), *name("__bases__"), std::move(value)), Status::kFailed);
    return pending_text();
  };
  EXPECT_EQ(refused(c, an_int(1)), "can only assign tuple to C.__bases__, not int");
  EXPECT_EQ(refused(c, tuple_of({})), "can only assign non-empty tuple to C.__bases__, not ()");
  EXPECT_EQ(refused(c, Tuple::of(an_int(1))), "C.__bases__ must be tuple of classes, not 'int'");
  EXPECT_EQ(refused(a, tuple_of({&c})), "a __bases__ item causes an inheritance cycle");
  EXPECT_EQ(refused(c, tuple_of({&int_type()})),
            "__bases__ assignment: 'int' deallocator differs from 'A'");
  EXPECT_EQ(refused(c, tuple_of({&list_type()})),
            "__bases__ assignment: 'list' object layout differs from 'A'");
  EXPECT_EQ(refused(c, tuple_of({&bool_type()})), "type 'bool' is not an acceptable base type");
  EXPECT_EQ(refused(c, tuple_of({&base_, &a})),
            "Cannot create a consistent method resolution\norder (MRO) for bases Base, A");
  EXPECT_EQ(refused(int_type(), tuple_of({&object_type()})),
            "cannot set '__bases__' attribute of immutable type 'int'");
  EXPECT_EQ(order_of(c), "C A Base object ") << "nothing has changed";
}

// A subclass that cannot be ordered any more keeps the class as it is.
TEST_F(TypeBasesTest, ClassesBelowMustAgree) {
  Type& a = a_class("A", {&base_});
  Type& b = a_class("B", {&base_});
  Type& c = a_class("C", {&base_});
  a_class("D", {&c, &a, &b});
  EXPECT_EQ(set_bases_to(c, {&b, &a}), Status::kFailed);
  EXPECT_EQ(pending_text(),
            "Cannot create a consistent method resolution\norder (MRO) for bases B, A");
  EXPECT_EQ(order_of(c), "C Base object ");
}

// Readers see one set of bases or the other, and all that follows from it.
TEST_F(TypeBasesTest, ThreadsSeeOneOrTheOther) {
  Type& a = with("A", {&base_}, 1);
  Type& b = with("B", {&base_}, 2);
  Type& c = a_class("C", {&a});
  const Ref<> object = new_of(c);
  constexpr int kClasses = 40;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.push_back(attached([&](Thread&) {
      for (int k = 0; k < kClasses; ++k) {
        const std::string x = text_of(get(object, "x"));
        EXPECT_TRUE(x == "1" || x == "2") << x;
        Type& below = a_class("BelowC", {&c});
        EXPECT_EQ(below.block().order().size(), 5U);
        safepoint();
      }
    }));
  for (int i = 0; i < 60; ++i) EXPECT_EQ(set_bases_to(c, {i % 2 == 0 ? &b : &a}), Status::kDone);
  for (std::thread& thread : threads) join_detached(thread);
  Type::for_each([&](Type& type) {
    if (type.name() == "BelowC") {
      EXPECT_EQ(order_of(type), "BelowC " + order_of(c));
    }
    return true;
  });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
