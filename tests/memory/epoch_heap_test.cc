// The epoch with the real heap: what is retired stays as it is, comes back, and does not pile up.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "memory/buffer.h"
#include "memory/epoch_inl.h"
#include "memory/heap.h"
#include "memory/refcount.h"
#include "tests/memory/attached_slot.h"
#include "tests/memory/hand_driven.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using testing_support::EpochThread;
using testing_support::HandDriven;

// An object without references: destroyed, and not yet retired.
char* destroyed_object(std::size_t bytes, char fill) {
  char* const block = static_cast<char*>(heap::allocate(bytes));
  if (block == nullptr) std::abort();
  std::memset(block + sizeof(Refcount), fill, bytes - sizeof(Refcount));
  auto* const count = new (block) Refcount(Born::kMerged);
  EXPECT_EQ(count->drop(current().id), Debt::kDestroy);
  return block;
}

bool is_filled(const char* block, std::size_t bytes, char fill) {
  return std::all_of(block + sizeof(Refcount), block + bytes, [&](char c) { return c == fill; });
}

class EpochHeapTest : public testing::Test {
 protected:
  ~EpochHeapTest() override { testing_support::reclaim_all<Epoch>(); }
};

TEST_F(EpochHeapTest, ARetiredObjectStaysAsItWasUntilReadersPass) {
  EpochThread<> me;
  HandDriven<Epoch> reader;
  for (const std::size_t bytes : {48U, 3'000U, 200'000U, 6'000'000U}) {
    reader.attach();
    char* const object = destroyed_object(bytes, 'x');
    Epoch::retire(object);
    Epoch::flush(me.slot());
    for (int i = 0; i < 50; ++i) {
      heap::free(destroyed_object(bytes, 'y'));  // none of these is given its place
      me.safepoint();
    }
    EXPECT_TRUE(is_filled(object, bytes, 'x')) << bytes;
    EXPECT_EQ(reinterpret_cast<Refcount*>(object)->kind(), BlockKind::kDestroyed) << "rule 11";
    EXPECT_GE(Epoch::pending_bytes(me.slot()), bytes);
    reader.detach();
    for (int i = 0; i < 3; ++i) me.safepoint();
    EXPECT_EQ(Epoch::pending_bytes(me.slot()), 0U);
  }
}

