// memory/slab_stack.h: slabs that want their owner's attention.
//
// Many push, one takes all. A slab stands in a given stack at most once, however often it is
// pushed, so pushing allocates nothing and cannot fail (rule 23).
//
// Protocol. A pusher first leaves its reason in the slab (a bit, a freed block), then pushes. The
// taker unlinks a slab first and looks for reasons afterwards.
// I1  A reason left before a push is seen by the take that unlinks the slab, or the push links
//     the slab anew: `linked` is only ever exchanged, with acq_rel, so either the pusher's exchange
//     comes first and the taker's reads from it, or it finds false and links.
//
// Tests: tests/memory/slab_stack_test.cc   Stress: stress/memory/merge_queue_stress.cc
#pragma once

#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

template <SlabLink Slab::*kLink>
class SlabStack {
 public:
  // Any thread. True: the stack was empty before, so nobody may have been told yet.
  bool push(Slab& slab) noexcept {
    SlabLink& link = slab.*kLink;
    // acq_rel: I1.
    if (link.linked.exchange(true, kAcqRel)) return false;
    Slab* head = top_.load(kRelaxed);  // relaxed: a guess that the exchange checks
    do {
      link.next = head;
      // seq_cst: the first half of "push, then read the owner's state" (rule 20); it includes the
      // release by which the taker sees `next`.
    } while (!top_.compare_exchange_weak(head, &slab, kSeqCst, kRelaxed));
    return head == nullptr;
  }

  // seq_cst: the second half of "store detached, then read the queue" (rule 20).
  [[nodiscard]] bool is_empty() const noexcept { return top_.load(kSeqCst) == nullptr; }

  // The slot's holder. Calls visit(Slab&) for each slab, each already unlinked.
  template <class Visit>
  void take_all(Visit&& visit) {
    // acquire: pairs with the release in push, for `next`.
    Slab* slab = top_.exchange(nullptr, kAcquire);
    while (slab != nullptr) {
      SlabLink& link = slab->*kLink;
      Slab* const next = link.next;  // read before the slab can be linked again
      link.linked.exchange(false, kAcqRel);  // I1
      visit(*slab);
      slab = next;
    }
  }

 private:
  Atomic<Slab*> top_{nullptr};
};

}  // namespace orochi::inline OROCHI_DESIGN
