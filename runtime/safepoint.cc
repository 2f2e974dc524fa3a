#include "runtime/safepoint.h"

#include <cassert>

#include "memory/epoch.h"
#include "memory/merge_queue.h"
#include "runtime/hostile.h"
#include "runtime/single_thread.h"
#include "runtime/thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<UpperSafepoint> g_upper{nullptr};

// Who asked for this thread's attention: its breaker's bits.
class Asked {
 public:
  explicit Asked(Slot& slot) noexcept
      // acquire: pairs with the release in Slot::ask, for what the asker prepared.
      : bits_(slot.breaker.exchange(0, kAcquire)) {}

  [[nodiscard]] bool by(Breaker reason) const noexcept {
    return (bits_ & static_cast<std::uint32_t>(reason)) != 0;
  }
  [[nodiscard]] std::uint32_t from(Breaker first) const noexcept {
    return bits_ & ~(static_cast<std::uint32_t>(first) - 1);
  }

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
  // acquire: pairs with the release in set_upper_safepoint.
  const UpperSafepoint hook = g_upper.load(kAcquire);
  if (bits != 0 && hook != nullptr) hook(bits);
}

}  // namespace

void safepoint_slow() noexcept {
  Thread& me = *Thread::current();
  assert(me.is_attached() && me.raw_locks_held == 0 && !World::is_pause_of_mine());
  assert(me.no_suspend == 0 && "rule 2: nothing here may suspend the critical section");
  const Asked asked(me.slot());
  // First: a thread that detaches passes such wishes on by their bits, which are taken now.
  if (asked.by(Breaker::kEpoch) || asked.by(Breaker::kReclaim)) Epoch::report(me.slot());
  if (asked.by(Breaker::kHostile)) be_hostile(me);
  if (asked.by(Breaker::kMode)) SingleThread::at_safepoint(me.slot());
  if (asked.by(Breaker::kStop)) me.stand_for_stop();
  if (asked.by(Breaker::kGil)) me.share_gil();
  if (asked.by(Breaker::kMerge) || asked.by(Breaker::kDoomed)) drain_local();
  serve_upper(asked.from(Breaker::kLeave));
}

void set_upper_safepoint(UpperSafepoint hook) noexcept {
  g_upper.store(hook, kRelease);  // release: pairs with the acquire in serve_upper
}

}  // namespace orochi::inline OROCHI_DESIGN
