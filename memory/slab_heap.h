// memory/slab_heap.h: the heap of one slot. Objects live in slabs (memory/slab.h).
//
// Use memory/heap.h, which picks the heap of the design and of the calling thread.
//
// Free blocks of a slab stand in up to four places:
//
//   uncarved   behind the `carved` first: never handed out, carved into `take` some at a time
//   take       what allocation pops from; the current slab's is in its class's bin
//   give       what the owner freed; becomes `take` when that runs out
//   remote     what strangers freed; becomes `give` when the owner collects
//
// Two lists, because one that serves both ways makes each allocation wait for the free before it.
//
//                    take runs out, nothing to refill it
//      +--> current -----------------------------------> full
//      |       |                                          |
//      |       | park                                     | first free; by a stranger: collect
//      |       v                                          v
//      +--- partial <-------------------------------------+        partial, and empty: to the pool
//       restock
//
// Whose move: the slot's holder (memory/slot_word.h) alone moves slabs and touches the first three
// places. Strangers push blocks on `remote`.
//
// I1  A slab is told to its owner, by a push on Slot::frees, by exactly the stranger whose free
//     makes the count in `remote` the wanted one, and from then on only the holder who takes it
//     from that stack empties `remote`. So a slab with blocks in `remote` that was told is not
//     empty, for the holder, before it is out of the stack.
// I2  While a thread lives, `wanted` is 1. When it exits (leave) each slab is emptied of free
//     blocks as far as may be, and wants as many as are left, so the last free of a block tells
//     that the slab is empty. Who tells reads the slot's state after its push, and who makes the
//     slot free reads the stack afterwards, both seq_cst: one of the two sees to it that somebody
//     holds the slot and gives the slab back (HelpedSlot). The leaver may not do that itself, since
//     a stop of the world does not wait for it: it asks an attached thread (heap::after_leaving).
//     So the memory of a dead thread is returned by those who free its last objects, without any
//     thread being started, and no free before the last costs more.
// I3  A slab is given back when its free blocks, counted, are all there are and nobody attends it
//     (is_unattended). That a block's first word says "free" is not enough: the stranger who wrote
//     it may still be on the way to `remote`.
//
// How many blocks are live is not kept: each operation would pay for it. Slabs are counted when a
// heap has grown by a quarter since the last time, when its thread exits, and on `trim`.
//
// Tests: tests/memory/slab_heap_test.cc   Stress: stress/memory/slab_heap_stress.cc
// Bench: bench/memory/slab_heap_bench.cc  Why: docs/slab-heap.md
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "memory/block.h"
#include "memory/size_class.h"
#include "memory/slab.h"
#include "memory/slab_stack.h"

namespace orochi::inline OROCHI_DESIGN {

// A list of slabs through `next` and `previous`.
class SlabList {
 public:
  [[nodiscard]] bool is_empty() const noexcept { return front_ == nullptr; }
  [[nodiscard]] Slab* front() const noexcept { return front_; }
  void push_back(Slab& slab) noexcept;
  void remove(Slab& slab) noexcept;

  // Calls visit(Slab&), which may remove the slab.
  template <class Visit>
  void for_each(Visit&& visit) {
    for (Slab* slab = front_; slab != nullptr;) {
      Slab* const next = slab->next;
      visit(*slab);
      slab = next;
    }
  }

 private:
  Slab* front_ = nullptr;
  Slab* back_ = nullptr;
};

// The slot's holder, unless said otherwise.
class SlabHeap {
 public:
  constexpr SlabHeap() noexcept = default;
  constexpr explicit SlabHeap(OwnerId owner) noexcept : owner_{owner} {}
  SlabHeap(const SlabHeap&) = delete;
  SlabHeap& operator=(const SlabHeap&) = delete;

  // When the slot is made.
  void set_owner(OwnerId owner) noexcept { owner_ = owner; }

  // A block; null without memory.
  [[nodiscard]] void* allocate(SizeClass size_class) noexcept {
    Bin& bin = bins_[size_class];
    const BlockOffset offset = bin.take;
    if (offset == 0) [[unlikely]]
      return allocate_slow(size_class);
    void* const block = bin.base + offset;
    bin.take = next_of(block);
    return block;
  }
  [[nodiscard]] void* allocate_large(std::size_t bytes) noexcept;

  // Takes back a block. Any thread; `me` is its owner id, or kNobody.
  static void free(Slab& slab, void* block, OwnerId me) noexcept {
    // relaxed: only the slot's holder can find its own id here, and that as it wrote it.
    if (slab.direct.load(kRelaxed) != me) [[unlikely]]
      return free_slow(slab, block, me);
    set_free(block, slab.give);
    slab.give = offset_in_slab(block);
  }

  // Gives empty slabs back.
  void trim() noexcept;
  // Sends the next allocation of every class the slow way, where memory/fault.h looks.
  void park() noexcept;
  // The thread exits. From now on the heap is a dead thread's: I2.
  void leave() noexcept;
  // The slot is free, and held: gives slabs back whose last block was freed since `leave`. I2.
  void settle() noexcept;

 private:
  // What allocation needs of the current slab, so that it writes nothing to the slab's header,
  // which strangers read.
  struct Bin {
    char* base = nullptr;
    BlockOffset take = 0;
  };

  [[gnu::noinline, gnu::cold]] void* allocate_slow(SizeClass size_class) noexcept;
  [[gnu::noinline]] static void free_slow(Slab& slab, void* block, OwnerId me) noexcept;
  static void free_as_stranger(Slab& slab, void* block) noexcept;
  void leave_full(Slab& slab) noexcept;
  [[nodiscard]] bool restock(SizeClass size_class) noexcept;
  [[nodiscard]] Slab* find_slab(SizeClass size_class) noexcept;
  [[nodiscard]] Slab* issue(SizeClass size_class) noexcept;
  void park(SizeClass size_class) noexcept;

  [[nodiscard]] SlabStack<&Slab::frees>& told() const noexcept;
  void collect() noexcept;
  void adopt() noexcept;
  void adopt(Slab& slab) noexcept;
  static void orphan(Slab& slab) noexcept;

  void trim_partial() noexcept;
  bool return_if_empty(Slab& slab) noexcept;  // says whether it did

  [[nodiscard]] SlabList& list_of(const Slab& slab) noexcept;
  void move_to(SlabPlace place, Slab& slab) noexcept;
  // Calls visit(Slab&) for each slab with a size class that is partial or full.
  template <class Visit>
  void for_each_listed(Visit visit);

  static constexpr std::size_t kTrimStep = 16;

  std::array<Bin, kSizeClasses> bins_{};
  std::array<Slab*, kSizeClasses> current_{};
  std::array<SlabList, kSizeClasses> partial_{};
  SlabList large_;  // of one block each, which is free but attended
  SlabList full_;
  std::size_t slabs_ = 0;  // how many there are, large ones not counted
  std::size_t trim_at_ = kTrimStep;
  bool is_orphaned_ = false;  // since `leave`, and until slabs are wanted again
  OwnerId owner_ = kNobody;
};

namespace detail {
// The heap of all, where one thread runs at a time.
inline constinit SlabHeap g_shared_heap{kFirstOwner};
}  // namespace detail

}  // namespace orochi::inline OROCHI_DESIGN
