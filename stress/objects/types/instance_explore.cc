// objects/types/instance_attributes.h under every interleaving, with weak memory: a reader without
// a lock, who finds an attribute in the shape that he loaded, finds its value too (rule 14).
//
// The functions are the shipped ones; the twins are writers that do one thing in the other order.
#include <gtest/gtest.h>

#include "objects/model/new_object.h"
#include "objects/model/start.h"
#include "objects/types/instance_attributes.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::explore;
using explorer::Report;

enum class Mistake {
  kNone,
  kShapeBeforeValue,  // the shape says that there is an attribute whose place is empty
  kTakesAnOldPlace,   // C12: a deleted attribute's place is given to another name
};

[[nodiscard]] Ref<> number(int n) { return Ref<>::adopt(Value::of_int(n)); }
[[nodiscard]] int number_of(const Ref<>& value) {
  return value ? static_cast<int>(value.value().as_int()) : 0;
}

// An owner of an instance with an attribute `first`, which is 1, and a stranger who counts it too,
// has looked at it before.
// The second place is in the array outside.
struct World {
  static constexpr unsigned kActors = 2;
  Member owner, stranger;
  Type* type = nullptr;
  Object* first = nullptr;
  Object* second = nullptr;
  Ref<Object> object;

  World() {
    owner.enter();
    expect(start_model() == Status::kDone, "the model starts");
    Type* const ancestors[] = {&object_type()};
    type = Type::make({.name = "instance",
                       .layout = &layout_of<Object>,
                       .ancestors = ancestors,
                       .parts = {.members = 0, .attributes = 1, .is_open = true}});
    first = immortal();
    second = immortal();
    object = new_object<Object>(*type);
    store(*first, 1);
    object->mark_shared();
    current() = {};
  }
  static Object* immortal() {
    Ref<Object> made = new_object<Object>(object_type());
    made->count().immortalise();
    return made.release();
  }
  void store(Object& name, int n) {
    expect(store_own_attribute(*object, name, number(n)) == Status::kDone, "it is stored");
  }
  int find(Object& name) {
    Ref<> value;
    expect(find_own_attribute(*object, name, value) == Status::kDone, "finding does not fail");
    return number_of(value);
  }
  void finish() {
    for (bool again = true; again;) {
      again = false;
      for (const Member* one : {&owner, &stranger}) {
        if (one->slot().breaker.load(kSeqCst) == 0) continue;
        one->enter();
        safepoint();
        again = true;
      }
    }
    owner.enter();
    object = {};
    current() = {};
  }
};

// As store_own_attribute of a name that is new, in the other order.
void store_shape_first(World& world) {
  const Locked lock(*world.object);
  const InstanceStore store(*world.object);
  expect(store.outside().resize(lock.held(), 0, 2) == Status::kDone, "there is memory");
  Shape* const next = Shape::of(*world.object).with(*world.second);
  world.object->set_shape(next->index());
  static_cast<void>(store.outside().at(lock.held(), 1).replace(lock.held(), number(2)));
}

// The owner gives the instance another attribute and changes the first. What the stranger sees of
// the two: who sees the second has the first before him too.
template <Mistake kMistake>
struct AnotherAttributeComes : World {
  void act(unsigned actor) {
    if (actor == 0) {
      owner.enter();
      if (kMistake == Mistake::kShapeBeforeValue) return store_shape_first(*this);
      store(*second, 2);
      return store(*first, 3);
    }
    stranger.enter();
    const bool has_shape = Shape::of(*object).find(*second) != Shape::kNoSlot;
    const int seen_second = find(*second);
    const int seen_first = find(*first);
    expect(seen_first == 1 || seen_first == 3, "it is never without its first attribute");
    expect(seen_second == 2 || (seen_second == 0 && !has_shape), "what the shape has is there");
  }
};

// The owner deletes the first attribute and stores the second.
template <Mistake kMistake>
struct OneGoesAndAnotherComes : World {
  void act(unsigned actor) {
    if (actor == 0) {
      owner.enter();
      expect(delete_own_attribute(*object, *first) == Truth::kTrue, "it was there");
      if (kMistake != Mistake::kTakesAnOldPlace) return store(*second, 2);
      // In a shape where the second name has the first's place.
      const Locked lock(*object);
      static_cast<void>(InstanceStore(*object).attribute(0).replace(lock.held(), number(2)));
      Shape* const other = type->root().with(*second);
      return object->set_shape(other->index());
    }
    stranger.enter();
    const int seen = find(*first);
    expect(seen == 1 || seen == 0, "it never has another attribute's value");
  }
};

template <class Scenario>
void expect_caught() {
  const Report report = explore<Scenario>();
  EXPECT_FALSE(report.is_clean()) << report;
}

TEST(InstanceExplored, AnAttributeThatComesIsThereAsAWhole) {
  expect_all(explore<AnotherAttributeComes<Mistake::kNone>>());
}
TEST(InstanceExplored, APlaceIsThatOfOneName) {
  expect_all(explore<OneGoesAndAnotherComes<Mistake::kNone>>());
}
TEST(InstanceExplored, TheValueComesBeforeTheShape) {
  expect_caught<AnotherAttributeComes<Mistake::kShapeBeforeValue>>();
}
TEST(InstanceExplored, AnOldPlaceIsNotGivenAway) {
  expect_caught<OneGoesAndAnotherComes<Mistake::kTakesAnOldPlace>>();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