TEST_F(EpochHeapTest, ARetiredBufferStaysAsItWasUntilReadersPass) {
  EpochThread<> me;
  HandDriven<Epoch> reader;
  reader.attach();
  const std::size_t before = bytes_in_buffers();
  auto* const text = static_cast<char*>(allocate_buffer(1'000));
  ASSERT_NE(text, nullptr);
  std::memset(text, 'x', 1'000);
  Epoch::retire_buffer(text);
  Epoch::flush(me.slot());
  EXPECT_TRUE(std::all_of(text, text + 1'000, [](char c) { return c == 'x'; }));
  EXPECT_GT(bytes_in_buffers(), before);
  reader.detach();
  me.safepoint();
  EXPECT_EQ(bytes_in_buffers(), before);
}

TEST_F(EpochHeapTest, MemoryThatIsRetiredIsUsedAgain) {
  EpochThread<> me;
  const std::size_t before = heap::bytes_taken();
  for (int i = 0; i < 200'000; ++i) {
    Epoch::retire(destroyed_object(64, 'x'));
    if (i % 64 == 0) me.safepoint();
  }
  EXPECT_LE(heap::bytes_taken(), before + 8 * Epoch::kBatchBytes) << "of 12 MiB";
}

// An object of a thread that is gone comes back although its heap has nobody.
TEST_F(EpochHeapTest, AnObjectOfADeadThreadComesBack) {
  std::vector<char*> objects;
  std::thread([&] {
    const EpochThread<> owner;
    for (int i = 0; i < 100; ++i) objects.push_back(destroyed_object(64, 'x'));
  }).join();
  EpochThread<> me;
  for (char* const object : objects) Epoch::retire(object);
  EXPECT_NE(Epoch::figures().pending_bytes, 0U);
  Epoch::flush_all(me.slot());
  for (int i = 0; i < 5; ++i) me.safepoint();
  EXPECT_EQ(Epoch::figures().pending_bytes, 0U);
}

// Its heap was told of free blocks, and its thread does not exist in the child.
TEST_F(EpochHeapTest, AForkedChildSettlesTheHeapsOfVanishedThreads) {
  if constexpr (kPolicy.object_heap != ObjectHeap::kSlabs) GTEST_SKIP() << "nobody owns a block";
  EpochThread<> survivor;
  HandDriven<Epoch> vanished;
  vanished.attach();
  heap::trim();
  const std::size_t before = heap::bytes_taken();
  void* block = nullptr;
  {
    const testing_support::Acting acting(vanished.slot());
    block = heap::allocate(1'000);
  }
  heap::free(block);
  EXPECT_GT(heap::bytes_taken(), before) << "left to its owner";
  vanished.slot().state.reset_after_fork(SlotState::kFree);
  Epoch::reset_after_fork(survivor.slot());
  survivor.safepoints();
  EXPECT_EQ(heap::bytes_taken(), before);
  // The hand takes its slot back, to leave it properly.
  vanished.move(SlotState::kFree, SlotState::kStarting);
  vanished.move(SlotState::kStarting, SlotState::kDetached);
}

// The bug: a reader that held a table looked whether it had been replaced by comparing addresses.
// It had been, and the new table stood where the old one was. While anybody may hold an address,
// nothing else is given it; so equal addresses are the same table.
class Trap10 : public EpochHeapTest {
 protected:
  static constexpr std::size_t kTableBytes = 1'000;
  static constexpr int kMost = 5'000;

  // Replaces a table until a new one stands where the reader's does, `kMost` times at most. Says
  // how often.
  template <class Table>
  int replacements_until_address_is_used_again(void (*dispose)(void*)) {
    EpochThread<> writer;
    HandDriven<Epoch> reader;
    reader.attach();
    void* table = Table::make();
    const void* const what_the_reader_holds = table;
    int count = 0;
    do {
      dispose(std::exchange(table, Table::make()));
      writer.safepoint();
    } while (table != what_the_reader_holds && ++count < kMost);
    Table::retire(table);
    reader.detach();
    return count;
  }

  struct Object {
    static void* make() { return destroyed_object(kTableBytes, 'x'); }
    static void retire(void* table) { Epoch::retire(table); }
  };
  struct Array {
    static void* make() { return allocate_buffer(kTableBytes); }
    static void retire(void* table) { Epoch::retire_buffer(table); }
  };
};

TEST_F(Trap10, StaleTableAndAddressReUse) {
  EXPECT_EQ(replacements_until_address_is_used_again<Object>(Object::retire), kMost);
  EXPECT_EQ(replacements_until_address_is_used_again<Array>(Array::retire), kMost);
  if constexpr (kSanitized) return;  // whose malloc keeps freed memory back for long
  EXPECT_LT(replacements_until_address_is_used_again<Object>(heap::free), kMost) << "the twin";
  EXPECT_LT(replacements_until_address_is_used_again<Array>(free_buffer), kMost) << "the twin";
}

// A block with a chunk of its own counts as what it is.
TEST_F(EpochHeapTest, AHugeObjectCountsItsBytes) {
  constexpr std::size_t kBytes = 6'000'000;
  EpochThread<> me;
  HandDriven<Epoch> reader;
  reader.attach();
  const std::size_t before = Epoch::pending_bytes(me.slot());
  Epoch::retire(destroyed_object(kBytes, 'x'));
  EXPECT_EQ(Epoch::pending_bytes(me.slot()) - before, kBytes);
}

// What a million retired blocks have waiting at the worst moment, beside another such flood.
std::size_t flood(int blocks) {
  EpochThread<> me;
  std::size_t peak = 0;
  for (int i = 0; i < blocks; ++i) {
    Epoch::retire(destroyed_object(64, 'x'));
    if (i % 64 != 0) continue;
    peak = std::max(peak, Epoch::figures().pending_bytes);
    me.safepoint();
  }
  return peak;
}

TEST_F(EpochHeapTest, AFloodOfSmallBlocksStaysBelow64MiB) {
  std::size_t other_peak = 0;
  std::thread other([&] { other_peak = flood(500'000); });
  const std::size_t peak = flood(500'000);
  other.join();
  EXPECT_LT(std::max(peak, other_peak), std::size_t{64} << 20);
  EXPECT_GT(std::max(peak, other_peak), Epoch::kBatchBytes / 2) << "or the flood was none";
}

// The twin, where a sanitizer watches each object: it dies of what the real one never does.
struct OneEpochShort : GracePeriod {
  [[nodiscard]] static bool has_passed(const Slot& slot, Goal goal) noexcept {
    return GracePeriod::has_passed(slot, goal - 1);
  }
};

TEST_F(EpochHeapTest, ASanitizerCatchesATwinThatIsOneEpochShort) {
  if constexpr (!kAddressSanitizer) GTEST_SKIP() << "needs AddressSanitizer";
  using Twin = EpochOf<OneEpochShort, OwnHeaps>;
  EpochThread<Twin> me;
  HandDriven<Twin> reader;
  reader.attach();
  char* const object = destroyed_object(64, 'x');
  Twin::retire(object);
  Twin::flush(me.slot());
  EXPECT_DEATH(static_cast<void>(is_filled(object, 64, 'x')),
               "AddressSanitizer: use-after-(free|poison)|heap-use-after-free");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
