#include "stress/explorer/explore.h"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "stress/explorer/crash.h"
#include "stress/explorer/globals.h"
#include "stress/explorer/source_lines.h"

namespace orochi::explorer {
namespace {

constexpr std::size_t kTokenLength = 200;
// Tries to make a failing schedule simpler.
constexpr unsigned kMinimising = 5'000;

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// "name:" and then either decisions or "@seed.schedule.depth.steps" of a sample.
std::string token_of(const Program& program, const Decisions& decisions) {
  return program.name + ":" + decisions.text();
}

struct SampleToken {
  Pct pct;
  std::uint64_t schedule = 0;
  std::uint32_t expected_steps = 0;
};

std::string token_of(const Program& program, const SampleToken& sample) {
  return program.name + ":@" + std::to_string(sample.pct.seed) + "." +
         std::to_string(sample.schedule) + "." + std::to_string(sample.pct.depth) + "." +
         std::to_string(sample.expected_steps);
}

bool parse_sample(std::string_view text, SampleToken& into) {
  if (!text.starts_with('@')) return false;
  text.remove_prefix(1);
  std::uint64_t numbers[4] = {};
  for (std::uint64_t& number : numbers) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
  }
  into.pct.seed = numbers[0];
  into.schedule = numbers[1];
  into.pct.depth = static_cast<std::uint8_t>(numbers[2]);
  into.expected_steps = static_cast<std::uint32_t>(numbers[3]);
  return text.empty();
}

// Runs the decisions; afterwards the session holds what they led to.
void run_decisions(const Decisions& decisions) {
  Session& all = session();
  all.choices.decide_by_replay(decisions);
  all.choices.begin_schedule(all.program->actors, 0);
  all.run_schedule();
}

// Takes decisions away, a few at a time, and keeps what still fails in the same way. Two in a row
// are often a switch and the way back.
Decisions thinned(Decisions decisions, Fault fault) {
  Session& all = session();
  constexpr std::size_t kMost = 4;
  unsigned tries = 0;
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (std::size_t count = 1; count <= kMost && !shorter; ++count) {
      for (std::size_t i = decisions.size() + 1 - std::min(count, decisions.size() + 1); i-- > 0;) {
        if (++tries > kMinimising) return decisions;
        Decisions fewer = decisions;
        fewer.erase(i, count);
        run_decisions(fewer);
        const Decisions& made = all.choices.made();
        if (all.verdict.fault != fault || made.size() >= decisions.size()) continue;
        decisions = made;
        shorter = true;
        break;
      }
    }
  }
  return decisions;
}

// Looks for the same failure among the schedules with few deviations. False: not within reason.
bool find_simpler(Fault fault, const Bounds& bounds) {
  constexpr unsigned kReason = 20'000;
  Session& all = session();
  all.choices.decide_exhaustively(bounds);
  for (unsigned i = 0; i < kReason; ++i) {
    all.choices.begin_schedule(all.program->actors, 0);
    all.run_schedule();
    if (all.verdict.fault == fault) return true;
    if (all.model.learn())
      all.choices.start_over();
    else if (!all.choices.next_path())
      return false;
  }
  return false;
}

bool reads_stale(const Decisions& decisions) {
  for (std::size_t i = 0; i < decisions.size(); ++i)
    if (decisions[i].kind == Deviation::kStale) return true;
  return false;
}

Decisions minimised(const Decisions& found, Fault fault) {
  Decisions shortest = thinned(found, fault);
  const bool weak = reads_stale(shortest);  // what fails without weak memory is shown without it
  for (std::uint8_t deviations = 0; deviations < 3 && deviations < shortest.size(); ++deviations) {
    const std::uint8_t stale = weak ? deviations : std::uint8_t{0};
    if (!find_simpler(fault, {deviations, stale, 1, 1, 0})) continue;
    const Decisions simpler = thinned(session().choices.made(), fault);
    if (simpler.size() < shortest.size()) return simpler;
  }
  return shortest;
}

// Fills in what the report says about the failure that the session's last schedule ended with.
void explain(Report& report, const SampleToken* sample) {
  Session& all = session();
  report.end = End::kFailed;
  report.fault = all.verdict.fault;
  report.message = with_source_lines(all.verdict.text);
  if (report.fault == Fault::kUnfit) return;

  const Decisions shortest = minimised(all.choices.made(), report.fault);
  all.trace.keep_events(true);
  run_decisions(shortest);
  all.trace.keep_events(false);
  report.message = with_source_lines(all.verdict.text);
  report.trace = all.trace.text();
  report.token = token_of(*all.program, shortest);
  if (report.token.size() > kTokenLength && sample != nullptr)
    report.token = token_of(*all.program, *sample);
}

void begin_exploration(const Program& program) {
  Session& all = session();
  all.program = &program;
  all.model.begin_exploration();
  globals::remember();
  catch_crashes();
}

Report report_for(const Program& program) {
  Report report;
  report.scenario = program.name;
  return report;
}

// Counts the schedule that the session just ran. False: it failed.
bool count(Report& report) {
  Session& all = session();
  ++report.schedules;
  report.deepest = std::max(report.deepest, all.scheduler.steps());
  if (all.verdict.fault != Fault::kNone) return false;
  if (all.program->outcome != nullptr) ++report.outcomes[all.outcome];
  return true;
}

// The clock is looked at now and then.
bool is_spent(double seconds, const Report& report, const Stopwatch& watch) {
  return seconds > 0 && report.schedules % 256 == 0 && watch.seconds() >= seconds;
}

// The token that this run was asked to replay instead of exploring; null: none, or not for us.
const char* token_wanted_for(const Program& program) {
  const char* const token = std::getenv("OROCHI_REPLAY");
  if (token == nullptr || !std::string_view(token).starts_with(program.name + ":")) return nullptr;
  return token;
}

