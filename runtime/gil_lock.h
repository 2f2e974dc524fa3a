// runtime/gil_lock.h: the lock under the GIL: off, or held by one slot, with lines of waiters.
//
// The word (runtime/gil_word.h) is all there is while nobody waits: one exchange to take, one to
// give back. Who finds it held queues a record on its own stack, under a RawMutex, and sleeps on
// that record. Who lets go hands it to the first in line: it is never free while somebody waits.
// Which line is served, and when a holder is asked to let go, is decided by runtime/gil_policy.h.
//
//                   any thread: take              holder: give_back, yield
//            free ------------------> held ---------------------------------> held by the next
//             ^                        |  holder: give_back, nobody waits
//             +------------------------+
//            off <----- holder: turn_off ---- held by the caller of either
//                ------ anyone: turn_on  --->
//
// I1  Off means: no holder and no waiters. So turning it on never has to wait for anyone.
// I2  The word is wanted exactly while a line is not empty, and then moves only under the mutex.
//     When it is not wanted it moves by exchanges, which need no mutex.
// I3  A waiter is answered once, under the mutex, and leaves its line in the same hold. After the
//     answer its record may be gone; a wake-up goes to its address only.
// I4  A request is a breaker bit and may be stale. The holder decides at its safepoint, by the
//     policy and the clock; a waiter that is first in line looks at the clock again when it is due.
//     No waiter sleeps longer than an interval without looking.
// I5  A waiter touches no object and is not awaited by a stop of the world: it is detached. A
//     holder does not wait for anything but what `attach` and `detach` are made of.
//
// Tests: tests/runtime/gil_lock_test.cc   Stress: stress/runtime/gil_stress.cc
// Bench: bench/runtime/gil_bench.cc
#pragma once

#include <cassert>
#include <cstdint>

#include "memory/door/platform.h"
#include "memory/raw_mutex.h"
#include "memory/slot.h"
#include "runtime/gil_policy.h"
#include "runtime/gil_word.h"

namespace orochi::inline OROCHI_DESIGN {

class GilLock {
 public:
  struct Counters {
    std::uint64_t handoffs = 0;  // from one thread straight to another
    std::uint64_t forced = 0;    // of these: at a safepoint, because somebody asked
    // The longest turn, counted from when somebody could be kept waiting by it.
    platform::Nanos longest_hold = 0;
  };

  enum class Start { kOff, kOn };
  explicit constexpr GilLock(Start start) noexcept
      : word_(start == Start::kOn ? GilWord::on() : GilWord()) {}

  // relaxed: for an attached thread this only changes while it stands still for a pause, which
  // orders it; others look again after they have attached (runtime/gil.h).
  [[nodiscard]] bool is_on() const noexcept { return word_.load(kRelaxed).is_on(); }

  // A thread that is not attached. Parks. True: it holds the lock now. False: the lock is off.
  [[nodiscard]] bool take(Slot& slot, GilWhy why) noexcept {
    GilWord seen = word_.load(kRelaxed);  // relaxed: a guess; an exchange or a second look follows
    if (!seen.is_on()) return false;
    // acquire: pairs with the release in give_back. relaxed on failure: take_slow looks again.
    if (seen.is_free() && word_.compare_exchange(seen, seen.taken_by(slot.id), kAcquire, kRelaxed))
      return true;
    return take_slow(slot, why);
  }

  // The holder, no longer attached.
  void give_back([[maybe_unused]] const Slot& slot) noexcept {
    GilWord seen = word_.load(kRelaxed);  // relaxed: as in take
    assert(seen.holder() == slot.id);
    // release: pairs with the acquire in take. relaxed on failure: somebody waits now.
    if (seen.is_quiet() && word_.compare_exchange(seen, seen.let_go(), kRelease, kRelaxed)) return;
    give_back_slow();
  }

  // The holder, attached, at a safepoint: has its time come? If so, it detaches and yields.
  [[nodiscard]] bool must_yield() noexcept;

  // The holder, attached, which was asked and cannot: it is to be asked again later.
  void put_off() noexcept;

  // The holder, no longer attached: lets the next one have it, and waits for its own next turn.
  // Parks. False: it was turned off meanwhile.
  [[nodiscard]] bool yield(Slot& slot) noexcept;

  // While the world is stopped by the caller; its slot holds the lock after turn_on, and held it
  // before turn_off, after which every waiter's take has answered false.
  void turn_on(const Slot& slot) noexcept;
  void turn_off(const Slot& slot) noexcept;

