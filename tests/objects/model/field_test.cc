#include "objects/model/field.h"

#include "runtime/safepoint.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class FieldTest : public ObjectsTest {};
using FieldConcurrency = FieldTest;

// An object with a field that tests may reach.
struct Box : Object {
  explicit Box(ShapeIndex shape, Ref<> first = {}) noexcept
      : Object(shape), field(std::move(first)) {}
  Field field;
  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(field));
  }

  static Ref<Box> make(Ref<> first = {}) {
    static Type* const type = [] {
      Type* const ancestors[] = {&object_type()};
      return Type::make({.name = "box", .layout = &layout_of<Box>, .ancestors = ancestors});
    }();
    return new_object<Box>(*type, std::move(first));
  }
};

TEST_F(FieldTest, HoldsWhatWasStored) {
  const Ref<Box> box = Box::make();
  EXPECT_FALSE(box->field.load(*box)) << "nothing, at first";
  box->field.store(*box, Special::kNone);
  EXPECT_EQ(box->field.load(*box).value(), Value::kNone);
  const Ref<Witness> object = Witness::make();
  box->field.store(*box, object.share());
  EXPECT_EQ(box->field.load(*box).value(), object.value());
  EXPECT_EQ(object->count().total_stopped(), 2) << "the test's and the field's";
  box->field.store(*box, {});
  EXPECT_EQ(object->count().total_stopped(), 1);
}

TEST_F(FieldTest, EndsWithItsHolder) {
  { const Ref<Box> box = Box::make(Witness::value()); }
  EXPECT_EQ(ends(), 1);
}

TEST_F(FieldTest, ReplacingReturnsTheReferenceBefore) {
  const Ref<Box> box = Box::make(Witness::value());
  {
    Ref<> before;
    const Locked lock(*box);
    before = box->field.replace(lock.held(), Special::kTrue);
    EXPECT_EQ(ends(), 0) << "dropped after the lock";
    EXPECT_TRUE(before.value().is_counted());
    EXPECT_EQ(box->field.get(lock.held()), Value::kTrue);
  }
  EXPECT_EQ(ends(), 1);
}

// A destructor that looks at the holder finds it unlocked and whole (rule 17).
TEST_F(FieldTest, WhatIsReplacedEndsAfterTheLock) {
  static Box* holder;
  static bool was_free;
  const Ref<Box> box = Box::make();
  holder = box.get();
  was_free = false;
  box->field.store(*box, Witness::make([]() noexcept {
    was_free = holder->lock().try_lock();
    if (was_free) holder->lock().unlock();
  }));
  box->field.store(*box, Special::kNone);
  EXPECT_TRUE(was_free);
}

TEST_F(FieldTest, AnUnsharedHolderMarksNothing) {
  const Ref<Box> box = Box::make();
  const Ref<Witness> object = Witness::make();
  box->field.store(*box, object.share());
  box->field.store(*box, {});
  EXPECT_FALSE(object->is_retire_late());
}

// Rules 2 and 3: unlinked in any way, dropped or not.
TEST_F(FieldTest, ASharedHolderMarksWhatItUnlinks) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nothing is shared where threads take turns";
  const Ref<Box> box = Box::make();
  box->mark_shared();
  const Ref<Witness> stored = Witness::make();
  box->field.store(*box, stored.share());
  EXPECT_FALSE(stored->is_retire_late()) << "it is linked";
  {
    Ref<> taken;
    const Locked lock(*box);
    taken = box->field.take(lock.held());
  }
  EXPECT_TRUE(stored->is_retire_late());
}

TEST_F(FieldTest, MovingInsideAHolderUnlinksNothing) {
  struct Two : Object {
    explicit Two(ShapeIndex shape) noexcept : Object(shape) {}
    Field left;
    Field right;
  };
  static Type* const type = [] {
    Type* const ancestors[] = {&object_type()};
    return Type::make({.name = "two", .layout = &layout_of<Two>, .ancestors = ancestors});
  }();
  const Ref<Two> two = new_object<Two>(*type);
  two->mark_shared();
  const Ref<Witness> object = Witness::make();
  two->left.store(*two, object.share());
  {
    const Locked lock(*two);
    two->right.move_from(lock.held(), two->left);
    two->left.forget(lock.held());
  }
  EXPECT_FALSE(object->is_retire_late());
  EXPECT_EQ(object->count().total_stopped(), 2);
  EXPECT_FALSE(two->left.load(*two));
  two->right.store(*two, {});
}

