#include "memory/chunk_pool.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <thread>
#include <vector>

#include "memory/fault.h"
#include "memory/poison.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

class ChunkPoolTest : public testing::Test {
 protected:
  // Chunks of others stay as they are; the reserve may come and go.
  ~ChunkPoolTest() override {
    EXPECT_EQ(ChunkPool::usage().taken, before_.taken);
    EXPECT_LE(ChunkPool::usage().chunks, before_.chunks + kChunkBytes);
  }

  static std::set<Slab*> registered() {
    std::set<Slab*> slabs;
    ChunkPool::for_each_stopped([&](Slab& slab) { slabs.insert(&slab); });
    return slabs;
  }

  const ChunkPool::Usage before_ = ChunkPool::usage();
};

TEST_F(ChunkPoolTest, SlabsAreAlignedDisjointAndKnown) {
  std::set<char*> bases;
  std::vector<Slab*> slabs;
  for (std::uint32_t i = 0; i < 3 * ChunkPool::kLongestRun; ++i) {
    Slab* const slab = ChunkPool::take(1);
    ASSERT_NE(slab, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(slab->base) % kSlabBytes, 0U);
    EXPECT_TRUE(bases.insert(slab->base).second) << "taken twice";
    slabs.push_back(slab);
  }
  EXPECT_EQ(ChunkPool::usage().taken - before_.taken, slabs.size() * kSlabBytes);
  const std::set<Slab*> known = registered();
  for (Slab* const slab : slabs) EXPECT_TRUE(known.count(slab));
  for (Slab* const slab : slabs) ChunkPool::give(*slab, 1);
  for (Slab* const slab : registered()) EXPECT_EQ(bases.count(slab->base), 0U);
}

TEST_F(ChunkPoolTest, RunsOfAllLengthsDoNotOverlap) {
  std::vector<std::pair<Slab*, std::uint32_t>> runs;
  for (std::uint32_t length = 1; length <= ChunkPool::kLongestRun; ++length) {
    Slab* const slab = ChunkPool::take(length);
    ASSERT_NE(slab, nullptr);
    for (const auto& [other, others] : runs) {
      const bool before = slab->base + length * kSlabBytes <= other->base;
      const bool after = other->base + others * kSlabBytes <= slab->base;
      EXPECT_TRUE(before || after);
    }
    runs.emplace_back(slab, length);
  }
  for (const auto& [slab, length] : runs) ChunkPool::give(*slab, length);
}

TEST_F(ChunkPoolTest, AGapIsUsedAgain) {
  std::vector<Slab*> slabs;
  for (std::uint32_t i = 0; i < ChunkPool::kLongestRun; ++i) slabs.push_back(ChunkPool::take(1));
  const std::size_t chunks = ChunkPool::usage().chunks;
  for (const std::size_t gap : {10U, 11U, 12U}) ChunkPool::give(*slabs[gap], 1);
  Slab* const run = ChunkPool::take(3);
  EXPECT_EQ(ChunkPool::usage().chunks, chunks) << "no new chunk";
  ChunkPool::give(*run, 3);
  for (std::size_t i = 0; i < slabs.size(); ++i)
    if (i < 10 || i > 12) ChunkPool::give(*slabs[i], 1);
}

TEST_F(ChunkPoolTest, EmptyChunksGoBackButForOne) {
  std::vector<Slab*> slabs;
  for (std::uint32_t i = 0; i < 10 * ChunkPool::kLongestRun; ++i)
    slabs.push_back(ChunkPool::take(1));
  EXPECT_GE(ChunkPool::usage().chunks - before_.chunks, 9 * kChunkBytes);
  for (Slab* const slab : slabs) ChunkPool::give(*slab, 1);
  EXPECT_LE(ChunkPool::usage().chunks, before_.chunks + kChunkBytes);
}

TEST_F(ChunkPoolTest, AChunkOfItsOwnHasRoomForAll) {
  for (const std::size_t bytes :
       {std::size_t{1}, kChunkBytes - kSlabBytes, kChunkBytes, 10 * kChunkBytes + 1}) {
    Slab* const slab = ChunkPool::take_chunk(bytes);
    ASSERT_NE(slab, nullptr);
    EXPECT_GE(ChunkPool::usage().chunks - before_.chunks, kSlabBytes + bytes);
    EXPECT_TRUE(registered().count(slab));
    ChunkPool::give_chunk(*slab);
  }
  EXPECT_EQ(ChunkPool::take_chunk(SIZE_MAX), nullptr);
  EXPECT_EQ(ChunkPool::take_chunk(SIZE_MAX / 2), nullptr) << "refused by the system";
}

TEST_F(ChunkPoolTest, FailuresAreNull) {
  const auto fault = fault::Injection::from(0);
  EXPECT_EQ(ChunkPool::take_chunk(1), nullptr);
  std::vector<Slab*> slabs;
  while (Slab* const slab = ChunkPool::take(1)) slabs.push_back(slab);
  EXPECT_LE(slabs.size(), 10'000U) << "only what was there could be had";
  for (Slab* const slab : slabs) ChunkPool::give(*slab, 1);
}

TEST(ChunkPoolConcurrency, NobodyGetsWhatAnotherHas) {
  const std::size_t before = ChunkPool::usage().taken;
  const auto work = [](std::uint32_t seed) {
    std::vector<std::pair<Slab*, std::uint32_t>> mine;
    for (std::uint32_t i = 0; i < 2'000; ++i) {
      seed = seed * 1664525 + 1013904223;
      if (mine.size() < 20 && seed % 2 == 0) {
        const std::uint32_t length = 1 + seed / 64 % 9;
        Slab* const slab = ChunkPool::take(length);
        ASSERT_NE(slab, nullptr);
        unpoison(slab->base, length);
        std::fill_n(slab->base, length, static_cast<char>(seed));
        slab->carved = seed;  // the header is ours too
        mine.emplace_back(slab, length);
      } else if (!mine.empty()) {
        const auto [slab, length] = mine.back();
        mine.pop_back();
        EXPECT_EQ(slab->base[0], static_cast<char>(slab->carved));
        poison(slab->base, length);
        ChunkPool::give(*slab, length);
      }
    }
    for (const auto& [slab, length] : mine) ChunkPool::give(*slab, length);
  };
  std::vector<std::thread> threads;
  for (std::uint32_t t = 0; t < 4; ++t) threads.emplace_back(work, t * 77);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ChunkPool::usage().taken, before);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
