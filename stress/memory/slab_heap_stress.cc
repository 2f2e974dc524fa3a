// Threads allocate objects, take each other's from a board, free them, exit, and are born again.
//
//   who          does                                                  must never happen
//   a life       puts a new object on the board for the one there,     two have one block: its
//                checks that and frees it, mostly as a stranger        pattern is another's
//   its death    leaves a heap with objects of which the board or      a slab is returned while a
//                others free the last                                  block is out, or never
//   a birth      adopts a dead heap                                    a block is lost to its lists
//   a trimmer    returns what is empty, in its own and dead heaps
//
// At the end the board is the list of all live objects, and once it is freed, by one stranger who
// then comes to a safepoint, no slab is left.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "stress/seconds.h"
#include "tests/memory/attached_slot.h"
#include "tests/memory/live_objects.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kThreads = 6;
constexpr std::size_t kPlaces = 512;

struct Object {
  Refcount count;
  std::uint32_t bytes;
  std::uint32_t pattern;
};

Object* make_object(std::mt19937& random) {
  // Few classes, so that slabs fill up and empty; now and then a large one.
  const std::uint32_t bytes = random() % 500 == 0 ? 100'000 : 64U << random() % 5;
  const auto pattern = static_cast<std::uint8_t>(random());
  void* const block = make_live(bytes, pattern);
  if (block == nullptr) return nullptr;
  auto* const object = static_cast<Object*>(block);
  object->bytes = bytes;
  object->pattern = pattern;
  return object;
}

bool is_whole(const Object& object) {
  const auto* const byte = reinterpret_cast<const std::uint8_t*>(&object);
  for (std::size_t i = sizeof(Object); i < object.bytes; ++i)
    if (byte[i] != object.pattern) return false;
  return true;
}

class Board {
 public:
  // Returns the object that was in its place.
  Object* put(std::size_t place, Object* object) {
    return places_[place].exchange(object, kAcqRel);
  }
  [[nodiscard]] std::set<const void*> objects() const {
    std::set<const void*> objects;
    for (const SysAtomic<Object*>& place : places_)
      if (const Object* const object = place.load(kAcquire)) objects.insert(object);
    return objects;
  }

 private:
  std::array<SysAtomic<Object*>, kPlaces> places_;
};

// Returns how many objects it found broken.
int live(Board& board, std::mt19937& random) {
  const AttachedSlot me;
  int broken = 0;
  for (std::uint32_t left = 50 + static_cast<std::uint32_t>(random()) % 2'000; left != 0; --left) {
    Object* const other = board.put(random() % kPlaces, make_object(random));
    if (other != nullptr) {
      broken += !is_whole(*other);
      heap::free(other);
    }
    if (random() % 1'000 == 0) heap::trim();
  }
  return broken;
}

void free_all(Board& board) {
  AttachedSlot me;
  for (std::size_t place = 0; place < kPlaces; ++place)
    if (Object* const object = board.put(place, nullptr)) heap::free(object);
  me.safepoints();
}

TEST(SlabHeapStress, LivesAndDeaths) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "one thread at a time";
  const std::size_t before = heap::bytes_taken();
  Board board;
  SysAtomic<int> broken{0};
  SysAtomic<std::uint64_t> lives{0};
  const auto until = stress::deadline();
  std::vector<std::thread> threads;
  for (std::uint32_t seed = 1; seed <= kThreads; ++seed) {
    threads.emplace_back([&, seed] {
      std::mt19937 random(seed);
      do {
        broken.fetch_add(live(board, random), kRelaxed);
        lives.fetch_add(1U, kRelaxed);
      } while (std::chrono::steady_clock::now() < until);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(broken.load(kRelaxed), 0);
  EXPECT_GE(lives.load(kRelaxed), kThreads);
  EXPECT_EQ(live_blocks(), board.objects());
  free_all(board);
  EXPECT_EQ(count_live(), 0U);
  EXPECT_EQ(heap::bytes_taken(), before);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