  // In a forked child, with the only thread: it is held by `survivor` if it is on.
  void reset_after_fork(const Slot& survivor) noexcept OROCHI_UNCHECKED_LOCKING;

  // Any thread, at any time.
  void set_rule(GilRule rule) noexcept;
  void set_interval(platform::Nanos interval) noexcept;
  [[nodiscard]] GilRule rule() const noexcept;
  [[nodiscard]] platform::Nanos interval() const noexcept;
  [[nodiscard]] Counters counters() const noexcept;
  // kNobody: it is free or off. Out of date at once, unless it is the caller.
  [[nodiscard]] OwnerId holder() const noexcept {
    return word_.load(kRelaxed).holder();  // relaxed: a statistic
  }
  // How many wait right now. For tests.
  [[nodiscard]] std::uint32_t waiters() const noexcept;

 private:
  using Nanos = platform::Nanos;

  enum class Answer : std::uint32_t {
    kNone,    // waiting, and awake
    kAsleep,  // waiting, and to be woken by whoever answers
    kHeld,    // it holds the lock
    kOff,     // the lock was turned off
  };

  // On the waiter's stack. Written under mutex_, read there and by its own thread.
  struct Waiter {
    Slot& slot;
    SysAtomic<std::uint32_t> answer{static_cast<std::uint32_t>(Answer::kNone)};
    Waiter* next = nullptr;
    GilPlace place = GilPlace::kOrdinaryBack;
    Nanos since = 0;        // when it came
    Nanos used = 0;         // of its interval
    Nanos spins_until = 0;  // before it sleeps
    Nanos wakes_at = 0;     // while asleep
  };

  // First in, first out, with a door at the front for who keeps its place.
  class Line {
   public:
    [[nodiscard]] bool is_empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] Waiter* first() const noexcept { return first_; }
    void push_front(Waiter& waiter) noexcept;
    void push_back(Waiter& waiter) noexcept;
    [[nodiscard]] Waiter& pop() noexcept;

   private:
    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
  };

  // Sleepers to be woken once the mutex is free.
  class Wakes;

  [[nodiscard]] bool take_slow(Slot& slot, GilWhy why) noexcept;
  void give_back_slow() noexcept;

  [[nodiscard]] Answer arrive(Waiter& me, GilWhy why) noexcept OROCHI_REQUIRES(mutex_);
  void queue(Waiter& waiter, GilPlace place, Nanos now) noexcept OROCHI_REQUIRES(mutex_);
  [[nodiscard]] Answer wait(Waiter& me) noexcept OROCHI_EXCLUDES(mutex_);
  [[nodiscard]] bool fall_asleep(Waiter& me) noexcept OROCHI_EXCLUDES(mutex_);

  [[nodiscard]] GilWaiting waiting() const noexcept OROCHI_REQUIRES(mutex_);
  [[nodiscard]] Nanos keep_time(Nanos now) noexcept OROCHI_REQUIRES(mutex_);
  void end_turn(Nanos now) noexcept OROCHI_REQUIRES(mutex_);
  void hand_over(Nanos now, Wakes& wakes) noexcept OROCHI_REQUIRES(mutex_);
  void answer(Waiter& waiter, Answer answer, Wakes& wakes) noexcept OROCHI_REQUIRES(mutex_);
  void watch_slice(Wakes& wakes) noexcept OROCHI_REQUIRES(mutex_);
  void rouse_all() noexcept OROCHI_REQUIRES(mutex_);

  [[nodiscard]] static Answer answer_of(const Waiter& waiter) noexcept {
    // acquire: pairs with the release in `answer`, by which we see what the last holder wrote.
    return static_cast<Answer>(waiter.answer.load(kAcquire));
  }
  [[nodiscard]] static bool is_final(Answer answer) noexcept {
    return answer == Answer::kHeld || answer == Answer::kOff;
  }

  SysAtomic<GilWord> word_;

  mutable RawMutex mutex_;
  HandoffPolicy policy_ OROCHI_GUARDED_BY(mutex_);
  Line returning_ OROCHI_GUARDED_BY(mutex_);
  Line ordinary_ OROCHI_GUARDED_BY(mutex_);
  GilTurn turn_ OROCHI_GUARDED_BY(mutex_);        // of the holder, while the word is known
  bool asked_ OROCHI_GUARDED_BY(mutex_) = false;  // the holder was asked in this turn
  Counters counters_ OROCHI_GUARDED_BY(mutex_);
};

}  // namespace orochi::inline OROCHI_DESIGN
