#include "memory/counted.h"

#include <gtest/gtest.h>

namespace orochi::inline OROCHI_DESIGN {
namespace {

int g_deaths = 0;

struct Thing {
  Refcount rc{kFirstOwner};
  Thing* child = nullptr;
};

Destruction destroy_thing(void* block) noexcept {
  ++g_deaths;
  if (Thing* const child = static_cast<Thing*>(block)->child) drop(child);
  return Destruction::kDone;
}

class CountedTest : public testing::Test {
 protected:
  CountedTest() {
    g_deaths = 0;
    set_destroyer(destroy_thing);
    current().id = kFirstOwner;
  }
  ~CountedTest() override { current() = Current{}; }
};

TEST_F(CountedTest, TheLastDropDestroys) {
  Thing thing;
  retain(&thing);
  drop(&thing);
  EXPECT_EQ(g_deaths, 0);
  drop(&thing);
  EXPECT_EQ(g_deaths, 1);
}

TEST_F(CountedTest, ADestructorDropsWhatTheObjectHeld) {
  Thing child;
  Thing kept;
  Thing parent;
  parent.child = &child;
  child.child = &kept;
  retain(&kept);
  drop(&parent);
  EXPECT_EQ(g_deaths, 2);
  EXPECT_EQ(kept.rc.total_stopped(), 1);
  drop(&kept);
  EXPECT_EQ(g_deaths, 3);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
