#include "objects/model/type.h"

#include <string>
#include <vector>

#include "memory/fault.h"
#include "runtime/safepoint.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

Ref<> number(std::int64_t value) { return Ref<>::adopt(Value::of_int(value)); }

class TypeTest : public ObjectsTest {
 protected:
  // A new type below `ancestors`, nearest first.
  static Type& make(std::vector<Type*> ancestors, const Protocols& protocols = {}) {
    ancestors.push_back(&object_type());
    Type* const type = Type::make({.name = "made",
                                   .layout = &layout_of<Witness>,
                                   .ancestors = ancestors,
                                   .protocols = protocols});
    EXPECT_NE(type, nullptr);
    return *type;
  }
  static std::int64_t int_at(const Type& type, const Object& name) {
    const Ref<> found = type.find(name);
    return found ? found.value().as_int() : -1;
  }
  // The type that the attribute comes from; null: there is none.
  static const Type* home_of(const Type& type, const Object& name) {
    const TypeEntry* const entry = type.block().find(name);
    return entry == nullptr ? nullptr : entry->home;
  }
  Ref<Witness> name_ = Witness::make();
  Ref<Witness> other_name_ = Witness::make();
};
using TypeConcurrency = TypeTest;

TEST_F(TypeTest, TheFirstTypesAreOfEachOther) {
  EXPECT_EQ(object_type().name(), "object");
  EXPECT_EQ(&type_of(object_type()), &type_type());
  EXPECT_EQ(&type_of(type_type()), &type_type());
  EXPECT_TRUE(type_type().is_subtype_of(object_type()));
  EXPECT_FALSE(object_type().is_subtype_of(type_type()));
  EXPECT_TRUE(object_type().count().is_immortal());
}

TEST_F(TypeTest, AnObjectsShapeLeadsToItsType) {
  Type& type = make({});
  const Ref<Witness> object = new_object<Witness>(type);
  EXPECT_EQ(&type_of(*object), &type);
  EXPECT_EQ(&type_of(object.value()), &type);
}

TEST_F(TypeTest, KeepsItsName) {
  std::string name = "a name of its own";
  Type* const ancestors[] = {&object_type()};
  Type* const type =
      Type::make({.name = name, .layout = &layout_of<Object>, .ancestors = ancestors});
  name.clear();
  EXPECT_EQ(type->name(), "a name of its own");
}

TEST_F(TypeTest, ImmediatesHaveTheTypesThatWereSaid) {
  Type& type = make({});
  const Value values[] = {Value::of_int(1), Value::of_float(1.5),   Value::kTrue,
                          Value::kNone,     Value::kNotImplemented, Value::kEllipsis};
  for (int kind = 0; kind < 6; ++kind) {
    set_immediate_type(static_cast<ImmediateKind>(kind), type);
    EXPECT_EQ(&type_of(values[kind]), &type) << kind;
  }
}

TEST_F(TypeTest, AttributesAreFoundAndTakenAway) {
  Type& type = make({});
  EXPECT_FALSE(type.find(*name_));
  ASSERT_EQ(type.set(*name_, number(1)), Status::kDone);
  EXPECT_EQ(int_at(type, *name_), 1);
  EXPECT_FALSE(type.find(*other_name_));
  ASSERT_EQ(type.set(*name_, number(2)), Status::kDone);
  EXPECT_EQ(int_at(type, *name_), 2);
  ASSERT_EQ(type.remove(*name_), Status::kDone);
  EXPECT_FALSE(type.find(*name_));
  EXPECT_EQ(type.remove(*name_), Status::kDone) << "twice is no mistake";
}

TEST_F(TypeTest, ManyAttributes) {
  Type& type = make({});
  std::vector<Ref<Witness>> names;
  for (int i = 0; i < 200; ++i) {
    names.push_back(Witness::make());
    ASSERT_EQ(type.set(*names.back(), number(i)), Status::kDone);
  }
  for (int i = 0; i < 200; ++i) EXPECT_EQ(int_at(type, *names[static_cast<std::size_t>(i)]), i);
  for (const Ref<Witness>& name : names) ASSERT_EQ(type.remove(*name), Status::kDone);
}

TEST_F(TypeTest, TheNearestAncestorsAttributeIsFound) {
  Type& far = make({});
  Type& near = make({&far});
  Type& leaf = make({&near, &far});
  ASSERT_EQ(far.set(*name_, number(1)), Status::kDone);
  EXPECT_EQ(int_at(leaf, *name_), 1) << "a change reaches the subtypes";
  ASSERT_EQ(near.set(*name_, number(2)), Status::kDone);
  EXPECT_EQ(int_at(leaf, *name_), 2);
  ASSERT_EQ(far.set(*name_, number(3)), Status::kDone);
  EXPECT_EQ(int_at(leaf, *name_), 2) << "hidden";
  ASSERT_EQ(near.remove(*name_), Status::kDone);
  EXPECT_EQ(int_at(leaf, *name_), 3) << "seen again";
  EXPECT_EQ(home_of(leaf, *name_), &far);
  ASSERT_EQ(far.remove(*name_), Status::kDone);
  EXPECT_FALSE(leaf.find(*name_));
}

TEST_F(TypeTest, AnAncestorsAttributesAreThereFromTheStart) {
  Type& base = make({});
  ASSERT_EQ(base.set(*name_, number(4)), Status::kDone);
  EXPECT_EQ(int_at(make({&base}), *name_), 4);
  ASSERT_EQ(base.remove(*name_), Status::kDone);
}

