// memory/epoch.h: memory that readers may still look at is given back when they cannot any more.
//
// What a thread loaded from a shared container without counting it stays mapped, typed and
// un-reused until that thread's next safepoint (D5). So an object that was ever reachable from a
// shared container, and an array or table replaced in one, is not freed but retired. Destructors do
// not wait for this and never run here: it is memory only.
//
//               any attached thread       the slot's holder,       its readers passed,
//                                         at a safepoint           bounded steps
//   unlinked --------------------> collecting -----------> waiting ------------------> free
//            retire, retire_buffer          begin: a new goal
//
// Retired memory belongs to a slot: a block to the owner of its slab, whose heap gets it back; a
// buffer to the slot of the thread that retired it. Each slot has one batch that waits for a grace
// period (memory/grace_period.h) while the next one collects. Retiring allocates nothing: a block
// is a bit beside its slab and the slab stands in its owner's stack, a buffer is linked by its
// head.
//
// Nobody polls. A batch that is not ripe waits in the `waiters` of one slot that has not passed:
//
//   a slot passes    by report or leave; its thread takes the waiters and nudges each of them
//   nudge            a waiter that is attached is asked to look at its next safepoint; one that is
//                    away is put on the list of all that are away
//   report           takes a step for its own slot and, as a helper, for one that is away
//
// The heap of a slot without a thread is helped in the same way: whoever lets go of a free slot
// settles its heap (memory/helped_slot.h).
//
// I1  A word of retired bits that is not zero was made so by a thread that pushes the slab, or did.
//     So others who set bits in that word need not push.
// I2  Bits are taken before the goal: all that is in a batch was unlinked before its grace period.
// I3  A slot in the waiters of an attached slot is nudged: the waiter pushes, asks and then reads
//     the state again; whoever leaves moves the state and then reads its waiters, all seq_cst. If
//     the waiter finds that the other has passed, it answers for it.
// I4  While a slot that can be helped is on the list of all, an attached thread is asked to report,
//     or nobody is attached: whoever attaches moves its state and then reads the list; whoever puts
//     a slot there does so first and then reports soon, or reads states and asks; whoever leaves
//     moves its state and then reads whether it was asked, and asks another; all seq_cst.
// I5  A step frees kStepBytes or kStepItems, or a quarter of the batch if that is more, and ends
//     with the slab that it is at. So a safepoint is short, and yet nobody retires faster than he
//     frees.
// I6  Nothing here waits for a thread that is not attached, and nothing takes a lock. So a thread
//     may leave in any state, whatever it or anybody holds (Trap07). Who leaves frees nothing: a
//     stop of the world does not wait for threads that are away.
//
// What is pending is counted in bytes, not items (Trap08). From kBatchBytes on a batch begins and
// laggards are asked; a thread that has more than kLimitBytes collecting, because its readers are
// slow, waits kPatience for them at its safepoints. Less than kBatchBytes may stay pending as long
// as nothing more is retired; a slot that is away with kStrandedBytes or more is helped by whoever
// next begins a batch. `flush` begins a batch of any size.
//
// In a design without parallel threads no section spans a safepoint and threads take turns only
// there: nobody else can be looking, so retired memory is freed at once.
//
// Another grace period or another destination is another argument of EpochOf.
// Tests: tests/memory/epoch_test.cc, epoch_heap_test.cc   Explored: stress/memory/epoch_explore.cc
// Stress: stress/memory/epoch_stress.cc
// Bench: bench/memory/epoch_bench.cc  Why: docs/epoch.md
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/buffer.h"
#include "memory/grace_period.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

// Memory that was retired and is not free yet. A glance: the slots are read one after another.
struct RetiredFigures {
  std::size_t pending_bytes = 0;
  std::uint64_t batches = 0;       // begun so far
  std::uint64_t greatest_lag = 0;  // grace periods that some attached slot has not passed
  OwnerId laggard = kNobody;       // that slot
  platform::Nanos oldest_age = 0;  // how long the oldest batch has been waiting
};

namespace detail {
// On a line of its own: read at each attach, seldom written.
struct alignas(128) AwayLine {
  OnceStack<Slot, &Slot::waits> slots;
};
}  // namespace detail

// Grace: as GracePeriod. Heaps: where memory goes; called by attached threads.
template <class Grace, class Heaps>
class EpochOf {
 public:
  static constexpr std::size_t kBatchBytes = kRetiredBatchBytes;
  static constexpr std::size_t kLimitBytes = std::size_t{8} << 20;
  static constexpr std::size_t kStrandedBytes = std::size_t{64} << 10;
  static constexpr std::size_t kStepBytes = std::size_t{64} << 10;
  static constexpr std::size_t kStepItems = 256;
  static constexpr platform::Nanos kPatience = platform::kMillisecond;

  // Attached threads.