Report report_of_replay(const Program& program, const char* token) {
  Replay replay = replay_program(program, token);
  Report report = report_for(program);
  report.end = End::kReplayed;
  report.schedules = 1;
  report.token = token;
  report.fault = replay.is_valid ? replay.fault : Fault::kUnfit;
  report.message = replay.is_valid ? replay.message : "not a token of this scenario";
  report.trace = std::move(replay.trace);
  return report;
}

// For who wants to know how much was explored.
Report announced(Report report) {
  if (std::getenv("OROCHI_EXPLORER_REPORT") != nullptr) std::cerr << report << "\n";
  return report;
}

void start_sample(const Program& program, const Bounds& bounds, const SampleToken& sample) {
  Session& all = session();
  all.choices.decide_by_pct(bounds, sample.pct, sample.expected_steps);
  all.choices.begin_schedule(program.actors, sample.schedule);
}

// How many steps a schedule takes when nothing interferes.
std::uint32_t measure_steps() {
  run_decisions(Decisions{});
  return session().scheduler.steps();
}

const char* words_for(End end) {
  switch (end) {
    case End::kBoundReached:
      return "bound reached";
    case End::kBudgetCut:
      return "budget cut";
    case End::kSampled:
      return "sampled";
    case End::kFailed:
      return "failed";
    case End::kReplayed:
      return "replayed";
  }
  return "?";
}

}  // namespace

std::string scenario_name(std::string_view signature) {
  constexpr std::string_view kBefore = "Scenario = ";
  signature.remove_prefix(signature.find(kBefore) + kBefore.size());
  std::string name(signature.substr(0, signature.find_first_of(";]")));
  for (const char* const space : {"{anonymous}::", "<unnamed>::", "(anonymous namespace)::",
                                  "orochi::", OROCHI_DESIGN_NAME "::"}) {
    const std::string_view word(space);
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word))
      name.erase(at, word.size());
  }
  return name;
}

Report explore_program(const Program& program, const Options& options) {
  if (const char* const token = token_wanted_for(program)) return report_of_replay(program, token);
  const Stopwatch watch;
  begin_exploration(program);
  Session& all = session();
  Report report = report_for(program);
  all.choices.decide_exhaustively(options);
  for (;;) {
    all.choices.begin_schedule(program.actors, 0);
    all.run_schedule();
    if (!count(report)) {
      explain(report, nullptr);
      break;
    }
    if (!all.choices.is_deterministic()) {
      report.fault = Fault::kUnfit;
      report.end = End::kFailed;
      report.message = "the same decisions led to different schedules";
      break;
    }
    if (all.model.learn()) {
      // Steps that looked private are not: the tree has more branches than we thought.
      report = report_for(program);
      all.choices.start_over();
      continue;
    }
    if (!all.choices.next_path()) break;
    if (report.schedules >= options.budget || is_spent(options.seconds, report, watch)) {
      report.end = End::kBudgetCut;
      break;
    }
  }
  report.seconds = watch.seconds();
  return announced(std::move(report));
}

Report sample_program(const Program& program, const Bounds& bounds, const Pct& pct) {
  if (const char* const token = token_wanted_for(program)) return report_of_replay(program, token);
  const Stopwatch watch;
  begin_exploration(program);
  Report report = report_for(program);
  report.end = End::kSampled;
  SampleToken sample{pct, 0, measure_steps()};
  for (; sample.schedule < pct.schedules; ++sample.schedule) {
    start_sample(program, bounds, sample);
    session().run_schedule();
    if (!count(report)) {
      explain(report, &sample);
      break;
    }
    if (is_spent(pct.seconds, report, watch)) break;
  }
  report.chance = pct.chance_of_finding(program.actors, sample.expected_steps, report.schedules);
  report.seconds = watch.seconds();
  return announced(std::move(report));
}

Sample sample_once(const Program& program, const Bounds& bounds, const Pct& pct,
                   std::uint64_t schedule) {
  begin_exploration(program);
  const SampleToken sample{pct, schedule, measure_steps()};
  start_sample(program, bounds, sample);
  Session& all = session();
  all.run_schedule();
  return {token_of(program, all.choices.made()), all.trace.hash()};
}

Replay replay_program(const Program& program, std::string_view token) {
  Replay replay;
  if (!token.starts_with(program.name + ":")) return replay;
  token.remove_prefix(program.name.size() + 1);
  begin_exploration(program);
  Session& all = session();
  Decisions decisions;
  SampleToken sample;
  if (parse_sample(token, sample)) {
    start_sample(program, Bounds{}, sample);
    all.run_schedule();
    decisions = all.choices.made();
  } else if (!Decisions::parse(token, decisions)) {
    return replay;
  }
  all.trace.keep_events(true);
  run_decisions(decisions);
  all.trace.keep_events(false);
  replay = {true,       all.verdict.fault, all.verdict.text, all.trace.text(), all.trace.hash(),
            all.outcome};
  return replay;
}

std::ostream& operator<<(std::ostream& out, const Report& report) {
  out << report.scenario << ": " << report.schedules << " schedules of up to " << report.deepest
      << " steps, " << words_for(report.end);
  if (report.seconds > 0)
    out << ", "
        << static_cast<std::uint64_t>(static_cast<double>(report.schedules) / report.seconds)
        << " a second";
  if (!report.is_clean()) out << "\n" << name_of(report.fault) << ": " << report.message;
  if (!report.trace.empty()) out << "\n" << report.trace;
  if (!report.token.empty()) out << "replay: OROCHI_REPLAY='" << report.token << "'";
  return out;
}

}  // namespace orochi::explorer
