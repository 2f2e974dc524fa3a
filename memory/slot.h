// memory/slot.h: one slot an owner id: the word that says who may act for it, and all that an
// owner keeps: its heap, its queues, its part in epochs.
//
// Slots are made once, in order, and never freed or moved (type-stable), so any thread may follow
// an id to its slot at any time. When a thread exits, its slot becomes free with everything in it:
// the heap is orphaned as it stands, and whoever is issued the id next adopts all of it at once
// and is the rightful owner of the objects that carry it.
//
// A thread finds its own slot through `current()`, the one accessor for everything that is a
// thread's own; it is null in a thread that has none.
//
// Members are grouped by who may touch them. Drivers of `state`: memory/slot_word.h.
// Tests: tests/memory/slot_test.cc   Bench: ThreadState/create_destroy in bench/runtime
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "memory/memory_watch.h"
#include "memory/once_stack.h"
#include "memory/owner_id.h"
#include "memory/retired_memory.h"
#include "memory/slab_heap.h"
#include "memory/slab_stack.h"
#include "memory/slot_word.h"

namespace orochi::inline OROCHI_DESIGN {

// Why a thread should leave its fast path at the next safepoint. Bits of Slot::breaker.
enum class Breaker : std::uint32_t {
  kStop = 1U << 0,     // the world is to stop                          runtime/world.h
  kMerge = 1U << 1,    // references were queued for this owner         memory/merge_queue.h
  kDoomed = 1U << 2,   // dead objects wait for anyone to destroy them  memory/merge_queue.h
  kEpoch = 1U << 3,    // somebody waits for this thread's quiescence   memory/epoch.h
  kReclaim = 1U << 4,  // memory of this slot may be given back         memory/epoch.h
  kGil = 1U << 5,      // somebody wants the GIL                        runtime/gil.h
  kMode = 1U << 6,     // the single-thread mode is to change           runtime/single_thread.h
  kHostile = 1U << 7,  // kept set while hostile modes are on           runtime/hostile.h
  kLeave = 1U << 8,    // the runtime shuts down                         runtime/lifecycle.h
  kMemory = 1U << 9,   // more memory is in use than was wanted       memory/memory_watch.h
  kUpper = 1U << 10,   // first of the bits that upper floors give a meaning to
};

// What the stopped world keeps about a slot: runtime/world.cc.
struct Standing {
  // Under the world's lock.
  bool awaited = false;      // the stopper waits until this slot stands still
  std::int64_t longest = 0;  // the longest that a stop waited for it, in nanoseconds
  // Written by the slot's thread, read by the starter.
  SysAtomic<std::int64_t> waits_since{0};  // since when it has wanted to attach; 0: it does not
  // Written under the world's lock before the slot leaves suspended, read by its thread after.
  SysAtomic<bool> owed{false};  // it waited too long: nobody stops the world until it is attached
};

// What the merge queue did for a slot (memory/merge_queue.h). Any thread may read.
struct MergeCounts {
  Atomic<std::uint64_t> queued{0};
  Atomic<std::uint64_t> merged{0};
  Atomic<std::uint64_t> helped{0};
  Atomic<std::uint64_t> longest{0};
};

struct alignas(128) Slot {
  // Constant after construction.
  OwnerId id = kNobody;

  // Any thread moves it, as drawn in memory/slot_word.h.
  SlotWord state;

  // Any thread sets a bit; the thread takes them all at a safepoint (runtime/safepoint.h).
  SysAtomic<std::uint32_t> breaker{0};

  void ask(Breaker reason) noexcept {
    // seq_cst: set before the asker reads the thread's state, or the thread's next look at the
    // word comes after; release by the same token, for what the asker prepared.
    breaker.fetch_or(static_cast<std::uint32_t>(reason), kSeqCst);
  }
  // For any of the reasons.
  [[nodiscard]] bool is_asked(std::same_as<Breaker> auto... reasons) const noexcept {
    // seq_cst: who leaves moves its state and then reads this, as the other half of `ask`.
    return (breaker.load(kSeqCst) & (static_cast<std::uint32_t>(reasons) | ...)) != 0;
  }

  // Written by the slot's thread, read by whoever retires memory: memory/grace_period.h
  SysAtomic<std::uint64_t> seen{0};

  // Any thread pushes, the slot's holder takes.
  alignas(128) SlabStack<&Slab::frees> frees;  // memory/slab_heap.h
  SlabStack<&Slab::merges> merges;             // memory/merge_queue.h
  SlabStack<&Slab::retires> retires;           // memory/epoch.h