TEST_F(FieldTest, TryingNeverLocks) {
  const Ref<Box> box = Box::make(Special::kEllipsis);
  const Locked lock(*box);
  Ref<> found;
  EXPECT_TRUE(box->field.try_load(*box, found)) << "the owner needs no lock";
  EXPECT_EQ(found.value(), Value::kEllipsis);
  Value seen;
  EXPECT_TRUE(box->field.try_peek(*box, seen));
  EXPECT_EQ(seen, Value::kEllipsis);
}

// D5, D6: the first foreign read marks the holder, and the first of an object that only its owner
// has counted goes by the lock; afterwards neither is needed.
TEST_F(FieldTest, AStrangersFirstReadOpensTheHolder) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "there are no strangers";
  const Ref<Witness> object = Witness::make();
  const Ref<Box> box = Box::make(object.share());
  elsewhere([&] {
    Ref<> found;
    Value seen;
    EXPECT_FALSE(box->field.try_load(*box, found));
    EXPECT_FALSE(box->field.try_peek(*box, seen));
    EXPECT_FALSE(box->is_shared()) << "a try writes nothing";
    EXPECT_EQ(box->field.load(*box).value(), object.value());
    EXPECT_TRUE(box->is_shared());
    EXPECT_TRUE(box->field.try_load(*box, found)) << "counted once under the lock, it can be tried";
    EXPECT_EQ(found.value(), object.value());
  });
  safepoint();
  EXPECT_EQ(object->count().total_stopped(), 2) << "the stranger's are gone";
}

TEST_F(FieldTest, ConstFieldsAreReadWithoutMore) {
  const Ref<Witness> object = Witness::make();
  const Ref<Tuple> tuple = Tuple::of(object.share(), Ref<>(Special::kNone));
  EXPECT_EQ((*tuple)[0], object.value());
  EXPECT_EQ(tuple->load(0).value(), object.value());
  EXPECT_EQ((*tuple)[1], Value::kNone);
  EXPECT_EQ(object->count().total_stopped(), 2);
}

// Writers replace fresh objects, readers count whatever they find: what a reader gets is alive and
// whole. TSan watches the payload, which is plain.
TEST_F(FieldConcurrency, ReadersAlwaysFindALiveObject) {
  constexpr int kRounds = kThreadSanitizer ? 3'000 : 20'000;
  const Ref<Box> box = Box::make(Tuple::of(Ref<>::adopt(Value::of_int(0))));
  Flag stop;
  SysAtomic<std::int64_t> read{0};
  std::thread readers[2];
  for (std::thread& reader : readers)
    reader = attached([&](Thread&) {
      std::int64_t last = 0;
      while (!is_raised(stop)) {
        const Ref<> found = box->field.load(*box);
        const std::int64_t number = found.as<Tuple>()[0].as_int();
        EXPECT_GE(number, last) << "values come in the order in which they were stored";
        last = number;
        read.fetch_add(1, kRelaxed);
        safepoint();
      }
    });
  for (int i = 1; i <= kRounds || read.load(kRelaxed) < 1'000; ++i) {
    box->field.store(*box, Tuple::of(Ref<>::adopt(Value::of_int(i))));
    safepoint();
  }
  raise(stop);
  for (std::thread& reader : readers) join_detached(reader);
}

// Two write, and each drops what the other stored.
TEST_F(FieldConcurrency, NothingIsLostBetweenWriters) {
  constexpr int kRounds = kThreadSanitizer ? 2'000 : 20'000;
  const Ref<Box> box = Box::make();
  const auto write = [&] {
    for (int i = 0; i < kRounds; ++i) {
      box->field.store(*box, Witness::value());
      static_cast<void>(box->field.load(*box));
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { write(); });
  write();
  join_detached(other);
  box->field.store(*box, {});
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 2 * kRounds; })) << ends();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
