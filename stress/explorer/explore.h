// stress/explorer/explore.h: every interleaving of a scenario, within bounds.
//
//   struct TwoIncrements {                        // one object a schedule; default-constructed
//     static constexpr unsigned kActors = 2;
//     RawMutex mutex;                             // the shipped source, driven through the door
//     Shared<int> count{0};                       // plain memory, watched for races
//
//     void act(unsigned actor) {                  // runs once for each actor, side by side
//       const RawLock lock(mutex);
//       count.set(count.get() + 1);
//     }
//     void finish() { expect(count.get() == 2, "both increments count"); }   // optional
//     int outcome() { ... }                       // optional: counted in Report::outcomes
//   };
//
//   const Report report = explore<TwoIncrements>({.preemptions = 3});
//   EXPECT_TRUE(report.is_clean()) << report;
//
// A scenario must be deterministic but for what goes through memory/door/: no clocks, no random
// numbers, no addresses from outside. Actors call `expect`, never the test framework. They begin
// with the thread-local objects of whoever calls `explore`, which is a thread that the runtime does
// not know.
//
// A failure carries a token that replays it, in this program and any other with this scenario:
//
//   OROCHI_REPLAY='TwoIncrements:12>2.18~1' explore_memory_ft --gtest_filter=...
//
// How to write one, and what is not explored: docs/explorer.md
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

#include "stress/explorer/choices.h"
#include "stress/explorer/engine.h"
#include "stress/explorer/session.h"

namespace orochi::explorer {

// Plain memory that actors share: two accesses, one of them a write, that nothing orders are a
// race. Reading or writing it is no chance for others to run.
template <class T>
class Shared {
 public:
  Shared() noexcept = default;
  explicit Shared(T value) noexcept : value_{value} {}
  [[nodiscard]] T get(Where where = Where::here()) const noexcept {
    plain_read({&value_, sizeof(T), where});
    return value_;
  }
  void set(T value, Where where = Where::here()) noexcept {
    plain_write({&value_, sizeof(T), where});
    value_ = value;
  }

 private:
  T value_{};
};

// Ends the schedule with a failure if it does not hold.
inline void expect(bool holds, const char* what, Where where = Where::here()) noexcept {
  check(holds, what, where);
}

// For traces. The text must be a literal.
template <class T>
void call(const T& object, const char* text) noexcept {
  name(&object, sizeof object, text);
}

struct Options : Bounds {
  // Stops after so many schedules; the report says so.
  std::uint64_t budget = 2'000'000;
  // And after so long; 0: however long it takes.
  double seconds = 0;
};

enum class End {
  kBoundReached,  // each schedule within the bounds was run
  kBudgetCut,     // there were more
  kSampled,       // by pct, as many as were asked for
  kFailed,
  kReplayed,
};

struct Report {
  std::string scenario;
  End end = End::kBoundReached;
  std::uint64_t schedules = 0;
  std::uint32_t deepest = 0;  // steps of the longest schedule
  double chance = 0;  // of a sample: with which it shows a bug of its depth, if there is one
  double seconds = 0;
  std::map<std::uint64_t, std::uint64_t> outcomes;  // how often each was seen
  // Of a failure:
  Fault fault = Fault::kNone;
  std::string message;
  std::string token;
  std::string trace;

  [[nodiscard]] bool is_clean() const noexcept { return fault == Fault::kNone; }
  // For twins: the broken one was caught, and for the right reason.
  [[nodiscard]] bool found(Fault expected) const noexcept { return fault == expected; }
  // Nothing was left out.
  [[nodiscard]] bool is_complete() const noexcept { return end == End::kBoundReached; }
};
std::ostream& operator<<(std::ostream& out, const Report& report);

// What a token led to.
struct Replay {
  bool is_valid = false;
  Fault fault = Fault::kNone;
  std::string message;
  std::string trace;
  std::uint64_t hash = 0;  // of all that happened
  std::uint64_t outcome = 0;
};

[[nodiscard]] Report explore_program(const Program& program, const Options& options);
[[nodiscard]] Report sample_program(const Program& program, const Bounds& bounds, const Pct& pct);
[[nodiscard]] Replay replay_program(const Program& program, std::string_view token);
// The token and hash of one schedule of a sample, for tests of the explorer.
struct Sample {
  std::string token;
  std::uint64_t hash = 0;
};
[[nodiscard]] Sample sample_once(const Program& program, const Bounds& bounds, const Pct& pct,
                                 std::uint64_t schedule);

// "Pairs<Twin<Mistake::kOne>, 2>" from a function's signature, without the namespaces.
[[nodiscard]] std::string scenario_name(std::string_view signature);

template <class Scenario>
Program program_of() {
  static_assert(Scenario::kActors >= 1 && Scenario::kActors < kThreads);
  Program program{};
  program.name = scenario_name(__PRETTY_FUNCTION__);
  program.actors = Scenario::kActors;
  program.bytes = sizeof(Scenario);
  program.alignment = alignof(Scenario);
  program.construct = [](void* memory) { new (memory) Scenario; };
  program.act = [](void* state, unsigned actor) { static_cast<Scenario*>(state)->act(actor); };
  program.finish = [](void* state) {
    if constexpr (requires(Scenario & s) { s.finish(); }) static_cast<Scenario*>(state)->finish();
    static_cast<Scenario*>(state)->~Scenario();
  };
  if constexpr (requires(Scenario & s) { s.outcome(); })
    program.outcome = [](void* state) {
      return static_cast<std::uint64_t>(static_cast<Scenario*>(state)->outcome());
    };
  return program;
}

// Each schedule within the bounds, once.
template <class Scenario>
Report explore(const Options& options = {}) {
  return explore_program(program_of<Scenario>(), options);
}

// Random schedules with the stated probability of meeting a bug, for what is too large to exhaust.
template <class Scenario>
Report sample(const Pct& pct = {}, const Bounds& bounds = {}) {
  return sample_program(program_of<Scenario>(), bounds, pct);
}

template <class Scenario>
Replay replay(std::string_view token) {
  return replay_program(program_of<Scenario>(), token);
}

}  // namespace orochi::explorer
