// memory/epoch_inl.h: the bodies of memory/epoch.h, for whoever makes an EpochOf of his own.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <utility>

#include "memory/door/platform.h"
#include "memory/epoch.h"
#include "memory/helped_slot.h"

namespace orochi::inline OROCHI_DESIGN {

inline constexpr std::size_t kBitsPerWord = 64;

// ---- Retiring -----------------------------------------------------------------------------------

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::retire_in(Slab& slab, void* block) noexcept {
  if constexpr (!kPolicy.parallel) {
    Heaps::free_block(block);
  } else {
    assert(am_attached());
    Slot& me = *current().slot;
    Slot& owner = slab.owner == me.id ? me : SlotTable::at(slab.owner);
    const std::uint32_t index = slab.index_of(block);
    const std::uint64_t bit = std::uint64_t{1} << (index % kBitsPerWord);
    // release: the unlinking and the destruction; pairs with the acquire in collect_slab. The
    // block, and so its slab, stays at least until this thread's next safepoint: the bit's grace
    // period cannot be over before.
    const std::uint64_t before = slab.marks.retired[index / kBitsPerWord].fetch_or(bit, kRelease);
    assert((before & bit) == 0);                // nothing is retired twice
    if (before == 0) owner.retires.push(slab);  // I1
    if (&owner == &me) {
      count_own(me, slab.block_bytes);
    } else {
      count_for(owner, slab.block_bytes, me);
    }
  }
}

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::retire_buffer_of(BufferHead& buffer) noexcept {
  if constexpr (!kPolicy.parallel) {
    Heaps::free_buffer(buffer);
  } else {
    assert(am_attached());
    Slot& me = *current().slot;
    RetiredMemory& retired = me.retired;
    buffer.next = std::exchange(retired.buffers, &buffer);
    retired.buffer_bytes += buffer.bytes;
    ++retired.buffer_count;
    count_own(me, buffer.bytes);
  }
}

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::count_own(Slot& me, std::size_t bytes) noexcept {
  RetiredMemory& retired = me.retired;
  const std::size_t collecting = retired.by_holder.get() + bytes;
  retired.by_holder.set(collecting);
  if (collecting < retired.next_look) [[likely]]
    return;
  retired.next_look = collecting + kBatchBytes;
  retired.over_limit = collecting >= kLimitBytes;
  me.ask(Breaker::kReclaim);
}

// The count may be behind the bits by what is being retired right now, so a batch may begin a
// little late, or find its blocks gone with the batch before.
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::count_for(Slot& owner, std::size_t bytes, Slot& me) noexcept {
  const std::size_t before = owner.retired_by_others.fetch_add(bytes, kRelaxed);  // a figure
  if (before / kBatchBytes == (before + bytes) / kBatchBytes) [[likely]]
    return;
  if (before >= kLimitBytes) {
    me.retired.over_limit = true;
    me.ask(Breaker::kReclaim);
  }
  if (nudge(owner)) me.ask(Breaker::kEpoch);  // this thread is in the middle of something
}

// ---- Being told, and telling --------------------------------------------------------------------

// The slot wants a step. True: it is away, and somebody else has to take the step; the caller sees
// to it that an attached thread reports (I4).
template <class Grace, class Heaps>
bool EpochOf<Grace, Heaps>::nudge(Slot& slot) noexcept {
  slot.ask(Breaker::kReclaim);
  const SlotState state = slot.state.load();  // asked first: `leave` is the other half
  // A new thread finds the breaker as the last one left it.
  if (state == SlotState::kAttached || state == SlotState::kStarting) return false;
  away_.slots.push(slot);
  return true;
}

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::report(Slot& me) noexcept {
  if constexpr (kPolicy.parallel) {
    Grace::observe(me);
    me.waiters.take_all([](Slot& waiter) { static_cast<void>(nudge(waiter)); });
    help_one(me);
    if (step(me, me, kBatchBytes) == Step::kMore) {
      me.ask(Breaker::kReclaim);
    } else if (me.retired.over_limit) {
      slow_down(me);
    }
  }
}

// relaxed, all uses of `flushing`: it travels with the nudge, or with the move that hands the slot
// on.
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::flush(Slot& me) noexcept {
  if constexpr (kPolicy.parallel) {
    if (collecting_bytes(me) != 0) me.retired.flushing.store(true, kRelaxed);
    report(me);
  }
}

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::flush_all(Slot& me) noexcept {
  if constexpr (kPolicy.parallel) {
    SlotTable::for_each([&](Slot& slot) {
      if (collecting_bytes(slot) != 0) slot.retired.flushing.store(true, kRelaxed);
      const bool wants_step = pending_bytes(slot) != 0 || !slot.frees.is_empty();
      if (wants_step && nudge(slot)) me.ask(Breaker::kEpoch);
    });
  }
}

// Takes a step for one of the slots that are away, and leaves the others for the next safepoint.
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::help_one(Slot& me) noexcept {
  bool has_helped = false;
  away_.slots.take_all([&](Slot& slot) {
    if (!has_helped) {
      const HelpedSlot held(slot);
      has_helped = static_cast<bool>(held);
      if (has_helped && step(slot, me, kStrandedBytes) == Step::kDone) return;
    }
    // Nobody can help a suspended slot. Whoever starts the world looks around (I4).
    if (nudge(slot) && slot.state.load() != SlotState::kSuspended) me.ask(Breaker::kEpoch);
  });
}

// A thread that is not attached helps nobody: a stop of the world does not wait for it.
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::leave_slow(Slot& me) noexcept {
  me.waiters.take_all([](Slot& waiter) { static_cast<void>(nudge(waiter)); });
  if (me.is_asked(Breaker::kReclaim)) away_.slots.push(me);
  if (!away_.slots.is_empty()) tell_anyone();  // it may have been this thread that was asked to act
}

// Asks one attached thread to report. If there is none, the next to attach sees why (I4).
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::tell_anyone() noexcept {
  const std::uint32_t last = SlotTable::made();
  for (std::uint32_t id = kFirstOwner; id <= last; ++id) {
    Slot& slot = SlotTable::at(static_cast<OwnerId>(id));
    if (slot.state.load() != SlotState::kAttached) continue;
    slot.ask(Breaker::kEpoch);
    if (slot.state.load() == SlotState::kAttached) return;  // it cannot leave without reading that
  }
}

// Readers are slower than this thread retires. Gives them time, but not for ever: one of them may
// be in the middle of something long.
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::slow_down(Slot& me) noexcept {
  me.retired.over_limit = false;
  const platform::Nanos until = platform::deadline_in(kPatience);
  // relaxed: a hint, as at any safepoint. The laggard's nudge sets a bit too.
  while (me.breaker.load(kRelaxed) == 0 && platform::now() < until) platform::yield();
}

// ---- Steps, by the slot's holder ----------------------------------------------------------------

// Begins a batch if at least `least` bytes collected, and frees a part of it if it is ripe.
template <class Grace, class Heaps>
auto EpochOf<Grace, Heaps>::step(Slot& slot, Slot& me, std::size_t least) noexcept -> Step {
  RetiredMemory& retired = slot.retired;
  if (!retired.batch.exists() && !begin_batch(slot, me, least)) return Step::kDone;
  if (!is_ripe(slot, me)) return Step::kDone;
  free_some(retired.batch);
  const bool more =
      retired.batch.exists() || retired.flushing.load(kRelaxed) || collecting_bytes(slot) >= least;
  return more ? Step::kMore : Step::kDone;
}

template <class Grace, class Heaps>
bool EpochOf<Grace, Heaps>::begin_batch(Slot& slot, Slot& me, std::size_t least) noexcept {
  RetiredMemory& retired = slot.retired;
  if (!retired.flushing.load(kRelaxed) && collecting_bytes(slot) < least) return false;
  RetiredBatch& batch = collect(slot);
  if (!batch.exists()) return false;
  batch.goal = Grace::begin();  // I2: after collect
  batch.cursor = kFirstOwner;
  batch.last = SlotTable::made();
  batch.since.set(platform::now());
  retired.batches.set(retired.batches.get() + 1);
  Grace::observe(me);  // it has no section open
  ask_around(batch, me);
  return true;
}

// Makes what has collected the batch.
template <class Grace, class Heaps>
RetiredBatch& EpochOf<Grace, Heaps>::collect(Slot& slot) noexcept {
  RetiredMemory& retired = slot.retired;
  RetiredBatch& batch = retired.batch;
  batch.buffers = std::exchange(retired.buffers, nullptr);
  std::size_t bytes = std::exchange(retired.buffer_bytes, 0);
  std::size_t items = std::exchange(retired.buffer_count, 0);
  slot.retired_by_others.exchange(0, kRelaxed);  // relaxed: a figure
  slot.retires.take_all([&](Slab& slab) {
    const std::size_t found = collect_slab(slab);
    if (found == 0) return;  // the take before this one saw its bits, and its push came after
    slab.next_waiting = std::exchange(batch.slabs, &slab);
    bytes += found;
    ++items;
  });
  retired.by_holder.set(0);
  retired.next_look = kBatchBytes;
  retired.flushing.store(false, kRelaxed);
  retired.over_limit = false;
  batch.bytes.set(bytes);
  batch.step_bytes = std::max(kStepBytes, bytes / 4);  // I5
  batch.step_items = std::max(kStepItems, items / 4);
  return batch;
}

template <class Grace, class Heaps>
std::size_t EpochOf<Grace, Heaps>::collect_slab(Slab& slab) noexcept {
  const std::size_t words = (slab.blocks + kBitsPerWord - 1) / kBitsPerWord;
  std::size_t count = 0;
  for (std::size_t w = 0; w < words; ++w) {
    auto& retired = slab.marks.retired[w];
    if (retired.load(kRelaxed) == 0) continue;  // relaxed: who sets a bit now pushes the slab (I1)
    // acquire: pairs with the release in retire_in.
    const std::uint64_t bits = retired.exchange(0, kAcquire);
    slab.marks.waiting[w] = bits;
    count += static_cast<std::size_t>(std::popcount(bits));
  }
  return count * slab.block_bytes;
}

// Asks those who have not passed to report soon, and looks for memory that nobody looks after.
template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::ask_around(const RetiredBatch& batch, Slot& me) noexcept {
  SlotTable::for_each([&](Slot& slot) {
    if (!Grace::has_passed(slot, batch.goal)) {
      slot.ask(Breaker::kEpoch);
    } else if (pending_bytes(slot) >= kStrandedBytes && &slot != &me &&
               slot.state.guess() != SlotState::kAttached) {
      away_.slots.push(slot);
      me.ask(Breaker::kEpoch);
    }
  });
}

// True: all have passed the goal of the slot's batch. False: somebody will nudge the slot (I3).
template <class Grace, class Heaps>
bool EpochOf<Grace, Heaps>::is_ripe(Slot& slot, Slot& me) noexcept {
  RetiredBatch& batch = slot.retired.batch;
  while (Slot* const laggard = first_laggard(batch)) {
    // It may stand in somebody else's waiters from before: then that one nudges it.
    laggard->waiters.push(slot);
    laggard->ask(Breaker::kEpoch);
    if (!Grace::has_passed(*laggard, batch.goal)) return false;  // pushed first, looked second
    // It has passed, perhaps without seeing the push: answer for it.
    laggard->waiters.take_all([&](Slot& waiter) {
      if (&waiter != &slot && nudge(waiter)) me.ask(Breaker::kEpoch);
    });
  }
  return true;
}

template <class Grace, class Heaps>
Slot* EpochOf<Grace, Heaps>::first_laggard(RetiredBatch& batch) noexcept {
  for (; batch.cursor <= batch.last; ++batch.cursor) {
    Slot& slot = SlotTable::at(batch.cursor);
    if (!Grace::has_passed(slot, batch.goal)) return &slot;
  }
  return nullptr;
}

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::free_some(RetiredBatch& batch) noexcept {
  std::size_t bytes = 0;
  std::size_t items = 0;
  const auto may_go_on = [&] { return bytes < batch.step_bytes && items++ < batch.step_items; };
  while (batch.slabs != nullptr && may_go_on()) {
    Slab& slab = *batch.slabs;
    batch.slabs = slab.next_waiting;  // read first: the slab may go with its last block
    bytes += free_waiting(slab);
  }
  while (batch.buffers != nullptr && may_go_on()) {
    BufferHead& buffer = *batch.buffers;
    batch.buffers = buffer.next;
    bytes += buffer.bytes;
    Heaps::free_buffer(buffer);
  }
  batch.bytes.set(batch.bytes.get() - bytes);
  if (!batch.exists()) batch.since.set(0);
}

// Frees the slab's waiting blocks, and does not look at the slab after the last: it may be gone.
template <class Grace, class Heaps>
std::size_t EpochOf<Grace, Heaps>::free_waiting(Slab& slab) noexcept {
  std::array<std::uint64_t, kMaxBlocksPerSlab / kBitsPerWord> waiting;
  const std::size_t words = (slab.blocks + kBitsPerWord - 1) / kBitsPerWord;
  for (std::size_t w = 0; w < words; ++w) waiting[w] = std::exchange(slab.marks.waiting[w], 0);
  char* const first = slab.base + slab.first_block;
  const std::size_t block_bytes = slab.block_bytes;
  std::size_t count = 0;
  for (std::size_t w = 0; w < words; ++w) {
    for (std::uint64_t bits = waiting[w]; bits != 0; bits &= bits - 1, ++count) {
      const std::size_t index = w * kBitsPerWord + static_cast<std::size_t>(std::countr_zero(bits));
      Heaps::free_block(first + index * block_bytes);
    }
  }
  return count * block_bytes;
}

// ---- Fork, and figures --------------------------------------------------------------------------

template <class Grace, class Heaps>
void EpochOf<Grace, Heaps>::reset_after_fork(Slot& survivor) noexcept {
  if constexpr (kPolicy.parallel) {
    // A thread that had detached may have been in the middle of taking its waiters.
    away_.slots.reset_after_fork();
    SlotTable::for_each([](Slot& slot) {
      slot.waiters.reset_after_fork();
      slot.waits.reset_after_fork();
    });
    flush_all(survivor);  // all that waited did so for threads that are gone
  }
}

template <class Grace, class Heaps>
RetiredFigures EpochOf<Grace, Heaps>::figures() noexcept {
  RetiredFigures sum;
  const platform::Nanos now = platform::now();
  SlotTable::for_each([&](const Slot& slot) {
    sum.pending_bytes += pending_bytes(slot);
    sum.batches += slot.retired.batches.get();
    if (const platform::Nanos since = slot.retired.batch.since.get(); since != 0)
      sum.oldest_age = std::max(sum.oldest_age, now - since);
    if (const std::uint64_t lag = GracePeriod::lag_of(slot); lag > sum.greatest_lag) {
      sum.greatest_lag = lag;
      sum.laggard = slot.id;
    }
  });
  return sum;
}

}  // namespace orochi::inline OROCHI_DESIGN
