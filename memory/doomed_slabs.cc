#include "memory/doomed_slabs.h"

#include "memory/biased_refcount.h"
#include "memory/queued_bits.h"
#include "memory/refcount.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

bool is_dead(void* block) noexcept {
  // Merges take place beside this; other counts are dead before their bit is set.
  if constexpr (kPolicy.counting == Counting::kBiased)
    return static_cast<BiasedRefcount*>(block)->is_dead();
  return static_cast<Refcount*>(block)->kind() == BlockKind::kDestroyed;
}

// Takes one dead object's bit from a word. The bits of objects that are queued and not dead, taken
// along because nothing can be known of a bit before it is taken (I3), go back; `disturbed` tells.
void* take_dead(QueuedBits bits, std::uint32_t word, bool& disturbed) noexcept {
  const std::uint64_t taken = bits.take_word(word);
  const std::uint64_t dead = bits.chosen(word, taken, is_dead);
  const std::uint64_t mine = dead & -dead;  // the lowest
  if (taken != dead) disturbed = true;
  if (taken != mine) bits.give(word, taken & ~mine);
  return mine != 0 ? bits.block_of(word, mine) : nullptr;
}

}  // namespace

void DoomedSlabs::push(Slab& slab) noexcept {
  const RawLock lock(lock_);
  if (slab.doomed.linked.load(kRelaxed)) return;  // relaxed: written under lock_
  slab.doomed.next = top_.load(kRelaxed);         // relaxed: written under lock_
  slab.doomed.linked.store(true, kRelaxed);       // relaxed: its heap asks once it is empty, which
                                                  // the bits' takers release
  top_.store(&slab, kSeqCst);                     // is_empty's first half
}

void DoomedSlabs::unlink_top() noexcept {
  Slab& slab = *top_.load(kRelaxed);          // relaxed: written under lock_
  top_.store(slab.doomed.next, kRelaxed);     // relaxed: who sees it too late finds nothing
  slab.doomed.linked.store(false, kRelease);  // I2. Pairs with the heap's acquire before a return
}

DoomedSlabs::Found DoomedSlabs::take_one() noexcept {
  const RawLock lock(lock_);
  Found found;
  Slab* const slab = top_.load(kRelaxed);  // relaxed: written under lock_
  if (slab == nullptr) return found;
  QueuedBits bits(*slab);
  bool disturbed = false;
  for (std::uint32_t word = 0; word < bits.words() && found.block == nullptr; ++word) {
    found.block = take_dead(bits, word, disturbed);
  }
  Slot& owner = SlotTable::at(slab->owner);
  if (disturbed && owner.merges.push(*slab)) found.disturbed = &owner;
  if (found.block == nullptr || bits.are_none()) unlink_top();
  return found;
}

}  // namespace orochi::inline OROCHI_DESIGN