  // The block was unlinked and destroyed, and is {merged owner, merged/0} (rule 11).
  static void retire(void* block) noexcept { retire_in(*slab_of(block), block); }
  static void retire_in(Slab& slab, void* block) noexcept;

  // The array was unlinked (memory/buffer.h). Its bytes stay as they are, for readers.
  static void retire_buffer(void* payload) noexcept { retire_buffer_of(head_of_buffer(payload)); }
  static void retire_buffer_of(BufferHead& buffer) noexcept;

  // The slot's thread, for runtime/thread.cc and the safepoint.

  // It has just moved to attached, and has looked into no container yet.
  static void enter(Slot& me) noexcept {
    observe(me);
    look_around(me);
  }
  static void observe(Slot& me) noexcept {
    if constexpr (kPolicy.parallel) Grace::observe(me);
  }

  // It has just started the world again. Slots that nobody could help meanwhile can be helped now.
  static void look_around(Slot& me) noexcept {
    if (is_anyone_away()) [[unlikely]]
      me.ask(Breaker::kEpoch);
  }
  // Then `look_around` has something to do.
  [[nodiscard]] static bool is_anyone_away() noexcept {
    if constexpr (!kPolicy.parallel) return false;
    return !away_.slots.is_empty();  // seq_cst: the second half of I4; a state was moved before
  }

  // It is at a safepoint and was asked (Breaker::kEpoch or kReclaim). Call it before anything that
  // may detach.
  static void report(Slot& me) noexcept;

  // As report, and what collects for the slot need not wait for more: the thread is about to exit.
  static void flush(Slot& me) noexcept;

  // Somebody wants memory back: begins batches of any size for all slots, and has the heaps of
  // slots without a thread settled. All is free within the next safepoints.
  static void flush_all(Slot& me) noexcept;

  // It has just moved away from attached: to detached, suspended or free. Before a free slot can be
  // issued again.
  static void leave(Slot& me) noexcept {
    if (is_awaited(me)) leave_slow(me);
  }
  // Then `leave` has something to do.
  [[nodiscard]] static bool is_awaited(const Slot& me) noexcept {
    if constexpr (!kPolicy.parallel) return false;
    // seq_cst, both: the second halves of I3 and I4; the state was moved before.
    return !me.waiters.is_empty() || me.is_asked(Breaker::kReclaim, Breaker::kEpoch);
  }

  // In a forked child: all other slots are free now.
  static void reset_after_fork(Slot& survivor) noexcept;

  // Any thread.
  [[nodiscard]] static std::size_t pending_bytes(const Slot& slot) noexcept {
    return collecting_bytes(slot) + slot.retired.batch.bytes.get();
  }
  [[nodiscard]] static RetiredFigures figures() noexcept;

 private:
  enum class Step { kDone, kMore };  // nothing to do for now; there is more right now

  [[nodiscard]] static std::size_t collecting_bytes(const Slot& slot) noexcept {
    // relaxed: a figure
    return slot.retired.by_holder.get() + slot.retired_by_others.load(kRelaxed);
  }

  // Retiring, by the thread whose slot is `me`.
  static void count_own(Slot& me, std::size_t bytes) noexcept;
  static void count_for(Slot& owner, std::size_t bytes, Slot& me) noexcept;

  // Being told, and telling. Any thread; `me` is the slot of the thread.
  [[nodiscard]] static bool nudge(Slot& slot) noexcept;
  static void help_one(Slot& me) noexcept;
  static void leave_slow(Slot& me) noexcept;
  static void tell_anyone() noexcept;
  static void slow_down(Slot& me) noexcept;

  // The slot's holder; `me` is the slot of the thread, which is at a safepoint.
  [[nodiscard]] static Step step(Slot& slot, Slot& me, std::size_t least) noexcept;
  [[nodiscard]] static bool begin_batch(Slot& slot, Slot& me, std::size_t least) noexcept;
  [[nodiscard]] static RetiredBatch& collect(Slot& slot) noexcept;
  [[nodiscard]] static std::size_t collect_slab(Slab& slab) noexcept;
  static void ask_around(const RetiredBatch& batch, Slot& me) noexcept;
  [[nodiscard]] static bool is_ripe(Slot& slot, Slot& me) noexcept;
  [[nodiscard]] static Slot* first_laggard(RetiredBatch& batch) noexcept;
  static void free_some(RetiredBatch& batch) noexcept;
  [[nodiscard]] static std::size_t free_waiting(Slab& slab) noexcept;

  // Slots that want a step and are away.
  static inline constinit detail::AwayLine away_;
};

// The product's: memory/epoch.cc.
struct OwnHeaps {
  static void free_block(void* block) noexcept;
  static void free_buffer(BufferHead& buffer) noexcept;
};

using Epoch = EpochOf<GracePeriod, OwnHeaps>;
extern template class EpochOf<GracePeriod, OwnHeaps>;

}  // namespace orochi::inline OROCHI_DESIGN
