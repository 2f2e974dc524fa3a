// Everything that moves slots, at once: threads that compute, that block, that come and go, that
// act for others, and that stop the world.
//
// Forbidden: anybody touches what is his alone while the world is stopped (plain counters, so that
// ThreadSanitizer sees a missing edge), two stopped worlds at a time, a loop that stands still, a
// hang.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "memory/helped_slot.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "runtime/world.h"
#include "stress/seconds.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

class Scene {
 public:
  // Each role is a loop body, run attached by `count` threads of its own.
  void add(int count, std::function<void(Thread&)> turn) {
    for (int i = 0; i < count; ++i) {
      Loop& loop = loops_.emplace_back();
      threads_.emplace_back([this, &loop, turn] { play(loop, turn); });
    }
  }

  // A stop in which nobody else may move.
  void stop_and_look() {
    {
      const StoppedWorld stopped;
      EXPECT_EQ(stopped_worlds_.fetch_add(1, kRelaxed), 0);
      std::uint64_t sum = 0;
      for (const Loop& loop : loops_) sum += loop.turns;
      platform::yield();
      for (const Loop& loop : loops_) sum -= loop.turns;
      EXPECT_EQ(sum, 0U);
      // A thread that begins may be attached for a moment, until it reads the notice and backs out;
      // nobody may be held by a helper.
      for (const Slot& slot : SlotTable::all())
        EXPECT_NE(slot.state.load(), SlotState::kHelpedDetached) << slot.id;
      stopped_worlds_.fetch_sub(1, kRelaxed);
    }
    safepoint();
  }

  // Every loop has to turn again and again: from each look to the next, kPatience at most.
  void run() {
    begin_.store(true, kRelease);
    const auto deadline = stress::deadline();
    do {
      std::vector<std::uint64_t> before;
      for (const Loop& loop : loops_) before.push_back(loop.visible.load(kRelaxed));
      const auto patience = std::chrono::steady_clock::now() + kPatience;
      std::size_t turned = 0;
      do {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        while (turned < loops_.size() && loops_[turned].visible.load(kRelaxed) > before[turned])
          ++turned;
      } while (turned < loops_.size() && std::chrono::steady_clock::now() < patience);
      EXPECT_EQ(turned, loops_.size()) << "loop " << turned << " stands still";
    } while (std::chrono::steady_clock::now() < deadline);
    end_.store(true, kRelease);
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  // A turn of a loop that stops the world waits for all threads to get a core, twice: on a machine
  // that is busy with other work, under a sanitizer, that was seen to take more than a second.
  static constexpr std::chrono::seconds kPatience{10};

  struct Loop {
    std::uint64_t turns = 0;  // plain: its thread, attached, and whoever has stopped the world
    SysAtomic<std::uint64_t> visible{0};
  };

  void play(Loop& loop, const std::function<void(Thread&)>& turn) {
    while (!begin_.load(kAcquire)) platform::yield();
    ASSERT_EQ(Thread::start(), Attach::kDone);
    while (!end_.load(kAcquire)) {
      ++loop.turns;
      loop.visible.fetch_add(1U, kRelaxed);
      turn(*Thread::current());
      safepoint();
    }
    Thread::exit();
  }

  SysAtomic<bool> begin_{false};
  SysAtomic<bool> end_{false};
  SysAtomic<int> stopped_worlds_{0};
  std::deque<Loop> loops_;
  std::vector<std::thread> threads_;
};

void come_back(Thread& me) { EXPECT_EQ(me.attach(), Attach::kDone); }

void help_somebody() {
  for (Slot& slot : SlotTable::all()) {
    const HelpedSlot held(slot);
    if (held) break;
  }
}

TEST(WorldStress, StopsAmongAllThatMoves) {
  Scene scene;
  scene.add(3, [](Thread&) {});
  scene.add(3, [](Thread& me) {
    me.detach();
    come_back(me);
  });
  scene.add(2, [](Thread& me) {
    me.detach();
    platform::sleep_for(platform::kMicrosecond * 100);
    come_back(me);
  });
  scene.add(3, [](Thread&) {
    Thread::exit();
    ASSERT_EQ(Thread::start(), Attach::kDone);
  });
  scene.add(2, [](Thread&) { help_somebody(); });
  scene.add(2, [&scene](Thread&) { scene.stop_and_look(); });
  scene.add(1, [](Thread& me) {  // an exclusive phase that blocks
    const StoppedWorld exclusive(StopKind::kExclusive);
    me.detach();
    come_back(me);
    EXPECT_TRUE(World::is_stopped_by_me());
  });
  scene.run();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
