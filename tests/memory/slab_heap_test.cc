#include "memory/slab_heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "memory/heap.h"
#include "memory/helped_slot.h"
#include "tests/memory/attached_slot.h"
#include "tests/memory/hand_driven.h"
#include "tests/memory/live_objects.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr bool kSlabs = kPolicy.object_heap == ObjectHeap::kSlabs;
// Threads own what they allocate.
constexpr bool kOwners = kSlabs && kPolicy.parallel;

// Beside what other tests of the program left behind.
class Heap : public testing::Test {
 protected:
  Heap() {
    heap::trim();
    taken_before_ = heap::bytes_taken();
  }
  ~Heap() override {
    heap::trim();
    EXPECT_TRUE(live().empty());
    EXPECT_EQ(taken(), 0U) << "memory was not returned";
  }

  [[nodiscard]] std::set<const void*> live() const {
    std::set<const void*> blocks = live_blocks();
    for (const void* const block : live_before_) blocks.erase(block);
    return blocks;
  }
  [[nodiscard]] std::size_t taken() const { return heap::bytes_taken() - taken_before_; }

  AttachedSlot me_;
  const std::set<const void*> live_before_ = live_blocks();
  std::size_t taken_before_ = 0;
};

// A size that nobody else asks for, so that its slabs are ours alone.
constexpr std::size_t kOurBytes = 1'000;

template <class Work>
void in_another_thread(Work work) {
  std::thread([&work] {
    const AttachedSlot other;
    work();
  }).join();
}

TEST_F(Heap, BlocksOfAllSizesAreAlignedDisjointAndKeepTheirBytes) {
  std::vector<std::pair<void*, std::size_t>> blocks;
  const auto add = [&](std::size_t bytes) {
    void* const block = make_live(bytes, static_cast<std::uint8_t>(bytes));
    ASSERT_NE(block, nullptr) << bytes;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % kGranule, 0U) << bytes;
    blocks.emplace_back(block, bytes);
  };
  for (std::size_t bytes = sizeof(Refcount); bytes <= 65'536; bytes += bytes < 1100 ? 1 : 61)
    add(bytes);
  for (const std::size_t bytes : {kChunkBytes / 2, kChunkBytes - kSlabBytes - 64,
                                  kChunkBytes - kSlabBytes - 63, kChunkBytes, 3 * kChunkBytes})
    add(bytes);
  EXPECT_EQ(live().size(), blocks.size());
  for (const auto& [block, bytes] : blocks)
    EXPECT_TRUE(has_pattern(block, bytes, static_cast<std::uint8_t>(bytes))) << bytes;
  for (const auto& [block, bytes] : blocks) heap::free(block);
}

TEST_F(Heap, SizesThatNoAddressSpaceHasAreRefused) {
  EXPECT_EQ(heap::allocate(SIZE_MAX), nullptr);
  EXPECT_EQ(heap::allocate(SIZE_MAX / 2), nullptr);
  void* const block = heap::allocate(0);
  EXPECT_NE(block, nullptr);
  heap::free(block);
}

// Around the sizes at which one more slab, or one more chunk, is needed.
TEST_F(Heap, LargeBlocksEndWithinTheirMemory) {
  if constexpr (!kSlabs) GTEST_SKIP();
  for (std::size_t chunks = 1; chunks <= 3; ++chunks) {
    for (std::size_t less = 0; less <= 130; ++less) {
      const std::size_t bytes = chunks * kChunkBytes - kSlabBytes - less;
      void* const block = heap::allocate(bytes);
      ASSERT_NE(block, nullptr);
      const auto begin = reinterpret_cast<std::uintptr_t>(block) & ~(kChunkBytes - 1);
      const std::size_t room = reinterpret_cast<const Chunk*>(begin)->bytes;
      EXPECT_LE(reinterpret_cast<std::uintptr_t>(block) + bytes, begin + room) << bytes;
      heap::free(block);
    }
  }
}

TEST_F(Heap, PowersOfTwoAreAlignedToThemselves) {
  if constexpr (!kSlabs) GTEST_SKIP() << "the system's malloc aligns as it likes";
  for (std::size_t bytes = 32; bytes <= 512; bytes *= 2) {
    void* const block = heap::allocate(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % bytes, 0U);
    heap::free(block);
  }
}

// A new block is nobody's business yet, and a free one nobody's any more.
TEST_F(Heap, OnlyLiveBlocksAreEnumerated) {
  void* const fresh = heap::allocate(64);
  EXPECT_TRUE(live().empty());
  new (fresh) Refcount(me_.id());
  EXPECT_EQ(live(), std::set<const void*>{fresh});
  heap::free(fresh);
  EXPECT_TRUE(live().empty());
}

