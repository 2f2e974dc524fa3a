// stress/explorer/choices.h: everything that a schedule leaves open, and who decides it.
//
// A schedule is what the default policy does, except for its deviations: at step 12 thread 2 went
// on, at step 30 a load returned the store before the newest. The default policy keeps the running
// thread running, reads what is newest, and never fires a timeout early. Three deciders:
//
//   exhaustive   each schedule once, in depth-first order, within the bounds
//   pct          threads have random priorities, which change at depth - 1 random steps
//   replay       the deviations of a token
//
// I1  Whoever decides, every deviation is recorded by its step, so that any schedule can be
//     replayed, and shortened, without knowing how it was found.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "stress/explorer/limits.h"

namespace orochi::explorer {

// How many deviations of each kind a schedule may have.
struct Bounds {
  std::uint8_t preemptions = 2;     // a thread that could go on has to wait
  std::uint8_t stale_reads = 2;     // a load returns another store than the newest
  std::uint8_t early_timeouts = 1;  // a timeout fires although somebody could go on
  std::uint8_t leaps = 1;           // the clock shows a much later time than a moment ago
  std::uint8_t spurious = 0;        // a weak exchange fails, or a futex wakes, for no reason
};

// Burckhardt and others, "A randomized scheduler with probabilistic guarantees of finding bugs":
// of n threads that take k steps, a bug that needs d ordering constraints is found by one schedule
// with a probability of at least 1 / (n k^(d-1)).
struct Pct {
  std::uint8_t depth = 3;  // d
  std::uint64_t schedules = 10'000;
  std::uint64_t seed = 1;
  double seconds = 0;  // stops after so long; 0: however long it takes

  // The probability with which `ran` schedules of n threads and k steps show such a bug.
  [[nodiscard]] double chance_of_finding(unsigned n, std::uint32_t k, std::uint64_t ran) const;
};

enum class Deviation : char {
  kSwitch = '>',      // another thread than the default one; its number
  kStale = '~',       // how many stores back
  kImpatience = '!',  // a spinning thread spins on
  kLeap = '^',
  kSpurious = '?',
};

struct Decision {
  std::uint32_t step;
  Deviation kind;
  std::uint16_t value;
};

// A fixed number, so that deciding never allocates while a scenario runs.
class Decisions {
 public:
  void clear() noexcept { size_ = 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const Decision& operator[](std::size_t i) const noexcept { return items_[i]; }
  void add(const Decision& decision) noexcept {
    if (size_ < items_.size()) items_[size_++] = decision;
  }
  void erase(std::size_t first, std::size_t count) noexcept;

  // "12>2.18~1": steps are counted from the decision before; a value of 1 is left out.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static bool parse(std::string_view text, Decisions& into);

 private:
  std::size_t size_ = 0;
  std::array<Decision, 4096> items_{};
};

class Choices {
 public:
  void decide_exhaustively(const Bounds& bounds) noexcept;
  void decide_by_pct(const Bounds& bounds, const Pct& pct, std::uint32_t expected_steps) noexcept;
  void decide_by_replay(const Decisions& decisions) noexcept;

  // Exhaustive: forgets the paths tried so far, since the tree is another one now.
  void start_over() noexcept { depth_ = path_size_ = 0; }
  // Exhaustive: moves to the next schedule; false if there is none.
  [[nodiscard]] bool next_path() noexcept;
  // Only the exhaustive decider asks nothing where nobody could notice.
  [[nodiscard]] bool skips_private_steps() const noexcept { return mode_ == Mode::kExhaustive; }

  void begin_schedule(unsigned actors, std::uint64_t schedule) noexcept;

  // Who takes the step: `current` (kHost: it cannot) or one of `ready`, or one of `sleepers`, whose
  // timeouts fire. The default is `current`, else the next of the others. One must exist.
  [[nodiscard]] ThreadNumber pick_thread(std::uint32_t step, ThreadNumber current, ThreadMask ready,
                                         ThreadMask sleepers) noexcept;
  // One of `count` ways, of which 0 is the default.
  [[nodiscard]] unsigned pick(std::uint32_t step, Deviation kind, unsigned count) noexcept;

  // False: this schedule asked for other choices than the one before it with the same beginning.
  [[nodiscard]] bool is_deterministic() const noexcept {
    return deterministic_ && (mode_ != Mode::kExhaustive || depth_ == path_size_);
  }
  [[nodiscard]] const Decisions& made() const noexcept { return made_; }

 private:
  enum class Mode { kExhaustive, kPct, kReplay };
  struct Fork {
    std::uint32_t step;
    std::uint16_t chosen;
    std::uint16_t ways;
  };
  static constexpr std::size_t kForks = 1 << 16;
  static constexpr std::size_t kChanges = 16;

  [[nodiscard]] std::uint8_t& left(Deviation kind) noexcept;
  [[nodiscard]] unsigned decide(std::uint32_t step, unsigned ways) noexcept;
  [[nodiscard]] unsigned decide_replayed(std::uint32_t step, Deviation kind, unsigned fallback);
  [[nodiscard]] ThreadNumber decide_by_priority(std::uint32_t step, ThreadMask able) noexcept;
  [[nodiscard]] bool chance(unsigned one_in) noexcept;
  [[nodiscard]] std::uint64_t random() noexcept;

  Mode mode_ = Mode::kExhaustive;
  Bounds bounds_{};
  Bounds left_{};  // of this schedule
  Decisions made_;
  bool deterministic_ = true;

  // Exhaustive.
  std::array<Fork, kForks> path_{};
  std::size_t path_size_ = 0;
  std::size_t depth_ = 0;

  // Pct.
  Pct pct_{};
  std::uint32_t expected_steps_ = 0;
  std::uint64_t random_ = 0;
  std::array<std::uint32_t, kThreads> priority_{};
  std::array<std::uint32_t, kChanges> changes_{};
  std::uint32_t lowest_ = 0;

  // Replay.
  Decisions wanted_;
  std::size_t next_wanted_ = 0;
};

}  // namespace orochi::explorer
