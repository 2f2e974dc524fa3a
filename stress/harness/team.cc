#include "stress/harness/team.h"

#include <new>

#include "runtime/thread.h"
#include "scenario_door/shared.h"

namespace orochi::stress {

void breathe() noexcept { safepoint(); }

// Others may be in the middle of it, and may need the world, the GIL or a core to get on.
bool wait_for_others(unsigned turn) noexcept {
  static thread_local platform::Nanos deadline = 0;
  if (turn == 0) deadline = platform::deadline_in(2 * platform::kSecond);
  if (platform::now() > deadline) return false;
  Thread& me = *Thread::current();
  me.detach_to_wait();
  platform::yield();
  me.attach_after_wait();
  safepoint();
  return true;
}

namespace {

constexpr std::size_t kLine = 64;

constexpr std::size_t round_up(std::size_t bytes, std::size_t to) {
  return (bytes + to - 1) / to * to;
}

// xorshift64
std::uint64_t next(std::uint64_t& random) {
  random ^= random << 13;
  random ^= random >> 7;
  random ^= random << 17;
  return random;
}

void pause_for(std::uint64_t pauses) {
  for (; pauses > 0; --pauses) platform::spin_pause();
}

void attach() {
  if (Thread::current()->attach() != Attach::kDone) std::abort();
}

}  // namespace

void linger() noexcept {
  static thread_local std::uint64_t random = reinterpret_cast<std::uintptr_t>(&random) | 1;
  if (next(random) % 8 == 0) pause_for(next(random) % 64);
}

Team::Team(const Body& body, const Setting& setting, unsigned first, std::uint64_t seed)
    : body_(body),
      setting_(setting),
      first_(first),
      seed_(seed),
      pitch_(
          round_up(body.bytes, setting.padded ? std::max(kLine, body.alignment) : body.alignment)),
      memory_(new char[pitch_ * setting.stride + std::max(kLine, body.alignment)]),
      meeting_(body.actors, setting.wait) {
  const std::size_t boundary = std::max(kLine, body.alignment);
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.get());
  char* const aligned = memory_.get() + (round_up(address, boundary) - address);
  states_ = {aligned, pitch_, setting.stride};
}

Stride Team::share_of(unsigned actor) const {
  // States of the runtime belong to the first actor's thread.
  if (body_.attached) return {states_.first, pitch_, actor == 0 ? states_.count : 0};
  const std::size_t begin = states_.count * actor / body_.actors;
  const std::size_t end = states_.count * (actor + 1) / body_.actors;
  return {states_.first + begin * pitch_, pitch_, end - begin};
}

void Team::build(unsigned actor) {
  if (const Stride share = share_of(actor); share.count != 0) body_.construct(share, crew_);
}

void Team::play(unsigned actor, std::uint64_t& random) {
  if (setting_.stagger != 0) pause_for(next(random) % setting_.stagger);
  if (body_.attached) attach();
  body_.act[actor](states_);
  if (!body_.attached) return;
  crew_.slots[actor] = current().slot;  // another one, if it left and came back
  Thread::current()->detach();
}

void Team::live(unsigned actor) {
  settle_on(setting_.placement, first_ + actor);
  std::uint64_t random = seed_ * 2 + actor + 1;
  if (body_.attached) {
    if (Thread::start() != Attach::kDone) std::abort();
    crew_.slots[actor] = current().slot;
    Thread::current()->detach();
  }
  meeting_.come();
  const bool builds = share_of(actor).count != 0;
  const auto housekeep = [&](auto action) {
    if (!builds) return;
    if (body_.attached) attach();
    action();
    if (body_.attached) Thread::current()->detach();
  };
  housekeep([&] { build(actor); });
  for (bool over = false; !over;) {
    meeting_.come();
    play(actor, random);
    if (actor == 0) over_ = Clock::now() >= deadline_;
    meeting_.come();
    over = over_;
    housekeep([&] {
      body_.judge(share_of(actor), tallies_[actor]);
      if (!over) build(actor);
    });
  }
  if (!body_.attached) return;
  attach();
  Thread::exit();
}

void Team::start(Clock::time_point deadline) {
  deadline_ = deadline;
  for (unsigned i = 0; i < body_.actors; ++i) threads_.emplace_back([this, i] { live(i); });
}

void Team::join() {
  for (std::thread& thread : threads_) thread.join();
  for (const Tally& tally : tallies_) tally_.add(tally);
}

}  // namespace orochi::stress
