#include "objects/types/intern.h"

#include "memory/fault.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using InternTest = ObjectsTest;
using InternConcurrency = ObjectsTest;

TEST_F(InternTest, GivesTheSameObjectForTheSameText) {
  const Ref<Str> first = intern("a_name");
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->is_interned());
  EXPECT_EQ(intern("a_name").get(), first.get());
  EXPECT_EQ(intern(str_of("a_name")).get(), first.get());
  EXPECT_EQ(intern(first.share()).get(), first.get());
  EXPECT_NE(intern("another").get(), first.get());
}

TEST_F(InternTest, WhoIsFirstStays) {
  Ref<Str> mine = str_of("mine_first");
  const Str* const address = mine.get();
  const Ref<Str> interned = intern(std::move(mine));
  EXPECT_EQ(interned.get(), address);
}

TEST_F(InternTest, ANameThatNobodyUsesGoes) {
  constexpr std::size_t kNames = 5'000;  // through several sizes of the table
  const auto name = [](std::size_t i) { return "name_" + std::to_string(i); };
  for (int round = 0; round < 3; ++round) {
    std::vector<Ref<Str>> names;
    for (std::size_t i = 0; i < kNames; ++i) names.push_back(intern(name(i)));
    for (std::size_t i = 0; i < kNames; ++i) ASSERT_EQ(intern(name(i)).get(), names[i].get());
    // Every third one goes; those behind it are still found.
    for (std::size_t i = 0; i < kNames; i += 3) names[i] = Ref<Str>();
    for (std::size_t i = 0; i < kNames; ++i) {
      const Ref<Str> again = intern(name(i));
      if (i % 3 != 0) {
        ASSERT_EQ(again.get(), names[i].get());
      } else {
        ASSERT_EQ(again->count().total_stopped(), 1);
      }
    }
  }
}

TEST_F(InternTest, EachRepertoire) {
  for (const std::u32string_view name : {U"x", U"\u00E9t\u00E9", U"\u6F22\u5B57", U"\U0001F600"}) {
    const Ref<Str> first = intern(str_of(name));
    EXPECT_EQ(intern(str_of(name)).get(), first.get());
  }
  EXPECT_EQ(intern("").get(), intern(Str::empty()).get());
}

TEST_F(InternTest, ForEverIsImmortal) {
  Str* const name = intern_for_ever("__for_ever__");
  EXPECT_TRUE(name->count().is_immortal());
  EXPECT_EQ(intern_for_ever("__for_ever__"), name);
  EXPECT_EQ(intern("__for_ever__").get(), name);
}

// One that dies while the table has it, and another of its text comes before it takes itself out.
TEST_F(InternTest, TheDeadMakePlaceForTheLiving) {
  static Ref<Str> reborn;
  // Deep enough that the name is doomed first and dismantled later, with code of ours between.
  Ref<> chain = Tuple::of(Witness::make(+[]() noexcept { reborn = intern("phoenix"); }));
  Ref<> tail = intern("phoenix");
  for (std::uint32_t i = 0; i <= 70; ++i) tail = Tuple::of(std::move(tail));
  Ref<> both = Tuple::of(std::move(tail), std::move(chain));
  both = Ref<>();
  ASSERT_TRUE(reborn);
  EXPECT_EQ(intern("phoenix").get(), reborn.get());
  EXPECT_EQ(reborn->count().total_stopped(), 1);
  reborn = Ref<Str>();
}

TEST_F(InternTest, WithoutMemoryTheTableStaysAsItWas) {
  std::vector<Ref<Str>> names;
  for (std::size_t i = 0; i < 500; ++i) names.push_back(intern("kept_" + std::to_string(i)));
  for (std::uint64_t n = 0;; ++n) {
    Ref<Str> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      for (int i = 0; i < 2'000; ++i) {
        Ref<Str> next = intern("new_" + std::to_string(i));
        EXPECT_TRUE(next || taken() == ErrorKind::kMemory);
        names.push_back(std::move(next));
      }
      allocations = fault.allocations();
    }
    for (std::size_t i = 0; i < 500; ++i)
      ASSERT_EQ(intern("kept_" + std::to_string(i)).get(), names[i].get());
    names.resize(500);
    if (n > 40 || allocations <= n) break;
  }
}

// Threads that make and drop the same few names. Each must find what the others hold.
TEST_F(InternConcurrency, OneLivesForEachText) {
  constexpr int kThreads = 3;
  constexpr int kRounds = kThreadSanitizer ? 3'000 : 100'000;
  std::thread threads[kThreads];
  for (int t = 0; t < kThreads; ++t)
    threads[t] = attached([t](Thread&) {
      for (int i = 0; i < kRounds; ++i) {
        const std::string name = "shared_" + std::to_string((i + t) % 4);
        const Ref<Str> one = intern(name);
        const Ref<Str> two = intern(name);
        ASSERT_EQ(one.get(), two.get());
        ASSERT_EQ(one->ascii(), name);
        if (i % 16 == 0) safepoint();
      }
    });
  for (std::thread& thread : threads) join_detached(thread);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
