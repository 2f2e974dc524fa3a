// memory/merge_queue.h: references that strangers dropped and an owner's half counts.
//
// A stranger's drop that finds nothing on the shared half is handed to the object's owner
// (memory/count_word.h: queued). The owner adds its half when it comes to a safepoint; for an owner
// that is detached or gone, whoever queues does it at once, holding the slot
// (memory/helped_slot.h): nobody waits for a sleeping thread.
//
//   queue_merge    a bit in the object's slab; the slab, once, in its owner's stack `merges`
//   merging        adds halves, and takes away the queue's references. Runs no code of others and
//                  allocates nothing. By the attached owner, or by an attached helper: a stopped
//                  world must not see counts move, and it waits for attached threads only
//   destroying     runs destructors. Attached threads, at a safepoint or in a drop
//
// What a merge finds dead keeps its bit, and its slab goes to the one list of doomed slabs, from
// which any attached thread takes objects and destroys them. Dead objects come there from elsewhere
// too (doom), in every design; the queue itself is for biased counts only.
//
// I1  Nothing is forgotten. Who pushes on an empty stack asks the owner, and then reads the slot's
//     state; who makes a slot detached or free reads its stack afterwards; all seq_cst (rule 20).
//     Whoever finds the stack not empty leaves it to the one who found it empty. Who finds the slot
//     held by somebody waits for that: a hold is short, and its holder may have come for something
//     else and never look at this stack.
// I2  Nor is what is left to all: doomed slabs, and slots whose thread went away with something in
//     its stack. Who adds to them and is not going to see to it asks a thread that it sees
//     attached; who attaches looks at them afterwards; who detaches passes them on; all seq_cst.
// I3  A set bit stands for a reference of the queue's, or for a dead object, and keeps the block
//     from being freed. Whoever takes a bit away with an exchange has what it stands for, and
//     judges the object only then: before, the block could be another object already.
// I4  Whoever queues an object holds a reference to it until the slab is pushed (Debt::kQueue). So
//     the slab cannot be returned between the bit and the push.
// I5  While the thread's own destructor runs, nothing that is queued or doomed is held back in a
//     local variable: a destructor may block for hours.
// I6  Who puts a destruction off has doomed the object (doom), and so asked itself for its next
//     safepoint. Until then it takes no other: it is no less deep for the next one.
//
// Tests: tests/memory/merge_queue_test.cc   Stress: stress/memory/refcount_stress.cc
// Why: docs/refcount.md
#pragma once

#include <cstdint>

#include "memory/doomed_slabs.h"
#include "memory/once_stack.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

namespace detail {

// What is left to all (I2): one cache line, which everybody reads and hardly anybody writes.
struct alignas(128) LeftToAll {
  DoomedSlabs doomed;
  // Slots that were left with something in their stack, by threads that may not help.
  OnceStack<Slot, &Slot::left> slots;

  [[nodiscard]] bool is_empty() const noexcept { return slots.is_empty() && doomed.is_empty(); }
};
inline constinit LeftToAll g_left_to_all;

}  // namespace detail

// Hands a reference of a biased object, whose drop owed Debt::kQueue, to the object's owner.
// Attached threads. May run destructors, if the owner has to be helped.
void queue_merge(void* block) noexcept;

// The attached thread, at a safepoint that Breaker::kMerge or kDoomed asked for: merges what is
// queued for it and for those who went away, and destroys what is doomed. Runs destructors.
void drain_local() noexcept;

// After a slot became detached or free, by its thread. What is queued for it is merged by somebody
// attached. Never destroys.
void merge_as_detacher(Slot& slot) noexcept;

// By whoever started the world, attached, after it let go of all slots: merges what it queued for
// suspended owners. Never destroys.
void merge_as_starter() noexcept;

// The attached thread, after it attached: asks itself to look at what came while it was away.
void look_after_attach(Slot& mine) noexcept;

// If not, merge_as_detacher and look_after_attach have nothing to do. After the state was moved.
[[nodiscard]] inline bool is_anything_queued(const Slot& slot) noexcept {
  return !slot.merges.is_empty() || !detail::g_left_to_all.is_empty();
}

// The queue has a reference to this object, which lives. The world is stopped.
[[nodiscard]] bool is_queued_stopped(const void* block) noexcept;

// Leaves an object that is dead, and whose destruction is owed by the caller, to whoever comes
// first: to the next destroy_doomed of any thread, or to this one's next safepoint. For destroyers
// that are too deep in other destructions. Attached threads; allocates nothing, runs no code.
void doom(void* block) noexcept;
// Destroys what is doomed, until nothing is or one is put off (I6). Attached threads that hold no
// lock of this floor. Runs destructors.
void destroy_doomed() noexcept;

// How an object is destroyed: told by the floor that knows. Called for objects whose count is dead,
// each once, by an attached thread that holds no lock of this floor. Set before the first object.
enum class Destruction {
  kDone,
  kPutOff,  // it was doomed again, as the thread is too deep in destructions: I6
};
using Destroyer = Destruction (*)(void* block) noexcept;
void set_destroyer(Destroyer destroyer) noexcept;
// Calls it.
Destruction destroy(void* block) noexcept;

// Every slot's counts added up.
struct MergeTotals {
  std::uint64_t queued = 0;   // drops handed to an owner
  std::uint64_t merged = 0;   // of these, settled since
  std::uint64_t helped = 0;   // times that somebody merged for an owner that was away
  std::uint64_t longest = 0;  // the most that was settled in one go
};
[[nodiscard]] MergeTotals merge_totals() noexcept;

// In a forked child, by the thread that survives, after the slots were reset. The world was
// stopped, so no attached thread was in the middle of anything here; one that was leaving may have
// been.
void reset_merge_queue_after_fork() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
