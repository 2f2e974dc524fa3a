#include "memory/heap.h"

#include <cstdio>
#include <cstdlib>

#include "memory/helped_slot.h"

namespace orochi::inline OROCHI_DESIGN::heap {

void detail::die_of_double_free(const void* block) noexcept {
  std::fprintf(stderr, "orochi: block %p is freed, and it is free already\n", block);
  std::abort();
}

std::size_t bytes_taken() noexcept {
  if constexpr (detail::kUsesSlabs) return ChunkPool::usage().taken;
  return SystemHeap::bytes_taken();
}

void trim() noexcept {
  if constexpr (!detail::kUsesSlabs) return SystemHeap::trim();
  detail::mine().trim();
  if constexpr (detail::kIsShared) return;
  SlotTable::for_each([](Slot& slot) {
    if (slot.state.guess() != SlotState::kFree) return;
    if (const HelpedSlot held(slot); held) slot.heap.trim();
  });
}

void leave() noexcept {
  if constexpr (detail::kUsesSlabs) detail::mine().leave();
}

void after_leaving(Slot& slot) noexcept {
  // The slot's word was written before, now its stack is read: I2 of memory/slab_heap.h.
  if (!slot.frees.is_empty()) slot.ask(Breaker::kReclaim);
}

void park_all() noexcept {
  if constexpr (!detail::kUsesSlabs) return;
  orochi::detail::g_shared_heap.park();
  SlotTable::for_each([](Slot& slot) { slot.heap.park(); });
}

void before_fork() noexcept {
  ChunkPool::before_fork();
  SystemHeap::before_fork();
}

void after_fork_parent() noexcept {
  SystemHeap::after_fork_parent();
  ChunkPool::after_fork_parent();
}

void after_fork_child() noexcept {
  SystemHeap::after_fork_child();
  ChunkPool::after_fork_child();
}

}  // namespace orochi::inline OROCHI_DESIGN::heap
