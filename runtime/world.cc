#include "runtime/world.h"

#include <cassert>
#include <utility>

#include "memory/epoch.h"
#include "memory/helped_slot.h"
#include "memory/merge_queue.h"
#include "memory/raw_mutex.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit RawMutex g_lock;

// The slot whose thread stops the world, or has stopped it. Set exactly while the stop notice is
// posted.
constinit const Slot* g_stopper OROCHI_GUARDED_BY(g_lock) = nullptr;
constinit platform::Nanos g_began OROCHI_GUARDED_BY(g_lock) = 0;
constinit OwnerId g_last OROCHI_GUARDED_BY(g_lock) = kNobody;  // who was counted down last
constinit World::Timing g_timing OROCHI_GUARDED_BY(g_lock);

// Written under g_lock; words, so that a futex can wait on them.
constinit SysAtomic<std::uint32_t> g_awaited{0};  // slots that the stopper waits for
constinit SysAtomic<std::uint32_t> g_owed{0};     // slots that are owed passage (I4)
constinit SysAtomic<std::uint32_t> g_starts{0};   // changes whenever the world is started

// Sleeps until `word` is zero. Whoever makes it zero wakes all.
void wait_for_zero(const SysAtomic<std::uint32_t>& word, int spins) noexcept {
  for (;; --spins) {
    // acquire: pairs with the release in count_down and admit, by which we see what the last one
    // to go wrote before; earlier ones are seen through the same chain of exchanges.
    const std::uint32_t seen = word.load(kAcquire);
    if (seen == 0) return;
    if (spins > 0) {
      platform::spin_pause();
    } else {
      platform::futex_wait(word, seen, platform::kNever);
    }
  }
}

// Takes one from `word`. True: that was the last, and the caller wakes who waits, after unlocking.
[[nodiscard]] bool take_one(SysAtomic<std::uint32_t>& word) noexcept OROCHI_REQUIRES(g_lock) {
  // release: pairs with the acquire in wait_for_zero.
  return word.fetch_sub(1U, kRelease) == 1;
}

// The slot stands still. True as in take_one.
[[nodiscard]] bool count_down(Slot& slot) noexcept OROCHI_REQUIRES(g_lock) {
  Standing& standing = slot.standing;
  if (!standing.awaited) return false;
  standing.awaited = false;
  const platform::Nanos took = platform::now() - g_began;
  if (took > standing.longest) standing.longest = took;
  g_last = slot.id;
  return take_one(g_awaited);
}

void await(Slot& slot) noexcept OROCHI_REQUIRES(g_lock) {
  slot.standing.awaited = true;
  g_awaited.fetch_add(1U, kRelaxed);  // relaxed: ordered by g_lock, and read by this thread
}

// The stopper's look at one slot. The notice is posted, so whoever moves the slot after this look
// sees it (I1).
void ask_to_stand(Slot& slot) noexcept OROCHI_REQUIRES(g_lock) {
  for (;;) {
    switch (slot.state.load()) {
      case SlotState::kDetached:
        if (slot.state.move(SlotState::kDetached, SlotState::kSuspended)) return;
        continue;  // It attached, or is helped: look again (rule 39).
      case SlotState::kAttached:
        await(slot);
        slot.ask(Breaker::kStop);
        return;
      case SlotState::kHelpedDetached:
      case SlotState::kHelpedFree:
        await(slot);
        return;
      case SlotState::kFree:
      case SlotState::kStarting:
      case SlotState::kSuspended:
        return;
    }
  }
}

// False: somebody else has the world, or somebody is owed passage first (I4).
bool begin_stop(const Slot& me) noexcept {
  const RawLock lock(g_lock);
  if (g_stopper != nullptr || g_owed.load(kRelaxed) != 0) return false;  // relaxed: under g_lock
  g_stopper = &me;
  g_began = platform::now();
  g_last = kNobody;
  Notices::post(Notice::kStop);
  for (Slot& slot : SlotTable::all())
    if (&slot != &me) ask_to_stand(slot);
  return true;
}

void record_stop() noexcept {
  const RawLock lock(g_lock);
  const platform::Nanos took = platform::now() - g_began;
  ++g_timing.stops;
  g_timing.last = took;
  if (took <= g_timing.longest) return;
  g_timing.longest = took;
  g_timing.slowest = g_last;
}

// Lets the stop of another thread pass, and those who are owed passage.
void give_way(Thread& me) noexcept {
  me.detach_to_wait();
  wait_for_zero(g_owed, 0);
  me.attach_after_wait();
}

void take_world(Thread& me) noexcept {
  assert(me.raw_locks_held == 0 && "trap 6: a lock that does not detach is held across a stop");
  // Short: on few cores, those we wait for need ours.
  constexpr int kSpins = 50;
  while (!begin_stop(me.slot())) give_way(me);
  wait_for_zero(g_awaited, kSpins);
  record_stop();
  me.hold.taken = true;
}

