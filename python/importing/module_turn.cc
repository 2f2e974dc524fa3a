#include "python/importing/module_turn.h"

#include "memory/door/sys_atomic.h"
#include "runtime/lifecycle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// How many turns there are, for a look without the mutex. relaxed, everywhere: who has to see a
// turn has seen what was done after it began, and so the number; who sees one that is over looks
// in vain.
constinit SysAtomic<std::uint32_t> g_count{0};
constinit bool g_hears_of_forks = false;  // under the mutex

}  // namespace

constinit Mutex ModuleTurn::g_mutex;
constinit Condition ModuleTurn::g_ended;
constinit ModuleTurn* ModuleTurn::g_turns = nullptr;
constinit ModuleTurn::Waiter* ModuleTurn::g_waiters = nullptr;

// --- Looking. ---

ModuleTurn* ModuleTurn::find_other(const Str& name, const Thread& me) noexcept {
  ModuleTurn* turn = g_turns;
  while (turn != nullptr && (&turn->owner_ == &me || !equal(turn->name_, name))) turn = turn->next_;
  return turn;
}

const ModuleTurn::Waiter* ModuleTurn::waiter_of(const Thread& thread) noexcept {
  const Waiter* waiter = g_waiters;
  while (waiter != nullptr && &waiter->thread != &thread) waiter = waiter->next;
  return waiter;
}

// T2. Nobody begins to wait in a circle, so the way ends.
bool ModuleTurn::would_never_end(const ModuleTurn& wanted, const Thread& me) noexcept {
  const ModuleTurn* turn = &wanted;
  while (&turn->owner_ != &me) {
    const Waiter* const waiter = waiter_of(turn->owner_);
    if (waiter == nullptr || waiter->wanted == nullptr) return false;
    turn = waiter->wanted;
  }
  return true;
}

bool ModuleTurn::is_taken_by_others(const Str& name) noexcept {
  if (g_count.load(kRelaxed) == 0) return false;
  const Lock lock(g_mutex);
  return find_other(name, *Thread::current()) != nullptr;
}

bool ModuleTurn::is_taken(const Str& name) noexcept {
  if (g_count.load(kRelaxed) == 0) return false;
  const Lock lock(g_mutex);
  const ModuleTurn* turn = g_turns;
  while (turn != nullptr && !equal(turn->name_, name)) turn = turn->next_;
  return turn != nullptr;
}

// --- Turns. ---

ModuleTurn::ModuleTurn(const Str& name) noexcept : name_(name), owner_(*Thread::current()) {
  const Lock lock(g_mutex);
  hear_of_forks();
  while (const ModuleTurn* const other = find_other(name, owner_)) {
    if (would_never_end(*other, owner_)) return;
    wait_for(*other);
  }
  enter();
}

ModuleTurn::~ModuleTurn() {
  if (!is_granted_) return;
  {
    const Lock lock(g_mutex);
    leave();
  }
  g_ended.notify_all();
}

void ModuleTurn::wait_for(const ModuleTurn& other) noexcept {
  Waiter me{owner_, &other, g_waiters};
  g_waiters = &me;
  g_ended.wait(g_mutex);
  Waiter** place = &g_waiters;
  while (*place != &me) place = &(*place)->next;
  *place = me.next;
}

void ModuleTurn::enter() noexcept {
  next_ = g_turns;
  g_turns = this;
  is_granted_ = true;
  g_count.store(g_count.load(kRelaxed) + 1, kRelaxed);
}

void ModuleTurn::leave() noexcept {
  ModuleTurn** place = &g_turns;
  while (*place != this) place = &(*place)->next_;
  *place = next_;
  for (Waiter* waiter = g_waiters; waiter != nullptr; waiter = waiter->next) {
    if (waiter->wanted == this) waiter->wanted = nullptr;
  }
  g_count.store(g_count.load(kRelaxed) - 1, kRelaxed);
}

// --- Forks. ---

void ModuleTurn::hear_of_forks() noexcept {
  if (g_hears_of_forks) return;
  Lifecycle::call_in_children(forget_others);
  g_hears_of_forks = true;
}

void ModuleTurn::forget_others() noexcept {
  g_mutex.reset_after_fork();
  g_waiters = nullptr;
  std::uint32_t count = 0;
  for (ModuleTurn** place = &g_turns; *place != nullptr;) {
    ModuleTurn& turn = **place;
    if (&turn.owner_ == Thread::current()) {
      ++count;
      place = &turn.next_;
    } else {
      *place = turn.next_;
    }
  }
  g_count.store(count, kRelaxed);
}

}  // namespace orochi::inline OROCHI_DESIGN
