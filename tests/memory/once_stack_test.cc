#include "memory/once_stack.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <thread>
#include <vector>

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Node {
  Atomic<std::uint32_t> reasons{0};
  OnceLink<Node> link;
};
using Stack = OnceStack<Node, &Node::link>;

std::vector<Node*> take(Stack& stack) {
  std::vector<Node*> taken;
  stack.take_all([&](Node& node) { taken.push_back(&node); });
  return taken;
}

TEST(OnceStack, GivesEachNodeOnce) {
  Stack stack;
  Node a;
  Node b;
  EXPECT_TRUE(stack.is_empty());
  EXPECT_TRUE(stack.push(a)) << "the stack was empty";
  EXPECT_FALSE(stack.push(b));
  EXPECT_FALSE(stack.push(a)) << "it is in the stack already";
  EXPECT_FALSE(stack.is_empty());
  EXPECT_EQ(take(stack), (std::vector<Node*>{&b, &a}));
  EXPECT_TRUE(stack.is_empty());
  EXPECT_TRUE(take(stack).empty());
}

TEST(OnceStack, TakesANodeAgainAfterItWasTaken) {
  Stack stack;
  Node a;
  stack.push(a);
  static_cast<void>(take(stack));
  EXPECT_TRUE(stack.push(a));
  EXPECT_EQ(take(stack).size(), 1U);
}

TEST(OnceStack, ANodeMayBePushedByTheVisitor) {
  Stack stack;
  Node a;
  Node b;
  stack.push(a);
  stack.push(b);
  stack.take_all([&](Node& node) { stack.push(node); });
  EXPECT_EQ(take(stack).size(), 2U);
}

TEST(OnceStack, LeavesANodeInTheStackThatHasIt) {
  Stack one;
  Stack other;
  Node a;
  one.push(a);
  EXPECT_FALSE(other.push(a));
  EXPECT_TRUE(other.is_empty());
}

// I1: no reason is lost, whoever wins. Two pushers, two takers; each reason is a count.
TEST(OnceStackConcurrency, LosesNoReason) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "one thread at a time";
  constexpr std::uint32_t kRounds = 20'000;
  Stack stack;
  std::array<Node, 3> nodes;
  std::array<SysAtomic<std::uint32_t>, 3> seen;
  SysAtomic<std::uint32_t> pushing{2};
  const auto collect = [&] {
    stack.take_all([&](Node& node) {
      const auto index = static_cast<std::size_t>(&node - nodes.data());
      seen[index].fetch_add(node.reasons.exchange(0, kAcqRel), kRelaxed);
    });
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      for (std::uint32_t i = 0; i < kRounds; ++i) {
        Node& node = nodes[i % nodes.size()];
        node.reasons.fetch_add(1U, kAcqRel);
        stack.push(node);
      }
      pushing.fetch_sub(1U, kRelease);
    });
    threads.emplace_back([&] {
      while (pushing.load(kAcquire) != 0) collect();
    });
  }
  for (std::thread& thread : threads) thread.join();
  collect();
  std::uint32_t sum = 0;
  for (auto& count : seen) sum += count.load(kRelaxed);
  EXPECT_EQ(sum, 2 * kRounds);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
