#include "stress/explorer/choices.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace orochi::explorer {
namespace {

// The threads of a mask, beginning after `current` and going round.
class Round {
 public:
  Round(ThreadNumber current, ThreadMask mask) noexcept
      : first_(static_cast<ThreadMask>(mask & ~low_bits(current))), all_(mask) {}
  ThreadNumber next() noexcept {
    if (first_ == 0) first_ = all_;
    const auto thread = static_cast<ThreadNumber>(std::countr_zero(first_));
    first_ = static_cast<ThreadMask>(first_ & ~bit_of(thread));
    all_ = static_cast<ThreadMask>(all_ & ~bit_of(thread));
    return thread;
  }

 private:
  static unsigned low_bits(unsigned thread) noexcept { return (2U << thread) - 1; }
  ThreadMask first_;
  ThreadMask all_;
};

bool is_kind(char c) noexcept {
  return std::string_view(">~!^?").find(c) != std::string_view::npos;
}

}  // namespace

void Decisions::erase(std::size_t first, std::size_t count) noexcept {
  std::copy(&items_[first + count], &items_[0] + size_, &items_[first]);
  size_ -= count;
}

std::string Decisions::text() const {
  std::string result;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    const Decision& item = items_[i];
    if (i != 0) result += '.';
    result += std::to_string(item.step - before) + static_cast<char>(item.kind);
    if (item.value != 1) result += std::to_string(item.value);
    before = item.step;
  }
  return result;
}

bool Decisions::parse(std::string_view text, Decisions& into) {
  into.clear();
  std::uint32_t step = 0;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find('.'));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const char* const end = item.data() + item.size();
    std::uint32_t steps = 0;
    std::uint16_t value = 1;
    const auto after_steps = std::from_chars(item.data(), end, steps);
    if (after_steps.ec != std::errc{} || after_steps.ptr == end || !is_kind(*after_steps.ptr))
      return false;
    const char* const kind = after_steps.ptr;
    if (kind + 1 != end) {
      const auto after_value = std::from_chars(kind + 1, end, value);
      if (after_value.ec != std::errc{} || after_value.ptr != end) return false;
    }
    step += steps;
    into.add({step, static_cast<Deviation>(*kind), value});
  }
  return true;
}

double Pct::chance_of_finding(unsigned n, std::uint32_t k, std::uint64_t ran) const {
  const double by_one = 1.0 / (n * std::pow(k, depth - 1));
  return -std::expm1(static_cast<double>(ran) * std::log1p(-std::min(by_one, 1.0)));
}

void Choices::decide_exhaustively(const Bounds& bounds) noexcept {
  mode_ = Mode::kExhaustive;
  bounds_ = bounds;
  start_over();
}

void Choices::decide_by_pct(const Bounds& bounds, const Pct& pct,
                            std::uint32_t expected_steps) noexcept {
  mode_ = Mode::kPct;
  bounds_ = bounds;
  bounds_.preemptions = 255;  // priorities decide
  pct_ = pct;
  expected_steps_ = std::max(expected_steps, 1U);
}

void Choices::decide_by_replay(const Decisions& decisions) noexcept {
  mode_ = Mode::kReplay;
  bounds_ = {255, 255, 255, 255, 255};
  wanted_ = decisions;
}

bool Choices::next_path() noexcept {
  while (path_size_ > 0) {
    Fork& last = path_[path_size_ - 1];
    if (++last.chosen < last.ways) return true;
    --path_size_;
  }
  return false;
}

void Choices::begin_schedule(unsigned actors, std::uint64_t schedule) noexcept {
  left_ = bounds_;
  depth_ = 0;
  made_.clear();
  next_wanted_ = 0;
  deterministic_ = true;
  if (mode_ != Mode::kPct) return;

  random_ = pct_.seed * 0x9E3779B97F4A7C15U + schedule;
  static_cast<void>(random());
  // Priorities above kChanges, so that a change can put a thread below all others.
  for (unsigned i = 0; i < kThreads; ++i) priority_[i] = kChanges + 1 + i;
  for (unsigned i = actors; i > 1; --i) std::swap(priority_[i], priority_[1 + random() % i]);
  lowest_ = kChanges;
  changes_.fill(~0U);
  for (unsigned i = 0; i + 1 < pct_.depth && i < kChanges; ++i)
    changes_[i] = static_cast<std::uint32_t>(1 + random() % expected_steps_);
}

std::uint8_t& Choices::left(Deviation kind) noexcept {
  switch (kind) {
    case Deviation::kSwitch:
    case Deviation::kImpatience:
      break;
    case Deviation::kStale:
      return left_.stale_reads;
    case Deviation::kLeap:
      return left_.leaps;
    case Deviation::kSpurious:
      return left_.spurious;
  }
  return left_.preemptions;
}

