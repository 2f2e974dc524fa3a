#include "objects/model/call_out.h"

#include <thread>

#include "objects/model/destroy.h"
#include "objects/model/thread_record.h"
#include "objects/model/unraisable.h"
#include "runtime/lifecycle.h"
#include "runtime/safepoint.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class CallOutTest : public CollectorTest {
 protected:
  ~CallOutTest() override { set_unraisable_hook(nullptr); }
};
using CallOutConcurrency = CallOutTest;

Ref<> as_deep_as_can_be(Ref<> innermost) {
  for (std::uint32_t i = 1; i < kMostNested; ++i) innermost = Tuple::of(std::move(innermost));
  return innermost;
}

// --- I1. ---

TEST_F(CallOutTest, WhatWasPendingIsPendingAgain) {
  raise(ErrorKind::kKey, {"before"});
  {
    const CallOut call_out;
    EXPECT_EQ(pending_kind(), ErrorKind::kNone);
    raise(ErrorKind::kType, {"inside"});
  }
  EXPECT_EQ(taken(), ErrorKind::kKey);
}

TEST_F(CallOutTest, WhatIsLeftPendingIsForgotten) {
  {
    const CallOut call_out;
    raise(ErrorKind::kType, {"inside"});
  }
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
}

TEST_F(CallOutTest, WhatAHookRaisesIsForgotten) {
  set_unraisable_hook([](Error, Value) noexcept { raise(ErrorKind::kType, {"hook"}); });
  static_cast<void>(Node::make([](Node&) noexcept { raise(ErrorKind::kValue, {"finalizer"}); }));
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
  Ref<Node> referent = Node::make();
  const Ref<WeakLink> link = link_to(
      *referent, Callback::make(1, [](WeakLink&) noexcept { raise(ErrorKind::kValue, {"call"}); }));
  referent = Ref<Node>();
  EXPECT_EQ(Callback::calls(), 1);
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
}

TEST_F(CallOutTest, WhatAnObserverRaisesIsForgotten) {
  Collector::set_observer(
      [](Collector::Event, const Collected&) noexcept { raise(ErrorKind::kType, {"observer"}); });
  EXPECT_EQ(Collector::collect().how, Collected::How::kDone);
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
}

// --- I2. ---

TEST_F(CallOutTest, WhatADeepFinalizerDropsEndsAtOnce) {
  static_cast<void>(as_deep_as_can_be(Node::make([](Node&) noexcept {
    EXPECT_EQ(ThreadRecord::mine().destroying, 0U);
    static_cast<void>(Tuple::of(Witness::value()));
    EXPECT_EQ(ends(), 1);
    safepoint();
  })));
  EXPECT_EQ(ends(), 2);
  EXPECT_EQ(ThreadRecord::mine().destroying, 0U);
  EXPECT_EQ(ThreadRecord::mine().call_outs, 0U);
}

TEST_F(CallOutTest, WhatADeepCallbackDropsEndsAtOnce) {
  Ref<Node> referent = Node::make();
  const Ref<WeakLink> link = link_to(*referent, Callback::make(1, [](WeakLink&) noexcept {
    static_cast<void>(Tuple::of(Witness::value()));
    EXPECT_EQ(ends(), 1);
    safepoint();
  }));
  static_cast<void>(as_deep_as_can_be(std::move(referent)));
  EXPECT_EQ(Callback::calls(), 1);
  EXPECT_EQ(ends(), 2);
}

// Each finalizer drops the next node itself, so they nest; a stack of 8 MiB would not do.
TEST_F(CallOutTest, FinalizersThatNestAreBounded) {
  constexpr int kLength = kSanitized ? 20'000 : 200'000;
  Ref<Node> list;
  for (int i = 0; i < kLength; ++i) {
    Ref<Node> head = Node::make([](Node& self) noexcept { self.set_left(Ref<>()); });
    head->set_left(Ref<>(std::move(list)));
    list = std::move(head);
  }
  list = Ref<Node>();
  EXPECT_EQ(Node::finalizers(), kLength);
  EXPECT_EQ(ends(), kLength);
}

// --- I3. ---

// A finalizer or callback that makes a blocking call, during which the runtime is shut down.
struct BlockingCall {
  static inline Flag began, shut_down;
  static void block() noexcept {
    Thread& me = *Thread::current();
    me.detach();
    testing::raise(began);
    EXPECT_TRUE(eventually([] { return is_raised(shut_down); }));
    EXPECT_EQ(me.attach(), Attach::kRefused);
  }

  // Another thread does the work, which blocks and is refused.
  template <class Work>
  static void refuse(Work work) {
    began.store(false, kRelaxed);
    shut_down.store(false, kRelaxed);
    std::thread other([&work] {
      ASSERT_EQ(Thread::start(), Attach::kDone);
      work();
      EXPECT_FALSE(CallOut::may_go_on());
      Thread::exit();
    });
    EXPECT_TRUE(eventually_at_safepoints([] { return is_raised(began); }));
    EXPECT_EQ(Lifecycle::shut_down(platform::deadline_in(10 * platform::kSecond)), 0U);
    testing::raise(shut_down);
    join_detached(other);
    Notices::withdraw(Notice::kShutdown);
  }
};

TEST_F(CallOutConcurrency, ARefusedFinalizerLeavesItsObject) {
  if constexpr (kAddressSanitizer) GTEST_SKIP() << "what is left is a leak, on purpose";
  BlockingCall::refuse([] {
    raise(ErrorKind::kKey, {"before"});
    static_cast<void>(Node::make([](Node&) noexcept { BlockingCall::block(); }));
  });
  EXPECT_EQ(Node::finalizers(), 1);
  EXPECT_EQ(ends(), 0);
}

TEST_F(CallOutConcurrency, ACollectionWhoseFinalizerIsRefusedLeavesTheRest) {
  if constexpr (kAddressSanitizer) GTEST_SKIP() << "what is left is a leak, on purpose";
  static Collected::How how;
  BlockingCall::refuse([] {
    static_cast<void>(Node::ring(3, [](Node&) noexcept { BlockingCall::block(); }));
    how = Collector::collect().how;
  });
  EXPECT_EQ(how, Collected::How::kRefused);
  EXPECT_EQ(Node::finalizers(), 1);
  EXPECT_EQ(Node::clears(), 0);
  EXPECT_FALSE(Collector::is_collecting());
  static_cast<void>(Node::ring(4));
  EXPECT_EQ(Collector::collect().found, 4U) << "the next one goes on without what is left";
}

TEST_F(CallOutConcurrency, ACollectionWhoseCallbackIsRefusedLeavesTheRest) {
  if constexpr (kAddressSanitizer) GTEST_SKIP() << "what is left is a leak, on purpose";
  static Collected::How how;
  static Ref<WeakLink> links[2];
  BlockingCall::refuse([] {
    Ref<Node> ring = Node::ring(3, [](Node&) noexcept {});
    for (Ref<WeakLink>& link : links)
      link = link_to(*ring, Callback::make(1, [](WeakLink&) noexcept { BlockingCall::block(); }));
    ring = Ref<Node>();
    how = Collector::collect().how;
  });
  EXPECT_EQ(how, Collected::How::kRefused);
  EXPECT_EQ(Callback::calls(), 1);
  EXPECT_EQ(Node::finalizers(), 0);
  for (Ref<WeakLink>& link : links) link = Ref<WeakLink>();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