// I4. The slot is suspended still, so its thread reads `owed` after the move that follows.
void judge_patience(Slot& slot, platform::Nanos now) noexcept OROCHI_REQUIRES(g_lock) {
  Standing& standing = slot.standing;
  // relaxed: a time, and nothing hangs on it.
  const platform::Nanos since = standing.waits_since.load(kRelaxed);
  // relaxed: written under g_lock.
  if (since == 0 || now - since < World::kPatience || standing.owed.load(kRelaxed)) return;
  standing.owed.store(true, kRelaxed);  // relaxed: published by the slot's move
  g_owed.fetch_add(1U, kRelaxed);       // relaxed: as in await
}

void end_stop() noexcept {
  const RawLock lock(g_lock);
  const platform::Nanos now = platform::now();
  g_stopper = nullptr;
  Notices::withdraw(Notice::kStop);
  for (Slot& slot : SlotTable::all()) {
    if (slot.state.guess() != SlotState::kSuspended) continue;  // I2: the guess is true here
    judge_patience(slot, now);
    static_cast<void>(slot.state.move(SlotState::kSuspended, SlotState::kDetached));
  }
}

void give_world_back(WorldHold& hold) noexcept {
  hold.taken = false;
  end_stop();
  // Whoever made a slot detached reads its queue (rule 20): while it was suspended, nobody could
  // help. Before anybody is woken, who would take our core.
  merge_as_starter();
  Epoch::look_around(*current().slot);
  // release: pairs with the acquire in wait_while_suspended, for the moves in end_stop.
  g_starts.fetch_add(1U, kRelease);
  platform::futex_wake_all(g_starts);
}

// Before main, so before anybody can be helped (rule 21).
[[maybe_unused]] const bool g_settles_helped = [] {
  HelpedSlot::on_release(World::settle);
  return true;
}();

}  // namespace

void World::stop(StopKind kind) noexcept {
  Thread& me = *Thread::current();
  assert(me.is_attached());
  if (me.hold.depth == 0) take_world(me);
  me.hold.push(kind);
}

void World::start() noexcept {
  WorldHold& hold = Thread::current()->hold;
  assert(hold.depth != 0);
  hold.pop();
  // Not taken: it was given back at a detach, and a shutdown refused the way back.
  if (hold.depth == 0 && hold.taken) give_world_back(hold);
}

void World::hand_back(WorldHold& hold) noexcept {
  assert(hold.pause_from == 0 && "a pause cannot be interrupted: nothing in it may detach");
  give_world_back(hold);
}

void World::retake(WorldHold& hold) noexcept {
  // Taking it may detach and attach, which must not retake in turn.
  const std::uint32_t depth = std::exchange(hold.depth, 0);
  take_world(*Thread::current());
  hold.depth = depth;
}

bool World::is_stopped_by_me() noexcept {
  const Thread* const me = Thread::current();
  return me != nullptr && me->hold.taken;
}

bool World::is_pause_of_mine() noexcept {
  const Thread* const me = Thread::current();
  return me != nullptr && me->hold.pause_from != 0;
}

World::Timing World::timing() noexcept {
  const RawLock lock(g_lock);
  return g_timing;
}

platform::Nanos World::longest_wait_for(const Slot& slot) noexcept {
  const RawLock lock(g_lock);
  return slot.standing.longest;
}

void World::settle_slow(Slot& slot) noexcept {
  bool was_last = false;
  {
    const RawLock lock(g_lock);
    if (g_stopper == nullptr) return;  // I2: that stop is over
    const SlotState state = slot.state.load();
    // If it was taken meanwhile, who took it settles it when leaving it.
    const bool nobody = state == SlotState::kFree || state == SlotState::kStarting;
    if (nobody || slot.state.move(SlotState::kDetached, SlotState::kSuspended))
      was_last = count_down(slot);
  }
  if (was_last) platform::futex_wake_all(g_awaited);
}

void World::wait_while_suspended(Slot& slot) noexcept {
  Standing& standing = slot.standing;
  // relaxed: a time, and nothing hangs on it.
  if (standing.waits_since.load(kRelaxed) == 0)
    standing.waits_since.store(platform::now(), kRelaxed);
  for (;;) {
    // acquire: pairs with the release in give_world_back. Either we see the slot moved, or the word
    // changes after this load and the wait returns.
    const std::uint32_t starts = g_starts.load(kAcquire);
    if (slot.state.load() != SlotState::kSuspended) return;
    platform::futex_wait(g_starts, starts, platform::kNever);
  }
}

void World::admit(Slot& slot) noexcept {
  Standing& standing = slot.standing;
  standing.waits_since.store(0, kRelaxed);  // relaxed: published by our next move to detached
  // relaxed: written before the starter's move of our slot, which our own move read from.
  if (!standing.owed.load(kRelaxed)) return;
  bool was_last = false;
  {
    const RawLock lock(g_lock);
    standing.owed.store(false, kRelaxed);  // relaxed: under g_lock
    was_last = take_one(g_owed);
  }
  if (was_last) platform::futex_wake_all(g_owed);
}

void World::after_fork_child() noexcept {
  g_lock.reset_after_fork();
  const RawLock lock(g_lock);
  // relaxed, here and below: one thread exists.
  g_awaited.store(0, kRelaxed);
  g_owed.store(0, kRelaxed);
  for (Slot& slot : SlotTable::all()) {
    slot.standing.awaited = false;
    slot.standing.waits_since.store(0, kRelaxed);
    slot.standing.owed.store(false, kRelaxed);
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
