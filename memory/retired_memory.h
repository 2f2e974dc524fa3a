// memory/retired_memory.h: what a slot keeps of memory that readers may still look at.
//
// Filled and emptied by memory/epoch.h, whose rules say when. Touched by the slot's holder, except
// for the figures, which any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "memory/door/platform.h"
#include "memory/owner_id.h"

namespace orochi::inline OROCHI_DESIGN {

struct BufferHead;
struct Slab;

// A figure that one thread at a time writes and all may read.
template <class T>
class Figure {
 public:
  // relaxed, both: a figure orders nothing, and writers hand over with what makes them writers.
  [[nodiscard]] T get() const noexcept { return value_.load(kRelaxed); }
  void set(T value) noexcept { value_.store(value, kRelaxed); }

 private:
  SysAtomic<T> value_{};
};

// Memory that waits for one grace period.
struct RetiredBatch {
  std::uint64_t goal = 0;
  OwnerId cursor = kFirstOwner;  // the slots below have passed the goal
  OwnerId last = kNobody;        // and so have those above
  Slab* slabs = nullptr;         // their `waiting` bits; linked by next_waiting
  BufferHead* buffers = nullptr;
  std::size_t step_bytes = 0;  // how much one step may free, as bytes
  std::size_t step_items = 0;  // and as slabs and buffers
  Figure<std::size_t> bytes;
  Figure<platform::Nanos> since;  // when it began to wait; 0: there is no batch

  [[nodiscard]] bool exists() const noexcept { return slabs != nullptr || buffers != nullptr; }
};

// So much is worth a batch.
inline constexpr std::size_t kRetiredBatchBytes = std::size_t{512} << 10;

struct RetiredMemory {
  // What collects while the batch waits. Blocks stand in Slot::retires.
  BufferHead* buffers = nullptr;
  std::size_t buffer_bytes = 0;
  std::size_t buffer_count = 0;
  Figure<std::size_t> by_holder;  // bytes of blocks and buffers that the holder retired
  // At how many of them the holder's next safepoint should look.
  std::size_t next_look = kRetiredBatchBytes;
  bool over_limit = false;  // more collected than readers should keep: slow down

  RetiredBatch batch;
  Figure<std::uint64_t> batches;  // how many began

  // Any thread sets it: the next batch begins however small it is.
  SysAtomic<bool> flushing{false};
};

}  // namespace orochi::inline OROCHI_DESIGN
