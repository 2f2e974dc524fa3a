#include "memory/merge_queue.h"

#include <algorithm>
#include <cassert>

#include "memory/biased_refcount.h"
#include "memory/door/platform.h"
#include "memory/helped_slot.h"
#include "memory/queued_bits.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Only biased counts owe merges. In the other designs nothing is ever queued.
constexpr bool kHasQueue = kPolicy.counting == Counting::kBiased;

// Destructors that come to a safepoint may drain again, and so on; what comes below this is left to
// the drains above, which go on until nothing is left.
constexpr std::uint32_t kMaxNestedDrains = 8;

using detail::g_left_to_all;
constinit SysAtomic<Destroyer> g_destroyer{nullptr};

// A counter of a slot's holder, who alone writes it, for readers who want no more than a figure.
void raise(Atomic<std::uint64_t>& counter, std::uint64_t value) noexcept {
  counter.store(value, kRelaxed);
}
void count(Atomic<std::uint64_t>& counter, std::uint64_t n) noexcept {
  raise(counter, counter.load(kRelaxed) + n);
}

// Takes the queue's reference from an object whose bit the caller took. True: it is dead, and its
// bit has to be given back. The holder of the owner's slot.
bool settle_dies(void* block, std::uint64_t& settled) noexcept {
  auto& rc = *static_cast<BiasedRefcount*>(block);
  const bool is_merged = rc.owner() == kMergedOwner;
  // Dead with a bit: the queue's reference was its last, and is gone. It is doomed already.
  if (is_merged && rc.is_dead()) return true;
  ++settled;
  // Merged by the owner's last drop, the queue's reference is one among the others.
  const Debt debt = is_merged ? rc.drop(kNobody) : rc.merge(-1);
  return debt == Debt::kDestroy;
}

// The holder of the owner's slot. Returns how many objects it settled.
std::uint64_t merge_slab(Slab& slab) noexcept {
  QueuedBits bits(slab);
  std::uint64_t settled = 0;
  bool any_died = false;
  for (std::uint32_t word = 0; word < bits.words(); ++word) {
    const std::uint64_t dead = bits.chosen(
        word, bits.take_word(word), [&](void* block) { return settle_dies(block, settled); });
    if (dead != 0) bits.give(word, dead);
    any_died |= dead != 0;
  }
  if (any_died) g_left_to_all.doomed.push(slab);
  return settled;
}

// The holder of the slot.
void merge_all(Slot& slot) noexcept {
  std::uint64_t settled = 0;
  slot.merges.take_all([&](Slab& slab) { settled += merge_slab(slab); });
  MergeCounts& counts = slot.merge_counts;
  count(counts.merged, settled);
  raise(counts.longest, std::max(settled, counts.longest.load(kRelaxed)));
}

// Who looks after a slot's stack, as its state says.
enum class Duty {
  kTheirs,  // its thread was asked; or whoever made the state what it is looks at the stack later
  kOurs,    // it is away
  kOpen,    // somebody holds it, for this or for something else: bounded work, and then it is away
};

Duty duty_for(const Slot& slot) noexcept {
  switch (slot.state.load()) {  // I1: read after the push, and after each hold
    case SlotState::kFree:
    case SlotState::kDetached:
      return Duty::kOurs;
    case SlotState::kHelpedFree:
    case SlotState::kHelpedDetached:
      return Duty::kOpen;
    default:
      return Duty::kTheirs;
  }
}

// Merges for an owner that is away. True: something was merged, and the dead are the caller's care
// (I2).
bool help(Slot& slot) noexcept {
  bool helped = false;
  while (!slot.merges.is_empty()) {
    const Duty duty = duty_for(slot);
    if (duty == Duty::kTheirs) break;
    if (duty == Duty::kOpen) {
      platform::yield();
      continue;
    }
    const HelpedSlot held(slot);
    if (!held) continue;
    count(slot.merge_counts.helped, 1);
    merge_all(slot);
    helped = true;
  }
  return helped;
}

// I1: for whoever found the stack empty.
bool tell(Slot& owner) noexcept {
  owner.ask(Breaker::kMerge);
  return help(owner);
}

