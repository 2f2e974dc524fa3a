#include "objects/model/weak_link.h"

#include <array>
#include <thread>
#include <vector>

#include "memory/epoch.h"
#include "memory/fault.h"
#include "objects/model/unraisable.h"
#include "objects/model/weak_table.h"
#include "runtime/safepoint.h"
#include "tests/objects/weak_links.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class WeakLinkTest : public ObjectsTest {
 protected:
  WeakLinkTest() { make_link_types(); }
  ~WeakLinkTest() override { set_unraisable_hook(nullptr); }
};
using WeakLinkConcurrency = WeakLinkTest;

TEST_F(WeakLinkTest, LeadsToItsReferentAndDoesNotKeepIt) {
  Ref<Witness> object = Witness::make();
  const Ref<WeakLink> link = link_to(*object);
  EXPECT_EQ(link->get().value(), object.value());
  EXPECT_FALSE(link->is_dead());
  EXPECT_EQ(object->count().total_stopped(), 1);
  object = Ref<Witness>();
  EXPECT_EQ(ends(), 1);
  EXPECT_FALSE(link->get());
  EXPECT_TRUE(link->is_dead());
}

TEST_F(WeakLinkTest, AReferentThatOutlivesItsLinks) {
  const Ref<Witness> object = Witness::make();
  { const Ref<WeakLink> link = link_to(*object, Callback::make(1)); }
  EXPECT_EQ(WeakTable::count(*object), 0U);
  const Ref<WeakLink> another = link_to(*object);
  EXPECT_EQ(WeakTable::count(*object), 1U);
}

// I2 of weak_table.h.
TEST_F(WeakLinkTest, OneWithoutCallbackIsFoundAgain) {
  const Ref<Witness> object = Witness::make();
  const Ref<WeakLink> with = link_to(*object, Callback::make(1));
  EXPECT_FALSE(WeakTable::find(*object, *Callback::link_type));
  const Ref<WeakLink> link = link_to(*object);
  EXPECT_EQ(link_to(*object).get(), link.get());
  EXPECT_EQ(WeakTable::find(*object, *Callback::link_type).get(), link.get());
  EXPECT_NE(with.get(), link.get());
  EXPECT_NE(link_to(*object, Callback::make(2)).get(), with.get());
}

TEST_F(WeakLinkTest, CallbacksComeNewestFirstAfterTheDeath) {
  Ref<Witness> object = Witness::make();
  std::vector<Ref<WeakLink>> links;
  links.push_back(link_to(*object, Callback::make(1)));
  links.push_back(link_to(*object));
  for (int i = 2; i < 5; ++i) links.push_back(link_to(*object, Callback::make(i)));
  links.erase(links.begin() + 3);  // dies before: is not called
  object = Ref<Witness>();
  EXPECT_EQ(Callback::calls(), 421);
  EXPECT_FALSE(links[0]->callback()) << "it is called once";
}

TEST_F(WeakLinkTest, ACallbackMayDropItsLinkAndMakeOthers) {
  static Ref<WeakLink> held;
  Ref<Witness> object = Witness::make();
  held = link_to(*object, Callback::make(1, [](WeakLink& link) noexcept {
    held = Ref<WeakLink>();
    const Ref<Witness> other = Witness::make();
    const Ref<WeakLink> another = link_to(*other, Callback::make(7));
    EXPECT_TRUE(link.is_dead());
  }));
  object = Ref<Witness>();
  EXPECT_EQ(Callback::calls(), 1);
  EXPECT_EQ(ends(), 2);
}

TEST_F(WeakLinkTest, WhatACallbackRaisesIsShown) {
  static ErrorKind shown = ErrorKind::kNone;
  set_unraisable_hook([](Error error, Value) noexcept { shown = error.kind(); });
  Ref<Witness> object = Witness::make();
  const Ref<WeakLink> link = link_to(
      *object, Callback::make(3, [](WeakLink&) noexcept { raise(ErrorKind::kIndex, {"x"}); }));
  raise(ErrorKind::kKey, {"before"});
  object = Ref<Witness>();
  EXPECT_EQ(shown, ErrorKind::kIndex);
  EXPECT_EQ(taken(), ErrorKind::kKey);
}

