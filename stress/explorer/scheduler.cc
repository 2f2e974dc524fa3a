#include "stress/explorer/scheduler.h"

#include <bit>

#include "stress/explorer/arena.h"
#include "stress/explorer/engine.h"

namespace orochi::explorer {
namespace {

constexpr Nanos kStart = platform::kSecond;  // not zero, which the product may give a meaning
constexpr Nanos kReadingTheClock = 100;
constexpr Nanos kPausing = platform::kMicrosecond;
constexpr Nanos kLeap = 20 * platform::kMillisecond;

// Looks in a row after which a spin loop is taken for one that has no end of its own.
constexpr unsigned kPatience = 200;
// Pauses without any change, when only spinners are left, after which that is a livelock.
constexpr unsigned kForced = 2'000;

// Stacks lie side by side with a gap, so that an overflow meets no neighbour.
constexpr std::size_t kStride = 2 * Fiber::kStackBytes;

char* stacks() noexcept {
  static char* const base = arena::reserve_stacks(kThreads * kStride);
  return base;
}

Scheduler* g_scheduler = nullptr;  // the one that runs, for the entries of fibers

}  // namespace

void Scheduler::run(unsigned actors, void (*host)(), void (*actor)(ThreadNumber)) noexcept {
  count_ = actors;
  host_ = host;
  actor_ = actor;
  g_scheduler = this;
  steps_ = 0;
  time_ = kStart;
  ready_ = pausing_ = timed_ = 0;
  sleeps_ = 0;
  forced_ = 0;
  current_ = kHost;
  home_own_.save();
  for (unsigned i = 0; i <= actors; ++i) prepare(static_cast<ThreadNumber>(i));
  actors_[kHost].fiber.prepare(&enter_host, nullptr);

  live::schedule = true;
  Fiber::switch_to(home_, actors_[kHost].fiber);
  live::schedule = live::actors = false;
  home_own_.load();
}

void Scheduler::prepare(ThreadNumber thread) noexcept {
  Actor& actor = actors_[thread];
  if (actor.fiber.stack() == nullptr)
    actor.fiber.set_stack(stacks() + thread * kStride + kStride - Fiber::kStackBytes);
  actor.state = State::kReady;
  actor.impatient = actor.timed_out = actor.fresh = false;
  actor.own = home_own_;
  if (thread == kHost) return;
  actor.fiber.prepare(&enter_actor, &actor);
  ready_ |= bit_of(thread);
}

void Scheduler::enter_host(void*) noexcept {
  Fiber::arrived();
  g_scheduler->host_();
  g_scheduler->leave();
}

void Scheduler::enter_actor(void* actor) noexcept {
  Fiber::arrived();
  Scheduler& self = *g_scheduler;
  const auto number = static_cast<ThreadNumber>(static_cast<Actor*>(actor) - self.actors_.data());
  self.actor_(number);
  self.stop_being(State::kDone);
  self.give_way();
  __builtin_unreachable();
}

void Scheduler::leave() noexcept {
  Fiber::switch_to(actors_[current_].fiber, home_);
  __builtin_unreachable();
}

void Scheduler::run_actors() noexcept { give_way(); }

void Scheduler::step() noexcept {
  if (++steps_ == kSteps) fail(Fault::kLivelock, "no end after %u steps", kSteps);
}

void Scheduler::switch_to(ThreadNumber next) noexcept {
  if (next == current_) return;
  Actor& from = actors_[current_];
  Actor& to = actors_[next];
  from.own.save();
  to.own.load();
  current_ = next;
  live::actors = next != kHost;
  Fiber::switch_to(from.fiber, to.fiber);
}

void Scheduler::point(bool contended, bool writes) noexcept {
  step();
  if (current_ == kHost) return;
  Actor& me = actors_[current_];
  if (writes) me.impatient = false;
  if (me.impatient) return;  // I1
  const bool fresh = me.fresh;
  me.fresh = false;
  if (fresh || (!contended && choices_.skips_private_steps())) return;
  const auto others = static_cast<ThreadMask>((ready_ | timed_) & ~bit_of(current_));
  if (others == 0) return;
  const ThreadNumber next = choices_.pick_thread(steps_, current_, ready_, timed_);
  if ((timed_ & bit_of(next)) != 0) fire(next);
  actors_[next].fresh = true;
  switch_to(next);
  me.fresh = false;
}

void Scheduler::changed() noexcept {
  forced_ = 0;
  for (ThreadMask left = pausing_; left != 0; left &= static_cast<ThreadMask>(left - 1))
    make_ready(static_cast<ThreadNumber>(std::countr_zero(left)));
}

void Scheduler::make_ready(ThreadNumber thread) noexcept {
  const auto others = static_cast<ThreadMask>(~bit_of(thread));
  actors_[thread].state = State::kReady;
  ready_ |= bit_of(thread);
  pausing_ &= others;
  timed_ &= others;
}

void Scheduler::stop_being(State state) noexcept {
  Actor& me = actors_[current_];
  me.state = state;
  me.impatient = false;
  ready_ &= static_cast<ThreadMask>(~bit_of(current_));
  if (state == State::kPausing) pausing_ |= bit_of(current_);
}

// The running thread cannot go on, for now or for ever. A step of its own, so that no step decides
// twice who is next.
void Scheduler::give_way() noexcept {
  step();
  ThreadNumber next = kHost;
  const ThreadMask sleepers = ready_ != 0 ? timed_ : earliest_sleepers();
  if (ready_ != 0 || sleepers != 0) {
    next = choices_.pick_thread(steps_, current_, ready_, sleepers);
    actors_[next].fresh = true;
    if ((timed_ & bit_of(next)) != 0) fire(next);
  } else if (pausing_ != 0) {
    next = force_a_spinner();
  } else {
    // I3. All done: back to the host.
    for (unsigned i = 1; i <= count_; ++i)
      if (actors_[i].state != State::kDone) fail_stuck();
  }
  switch_to(next);
}

ThreadMask Scheduler::earliest_sleepers() const noexcept {
  ThreadMask result = 0;
  Nanos earliest = platform::kNever;
  for (unsigned i = 1; i <= count_; ++i) {
    if ((timed_ & bit_of(i)) == 0 || actors_[i].sleep.deadline > earliest) continue;
    if (actors_[i].sleep.deadline < earliest) result = 0;
    earliest = actors_[i].sleep.deadline;
    result |= bit_of(i);
  }
  return result;
}

// Only spinners are left. One of them may yet come to the end of its patience.
ThreadNumber Scheduler::force_a_spinner() noexcept {
  if (++forced_ == kForced) fail(Fault::kLivelock, "threads spin, and nobody changes anything");
  const auto after = static_cast<ThreadMask>(pausing_ & ~((2U << current_) - 1));
  const auto next = static_cast<ThreadNumber>(std::countr_zero(after != 0 ? after : pausing_));
  make_ready(next);
  return next;
}

void Scheduler::fire(ThreadNumber sleeper) noexcept {
  Actor& actor = actors_[sleeper];
  actor.timed_out = true;
  if (actor.sleep.deadline > time_) time_ = actor.sleep.deadline;
  make_ready(sleeper);
}

void Scheduler::pause() noexcept {
  step();
  time_ += kPausing;
  if (current_ == kHost) return;
  Actor& me = actors_[current_];
  if (me.impatient) {
    if (++me.spins < kPatience) return;
  } else {
    const bool alone = ready_ == bit_of(current_) && timed_ == 0;
    me.impatient = choices_.pick(steps_, Deviation::kImpatience, alone ? 1 : 2) != 0;
    me.spins = 0;
    if (me.impatient) return;
  }
  stop_being(State::kPausing);
  give_way();
}

Nanos Scheduler::read_clock() noexcept {
  step();
  time_ += kReadingTheClock;
  if (current_ != kHost && choices_.pick(steps_, Deviation::kLeap, 2) != 0) time_ += kLeap;
  return time_;
}

bool Scheduler::sleep(const Sleep& sleep) noexcept {
  if (sleep.deadline <= time_) return false;
  Actor& me = actors_[current_];
  me.sleep = sleep;
  me.since = ++sleeps_;
  me.timed_out = false;
  stop_being(State::kAsleep);
  if (sleep.deadline != platform::kNever) timed_ |= bit_of(current_);
  give_way();
  return !me.timed_out;
}

bool Scheduler::wake_one(const void* address) noexcept {
  ThreadNumber first = kHost;
  for (unsigned i = 1; i <= count_; ++i) {
    const Actor& actor = actors_[i];
    if (actor.state != State::kAsleep || actor.sleep.address != address) continue;
    if (first == kHost || actor.since < actors_[first].since) first = static_cast<ThreadNumber>(i);
  }
  if (first == kHost) return false;
  make_ready(first);
  forced_ = 0;
  return true;
}

ThreadNumber Scheduler::stranger_of(const void* address, bool& gone) const noexcept {
  const auto* const place = static_cast<const char*>(address);
  const char* const base = actors_[kHost].fiber.stack();
  if (place < base || place >= base + kThreads * kStride) return kHost;
  const auto owner = static_cast<ThreadNumber>((place - base) / static_cast<long>(kStride));
  if (owner == current_ || owner > count_) return kHost;
  gone = actors_[owner].state == State::kDone || place < actors_[owner].fiber.live_from();
  return owner;
}

}  // namespace orochi::explorer