  OnceLink<Slot> left;  // in the list of slots that were left with merges: memory/merge_queue.h

  // Any thread: memory/epoch.h.
  OnceLink<Slot> waits;                   // in the waiters of another slot, or on the list of all
  OnceStack<Slot, &Slot::waits> waiters;  // whose batch may be ripe once this slot has passed
  SysAtomic<std::size_t> retired_by_others{0};  // bytes of this slot's blocks, not yet in a batch

  // The slot's thread writes it, anyone may read it: how long threads of this slot have waited for
  // the GIL, in nanoseconds (runtime/gil_lock.h).
  SysAtomic<std::int64_t> gil_waited{0};

  // The slot's thread writes it, anyone may read it: bytes in buffers that threads of this slot
  // allocated, less those they freed, modulo 2^64 (memory/buffer.h).
  SysAtomic<std::uint64_t> buffer_bytes{0};

  Standing standing;

  // The slot's holder only.
  alignas(128) SlabHeap heap;
  MergeCounts merge_counts;
  MemoryAccount buffers;     // of its thread: memory/buffer.h
  std::uint32_t drains = 0;  // how many drains of memory/merge_queue.h the thread is inside
  alignas(128) RetiredMemory retired;
  void* record = nullptr;  // runtime/thread.h's, made once and kept with the slot

  // Under the table's lock.
  OwnerId next_free = kNobody;
};

// What a thread has of its own. One object a thread, so that a scheduler of fibers can swap it.
struct Current {
  Slot* slot = nullptr;
  OwnerId id = kNobody;    // the slot's; kNobody takes no object for its own
  void* thread = nullptr;  // runtime/thread.h's record
};

namespace detail {
inline constinit thread_local Current t_current;
}  // namespace detail

[[nodiscard]] inline Current& current() noexcept { return detail::t_current; }

// The calling thread may touch objects. The guess is right: nobody else moves an attached slot.
[[nodiscard]] inline bool am_attached() noexcept {
  const Slot* const me = current().slot;
  return me != nullptr && me->state.guess() == SlotState::kAttached;
}

// The table of all slots. All members may be called from any thread.
class SlotTable {
 public:
  // Takes a free slot, preferring the one that became free last (its heap is adopted, and likely
  // still in the cache), and moves it to starting. Null: no id or no memory is left.
  [[nodiscard]] static Slot* issue() noexcept;

  // Lets a slot be issued again. Its last holder has moved it to free and is done with it.
  static void recycle(Slot& slot) noexcept;

  // The slot of an id that was issued before.
  [[nodiscard]] static Slot& at(OwnerId id) noexcept;

  // Every slot made so far, for a range-for. A slot made meanwhile may be left out.
  class All;
  [[nodiscard]] static All all() noexcept;

  // Calls visit(Slot&) for each of them.
  template <class Visit>
  static void for_each(Visit&& visit);

  // The greatest id made so far; kNobody if none.
  [[nodiscard]] static OwnerId made() noexcept;

  // Around a fork: nobody is in the middle of making or recycling a slot.
  static void before_fork() noexcept;
  static void after_fork_parent() noexcept;
  // Every slot but `survivor` becomes free (H11).
  static void after_fork_child(const Slot* survivor) noexcept;

  // No id above `last` is made from now on.
  static void limit_for_test(OwnerId last) noexcept;
};

class SlotTable::All {
 public:
  class Iterator {
   public:
    explicit constexpr Iterator(std::uint32_t id) noexcept : id_(id) {}
    [[nodiscard]] Slot& operator*() const noexcept { return at(static_cast<OwnerId>(id_)); }
    Iterator& operator++() noexcept {
      ++id_;
      return *this;
    }
    [[nodiscard]] bool operator==(const Iterator&) const noexcept = default;

   private:
    std::uint32_t id_;
  };

  [[nodiscard]] static Iterator begin() noexcept { return Iterator(kFirstOwner); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(end_); }

 private:
  std::uint32_t end_ = std::uint32_t{made()} + 1;
};

inline SlotTable::All SlotTable::all() noexcept { return All(); }

template <class Visit>
void SlotTable::for_each(Visit&& visit) {
  for (Slot& slot : all()) visit(slot);
}

}  // namespace orochi::inline OROCHI_DESIGN
