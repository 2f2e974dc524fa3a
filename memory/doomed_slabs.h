// memory/doomed_slabs.h: the list of slabs in which dead objects wait to be destroyed.
//
// A slab stands in it at most once, by its link `doomed`. One lock guards list and links; bits are
// taken under it one object at a time, so that a thread whose destructor blocks holds nothing back.
//
// I1  Who dooms an object sets its bit first and pushes its slab then. A slab is unlinked when no
//     bit was seen set, in the same hold of the lock, so no push falls between.
// I2  A slab that stands in the list is not returned to the pool. The unlinking is the last touch,
//     and while bits are set nobody returns it either.
//
// Only for memory/merge_queue.h.
#pragma once

#include "memory/raw_mutex.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

struct Slot;

class DoomedSlabs {
 public:
  // Attached threads, so that the lock is free while the world is stopped, and in a forked child.
  void push(Slab& slab) noexcept OROCHI_EXCLUDES(lock_);

  // Any thread. seq_cst: the second half of "attached, then look at the list"; push is the first
  // half of "push, then look for somebody attached".
  [[nodiscard]] bool is_empty() const noexcept { return top_.load(kSeqCst) == nullptr; }

  struct Found {
    void* block = nullptr;      // dead, and the caller's to destroy
    Slot* disturbed = nullptr;  // has merges to be told of: bits were taken and given back
  };
  // Attached threads. Finds nothing only if it found nothing in one slab, which it unlinked.
  [[nodiscard]] Found take_one() noexcept OROCHI_EXCLUDES(lock_);

 private:
  void unlink_top() noexcept OROCHI_REQUIRES(lock_);

  RawMutex lock_;
  Atomic<Slab*> top_{nullptr};  // written under lock_
};

}  // namespace orochi::inline OROCHI_DESIGN