TEST_F(Heap, DestroyedBlocksAreBlocksButNotLive) {
  void* const block = make_live(64);
  ASSERT_NE(block, nullptr);
  ASSERT_EQ(static_cast<Refcount*>(block)->drop(me_.id()), Debt::kDestroy);
  EXPECT_TRUE(live().empty());
  std::size_t blocks = 0;
  heap::for_each_block_stopped([&](void* seen) { blocks += seen == block; });
  EXPECT_EQ(blocks, 1U);
  heap::free(block);
}

TEST_F(Heap, EachBlockHasItsOwnMarks) {
  std::set<std::pair<const void*, std::uint32_t>> places;
  std::vector<void*> blocks;
  for (int i = 0; i < 5'000; ++i) {
    void* const block = make_live(kOurBytes);
    Slab& slab = *slab_of(block);
    const std::uint32_t index = slab.index_of(block);
    EXPECT_EQ(slab.block_at(index), block);
    EXPECT_TRUE(places.emplace(&slab, index).second);
    EXPECT_EQ(slab.marks.queued[index / 64].load(kRelaxed), 0U);
    EXPECT_EQ(slab.marks.retired[index / 64].load(kRelaxed), 0U);
    EXPECT_EQ(slab.marks.waiting[index / 64], 0U);
    EXPECT_EQ(slab.owner, kPolicy.parallel || !kSlabs ? me_.id() : kFirstOwner);
    blocks.push_back(block);
  }
  for (void* const block : blocks) heap::free(block);
}

