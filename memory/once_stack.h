// memory/once_stack.h: nodes that want somebody's attention.
//
// Many push, a taker takes all. A node stands in a given stack at most once, however often it is
// pushed, and brings its own link, so pushing allocates nothing and cannot fail (rule 23). The link
// names the stack's kind: a node is in one stack of a kind at a time, and pushing it on another
// while it is in one does nothing.
//
// Protocol. A pusher first leaves its reason in the node (a bit, a freed block), then pushes. The
// taker unlinks a node first and looks for reasons afterwards.
// I1  A reason left before a push is seen by the take that unlinks the node, or the push links
//     the node anew: `linked` is only ever exchanged, with acq_rel, so either the pusher's exchange
//     comes first and the taker's reads from it, or it finds false and links.
//
// Several threads may take: each gets other nodes. A Guard of each node exists from before its
// unlinking until its visit is over: for nodes that might not live on otherwise.
//
// Tests: tests/memory/once_stack_test.cc   Stress: stress/memory/epoch_stress.cc
#pragma once

#include "memory/atomic.h"

namespace orochi::inline OROCHI_DESIGN {

template <class Node>
struct OnceLink {
  Atomic<bool> linked{false};
  Node* next = nullptr;  // written by the thread that set `linked`, read by the one that takes it

  // In a forked child, once every stack of this kind has forgotten its nodes.
  void reset_after_fork() noexcept { linked.store(false, kRelaxed); }  // relaxed: one thread exists
};

// For nodes that live longer than the stacks they stand in.
struct Unguarded {
  template <class Node>
  explicit Unguarded(Node&) noexcept {}
};

template <class Node, OnceLink<Node> Node::*kLink, class Guard = Unguarded>
class OnceStack {
 public:
  // Any thread. True: the stack was empty before, so nobody may have been told yet.
  bool push(Node& node) noexcept {
    OnceLink<Node>& link = node.*kLink;
    // acq_rel: I1.
    if (link.linked.exchange(true, kAcqRel)) return false;
    Node* head = top_.load(kRelaxed);  // relaxed: a guess that the exchange checks
    do {
      link.next = head;
      // seq_cst: the first half of "push, then read the owner's state" (rule 20); it includes the
      // release by which the taker sees `next`.
    } while (!top_.compare_exchange_weak(head, &node, kSeqCst, kRelaxed));
    return head == nullptr;
  }

  // seq_cst: the second half of "store detached, then read the queue" (rule 20).
  [[nodiscard]] bool is_empty() const noexcept { return top_.load(kSeqCst) == nullptr; }

  // Calls visit(Node&) for each node, each already unlinked.
  template <class Visit>
  void take_all(Visit&& visit) {
    // acquire: pairs with the release in push, for `next`.
    Node* node = top_.exchange(nullptr, kAcquire);
    while (node != nullptr) {
      [[maybe_unused]] const Guard guard(*node);
      OnceLink<Node>& link = node->*kLink;
      Node* const next = link.next;          // read before the node can be linked again
      link.linked.exchange(false, kAcqRel);  // I1
      visit(*node);
      node = next;
    }
  }

  // In a forked child: forgets its nodes. For stacks that somebody might have been taking.
  void reset_after_fork() noexcept { top_.store(nullptr, kRelaxed); }  // relaxed: one thread exists

 private:
  Atomic<Node*> top_{nullptr};
};

}  // namespace orochi::inline OROCHI_DESIGN
