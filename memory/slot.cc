#include "memory/slot.h"

#include <new>

#include "memory/fault.h"
#include "memory/raw_mutex.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::uint32_t kSlotsPerPage = 16;
constexpr std::uint32_t kPages = (kLastOwner + kSlotsPerPage) / kSlotsPerPage;

struct Page {
  Slot slots[kSlotsPerPage];
};

// Pages are published once and live as long as the process.
constinit SysAtomic<Page*> g_pages[kPages];
constinit SysAtomic<std::uint32_t> g_made{kNobody};

constinit RawMutex g_lock;
constinit OwnerId g_last OROCHI_GUARDED_BY(g_lock) = kLastOwner;
// The free slots, linked by `next_free`; the one that became free last comes first, so the number
// of heaps stays that of the threads that ever ran at the same time.
constinit OwnerId g_free OROCHI_GUARDED_BY(g_lock) = kNobody;

std::uint32_t page_of(std::uint32_t id) { return id / kSlotsPerPage; }

// The page that will hold `id`, made if need be; null without memory.
Page* page_for(std::uint32_t id) noexcept OROCHI_REQUIRES(g_lock) {
  SysAtomic<Page*>& place = g_pages[page_of(id)];
  Page* page = place.load(kRelaxed);  // relaxed: only written under g_lock, which is held
  if (page == nullptr) {
    page = new (std::nothrow) Page;
    place.store(page, kRelaxed);  // relaxed: published by the release of g_made in make_slot
  }
  return page;
}

// A new slot, already starting, so that nobody else can be issued it.
Slot* make_slot() noexcept OROCHI_REQUIRES(g_lock) {
  const std::uint32_t made = g_made.load(kRelaxed);  // relaxed: only written under g_lock
  if (made >= g_last) return nullptr;
  const auto id = static_cast<OwnerId>(made + 1);
  Page* const page = page_for(id);
  if (page == nullptr) return nullptr;
  Slot& slot = page->slots[id % kSlotsPerPage];
  slot.id = id;
  slot.heap.set_owner(id);
  // Nobody else can see the slot yet, so the move cannot fail.
  static_cast<void>(slot.state.move(SlotState::kFree, SlotState::kStarting));
  // seq_cst: pairs with the load in made(). It releases the page and the slot's id; and it comes
  // before the slot's first attach, so whoever retired memory and misses this slot in the table is
  // not missed by that attach (memory/grace_period.h).
  g_made.store(id, kSeqCst);
  return &slot;
}

// A slot that was used before. One that is helped right now is passed over, its helper holds it.
Slot* reuse_slot() noexcept OROCHI_REQUIRES(g_lock) {
  for (OwnerId* link = &g_free; *link != kNobody;) {
    Slot& slot = SlotTable::at(*link);
    // The move acquires what the last holder released when it freed the slot (H2).
    if (slot.state.move(SlotState::kFree, SlotState::kStarting)) {
      *link = slot.next_free;
      return &slot;
    }
    link = &slot.next_free;
  }
  return nullptr;
}

void link_free(Slot& slot) noexcept OROCHI_REQUIRES(g_lock) {
  slot.next_free = g_free;
  g_free = slot.id;
}

}  // namespace

Slot* SlotTable::issue() noexcept {
  if (fault::should_fail()) return nullptr;
  const RawLock lock(g_lock);
  Slot* const slot = reuse_slot();
  return slot != nullptr ? slot : make_slot();
}

void SlotTable::recycle(Slot& slot) noexcept {
  const RawLock lock(g_lock);
  link_free(slot);
}

Slot& SlotTable::at(OwnerId id) noexcept {
  // relaxed: who knows the id got it from made() or from an object, and either way saw its page.
  return g_pages[page_of(id)].load(kRelaxed)->slots[id % kSlotsPerPage];
}

OwnerId SlotTable::made() noexcept {
  // seq_cst: pairs with the store in make_slot.
  return static_cast<OwnerId>(g_made.load(kSeqCst));
}

void SlotTable::before_fork() noexcept OROCHI_UNCHECKED_LOCKING { g_lock.lock(); }

void SlotTable::after_fork_parent() noexcept OROCHI_UNCHECKED_LOCKING { g_lock.unlock(); }

void SlotTable::after_fork_child(const Slot* survivor) noexcept {
  g_lock.reset_after_fork();
  const RawLock lock(g_lock);
  g_free = kNobody;
  for (Slot& slot : all()) {
    if (&slot == survivor) continue;
    slot.state.reset_after_fork(SlotState::kFree);
    link_free(slot);
  }
}

void SlotTable::limit_for_test(OwnerId last) noexcept {
  const RawLock lock(g_lock);
  g_last = last;
}

}  // namespace orochi::inline OROCHI_DESIGN
