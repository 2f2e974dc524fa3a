#include "runtime/event.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

TEST(Event, IsClearAtFirstAndSetForGood) {
  Event event;
  EXPECT_FALSE(event.is_set());
  event.set();
  event.set();
  EXPECT_TRUE(event.is_set());
  event.wait();
  EXPECT_TRUE(event.wait_for(0));
}

TEST(Event, AWaitEndsAtItsDeadline) {
  Event event;
  const platform::Nanos start = platform::now();
  EXPECT_FALSE(event.wait_for(5 * platform::kMillisecond));
  EXPECT_GE(platform::now() - start, 5 * platform::kMillisecond);
  event.set();
  EXPECT_TRUE(event.wait_for(platform::kSecond));
}

TEST(Event, CanBeResetAndWaitedForAgain) {
  Event event;
  event.set();
  event.reset();
  EXPECT_FALSE(event.wait_for(platform::kMillisecond));
}

TEST(EventConcurrency, WakesAllAndShowsWhatWasWrittenBefore) {
  for (int round = 0; round < 50; ++round) {
    Event event;
    int written = 0;  // plain: ThreadSanitizer judges
    std::vector<std::thread> waiters;
    for (int i = 0; i < 4; ++i) {
      waiters.emplace_back([&] {
        event.wait();
        EXPECT_EQ(written, 7);
      });
    }
    if (round % 2 != 0) platform::sleep_for(platform::kMillisecond);
    written = 7;
    event.set();
    for (std::thread& waiter : waiters) waiter.join();
  }
}

// I1: the waiter frees the event as soon as it may; the setter must not touch it any more.
TEST(EventConcurrency, AWaiterMayDestroyIt) {
  for (int round = 0; round < 300; ++round) {
    auto event = std::make_unique<Event>();
    std::thread setter([raw = event.get()] { raw->set(); });
    event->wait();
    event.reset();
    setter.join();
  }
}

TEST(EventConcurrency, AnAttachedWaiterIsDetachedWhileItWaits) {
  Event event;
  SysAtomic<Thread*> waiter{nullptr};
  std::thread thread = testing::attached([&](Thread& me) {
    waiter.store(&me, kRelease);
    event.wait();
    EXPECT_TRUE(me.is_attached());
  });
  EXPECT_TRUE(testing::eventually([&] {
    const Thread* const me = waiter.load(kAcquire);
    return me != nullptr && !me->is_attached();
  }));
  event.set();
  thread.join();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
