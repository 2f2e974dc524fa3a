#include "runtime/safepoint.h"

#include <array>
#include <bit>
#include <cassert>

#include "memory/epoch.h"
#include "memory/merge_queue.h"
#include "runtime/hostile.h"
#include "runtime/single_thread.h"
#include "runtime/thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// By the number of the reason's bit.
constinit std::array<SysAtomic<SafepointHook>, 32> g_hooks{};

std::uint32_t bits_of(Breaker reason) noexcept { return static_cast<std::uint32_t>(reason); }

// Who asked for this thread's attention: its breaker's bits.
class Asked {
 public:
  explicit Asked(Slot& slot) noexcept
      // acquire: pairs with the release in Slot::ask, for what the asker prepared.
      : bits_(slot.breaker.exchange(0, kAcquire)) {}

  [[nodiscard]] bool by(Breaker reason) const noexcept { return (bits_ & bits_of(reason)) != 0; }
  [[nodiscard]] std::uint32_t from(Breaker first) const noexcept {
    return bits_ & ~(bits_of(first) - 1);
  }
  // As if somebody had.
  void add(Breaker reason) noexcept { bits_ |= bits_of(reason); }

 private:
  std::uint32_t bits_;
};

void be_hostile(Thread& me) noexcept {
  Hostile::arm(me.slot());
  if (Hostile::has(Hostile::Mode::kReclaim)) Epoch::flush(me.slot());
  Hostile::yield();
  if (Hostile::has(Hostile::Mode::kSuspend) && !me.hold.taken) {
    me.detach_to_wait();
    me.attach_after_wait();
  }
}

void serve_upper(std::uint32_t bits) noexcept {
  for (; bits != 0; bits &= bits - 1) {
    // acquire: pairs with the release in set_safepoint_hook.
    const auto number = static_cast<std::size_t>(std::countr_zero(bits));
    if (const SafepointHook hook = g_hooks[number].load(kAcquire)) hook();
  }
}

}  // namespace

void safepoint_slow() noexcept {
  Thread& me = *Thread::current();
  assert(me.is_attached() && me.raw_locks_held == 0 && !World::is_pause_of_mine());
  assert(me.no_suspend == 0 && "rule 2: nothing here may suspend the critical section");
  Asked asked(me.slot());
  // First: a thread that detaches passes such wishes on by their bits, which are taken now.
  if (asked.by(Breaker::kEpoch) || asked.by(Breaker::kReclaim)) Epoch::report(me.slot());
  if (asked.by(Breaker::kHostile)) be_hostile(me);
  if (Hostile::has(Hostile::Mode::kMemory)) asked.add(Breaker::kMemory);
  if (asked.by(Breaker::kMode)) SingleThread::at_safepoint(me.slot());
  if (asked.by(Breaker::kStop)) me.stand_for_stop();
  if (asked.by(Breaker::kGil)) me.share_gil();
  if (asked.by(Breaker::kMerge) || asked.by(Breaker::kDoomed)) drain_local();
  serve_upper(asked.from(Breaker::kLeave));
}

void set_safepoint_hook(Breaker reason, SafepointHook hook) noexcept {
  const auto number = static_cast<std::size_t>(std::countr_zero(bits_of(reason)));
  g_hooks[number].store(hook, kRelease);  // release: pairs with the acquire in serve_upper
}

}  // namespace orochi::inline OROCHI_DESIGN
