#include "memory/slot.h"

#include <cstdlib>
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
constinit RawMutex g_making;  // guards the making of slots, not their use

std::uint32_t page_of(OwnerId id) { return id / kSlotsPerPage; }

// The page that will hold `id`, made if need be; null without memory.
Page* page_for(OwnerId id) noexcept OROCHI_REQUIRES(g_making) {
  SysAtomic<Page*>& place = g_pages[page_of(id)];
  Page* page = place.load(kRelaxed);  // relaxed: only written under g_making, which is held
  if (page == nullptr) {
    page = new (std::nothrow) Page;
    place.store(page, kRelaxed);  // relaxed: published by the release of g_made in make_slot
  }
  return page;
}

// A new slot, already starting, so that nobody else can be issued it.
Slot* make_slot() noexcept {
  const RawLock lock(g_making);
  const std::uint32_t made = g_made.load(kRelaxed);  // relaxed: only written under g_making
  if (made >= kLastOwner) return nullptr;
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

// A slot that was used before and is free. Slots near the front come first, which keeps the number
// of heaps near the number of threads that ever ran at the same time.
Slot* reuse_slot() noexcept {
  const OwnerId last = SlotTable::made();
  for (std::uint32_t id = kFirstOwner; id <= last; ++id) {
    Slot& slot = SlotTable::at(static_cast<OwnerId>(id));
    if (slot.state.guess() != SlotState::kFree) continue;
    // The move acquires what the last holder released when it freed the slot (H2).
    if (slot.state.move(SlotState::kFree, SlotState::kStarting)) return &slot;
  }
  return nullptr;
}

}  // namespace

Slot* SlotTable::issue() noexcept {
  if (fault::should_fail()) return nullptr;
  Slot* const slot = reuse_slot();
  return slot != nullptr ? slot : make_slot();
}

Slot& SlotTable::at(OwnerId id) noexcept {
  // relaxed: who knows the id got it from made() or from an object, and either way saw its page.
  return g_pages[page_of(id)].load(kRelaxed)->slots[id % kSlotsPerPage];
}

OwnerId SlotTable::made() noexcept {
  // seq_cst: pairs with the store in make_slot.
  return static_cast<OwnerId>(g_made.load(kSeqCst));
}

void SlotTable::reset_after_fork(Slot* survivor) noexcept {
  g_making.reset_after_fork();
  for_each([survivor](Slot& slot) {
    if (&slot != survivor) slot.state.reset_after_fork(SlotState::kFree);
  });
}

}  // namespace orochi::inline OROCHI_DESIGN
