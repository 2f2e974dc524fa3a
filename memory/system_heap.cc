#include "memory/system_heap.h"

#include <algorithm>
#include <new>

#include "memory/memory_watch.h"
#include "memory/poison.h"
#include "memory/raw_memory.h"
#include "memory/raw_mutex.h"
#include "memory/slab_heap.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What stands before the object; the slab must come last (slab_of).
struct alignas(64) Preamble {
  std::size_t bytes = 0;  // of the object
  Atomic<std::uint64_t> queued{0};
  Atomic<std::uint64_t> retired{0};
  std::uint64_t waiting = 0;
  Slab slab;
};
static_assert(sizeof(Preamble) == 64 + sizeof(Slab), "nothing stands between slab and object");

constinit RawMutex g_lock;
constinit SlabList g_all OROCHI_GUARDED_BY(g_lock);
constinit SlabList g_waiting OROCHI_GUARDED_BY(g_lock);  // freed, but attended
constinit std::size_t g_bytes OROCHI_GUARDED_BY(g_lock) = 0;
constinit MemoryAccount g_account OROCHI_GUARDED_BY(g_lock);

Preamble& preamble_of(Slab& slab) noexcept {
  return *reinterpret_cast<Preamble*>(reinterpret_cast<char*>(&slab) -
                                      (sizeof(Preamble) - sizeof(Slab)));
}

void release(Slab& slab) noexcept {
  unpoison(slab.base, preamble_of(slab).bytes);
  raw_memory::release(&preamble_of(slab));
}

// A waiting block that nobody attends any more, taken out of the list; null if there is none.
Slab* take_returnable() noexcept {
  const RawLock lock(g_lock);
  Slab* slab = g_waiting.front();
  while (slab != nullptr && !is_unattended(*slab)) slab = slab->next;
  if (slab != nullptr) g_waiting.remove(*slab);
  return slab;
}

}  // namespace

void* SystemHeap::allocate(std::size_t bytes) noexcept {
  constexpr std::size_t kAlignment = alignof(Preamble);
  if (bytes > SIZE_MAX / 2) return nullptr;
  bytes = std::max(bytes, kBlockHeadBytes);
  const std::size_t whole = (sizeof(Preamble) + bytes + kAlignment - 1) & ~(kAlignment - 1);
  void* const memory = raw_memory::allocate_aligned(whole, kAlignment);
  if (memory == nullptr) return nullptr;
  auto& preamble = *new (memory) Preamble;
  preamble.bytes = bytes;
  Slab& slab = preamble.slab;
  slab.base = reinterpret_cast<char*>(&slab + 1);
  slab.block_bytes = static_cast<std::uint32_t>(std::min<std::size_t>(bytes, UINT32_MAX));
  slab.blocks = slab.carved = 1;
  slab.owner = current().id;
  slab.marks = {&preamble.queued, &preamble.retired, &preamble.waiting};
  set_free(slab.base, 0);
  const RawLock lock(g_lock);
  g_all.push_back(slab);
  g_bytes += bytes;
  g_account.add(bytes);
  return slab.base;
}

void SystemHeap::free(void* block) noexcept {
  Slab& slab = *slab_of(block);
  bool is_waiting = false;
  {
    const RawLock lock(g_lock);
    g_all.remove(slab);
    g_bytes -= preamble_of(slab).bytes;
    g_account.add(std::uint64_t{0} - preamble_of(slab).bytes);
    is_waiting = !is_unattended(slab);
    if (is_waiting) g_waiting.push_back(slab);
  }
  if (is_waiting) {
    poison(slab.base, preamble_of(slab).bytes);
  } else {
    release(slab);
  }
  if (Slab* const other = take_returnable()) release(*other);
}

void SystemHeap::trim() noexcept {
  while (Slab* const slab = take_returnable()) release(*slab);
}

std::size_t SystemHeap::bytes_taken() noexcept {
  const RawLock lock(g_lock);
  return g_bytes;
}

// The lock is not taken: in a stopped world nobody is inside it, and the walk may run long.
Slab* SystemHeap::first_stopped() noexcept OROCHI_UNCHECKED_LOCKING { return g_all.front(); }

void SystemHeap::before_fork() noexcept OROCHI_UNCHECKED_LOCKING { g_lock.lock(); }

void SystemHeap::after_fork_parent() noexcept OROCHI_UNCHECKED_LOCKING { g_lock.unlock(); }

void SystemHeap::after_fork_child() noexcept { g_lock.reset_after_fork(); }

}  // namespace orochi::inline OROCHI_DESIGN