// Rule 42.
TEST_F(TypeTest, EachChangeIsANewVersionOfTheTypeAndItsSubtypesAlone) {
  Type& base = make({});
  Type& leaf = make({&base});
  Type& stranger = make({});
  const std::uint32_t before[] = {base.block().version(), leaf.block().version(),
                                  stranger.block().version()};
  EXPECT_NE(before[0], before[1]);
  ASSERT_EQ(base.set(*name_, number(1)), Status::kDone);
  EXPECT_GT(base.block().version(), before[2]);
  EXPECT_GT(leaf.block().version(), before[2]);
  EXPECT_NE(base.block().version(), leaf.block().version());
  EXPECT_EQ(stranger.block().version(), before[2]);
  ASSERT_EQ(base.remove(*name_), Status::kDone);
}

TEST_F(TypeTest, ValuesEndWithTheLastBlockThatHasThem) {
  Type& base = make({});
  Type& leaf = make({&base});
  ASSERT_EQ(base.set(*name_, Witness::value()), Status::kDone);
  ASSERT_EQ(leaf.set(*other_name_, number(1)), Status::kDone);
  EXPECT_EQ(ends(), 0);
  ASSERT_EQ(base.set(*name_, number(1)), Status::kDone);
  EXPECT_EQ(ends(), 1);
}

// Rules 3 and 10: types are shared from their birth.
TEST_F(TypeTest, WhatIsReplacedIsMarked) {
  Type& type = make({});
  EXPECT_EQ(type.is_shared(), kPolicy.parallel);
  const Ref<Witness> value = Witness::make();
  ASSERT_EQ(type.set(*name_, value.share()), Status::kDone);
  EXPECT_FALSE(value->is_retire_late());
  ASSERT_EQ(type.remove(*name_), Status::kDone);
  EXPECT_EQ(value->is_retire_late(), kPolicy.parallel);
}

TEST_F(TypeTest, ProtocolsComeFromTheNearestThatHasThem) {
  Protocols base_slots;
  base_slots.truth = [](Value) noexcept { return Truth::kFalse; };
  base_slots.hash = [](Value, std::int64_t& hash) noexcept {
    hash = 5;
    return Status::kDone;
  };
  Type& base = make({}, base_slots);
  Protocols slots;
  slots.compare = [](CompareOp, Value, Value) noexcept { return Ref<>(Special::kTrue); };
  const Protocols& inherited = make({&base}, slots).block().protocols();
  EXPECT_EQ(inherited.truth, base_slots.truth);
  EXPECT_EQ(inherited.compare, slots.compare);
  EXPECT_EQ(inherited.hash, nullptr) << "who compares in his own way does not hash in another's";
  EXPECT_EQ(make({&base}).block().protocols().hash, base_slots.hash);
}

TEST_F(TypeTest, WithoutMemoryNothingHasChanged) {
  Type& base = make({});
  Type& leaf = make({&base});
  ASSERT_EQ(base.set(*name_, number(1)), Status::kDone);
  const std::uint32_t version = leaf.block().version();
  std::uint64_t n = 0;
  for (;; ++n) {
    const auto fault = fault::Injection::nth(n);
    if (base.set(*name_, number(2)) == Status::kDone) break;
    EXPECT_EQ(int_at(base, *name_), 1);
    EXPECT_EQ(leaf.block().version(), version);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
  EXPECT_GE(n, 2U) << "a block for each type";
  EXPECT_EQ(int_at(leaf, *name_), 2);
  ASSERT_EQ(base.remove(*name_), Status::kDone);
}

TEST_F(TypeTest, WithoutMemoryThereIsNoType) {
  Type* const ancestors[] = {&object_type()};
  const TypeSpec spec{.name = "t", .layout = &layout_of<Object>, .ancestors = ancestors};
  for (std::uint64_t n = 0;; ++n) {
    const auto fault = fault::Injection::nth(n);
    if (Type::make(spec) != nullptr) break;
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

// Readers find the value before or after each change, alive, while a block follows another.
TEST_F(TypeConcurrency, ReadersFindOneBlockOrTheNext) {
  constexpr int kRounds = kThreadSanitizer ? 500 : 5'000;
  Type& base = make({});
  Type& leaf = make({&base});
  ASSERT_EQ(base.set(*name_, Tuple::of(number(0))), Status::kDone);
  Flag stop;
  std::thread reader = attached([&](Thread&) {
    std::int64_t last = 0;
    while (!is_raised(stop)) {
      const Ref<> found = leaf.find(*name_);
      ASSERT_TRUE(found);
      EXPECT_GE(found.as<Tuple>()[0].as_int(), last);
      last = found.as<Tuple>()[0].as_int();
      EXPECT_EQ(home_of(leaf, *name_), &base);
      safepoint();
    }
  });
  for (int i = 1; i <= kRounds; ++i) {
    ASSERT_EQ(base.set(*name_, Tuple::of(number(i))), Status::kDone);
    safepoint();
  }
  raise(stop);
  join_detached(reader);
  ASSERT_EQ(base.remove(*name_), Status::kDone);
}

// At the end of all versions. The last test of its program: nothing is cached after it.
TEST_F(TypeTest, ZLastAfterTheLastVersionNothingIsCached) {
  Type& type = make({});
  Type::skip_versions_for_test(UINT32_MAX);
  ASSERT_EQ(type.set(*name_, number(1)), Status::kDone);
  EXPECT_EQ(type.block().version(), UINT32_MAX);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(type.set(*name_, number(2)), Status::kDone);
    EXPECT_EQ(type.block().version(), 0U);
  }
  ASSERT_EQ(type.remove(*name_), Status::kDone);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
