// stress/cli/results.h: what a run has found out so far, read from the lines of its runners.
//
// The log of a run is those lines, one after another (stress/harness/lines.h), so a run that was
// interrupted has a log of all that it did, and logs of several shards, put together, are the log
// of the whole. What is judged here is judged the same way while it runs and when it is read again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace orochi::stress {

struct SeenOutcome {
  std::string values;
  std::size_t row;  // kNoRow: nobody expects it
  std::uint64_t count;
};
inline constexpr std::size_t kNoRow = ~std::size_t{0};

struct Fault {
  std::string runner;
  std::string kind;
  std::string text;
  std::uint64_t at = 0;  // the round, or the schedule
};

struct Place {
  std::string name;  // "2 pinned, GIL off"
  std::uint64_t rounds = 0;
  double seconds = 0;
  double best_rate = 0;  // rounds a second, in the best slice
  std::vector<SeenOutcome> seen;
};

// Random schedules, after Burckhardt and others (stress/explorer/choices.h).
struct Sampling {
  std::uint64_t schedules = 0;
  std::uint64_t depth = 0;  // a bug that so many orderings make
  double chance = 0;        // is found with this probability
  double seconds = 0;
};

struct Exploration {
  bool ran = false;
  std::string end;  // "bound reached", "budget cut", "failed"
  std::uint64_t schedules = 0;
  std::uint64_t deepest = 0;
  double seconds = 0;
  std::uint64_t preemptions = 0;
  std::uint64_t stale_reads = 0;
  std::vector<SeenOutcome> seen;
  Sampling sampling;
};

// What happened to a scenario, or to one of its twins.
struct Trial {
  std::vector<Place> places;  // by the hammer
  Exploration exploration;
  std::vector<Fault> faults;
  std::string token;
  std::vector<std::string> trace;
  std::vector<std::string> noise;  // what the program said besides, as sanitizers do

  [[nodiscard]] std::uint64_t rounds() const;
  [[nodiscard]] double hammer_seconds() const;
  [[nodiscard]] bool was_hammered() const;
  [[nodiscard]] const Fault* fault_of(std::string_view runner) const;
};

struct RowInfo {
  std::string values;
  std::string grade;
  std::string reason;
};

struct TwinResult {
  std::string name;
  std::string mistake;
  std::string by;  // who can show it: "both", "explorer", "hammer"
  Trial trial;
};

struct ScenarioResult {
  std::string name;
  std::string question;
  bool attached = false;
  std::vector<std::string> actors;
  std::vector<std::string> shows;
  std::vector<RowInfo> rows;
  Trial trial;
  std::vector<TwinResult> twins;

  [[nodiscard]] bool is_forbidden(std::size_t row) const;
  // Of all rounds of the hammer, by row; kNoRow counts what nobody expects.
  [[nodiscard]] std::uint64_t count_of(const Trial& trial, std::size_t row) const;
  [[nodiscard]] std::uint64_t forbidden_in(const Trial& trial) const;
  [[nodiscard]] bool is_caught_by_hammer(const TwinResult& twin) const;
  [[nodiscard]] static bool is_caught_by_explorer(const TwinResult& twin);
  // Something was run.
  [[nodiscard]] bool was_tried() const;
  // One sentence for each thing that is wrong; none: it passed.
  [[nodiscard]] std::vector<std::string> complaints() const;
};

struct Calibrated {
  std::string name;
  bool shown = false;
  std::uint64_t rounds = 0;
  std::uint64_t hits = 0;
  double seconds = 0;
  double best_rate = 0;
  double least_share = 0;
  std::string question;
};

class Results {
 public:
  // One line of a log; unknown ones say nothing.
  void add(std::string_view line);

  [[nodiscard]] ScenarioResult* find(std::string_view name);
  [[nodiscard]] std::vector<const ScenarioResult*> tried() const;
  [[nodiscard]] std::vector<const ScenarioResult*> failed() const;
  [[nodiscard]] bool is_void() const;  // a known race was missed
  [[nodiscard]] const std::string& fact(const std::string& name) const;

  std::vector<ScenarioResult> scenarios;
  std::vector<Calibrated> calibrations;
  std::map<std::string, std::string> facts;  // of the run: seed, design, machine, ...

 private:
  [[nodiscard]] Trial* trial_of(std::string_view subject);
  void add_scenario(const std::vector<std::string>& words);
  void add_trial(const std::vector<std::string>& words);
  void add_outcome(Trial& trial, const std::vector<std::string>& words);
};

}  // namespace orochi::stress