std::uint64_t Choices::random() noexcept {
  random_ += 0x9E3779B97F4A7C15U;  // splitmix64
  std::uint64_t z = random_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

bool Choices::chance(unsigned one_in) noexcept { return random() % one_in == 0; }

unsigned Choices::decide(std::uint32_t step, unsigned ways) noexcept {
  if (depth_ == path_size_) {
    if (path_size_ == kForks) return 0;
    path_[path_size_++] = {step, 0, static_cast<std::uint16_t>(ways)};
  }
  const Fork& fork = path_[depth_++];
  if (fork.ways != ways || fork.step != step) deterministic_ = false;
  return std::min<unsigned>(fork.chosen, ways - 1);
}

unsigned Choices::decide_replayed(std::uint32_t step, Deviation kind, unsigned fallback) {
  // A step decides at most one thing of each kind, in one order, so the list is walked once.
  while (next_wanted_ < wanted_.size() && wanted_[next_wanted_].step < step) ++next_wanted_;
  for (std::size_t i = next_wanted_; i < wanted_.size() && wanted_[i].step == step; ++i)
    if (wanted_[i].kind == kind) return wanted_[i].value;
  return fallback;
}

ThreadNumber Choices::decide_by_priority(std::uint32_t step, ThreadMask able) noexcept {
  const auto highest = [&] {
    unsigned best = 0;
    for (unsigned i = 1; i < kThreads; ++i)
      if ((able & bit_of(i)) != 0 && (best == 0 || priority_[i] > priority_[best])) best = i;
    return static_cast<ThreadNumber>(best);
  };
  const ThreadNumber thread = highest();
  if (std::find(changes_.begin(), changes_.end(), step) == changes_.end()) return thread;
  priority_[thread] = lowest_--;
  return highest();
}

ThreadNumber Choices::pick_thread(std::uint32_t step, ThreadNumber current, ThreadMask ready,
                                  ThreadMask sleepers) noexcept {
  const bool can_stay = current != kHost && (ready & bit_of(current)) != 0;
  if (can_stay && left_.preemptions == 0) return current;
  const auto others = static_cast<ThreadMask>(can_stay ? ready & ~bit_of(current) : ready);
  if (left_.early_timeouts == 0 && ready != 0) sleepers = 0;

  Round awake(current, others);
  Round asleep(current, sleepers);
  std::array<ThreadNumber, 2 * kThreads> ways;
  unsigned count = 0;
  if (can_stay) ways[count++] = current;
  for (int i = std::popcount(others); i > 0; --i) ways[count++] = awake.next();
  for (int i = std::popcount(sleepers); i > 0; --i) ways[count++] = asleep.next();
  if (count == 1) return ways[0];

  ThreadNumber chosen = ways[0];
  switch (mode_) {
    case Mode::kExhaustive:
      chosen = ways[decide(step, count)];
      break;
    case Mode::kPct:
      if (ready != 0 && sleepers != 0 && !chance(16)) sleepers = 0;
      chosen = decide_by_priority(step, static_cast<ThreadMask>(ready | sleepers));
      break;
    case Mode::kReplay: {
      const unsigned wanted = decide_replayed(step, Deviation::kSwitch, ways[0]);
      if (wanted < kThreads && ((ready | sleepers) & bit_of(wanted)) != 0)
        chosen = static_cast<ThreadNumber>(wanted);
      break;
    }
  }
  if (chosen == ways[0]) return chosen;
  if (can_stay && mode_ == Mode::kExhaustive) --left_.preemptions;
  if ((sleepers & bit_of(chosen)) != 0 && ready != 0) --left_.early_timeouts;
  made_.add({step, Deviation::kSwitch, chosen});
  return chosen;
}

unsigned Choices::pick(std::uint32_t step, Deviation kind, unsigned count) noexcept {
  const bool is_bounded = kind != Deviation::kImpatience;
  if (count < 2 || (is_bounded && left(kind) == 0)) return 0;
  unsigned chosen = 0;
  switch (mode_) {
    case Mode::kExhaustive:
      chosen = decide(step, count);
      break;
    case Mode::kPct:
      if (chance(kind == Deviation::kImpatience ? 2 : 8))
        chosen = 1 + static_cast<unsigned>(random() % (count - 1));
      break;
    case Mode::kReplay:
      chosen = std::min(decide_replayed(step, kind, 0), count - 1);
      break;
  }
  if (chosen == 0) return 0;
  if (is_bounded) --left(kind);
  made_.add({step, kind, static_cast<std::uint16_t>(chosen)});
  return chosen;
}

}  // namespace orochi::explorer
