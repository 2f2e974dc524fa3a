#include "runtime/lifecycle.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

platform::Nanos soon() { return platform::deadline_in(10 * platform::kSecond); }

// The main thread, between start and shutdown; opens the runtime again for the next test.
class Main {
 public:
  Main() { EXPECT_EQ(Lifecycle::start(), Attach::kDone); }
  ~Main() {
    Thread::exit();
    Notices::withdraw(Notice::kShutdown);
  }
};

TEST(Lifecycle, ShutsDownAloneAtOnceAndStartsAgain) {
  const Main main;
  EXPECT_FALSE(Lifecycle::is_shutting_down());
  EXPECT_EQ(Lifecycle::shut_down(soon()), 0U);
  EXPECT_TRUE(Lifecycle::is_shutting_down());
  std::thread([] { EXPECT_EQ(Thread::start(), Attach::kRefused); }).join();
  Thread::exit();
  ASSERT_EQ(Lifecycle::start(), Attach::kDone);
  EXPECT_FALSE(Lifecycle::is_shutting_down());
  std::thread other = attached([](Thread&) {});
  join_detached(other);
}

// A shutdown asks every slot, those included whose thread is about to exit or has done so.
TEST(Lifecycle, WhoStartsAfterwardsIsNotAskedToLeave) {
  const Main main;
  std::thread before = attached([](Thread&) {});
  join_detached(before);
  EXPECT_EQ(Lifecycle::shut_down(soon()), 0U);
  Thread::exit();
  ASSERT_EQ(Lifecycle::start(), Attach::kDone);
  std::thread after = attached([](Thread& me) {
    const std::uint32_t asked = me.slot().breaker.load(kRelaxed);
    EXPECT_EQ(asked & static_cast<std::uint32_t>(Breaker::kLeave), 0U);
  });
  join_detached(after);
}

TEST(Lifecycle, HooksAreCalledInChildrenOnceEach) {
  const Main main;
  static int calls = 0;
  const Lifecycle::ChildHook hook = []() noexcept {
    calls += Thread::current()->is_attached() ? 1 : 100;
  };
  Lifecycle::call_in_children(hook);
  Lifecycle::call_in_children(hook);
  const pid_t child = Lifecycle::fork();
  if (child == 0) _exit(calls);
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_EQ(calls, 0) << "not in the parent";
}

TEST(LifecycleConcurrency, WhoComesBackFromABlockingCallIsRefused) {
  const Main main;
  Flag blocking;
  Flag wake;
  std::thread daemon([&] {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    Thread& me = *Thread::current();
    me.detach();
    raise(blocking);
    EXPECT_TRUE(eventually([&] { return is_raised(wake); }));
    EXPECT_EQ(me.attach(), Attach::kRefused);
    EXPECT_FALSE(me.is_attached());
    EXPECT_EQ(me.attach(), Attach::kRefused);  // and again
    Thread::exit();
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(blocking); }));
  EXPECT_EQ(Lifecycle::shut_down(soon()), 0U);  // does not wait for it
  raise(wake);
  join_detached(daemon);
}

TEST(LifecycleConcurrency, AWaitOfTheRuntimeComesBackAndIsAwaited) {
  const Main main;
  Flag waiting;
  Flag wake;
  Flag returned;
  std::thread daemon([&] {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    Thread& me = *Thread::current();
    me.detach_to_wait();
    raise(waiting);
    EXPECT_TRUE(eventually([&] { return is_raised(wake); }));
    me.attach_after_wait();
    EXPECT_TRUE(me.is_attached());
    raise(returned);
    me.detach();
    EXPECT_EQ(me.attach(), Attach::kRefused);
    Thread::exit();
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(waiting); }));
  std::thread waker([&] {
    EXPECT_TRUE(eventually([] { return Lifecycle::is_shutting_down(); }));
    EXPECT_FALSE(is_raised(returned));
    raise(wake);
  });
  EXPECT_EQ(Lifecycle::shut_down(soon()), 0U);
  EXPECT_TRUE(is_raised(returned));
  waker.join();
  join_detached(daemon);
}

TEST(LifecycleConcurrency, AThreadThatDoesNotLeaveIsReportedAtTheDeadline) {
  const Main main;
  Flag running;
  Flag end;
  std::thread hog = attached([&](Thread&) {
    raise(running);
    while (!is_raised(end)) safepoint();
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(running); }));
  EXPECT_EQ(Lifecycle::shut_down(platform::deadline_in(platform::kMillisecond)), 1U);
  raise(end);
  join_detached(hog);
}