TEST_F(WeakLinkTest, ManyReferentsAndManyLinks) {
  constexpr std::size_t kReferents = 3000;
  std::vector<Ref<Witness>> objects;
  std::vector<Ref<WeakLink>> links;
  for (std::size_t i = 0; i < kReferents; ++i) {
    objects.push_back(Witness::make());
    for (std::size_t k = 0; k <= i % 3; ++k)
      links.push_back(k == 0 ? link_to(*objects[i]) : link_to(*objects[i], Callback::make(0)));
  }
  for (std::size_t i = 0; i < kReferents; ++i) EXPECT_EQ(WeakTable::count(*objects[i]), i % 3 + 1);
  for (std::size_t i = 0; i < kReferents; i += 2) objects[i] = Ref<Witness>();
  for (std::size_t i = 1; i < kReferents; i += 2)
    EXPECT_EQ(WeakTable::count(*objects[i]), i % 3 + 1);
  std::size_t dead = 0;
  for (const Ref<WeakLink>& link : links) dead += link->get() ? 0U : 1U;
  EXPECT_EQ(dead, links.size() / 2);
}

// I1, rule 8.
TEST_F(WeakLinkTest, BothEndsAreMarked) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Ref<Witness> object = Witness::make();
  const Ref<WeakLink> link = link_to(*object);
  EXPECT_TRUE(object->is_retire_late());
  EXPECT_TRUE(link->is_retire_late());
  EXPECT_TRUE(object->has(ObjectFlag::kWeaklyReferenced));
}

TEST_F(WeakLinkTest, WithoutMemory) {
  std::vector<Ref<Witness>> objects;
  std::vector<Ref<WeakLink>> links;
  // Until a part of the table has to grow.
  while (links.empty() || links.back()) {
    ASSERT_LT(links.size(), 100'000U);
    objects.push_back(Witness::make());
    Ref<WeakLink> link = new_object<WeakLink>(*Callback::link_type, Ref<>());
    const auto fault = fault::Injection::from(0);
    links.push_back(WeakTable::enter(*objects.back(), std::move(link), WeakTable::Entry::kOwn));
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(WeakTable::count(*objects.back()), 0U);
  for (std::size_t i = 0; i + 1 < links.size(); ++i)
    EXPECT_EQ(links[i]->get().value(), objects[i].value());
}

TEST_F(WeakLinkConcurrency, AnotherThreadsReferentIsCountedAtOnce) {
  Ref<Witness> object = Witness::make();
  const Ref<WeakLink> link = link_to(*object);
  elsewhere([&] { EXPECT_EQ(link->get().value(), object.value()); });
  object = Ref<Witness>();
  elsewhere([&] { EXPECT_FALSE(link->get()); });
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 1; }));
}

// Trap 14: the list of links is found, re-used and left by several threads at once.
TEST_F(WeakLinkConcurrency, Trap14TheHeadOfTheListIsReadUnderItsLock) {
  constexpr int kRounds = kThreadSanitizer ? 2'000 : 20'000;
  const Ref<Witness> object = Witness::make();
  SysAtomic<int> wrong{0};
  const auto work = [&] {
    for (int i = 0; i < kRounds; ++i) {
      const Ref<WeakLink> link = link_to(*object);
      const Ref<WeakLink> with = i % 3 == 0 ? link_to(*object, Callback::make(1)) : Ref<WeakLink>();
      if (link->get().value() != object.value()) wrong.fetch_add(1, kRelaxed);
      if (WeakTable::count(*object) == 0) wrong.fetch_add(1, kRelaxed);
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(); });
  work();
  join_detached(other);
  EXPECT_EQ(wrong.load(kRelaxed), 0);
  EXPECT_TRUE(eventually_at_safepoints([&] { return WeakTable::count(*object) == 0; }));
}

// Lets the other thread run, where it may.
void pause() {
  platform::yield();
  safepoint();
}

// Each of many deaths is seen whole: who gets the referent reads it alive.
TEST_F(WeakLinkConcurrency, UpgradesBesideLastDrops) {
  constexpr int kRounds = 500;
  SysAtomic<WeakLink*> shown{nullptr};
  SysAtomic<int> round{0}, wrong{0};
  std::thread other = attached([&](Thread&) {
    for (int i = 1; i <= kRounds; ++i) {
      while (round.load(kAcquire) < i) pause();
      const Ref<WeakLink> link = Ref<WeakLink>::adopt(shown.load(kAcquire));
      const Ref<> got = link->get();
      if (got && &type_of(got.value()) != Witness::type) wrong.fetch_add(1, kRelaxed);
      shown.store(nullptr, kRelease);
      safepoint();
    }
  });
  for (int i = 1; i <= kRounds; ++i) {
    Ref<Witness> object = Witness::make();
    shown.store(link_to(*object).release(), kRelease);
    round.store(i, kRelease);
    object = Ref<Witness>();
    while (shown.load(kAcquire) != nullptr) pause();
  }
  join_detached(other);
  EXPECT_EQ(wrong.load(kRelaxed), 0);
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == kRounds; }));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
