// The runner that explores:
//
//   stress_explorer_<design> list
//   stress_explorer_<design> run NAME[/TWIN] [preemptions=N|deeper=N] [schedules=N] [seconds=S]
//                                            [sampled=S] [depth=D] [seed=N]
//   stress_explorer_<design> replay TOKEN
//
// It is started by orochi-stress, and says what it finds in the lines of stress/harness/lines.h.

#include <algorithm>
#include <cstdio>
#include <string>

#include "stress/harness/arguments.h"
#include "stress/harness/describe.h"
#include "stress/harness/explored.h"
#include "stress/harness/lines.h"

namespace orochi::stress {
namespace {

using explorer::End;
using explorer::Fault;
using explorer::Options;
using explorer::Replay;
using explorer::Report;

constexpr int kAskedWrongly = 2;

const char* word_for(End end) {
  switch (end) {
    case End::kBoundReached:
      return "bound reached";
    case End::kBudgetCut:
      return "budget cut";
    default:
      return "failed";
  }
}

void say_trace(std::string_view subject, std::string_view trace) {
  while (!trace.empty()) {
    const std::size_t end = std::min(trace.find('\n'), trace.size());
    say("trace", subject, trace.substr(0, end));
    trace.remove_prefix(std::min(end + 1, trace.size()));
  }
}

Options options_for(const Found& found, const Arguments& arguments) {
  Options options{found.scenario->bounds};
  const std::uint64_t most =
      arguments.whole("preemptions", options.preemptions + arguments.whole("deeper", 0));
  options.preemptions = static_cast<std::uint8_t>(std::min<std::uint64_t>(most, 200));
  options.budget = arguments.whole("schedules", options.budget);
  options.seconds = arguments.number("seconds", 0);
  return options;
}

explorer::Pct sampling_for(const Arguments& arguments) {
  explorer::Pct pct;
  pct.depth =
      static_cast<std::uint8_t>(std::clamp<std::uint64_t>(arguments.whole("depth", 3), 1, 9));
  pct.seed = arguments.whole("seed", pct.seed);
  pct.seconds = arguments.number("sampled", 0);
  pct.schedules = 1'000'000'000;
  return pct;
}

void say_outcomes_of(const Found& found, const Report& report) {
  Tally tally;
  for (const auto& [key, count] : report.outcomes) tally.add(Outcome::of(key), count);
  say_outcomes(found, "explorer", "-", tally);
}

void say_fault_of(const std::string& subject, const Report& report) {
  if (report.is_clean()) return;
  say("fault", subject, "explorer", explorer::name_of(report.fault), report.message,
      report.schedules);
  if (!report.token.empty()) say("token", subject, report.token);
  say_trace(subject, report.trace);
}

// All schedules within the bounds, or as many as there is time for; then random ones.
int run(const Arguments& arguments) {
  const Found found = find_scenario(arguments.word(2));
  if (found.scenario == nullptr) return kAskedWrongly;
  const std::string subject = name_of(found);
  const Options options = options_for(found, arguments);
  const Report report = explore(found, options);
  say_outcomes_of(found, report);
  say("explored", subject, word_for(report.end), report.schedules, report.deepest, report.seconds,
      options.preemptions, options.stale_reads);
  say_fault_of(subject, report);
  const explorer::Pct pct = sampling_for(arguments);
  if (!report.is_clean() || pct.seconds == 0) return 0;
  const Report random = sample(found, pct);
  say_outcomes_of(found, random);
  say("sampled", subject, random.schedules, pct.depth, random.chance, random.seconds);
  say_fault_of(subject, random);
  return 0;
}

int replay_token(std::string_view token) {
  const Found found = find_scenario(token.substr(0, token.find(':')));
  if (found.scenario == nullptr) return kAskedWrongly;
  const Replay result = replay(found, token);
  if (!result.is_valid) return kAskedWrongly;
  const std::string subject = name_of(found);
  say("replayed", subject, explorer::name_of(result.fault), result.message, result.hash);
  if (result.fault == Fault::kNone) {
    Tally tally;
    tally.add(Outcome::of(result.outcome));
    say_outcomes(found, "explorer", "-", tally);
  }
  say_trace(subject, result.trace);
  return 0;
}

}  // namespace
}  // namespace orochi::stress

int main(int count, char** words) {
  using namespace orochi::stress;
  const Arguments arguments(count, words);
  const std::string_view command = arguments.word(1);
  if (command == "list") return say_scenarios(), 0;
  if (command == "run") return run(arguments);
  if (command == "replay") return replay_token(arguments.word(2));
  std::fputs("this is a part of orochi-stress, which knows what to ask it\n", stderr);
  return kAskedWrongly;
}
