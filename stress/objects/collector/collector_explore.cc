// objects/collector/collection.h under every interleaving with a thread that moves references: what
// somebody holds is never cleared, and what nobody holds is found.
//
// In the design `ft_system`, where a block that is freed is gone: whoever looks at it then is
// caught.

#include <gtest/gtest.h>

#include "objects/collector/collection.h"
#include "objects/collector/freezing.h"
#include "objects/model/new_object.h"
#include "objects/model/start.h"
#include "objects/model/weak_table.h"
#include "runtime/world.h"
#include "stress/explorer/verdicts.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;

static_assert(kPolicy.object_heap == ObjectHeap::kSystem);

struct Box : Object {
  explicit Box(ShapeIndex shape) noexcept : Object(shape) {}
  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(field));
  }
  void clear() noexcept { field.store(*this, Ref<>()); }
  [[nodiscard]] Ref<> take() noexcept {
    Ref<> before;
    const Locked lock(*this);
    before = field.take(lock.held());
    return before;
  }
  Field field;
};

enum class Mistake {
  kNone,
  kDoesNotStop,    // looks at what lives while it is changed
  kEndsLinksLate,  // weak links to garbage lead to it until the world goes on
};

// A thread with boxes, another one that collects, and types that are not looked at.
struct Scene {
  Member owner;
  Type* box_type = nullptr;
  Type* link_type = nullptr;
  Ref<Box> outer;      // the scene's own reference
  Ref<WeakLink> link;  // to what it leads to
  Box* inner = nullptr;

  Scene() {
    owner.enter();
    expect(start_model() == Status::kDone, "the model starts");
    Type* const ancestors[] = {&object_type()};
    box_type = Type::make({.name = "box", .layout = &layout_of<Box>, .ancestors = ancestors});
    link_type =
        Type::make({.name = "link", .layout = &layout_of<WeakLink>, .ancestors = ancestors});
    freeze_all();
    outer = make();
    Ref<Box> ring = make_ring();
    inner = ring.get();
    outer->field.store(*outer, Ref<>(std::move(ring)));
    link =
        WeakTable::enter(*inner, new_object<WeakLink>(*link_type, Ref<>()), WeakTable::Entry::kOwn);
    current() = {};
    explorer::call(*inner, "inner");
    explorer::call(*outer, "outer");
  }

  [[nodiscard]] Ref<Box> make() const noexcept { return new_object<Box>(*box_type); }
  // A box that leads to itself.
  [[nodiscard]] Ref<Box> make_ring() const noexcept {
    Ref<Box> box = make();
    box->field.store(*box, Ref<>(box.share()));
    return box;
  }
  // By the owner, attached.
  void let_go() noexcept {
    link = Ref<WeakLink>();
    outer = Ref<Box>();
  }
  void expect_whole(Box& box) const noexcept {
    expect(box.field.load(box).value() == Value(&box), "what is held is not cleared");
  }
};

template <Mistake kMistake>
std::size_t collect(Scene& scene) {
  const bool stops = kMistake != Mistake::kDoesNotStop;
  if (kMistake == Mistake::kEndsLinksLate) scene.inner->unset(ObjectFlag::kWeaklyReferenced);
  Collection collection;
  collection.prepare();
  if (stops) World::stop(StopKind::kPause);
  const bool has_memory = collection.find_stopped();
  if (has_memory) collection.claim_stopped();
  if (stops) World::start();
  expect(has_memory, "there is memory");
  collection.call_back();
  collection.finalize();
  collection.clear();
  return collection.found();
}

// The owner takes what the collector may just have looked at, holds it, and puts it back.
template <Mistake kMistake>
struct MoveBesideCollection : Scene {
  static constexpr unsigned kActors = 2;
  Member collector;

  void act(unsigned actor) {
    if (actor == 1) {
      Thread& me = collector.enter();
      expect(collect<kMistake>(*this) == 0, "nothing is garbage");
      return me.detach();
    }
    Thread& me = owner.enter();
    Ref<> held = outer->take();
    safepoint();
    expect_whole(*inner);
    outer->field.store(*outer, std::move(held));
    me.detach();
  }
  void finish() {
    static_cast<void>(owner.enter().attach());
    expect_whole(*inner);
    let_go();
  }
};

// The owner lets go of a ring; another thread follows a weak link to it meanwhile.
template <Mistake kMistake>
struct UpgradeBesideCollection : Scene {
  static constexpr unsigned kActors = 2;
  Member collector;

  UpgradeBesideCollection() {
    owner.enter();
    outer->clear();
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 1) {
      Thread& me = collector.enter();
      static_cast<void>(collect<kMistake>(*this));
      return me.detach();
    }
    Thread& me = owner.enter();
    safepoint();  // here it may stand, and goes on while the garbage is taken apart
    if (const Ref<> got = link->get()) {
      safepoint();
      expect_whole(static_cast<Box&>(*got.value().object()));
    }
    me.detach();
  }
  void finish() {
    static_cast<void>(owner.enter().attach());
    let_go();
  }
};

TEST(CollectorExplored, AReferenceIsMovedMeanwhile) {
  explorer::expect_sound<MoveBesideCollection<Mistake::kNone>>(explorer::kManyPreemptions);
}
TEST(CollectorExplored, AReferenceIsMovedMeanwhileWithWeakMemory) {
  explorer::expect_sound<MoveBesideCollection<Mistake::kNone>>(explorer::kMuchWeakMemory);
}
TEST(CollectorExplored, AWeakLinkIsFollowedMeanwhile) {
  explorer::expect_sound<UpgradeBesideCollection<Mistake::kNone>>(explorer::kManyPreemptions);
}

// By what it does to the program, not by a race that it happens to have.
template <class Twin>
void expect_caught() {
  explorer::expect_caught<Twin>(explorer::Fault::kCheck, explorer::kManyPreemptions);
}

TEST(CollectorExplored, TwinThatDoesNotStopTheWorldIsCaught) {
  expect_caught<MoveBesideCollection<Mistake::kDoesNotStop>>();
}
TEST(CollectorExplored, TwinThatEndsWeakLinksLateIsCaught) {
  expect_caught<UpgradeBesideCollection<Mistake::kEndsLinksLate>>();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