// Random sizes, random victims: every block keeps its bytes as long as it lives, and the
// enumeration agrees with our own books.
TEST_F(Heap, RandomWorkAgreesWithTheBooks) {
  struct Object {
    void* block;
    std::size_t bytes;
    std::uint8_t pattern;
  };
  std::mt19937 random(7);
  std::vector<Object> objects;
  for (int step = 0; step < 60'000; ++step) {
    const bool grow = random() % 100 < (step / 10'000 % 2 == 0 ? 70U : 30U);
    if (grow || objects.empty()) {
      const std::size_t bytes = 8 + (random() % 50 == 0 ? random() % 80'000 : random() % 600);
      const auto pattern = static_cast<std::uint8_t>(random());
      objects.push_back({make_live(bytes, pattern), bytes, pattern});
    } else {
      std::swap(objects[random() % objects.size()], objects.back());
      const Object object = objects.back();
      ASSERT_TRUE(has_pattern(object.block, object.bytes, object.pattern));
      heap::free(object.block);
      objects.pop_back();
    }
    if (step % 10'000 == 0) {
      EXPECT_EQ(live().size(), objects.size());
    }
  }
  std::set<const void*> expected;
  for (const Object& object : objects) expected.insert(object.block);
  EXPECT_EQ(live(), expected);
  for (const Object& object : objects) heap::free(object.block);
}

TEST_F(Heap, AFullSlabIsUsedAgainAfterOneFree) {
  if constexpr (!kSlabs) GTEST_SKIP();
  std::vector<void*> blocks;
  do blocks.push_back(make_live(4096));
  while (slab_of(blocks.back()) == slab_of(blocks.front()));
  heap::free(blocks[3]);
  const std::size_t before = taken();
  std::size_t more = 0;
  for (bool reused = false; !reused; ++more) {
    blocks.push_back(make_live(4096));
    reused = blocks.back() == blocks[3];
  }
  EXPECT_EQ(taken(), before) << "the free block came before a new slab";
  blocks.erase(blocks.begin() + 3);
  for (void* const block : blocks) heap::free(block);
}

TEST_F(Heap, MemoryOfOneSizeServesAnother) {
  if constexpr (!kSlabs) GTEST_SKIP();
  const auto fill = [](std::size_t bytes) {
    std::vector<void*> blocks(8 * kChunkBytes / bytes);
    for (void*& block : blocks) block = make_live(bytes);
    for (void* const block : blocks) heap::free(block);
  };
  fill(64);
  const std::size_t peak = taken();
  for (const std::size_t bytes : {96U, 128U, 160U, 48U}) fill(bytes);
  EXPECT_LT(taken(), peak + peak / 2) << "a heap that grows looks for empty slabs";
}

TEST_F(Heap, LargeBlocksGoBackAtOnceWhoeverFrees) {
  void* const mine = make_live(1'000'000);
  void* const others = make_live(10'000'000);
  in_another_thread([&] { heap::free(others); });
  heap::free(mine);
  EXPECT_EQ(taken(), 0U);
}

// I1 of memory/slab.h: somebody who knows the slab may look at it after its last block is free.
TEST_F(Heap, AVisitedSlabIsNotReturned) {
  for (const std::size_t bytes : {kOurBytes, std::size_t{100'000}}) {
    void* const block = make_live(bytes);
    Slab& slab = *slab_of(block);
    {
      const SlabVisit visit(slab);
      heap::free(block);
      heap::trim();
      if constexpr (kSlabs) {
        EXPECT_GT(taken(), 0U);
      }
      EXPECT_EQ(slab.blocks == 1, !kSlabs || bytes > kMaxClassBytes)
          << "the header can still be read";
    }
    heap::trim();
    EXPECT_EQ(taken(), 0U);
  }
}

TEST_F(Heap, ASlabThatStandsInAStackIsNotReturned) {
  if constexpr (!kSlabs) GTEST_SKIP();
  for (const std::size_t bytes : {kOurBytes, std::size_t{100'000}}) {
    SlabStack<&Slab::doomed> stack;
    void* const block = make_live(bytes);
    stack.push(*slab_of(block));
    in_another_thread([&] { heap::free(block); });
    heap::trim();
    EXPECT_GT(taken(), 0U);
    stack.take_all([](Slab& slab) { EXPECT_EQ(slab.visitors.load(kRelaxed), 1U); });
    heap::trim();
    EXPECT_EQ(taken(), 0U);
  }
}

#if GTEST_HAS_DEATH_TEST
TEST(HeapDeathTest, FreeingTwiceIsFound) {
  if constexpr (!kDebug || kSanitized || !kSlabs)
    GTEST_SKIP() << "found in slabs by debug builds, and everywhere by sanitizers";
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        const AttachedSlot me;
        void* const block = heap::allocate(48);
        heap::free(block);
        heap::free(block);
      },
      "freed, and it is free already");
}
#endif

// --- Several threads. ---

TEST_F(Heap, WhatAStrangerFreesIsUsedAgainByTheOwner) {
  if constexpr (!kOwners) GTEST_SKIP();
  std::vector<void*> blocks(10'000);
  for (void*& block : blocks) block = make_live(kOurBytes);
  const std::size_t before = taken();
  in_another_thread([&] {
    for (void* const block : blocks) heap::free(block);
  });
  EXPECT_TRUE(live().empty()) << "a free block says so itself, collected or not";
  for (void*& block : blocks) block = make_live(kOurBytes);
  EXPECT_EQ(taken(), before);
  for (void* const block : blocks) heap::free(block);
}

TEST_F(Heap, ADeadThreadsHeapIsAdoptedWhole) {
  if constexpr (!kOwners) GTEST_SKIP();
  OwnerId dead = kNobody;
  std::vector<void*> kept;
  in_another_thread([&] {
    dead = current().id;
    std::vector<void*> blocks(20'000);
    for (void*& block : blocks) block = make_live(kOurBytes);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (i % 2 == 0) heap::free(blocks[i]);
      if (i % 2 == 1) kept.push_back(blocks[i]);
    }
  });
  EXPECT_EQ(live().size(), kept.size());
  // Freed while nobody holds the slot.
  for (std::size_t i = 0; i < kept.size(); i += 2) heap::free(kept[i]);
  const std::size_t before = taken();
  in_another_thread([&] {
    ASSERT_EQ(current().id, dead) << "the slot is issued again";
    std::vector<void*> blocks(15'000);
    for (void*& block : blocks) block = make_live(kOurBytes);
    EXPECT_EQ(taken(), before) << "the heir uses what the dead left";
    for (void* const block : blocks) heap::free(block);
    for (std::size_t i = 1; i < kept.size(); i += 2) {
      EXPECT_TRUE(has_pattern(kept[i], kOurBytes));
      heap::free(kept[i]);
    }
  });
  EXPECT_EQ(taken(), 0U) << "and gives it back when it leaves";
}

// No thread is started, nobody trims: whoever frees the last block of a slab returns the slab.
TEST_F(Heap, MemoryOfADeadThreadComesBackWithItsLastBlocks) {
  if constexpr (!kOwners) GTEST_SKIP();
  std::vector<void*> blocks(100'000);
  in_another_thread([&] {
    for (void*& block : blocks) block = make_live(kOurBytes);
  });
  const std::size_t before = taken();
  std::shuffle(blocks.begin(), blocks.end(), std::mt19937(3));
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    heap::free(blocks[i]);
    if (i == blocks.size() / 2) {
      EXPECT_LE(taken(), before);
    }
  }
  EXPECT_EQ(taken(), 0U);
}

// The same when strangers began to free before the thread exited, so that some slabs were told to
// it and some not.
TEST_F(Heap, MemoryOfADeadThreadComesBackAlsoIfItWasToldBefore) {
  if constexpr (!kOwners) GTEST_SKIP();
  std::vector<void*> blocks(20'000);
  in_another_thread([&] {
    for (void*& block : blocks) block = make_live(kOurBytes);
    in_another_thread([&] {
      for (std::size_t i = 0; i < blocks.size(); i += 2) heap::free(blocks[i]);
    });
  });
  for (std::size_t i = 1; i < blocks.size(); i += 2) heap::free(blocks[i]);
  EXPECT_EQ(taken(), 0U);
}

// Told when its thread has looked for the last time and is attached still. The leaver may not touch
// the heap any more, since a stop of the world does not wait for it.
TEST_F(Heap, WhatIsToldDuringAnExitIsLeftToSomebodyAttached) {
  if constexpr (!kOwners) GTEST_SKIP();
  testing_support::HandDriven<Epoch> leaver;
  leaver.attach();
  void* block = nullptr;
  {
    const testing_support::Acting acting(leaver.slot());
    block = make_live(kOurBytes);
    heap::leave();
  }
  heap::free(block);
  leaver.exit();
  EXPECT_GT(taken(), 0U);
  me_.safepoints();
  EXPECT_EQ(taken(), 0U);
}

// A helper holds the slot while the last block is freed: it has to look again when it lets go.
TEST_F(Heap, AHelpedSlotIsSettledWhenItIsLetGo) {
  if constexpr (!kOwners) GTEST_SKIP();
  void* block = nullptr;
  in_another_thread([&] { block = make_live(kOurBytes); });
  Slot& slot = SlotTable::at(slab_of(block)->owner);
  {
    const HelpedSlot held(slot);
    ASSERT_TRUE(held);
    heap::free(block);
    EXPECT_GT(taken(), 0U);
  }
  EXPECT_EQ(taken(), 0U);
}

class HeapConcurrency : public Heap {};

// 100 000 objects in 8 threads, freed by their maker, by a neighbour, or not at all; then all
// threads die. To one object.
TEST_F(HeapConcurrency, EnumerationIsExactOverThreadsAndTheirDeaths) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "one thread at a time";
  constexpr std::size_t kThreads = 8;
  constexpr std::size_t kEach = 12'500;
  std::array<std::vector<void*>, kThreads> made;
  std::array<std::vector<void*>, kThreads> kept;
  SysAtomic<std::size_t> ready{0};
  const auto work = [&](std::size_t t) {
    const AttachedSlot me;
    for (std::size_t i = 0; i < kEach; ++i) made[t].push_back(make_live(32 + (i * 16) % 400));
    ready.fetch_add(1U, kAcqRel);
    while (ready.load(kAcquire) < kThreads) platform::yield();
    for (std::size_t i = 0; i < kEach; i += 4) heap::free(made[t][i]);
    for (std::size_t i = 1; i < kEach; i += 4) heap::free(made[(t + 1) % kThreads][i]);
    for (std::size_t i = 2; i < kEach; i += 4) kept[t].push_back(made[t][i]);
    for (std::size_t i = 3; i < kEach; i += 4) kept[t].push_back(made[t][i]);
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) threads.emplace_back(work, t);
  for (std::thread& thread : threads) thread.join();
  std::set<const void*> expected;
  for (const auto& blocks : kept) expected.insert(blocks.begin(), blocks.end());
  ASSERT_EQ(expected.size(), kThreads * kEach / 2);
  EXPECT_EQ(live(), expected);
  for (const void* const block : expected) heap::free(const_cast<void*>(block));
  me_.safepoints();
  if constexpr (kOwners) {
    EXPECT_EQ(taken(), 0U);
  }
}

class Trap17 : public Heap {};

// A walk over the heap missed the objects of threads that had exited, and a count of blocks held
// those whose free was delayed: freed by strangers, not yet looked at by their owner.
TEST_F(Trap17, OrphanedObjectsMissedAndDelayedFreesCounted) {
  std::vector<void*> orphans(3'000);
  in_another_thread([&] {
    for (void*& block : orphans) block = make_live(64);
  });
  std::vector<void*> mine(10'000);
  for (void*& block : mine) block = make_live(64);
  in_another_thread([&] {  // delayed: I do not allocate, so I do not look
    for (void* const block : mine) heap::free(block);
  });
  EXPECT_EQ(live(), std::set<const void*>(orphans.begin(), orphans.end()));
  for (void* const block : orphans) heap::free(block);
  EXPECT_TRUE(live().empty());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
