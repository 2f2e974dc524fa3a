#include "runtime/gil_lock.h"

#include <algorithm>

namespace orochi::inline OROCHI_DESIGN {

// Lines.

void GilLock::Line::push_front(Waiter& waiter) noexcept {
  waiter.next = first_;
  first_ = &waiter;
  if (last_ == nullptr) last_ = &waiter;
}

void GilLock::Line::push_back(Waiter& waiter) noexcept {
  waiter.next = nullptr;
  (last_ == nullptr ? first_ : last_->next) = &waiter;
  last_ = &waiter;
}

GilLock::Waiter& GilLock::Line::pop() noexcept {
  Waiter& waiter = *first_;
  first_ = waiter.next;
  if (first_ == nullptr) last_ = nullptr;
  return waiter;
}

// A handoff wakes the next holder, and sometimes one that is to watch the clock.
class GilLock::Wakes {
 public:
  void add(const SysAtomic<std::uint32_t>& word) noexcept {
    assert(count_ < kMost);
    words_[count_++] = &word;
  }
  void deliver() const noexcept {
    for (int i = 0; i < count_; ++i) platform::futex_wake_one(*words_[i]);
  }

 private:
  static constexpr int kMost = 2;
  const SysAtomic<std::uint32_t>* words_[kMost] = {};
  int count_ = 0;
};

// Coming.

bool GilLock::take_slow(Slot& slot, GilWhy why) noexcept {
  Waiter me{.slot = slot};
  Answer answer = Answer::kNone;
  {
    const RawLock lock(mutex_);
    answer = arrive(me, why);
  }
  if (!is_final(answer)) answer = wait(me);
  return answer == Answer::kHeld;
}

// Takes the lock if it is free, finds that it is off, or queues.
GilLock::Answer GilLock::arrive(Waiter& me, GilWhy why) noexcept {
  GilWord seen = word_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  GilWord next;
  do {
    if (!seen.is_on()) return Answer::kOff;
    next = seen.is_free() ? seen.taken_by(me.slot.id) : seen.wanted().known();
    // acquire: pairs with the release in give_back, if it is free now. relaxed on failure: a guess.
  } while (!word_.compare_exchange(seen, next, kAcquire, kRelaxed));
  if (seen.is_free()) return Answer::kHeld;

  const Nanos now = platform::now();
  if (!seen.is_known()) turn_ = policy_.notice(now);
  queue(me, policy_.arrives(why), now);
  static_cast<void>(keep_time(now));
  return Answer::kNone;
}

void GilLock::queue(Waiter& waiter, GilPlace place, Nanos now) noexcept {
  waiter.place = place;
  waiter.since = now;
  waiter.spins_until = now + policy_.spin_of(place);
  switch (place) {
    case GilPlace::kReturning:
      returning_.push_back(waiter);
      return;
    case GilPlace::kOrdinaryFront:
      ordinary_.push_front(waiter);
      return;
    case GilPlace::kOrdinaryBack:
      ordinary_.push_back(waiter);
      return;
  }
}

// Waiting.

GilLock::Answer GilLock::wait(Waiter& me) noexcept {
  while (!is_final(answer_of(me)) && platform::now() < me.spins_until) platform::spin_pause();
  while (fall_asleep(me))
    platform::futex_wait(me.answer, static_cast<std::uint32_t>(Answer::kAsleep), me.wakes_at);
  const Answer answer = answer_of(me);
  // relaxed: a statistic, and only this thread writes it.
  me.slot.gil_waited.store(me.slot.gil_waited.load(kRelaxed) + platform::now() - me.since,
                           kRelaxed);
  return answer;
}

// False: there is an answer. True: now asleep, until `wakes_at`.
bool GilLock::fall_asleep(Waiter& me) noexcept {
  if (is_final(answer_of(me))) return false;
  const RawLock lock(mutex_);
  if (is_final(answer_of(me))) return false;
  const Nanos now = platform::now();
  const bool is_first = &me == returning_.first() || &me == ordinary_.first();
  me.wakes_at = is_first ? keep_time(now) : now + policy_.interval;  // I4
  // relaxed: written under the mutex, and read by this thread and under the mutex.
  me.answer.store(static_cast<std::uint32_t>(Answer::kAsleep), kRelaxed);
  return true;
}

GilWaiting GilLock::waiting() const noexcept {
  const Waiter* const first = returning_.is_empty() ? ordinary_.first() : returning_.first();
  return {.returning = !returning_.is_empty(),
          .ordinary = !ordinary_.is_empty(),
          .first_since = first == nullptr ? 0 : first->since};
}

// Asks the holder if its time has come. Returns when to look again (I4).
platform::Nanos GilLock::keep_time(Nanos now) noexcept {
  const Nanos due = policy_.due(turn_, waiting());
  if (due > now) return std::min(due, now + policy_.interval);
  if (!asked_) {
    asked_ = true;
    SlotTable::at(holder()).ask(Breaker::kGil);
  }
  return now + policy_.interval;
}

// Going.

void GilLock::give_back_slow() noexcept {
  Wakes wakes;
  {
    const RawLock lock(mutex_);
    const Nanos now = platform::now();
    end_turn(now);
    hand_over(now, wakes);
  }
  wakes.deliver();
}

bool GilLock::must_yield() noexcept {
  // relaxed: who begins to wait now asks again, or is seen at the next safepoint.
  if (!word_.load(kRelaxed).is_wanted()) return false;
  const RawLock lock(mutex_);
  const Nanos now = platform::now();
  if (policy_.due(turn_, waiting()) <= now) return true;
  asked_ = false;  // The request was for an earlier turn, or came before the rule changed.
  return false;
}

void GilLock::put_off() noexcept {
  const RawLock lock(mutex_);
  asked_ = false;
}

bool GilLock::yield(Slot& slot) noexcept {
  assert(holder() == slot.id);
  Waiter me{.slot = slot};
  Wakes wakes;
  {
    const RawLock lock(mutex_);
    if (!waiting().any()) return true;
    const Nanos now = platform::now();
    const HandoffPolicy::Rest rest = policy_.broken_off(turn_, now);
    end_turn(now);
    me.used = rest.used;
    queue(me, rest.place, now);
    hand_over(now, wakes);
    if (holder() != slot.id) ++counters_.forced;
  }
  wakes.deliver();
  return wait(me) == Answer::kHeld;
}

void GilLock::end_turn(Nanos now) noexcept {
  policy_.end(turn_, waiting(), now);
  counters_.longest_hold = std::max(counters_.longest_hold, now - turn_.began);
}

// Requires: somebody waits, and the turn of the holder has ended.
void GilLock::hand_over(Nanos now, Wakes& wakes) noexcept {
  Line& line = policy_.serves_returning(waiting()) ? returning_ : ordinary_;
  Waiter& next = line.pop();
  if (next.slot.id != holder()) ++counters_.handoffs;
  turn_ = policy_.begin(next.place, next.used, now);
  asked_ = false;
  // relaxed: wanted, so it is ours under the mutex (I2); `answer` releases what the holder wrote.
  word_.store(GilWord::handed_to(next.slot.id, waiting().any()), kRelaxed);
  answer(next, Answer::kHeld, wakes);
  watch_slice(wakes);
}

// The waiter has left its line; its record may be gone afterwards (I3).
void GilLock::answer(Waiter& waiter, Answer answer, Wakes& wakes) noexcept {
  if (answer_of(waiter) == Answer::kAsleep) wakes.add(waiter.answer);
  // release: pairs with the acquire in answer_of.
  waiter.answer.store(static_cast<std::uint32_t>(answer), kRelease);
}

// Who returned before the slice began may sleep beyond its end: makes the first of them look again.
void GilLock::watch_slice(Wakes& wakes) noexcept {
  Waiter* const first = returning_.first();
  if (first == nullptr || turn_.protected_until == 0) return;
  if (answer_of(*first) != Answer::kAsleep || first->wakes_at <= turn_.protected_until) return;
  answer(*first, Answer::kNone, wakes);
}

// Modes.

void GilLock::turn_on(const Slot& slot) noexcept {
  const RawLock lock(mutex_);
  assert(!is_on() && !waiting().any());  // I1
  asked_ = false;
  // release: pairs with the acquire of whoever takes it next, who may not have been stopped.
  word_.store(GilWord::on().taken_by(slot.id), kRelease);
}

void GilLock::turn_off([[maybe_unused]] const Slot& slot) noexcept {
  const RawLock lock(mutex_);
  assert(holder() == slot.id);
  word_.store(GilWord(), kRelaxed);  // relaxed: the answers release, and so does the world's start
  for (Line* line : {&returning_, &ordinary_}) {
    while (!line->is_empty()) {
      Wakes wakes;
      answer(line->pop(), Answer::kOff, wakes);
      wakes.deliver();
    }
  }
}

void GilLock::reset_after_fork(const Slot& survivor) noexcept {
  mutex_.reset_after_fork();
  returning_ = Line();
  ordinary_ = Line();
  asked_ = false;
  // relaxed, both: one thread exists.
  if (is_on()) word_.store(GilWord::on().taken_by(survivor.id), kRelaxed);
}

// Settings.

// After a change of the rules, so that nobody sleeps by the old ones.
void GilLock::rouse_all() noexcept {
  for (const Line* line : {&returning_, &ordinary_}) {
    for (Waiter* waiter = line->first(); waiter != nullptr; waiter = waiter->next) {
      Wakes wakes;
      answer(*waiter, Answer::kNone, wakes);
      wakes.deliver();
    }
  }
}

void GilLock::set_rule(GilRule rule) noexcept {
  const RawLock lock(mutex_);
  policy_.rule = rule;
  rouse_all();
}

void GilLock::set_interval(Nanos interval) noexcept {
  // An interval is added to times: at most some thirty years.
  constexpr Nanos kLongest = 1'000'000'000 * platform::kSecond;
  const RawLock lock(mutex_);
  policy_.interval = std::clamp<Nanos>(interval, platform::kMicrosecond, kLongest);
  rouse_all();
}

GilRule GilLock::rule() const noexcept {
  const RawLock lock(mutex_);
  return policy_.rule;
}

platform::Nanos GilLock::interval() const noexcept {
  const RawLock lock(mutex_);
  return policy_.interval;
}

GilLock::Counters GilLock::counters() const noexcept {
  const RawLock lock(mutex_);
  return counters_;
}

std::uint32_t GilLock::waiters() const noexcept {
  const RawLock lock(mutex_);
  std::uint32_t count = 0;
  for (const Line* line : {&returning_, &ordinary_})
    for (const Waiter* waiter = line->first(); waiter != nullptr; waiter = waiter->next) ++count;
  return count;
}

}  // namespace orochi::inline OROCHI_DESIGN
