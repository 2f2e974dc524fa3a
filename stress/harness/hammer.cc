#include "stress/harness/hammer.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <thread>

#include "runtime/gil.h"
#include "runtime/thread.h"

namespace orochi::stress {
namespace {

using Clock = Team::Clock;

std::vector<GilUse> gil_uses(const Body& body) {
  if (!body.attached) return {GilUse::kNone};
  if constexpr (!kPolicy.parallel) return {GilUse::kOn};
  return {GilUse::kOff, GilUse::kOn, GilUse::kToggled};
}

std::string where_of(const Placement& placement, GilUse gil) {
  return gil == GilUse::kNone ? placement.name : placement.name + ", GIL " + name_of(gil);
}

// The hammer's own thread, which is detached but for this.
void switch_gil(bool on) {
  if constexpr (!kPolicy.parallel) return;
  Thread& me = *Thread::current();
  if (me.attach() != Attach::kDone) std::abort();
  static_cast<void>(Gil::set_mode(on ? GilMode::kOn : GilMode::kOff));
  me.detach();
}

void toggle_gil_until(Clock::time_point deadline) {
  for (bool on = true; Clock::now() < deadline; on = !on) {
    switch_gil(on);
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

}  // namespace

const char* name_of(GilUse gil) {
  switch (gil) {
    case GilUse::kNone:
      return "-";
    case GilUse::kOff:
      return "off";
    case GilUse::kOn:
      return "on";
    case GilUse::kToggled:
      return "toggled";
  }
  return "?";
}

Hammer::Hammer(const Body& body, const Table& table, std::vector<Placement> placements,
               std::uint64_t seed)
    : body_(body), table_(table), random_(seed * 0x9E3779B97F4A7C15U + 1) {
  for (const Placement& placement : placements) {
    for (const GilUse gil : gil_uses(body)) {
      plans_.push_back({placement, gil});
      cells_.push_back({where_of(placement, gil), {}, 0, 0});
    }
  }
  if (!body.attached) return;
  if (Thread::start() != Attach::kDone) std::abort();
  Thread::current()->detach();
}

Hammer::~Hammer() {
  if (!body_.attached) return;
  if (Thread::current()->attach() != Attach::kDone) std::abort();
  Thread::exit();
}

std::uint64_t Hammer::roll(std::uint64_t sides) {
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return (random_ >> 11) % sides;
}

Setting Hammer::draw(const Placement& placement) {
  constexpr std::size_t kStrides[] = {1, 32, 256, 4096, 32768};
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  constexpr std::size_t kMostAttached = 256;  // each may stop the world, which takes its time
  Setting setting{placement};
  const std::uint64_t wait = roll(8);
  setting.wait = wait == 0 ? Wait::kSleep : wait <= 2 ? Wait::kYield : Wait::kSpin;
  setting.padded = roll(4) == 0;
  setting.stagger = roll(2) == 0 ? 0 : 64;
  setting.stride = kStrides[roll(16) == 0 ? 0 : 1 + roll(4)];
  setting.stride = std::min(setting.stride, std::max<std::size_t>(1, kMostBytes / body_.bytes));
  if (body_.attached) setting.stride = std::min(setting.stride, kMostAttached);
  return setting;
}

bool Hammer::strike(std::chrono::microseconds span) {
  const Plan& plan = plans_[next_];
  Cell& cell = cells_[next_];
  next_ = (next_ + 1) % plans_.size();

  const Setting setting = draw(plan.placement);
  const unsigned teams = std::max(1U, plan.placement.threads / body_.actors);
  std::vector<std::unique_ptr<Team>> playing;
  for (unsigned i = 0; i < teams; ++i)
    playing.push_back(std::make_unique<Team>(body_, setting, i * body_.actors, roll(~0U)));
  if (plan.gil == GilUse::kOff || plan.gil == GilUse::kOn) switch_gil(plan.gil == GilUse::kOn);

  const Clock::time_point start = Clock::now();
  for (auto& team : playing) team->start(start + span);
  if (plan.gil == GilUse::kToggled) toggle_gil_until(start + span);
  for (auto& team : playing) team->join();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::uint64_t rounds = 0;
  for (auto& team : playing) {
    rounds += team->tally().rounds();
    has_forbidden_ |= team->tally().has_forbidden(table_);
    cell.tally.add(team->tally());
  }
  rounds_ += rounds;
  cell.seconds += seconds;
  cell.best_rate = std::max(cell.best_rate, static_cast<double>(rounds) / seconds);
  return has_forbidden_;
}

}  // namespace orochi::stress
