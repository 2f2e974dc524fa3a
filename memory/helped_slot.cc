#include "memory/helped_slot.h"

#include <cassert>

namespace orochi::inline OROCHI_DESIGN {
namespace {

// SysAtomic, because tests and tools may set it while threads run.
constinit SysAtomic<HelpedSlot::Released> g_released{nullptr};

}  // namespace

void HelpedSlot::on_release(Released hook) noexcept { g_released.store(hook, kRelease); }

SlotState HelpedSlot::take(Slot& slot) noexcept {
  using enum SlotState;
  if (slot.state.move(kFree, kHelpedFree)) {
    assert(am_attached());  // I3
    return kFree;
  }
  if (slot.state.move(kDetached, kHelpedDetached)) return kDetached;
  return kAttached;
}

void HelpedSlot::let_go() noexcept {
  using enum SlotState;
  const bool was_free = before_ == kFree;
  do {
    if (was_free && !slot_.frees.is_empty()) slot_.heap.settle();
    [[maybe_unused]] const bool moved = was_free ? slot_.state.move(kHelpedFree, kFree)
                                                 : slot_.state.move(kHelpedDetached, kDetached);
    assert(moved);  // only the helper moves a helped slot
    // acquire: pairs with the release in on_release.
    if (const Released hook = g_released.load(kAcquire)) hook(slot_);
    // I3: the slot's state was written, now its stack is read; whoever pushed meanwhile and saw the
    // slot held left it to us.
  } while (was_free && !slot_.frees.is_empty() && slot_.state.move(kFree, kHelpedFree));
}

}  // namespace orochi::inline OROCHI_DESIGN