// A daemon thread loops at safepoints while the main thread, on its way out, stops the world again
// and again, and asks all to leave.
TEST(LifecycleConcurrency, Trap05StopRequestVersusDaemonThreadAtShutdown) {
  for (int round = 0; round < 50 && !HasFailure(); ++round) {
    const Main main;
    std::vector<std::thread> daemons;
    SysAtomic<int> running{0};
    for (int i = 0; i < 2; ++i) {
      daemons.push_back(attached([&](Thread&) {  // at safepoints
        running.fetch_add(1, kRelease);
        while (!Lifecycle::is_shutting_down()) safepoint();
      }));
      daemons.emplace_back([&] {  // in and out of blocking calls
        ASSERT_EQ(Thread::start(), Attach::kDone);
        running.fetch_add(1, kRelease);
        do Thread::current()->detach();
        while (Thread::current()->attach() == Attach::kDone);
        Thread::exit();
      });
      daemons.push_back(attached([&](Thread&) {  // stops the world itself
        running.fetch_add(1, kRelease);
        while (!Lifecycle::is_shutting_down()) {
          { const StoppedWorld stopped; }
          safepoint();
        }
      }));
    }
    ASSERT_TRUE(eventually_at_safepoints([&] { return running.load(kAcquire) == 6; }));
    { const StoppedWorld stopped; }
    EXPECT_EQ(Lifecycle::shut_down(soon()), 0U);
    { const StoppedWorld stopped; }
    for (std::thread& daemon : daemons) join_detached(daemon);
  }
}

// A thread of a forked child. Its stack is larger than any of the parent's: the C library hands the
// stacks of vanished threads out again, and ThreadSanitizer takes that for a thread made twice.
class ChildThread {
 public:
  explicit ChildThread(void* (*body)(void*), void* argument) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, std::size_t{64} << 20);
    if (pthread_create(&thread_, &attributes, body, argument) != 0) ::_exit(5);
    pthread_attr_destroy(&attributes);
  }
  void join() { pthread_join(thread_, nullptr); }

 private:
  pthread_t thread_{};
};

void* come_and_go(void* done) {
  if (Thread::start() != Attach::kDone) return nullptr;
  for (int turn = 0; turn < 100; ++turn) {
    safepoint();
    Thread::current()->detach();
    if (Thread::current()->attach() != Attach::kDone) return nullptr;
  }
  { const StoppedWorld stopped; }
  static_cast<SysAtomic<int>*>(done)->fetch_add(1, kRelease);
  Thread::exit();
  return nullptr;
}

// What a forked child must be able to do. Returns its exit status.
int live_a_life() {
  if (!Thread::current()->is_attached() || World::is_stopped_by_me()) return 1;
  SysAtomic<int> done{0};
  std::vector<ChildThread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(come_and_go, &done);
  for (int i = 0; i < 20; ++i) const StoppedWorld stopped;
  for (ChildThread& thread : threads) join_detached(thread);
  if (done.load(kAcquire) != 3) return 2;
  if (Lifecycle::shut_down(soon()) != 0) return 3;
  Thread::exit();
  return 0;
}

void expect_good_child(int child) {
  ASSERT_GT(child, 0);
  Thread::current()->detach_to_wait();
  int status = -1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  Thread::current()->attach_after_wait();
  EXPECT_TRUE(WIFEXITED(status)) << status;
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Lifecycle, AForkedChildLives) {
  const Main main;
  const int child = Lifecycle::fork();
  if (child == 0) ::_exit(live_a_life());
  EXPECT_FALSE(World::is_stopped_by_me());
  expect_good_child(child);
}

TEST(Lifecycle, AForkInsideAStopKeepsTheStop) {
  const Main main;
  World::stop(StopKind::kExclusive);
  const int child = Lifecycle::fork();
  if (child == 0) {
    if (!World::is_stopped_by_me()) ::_exit(4);
    World::start();
    ::_exit(live_a_life());
  }
  EXPECT_TRUE(World::is_stopped_by_me());
  World::start();
  expect_good_child(child);
}

// Threads run, stop the world, come and go while the process is copied.
TEST(LifecycleConcurrency, Trap22ForkChildWithWhatOthersHeld) {
  // One of the threads is unknown to the runtime from time to time, so the stop before the fork
  // does not keep it from being inside the allocator.
  if constexpr (kAddressSanitizer)
    GTEST_SKIP() << "the sanitizer's allocator cannot be forked in use";
  const Main main;
  Flag end;
  std::vector<std::thread> threads;
  threads.push_back(attached([&](Thread&) {
    while (!is_raised(end)) safepoint();
  }));
  threads.push_back(attached([&](Thread&) {
    while (!is_raised(end)) {
      { const StoppedWorld stopped; }
      safepoint();
    }
  }));
  threads.emplace_back([&] {
    while (!is_raised(end)) {
      ASSERT_EQ(Thread::start(), Attach::kDone);
      Thread::current()->detach();
      ASSERT_EQ(Thread::current()->attach(), Attach::kDone);
      Thread::exit();
    }
  });
  for (int i = 0; i < 20; ++i) {
    const int child = Lifecycle::fork();
    if (child == 0) ::_exit(live_a_life());
    expect_good_child(child);
  }
  raise(end);
  for (std::thread& thread : threads) join_detached(thread);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
