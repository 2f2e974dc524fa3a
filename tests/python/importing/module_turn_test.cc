#include "python/importing/module_turn.h"

#include "tests/python/importing/imports.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using ModuleTurnTest = ImportsTest;

TEST_F(ModuleTurnTest, IsTheThreadsOwnAsOftenAsItLikes) {
  const Ref<Str> spam = name("spam");
  EXPECT_FALSE(ModuleTurn::is_taken(*spam));
  {
    const ModuleTurn outer(*spam);
    const ModuleTurn inner(*spam);
    EXPECT_TRUE(outer);
    EXPECT_TRUE(inner);
    EXPECT_TRUE(ModuleTurn::is_taken(*spam));
    EXPECT_FALSE(ModuleTurn::is_taken_by_others(*spam));
    elsewhere([&] { EXPECT_TRUE(ModuleTurn::is_taken_by_others(*spam)); });
  }
  EXPECT_FALSE(ModuleTurn::is_taken(*spam));
}

TEST_F(ModuleTurnTest, OthersWaitForItsEnd) {
  const Ref<Str> spam = name("spam");
  Flag is_over, began;
  std::thread other;
  {
    const ModuleTurn turn(*spam);
    other = attached([&](Thread&) {
      raise(began);
      const ModuleTurn mine(*spam);
      EXPECT_TRUE(mine);
      EXPECT_TRUE(is_raised(is_over));
    });
    EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(began); }));
    for (int i = 0; i < 50; ++i) platform::yield();
    raise(is_over);
  }
  join_detached(other);
}

TEST_F(ModuleTurnTest, ACircleOfThreeIsSeen) {
  const Ref<Str> names[] = {name("a"), name("b"), name("c")};
  Flag ready[3];
  SysAtomic<int> refused{0};
  const auto want = [&](int mine) {
    const ModuleTurn turn(*names[mine]);
    raise(ready[mine]);
    for (const Flag& flag : ready)
      EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(flag); }));
    const ModuleTurn next(*names[(mine + 1) % 3]);
    if (!next) refused.fetch_add(1, kRelaxed);
  };
  std::thread one = attached([&](Thread&) { want(1); });
  std::thread two = attached([&](Thread&) { want(2); });
  want(0);
  join_detached(one);
  join_detached(two);
  EXPECT_EQ(refused.load(kRelaxed), 1);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