// I2: asks somebody attached to do what this thread is not going to do.
void pass_on() noexcept {
  if (g_left_to_all.is_empty()) return;
  for (Slot& slot : SlotTable::all()) {
    if (slot.state.load() == SlotState::kAttached) return slot.ask(Breaker::kDoomed);
  }
}

}  // namespace

void queue_merge(void* block) noexcept {
  if constexpr (!kHasQueue) return;
  Slab& slab = *slab_of(block);
  Slot& owner = SlotTable::at(slab.owner);
  count(current().slot->merge_counts.queued, 1);
  QueuedBits(slab).set(block);
  if (!owner.merges.push(slab)) return;  // I1: somebody else found it empty
  if (tell(owner)) destroy_doomed();
}

bool is_queued_stopped(const void* block) noexcept {
  return kHasQueue && QueuedBits(*slab_of(block)).has(block);
}

void drain_local() noexcept {
  assert(am_attached());
  if constexpr (kHasQueue) {
    Slot& me = *current().slot;
    while (!me.merges.is_empty()) merge_all(me);
    g_left_to_all.slots.take_all([](Slot& slot) { help(slot); });
  }
  destroy_doomed();
}

void doom(void* block) noexcept {
  Slab& slab = *slab_of(block);
  // Once the bit is set somebody else may come for the object and free it: I1 of memory/slab.h.
  const SlabVisit visit(slab);
  QueuedBits(slab).set(block);
  g_left_to_all.doomed.push(slab);
  current().slot->ask(Breaker::kDoomed);  // I2
}

void destroy_doomed() noexcept {
  Slot& me = *current().slot;
  if (me.drains == kMaxNestedDrains) return;
  ++me.drains;
  while (!g_left_to_all.doomed.is_empty()) {
    const DoomedSlabs::Found found = g_left_to_all.doomed.take_one();  // I5: one
    if (found.disturbed != nullptr) tell(*found.disturbed);
    if (found.block != nullptr && destroy(found.block) == Destruction::kPutOff) break;  // I6
  }
  --me.drains;
}

void merge_as_detacher(Slot& slot) noexcept {
  if constexpr (kHasQueue) {
    if (!slot.merges.is_empty()) g_left_to_all.slots.push(slot);
  }
  pass_on();
}

// Whatever became of the slots meanwhile: one that somebody else holds already must not be left to
// its holder (I1).
void merge_as_starter() noexcept {
  assert(am_attached());
  if constexpr (kHasQueue) {
    for (Slot& slot : SlotTable::all()) help(slot);
  }
  pass_on();
}

void look_after_attach(Slot& mine) noexcept {
  if (!mine.merges.is_empty()) mine.ask(Breaker::kMerge);
  if (!g_left_to_all.is_empty()) mine.ask(Breaker::kDoomed);
}

void set_destroyer(Destroyer destroyer) noexcept {
  g_destroyer.store(destroyer, kRelease);  // pairs with the acquire in destroy
}

Destruction destroy(void* block) noexcept {
  const Destroyer destroyer = g_destroyer.load(kAcquire);  // pairs with the release above
  assert(destroyer != nullptr);
  return destroyer(block);
}

MergeTotals merge_totals() noexcept {
  MergeTotals totals;
  for (const Slot& slot : SlotTable::all()) {
    const MergeCounts& counts = slot.merge_counts;
    totals.queued += counts.queued.load(kRelaxed);  // relaxed, all: figures of their own
    totals.merged += counts.merged.load(kRelaxed);
    totals.helped += counts.helped.load(kRelaxed);
    totals.longest = std::max(totals.longest, counts.longest.load(kRelaxed));
  }
  return totals;
}

void reset_merge_queue_after_fork() noexcept {
  Slot& survivor = *current().slot;
  g_left_to_all.slots.take_all([](Slot&) {});
  for (Slot& slot : SlotTable::all()) {
    slot.left.linked.store(false, kRelaxed);  // relaxed: one thread exists
    if (&slot != &survivor) slot.drains = 0;
    if (!slot.merges.is_empty()) g_left_to_all.slots.push(slot);
  }
  survivor.ask(Breaker::kDoomed);
}

}  // namespace orochi::inline OROCHI_DESIGN
