// Threads look up entries of one table without a lock while they replace them, and come and go.
//
//   who         does                                                        must never happen
//   reader      finds an entry, tries to count it, reads it either way      it reads scribbles
//   writer      replaces an entry or the array, retires what it took out    memory is lost
//   everybody   detaches and attaches, exits and starts again               a safepoint is long
//
// What is freed is scribbled over with plain stores first. So memory that is freed too early shows
// as an entry that is not whole, and ThreadSanitizer sees each such read even where it goes well.
//
// The twin frees one epoch early, and must be caught: else this test shows nothing.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "memory/epoch_inl.h"
#include "stress/seconds.h"
#include "tests/memory/attached_slot.h"
#include "tests/memory/chained_table.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using testing_support::ChainedTable;
using testing_support::Entry;
using testing_support::EpochThread;
using testing_support::Retiring;

struct ScribblingHeaps {
  static void free_block(void* block) noexcept {
    auto* const entry = static_cast<Entry*>(block);
    entry->value = entry->check = 0xDEAD;
    OwnHeaps::free_block(block);
  }
  static void free_buffer(BufferHead& buffer) noexcept { OwnHeaps::free_buffer(buffer); }
};

struct OneEpochShort : GracePeriod {
  [[nodiscard]] static bool has_passed(const Slot& slot, Goal goal) noexcept {
    return GracePeriod::has_passed(slot, goal - 1);
  }
};

// xorshift64*
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint64_t roll(std::uint64_t sides) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return (state_ * 0x2545F4914F6CDD1DU >> 33) % sides;
  }

 private:
  std::uint64_t state_;
};

template <class Grace>
class Scenario {
 public:
  using E = EpochOf<Grace, ScribblingHeaps>;

  static constexpr std::uint64_t kKeys = 256;
  static constexpr unsigned kThreads = 4;

  // Until `enough` entries were found scribbled over, or the time is up.
  std::uint64_t run(std::uint64_t enough) {
    const auto deadline = stress::deadline();
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < kThreads; ++t) {
      threads.emplace_back([this, t, deadline, enough] {
        Dice dice(t);
        while (std::chrono::steady_clock::now() < deadline && broken() < enough) live(dice);
      });
    }
    for (std::thread& thread : threads) thread.join();
    return broken();
  }

  [[nodiscard]] std::uint64_t looks() const { return looks_.load(kRelaxed); }
  [[nodiscard]] std::uint64_t refusals() const { return refusals_.load(kRelaxed); }

 private:
  using Thread = EpochThread<E>;

  [[nodiscard]] std::uint64_t broken() const { return broken_.load(kRelaxed); }

  // One thread's life.
  void live(Dice& dice) {
    Thread me;
    const std::uint64_t steps = 1 + dice.roll(20'000);
    for (std::uint64_t i = 0; i < steps; ++i) {
      section(dice);
      me.safepoint();
      if (dice.roll(1000) == 0) {
        me.detach();
        if (dice.roll(4) == 0) platform::yield();
        me.attach();
      }
      if (dice.roll(2000) == 0) E::flush(me.slot());
    }
  }

  void section(Dice& dice) {
    Entry* const kept = look(dice);
    for (std::uint64_t i = dice.roll(8); i > 0; --i) static_cast<void>(look(dice));
    if (dice.roll(200) == 0) platform::yield();  // what was found stays good meanwhile
    for (std::uint64_t i = dice.roll(8); i > 0; --i) table_.replace(dice.roll(kKeys), i);
    if (dice.roll(500) == 0) table_.replace_array();
    if (kept != nullptr) check(*kept);
  }

  // Finds an entry and counts it for a while, if it lets itself be counted.
  Entry* look(Dice& dice) {
    Entry* const entry = table_.find(dice.roll(kKeys));
    if (entry == nullptr) return nullptr;
    looks_.fetch_add(1U, kRelaxed);
    check(*entry);
    if (!entry->count.try_retain(current().id)) {
      refusals_.fetch_add(1U, kRelaxed);
    } else if (entry->count.drop(current().id) == Debt::kDestroy) {
      E::retire(entry);
    }
    return entry;
  }

  void check(const Entry& entry) {
    if (!entry.is_whole()) broken_.fetch_add(1U, kRelaxed);
  }

  ChainedTable<Retiring<E>> table_{kKeys};
  SysAtomic<std::uint64_t> looks_{0};
  SysAtomic<std::uint64_t> refusals_{0};
  SysAtomic<std::uint64_t> broken_{0};
};

// The calling thread builds the scenario, sleeps while it runs, and finds what is left.
template <class Grace>
std::uint64_t run(std::uint64_t enough) {
  using This = Scenario<Grace>;
  EpochThread<typename This::E> me;
  This scenario;
  me.detach();
  const std::uint64_t broken = scenario.run(enough);
  me.attach();
  EXPECT_GT(scenario.looks(), 1000U);
  for (int i = 0; i < 1000 && This::E::figures().pending_bytes != 0; ++i) {
    This::E::flush_all(me.slot());
    me.safepoint();
  }
  EXPECT_EQ(This::E::figures().pending_bytes, 0U) << "nothing is lost, whoever retired it";
  testing::Test::RecordProperty("looks", std::to_string(scenario.looks()));
  testing::Test::RecordProperty("refusals", std::to_string(scenario.refusals()));
  return broken;
}

TEST(EpochStress, ReadersNeverMeetFreedMemory) { EXPECT_EQ(run<GracePeriod>(1), 0U); }

TEST(EpochStress, ATwinThatIsOneEpochShortIsCaught) {
  if constexpr (kSanitized) GTEST_SKIP() << "the sanitizer would catch it, and stop";
  EXPECT_GT(run<OneEpochShort>(1), 0U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
