// What is shown of calibrations, scenarios and traces.

#include <algorithm>

#include "stress/cli/console.h"
#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

constexpr std::size_t kLabel = 14;

void show_row(Console& console, const ScenarioResult& scenario, std::size_t row,
              std::size_t width) {
  const RowInfo& info = scenario.rows[row];
  const std::uint64_t count = scenario.count_of(scenario.trial, row);
  const std::uint64_t all = std::max<std::uint64_t>(1, scenario.trial.rounds());
  const double share = static_cast<double>(count) / static_cast<double>(all);
  const std::string text =
      padded("", kLabel) + padded(info.values, width) +
      format("%12s %9s", count_text(count).c_str(), share_text(share).c_str()) + "    " +
      padded(info.grade, 12) + info.reason;
  const bool is_broken = scenario.is_forbidden(row) && count > 0;
  if (is_broken)
    console.important(console.bad(text));
  else
    console.line(count == 0 ? console.faint(text) : text);
}

void show_hammer(Console& console, const ScenarioResult& scenario) {
  if (scenario.trial.places.empty()) return;
  console.line(padded("hammer", kLabel) + count_text(scenario.trial.rounds()) + " rounds, " +
               span_text(scenario.trial.hammer_seconds()));
  std::size_t width = joined(scenario.shows, ", ").size() + 2;
  for (const RowInfo& row : scenario.rows) width = std::max(width, row.values.size() + 2);
  console.line(console.faint(padded("", kLabel) + padded(joined(scenario.shows, ", "), width) +
                             format("%12s %9s", "count", "share")));
  for (std::size_t row = 0; row < scenario.rows.size(); ++row)
    show_row(console, scenario, row, width);
}

std::string bounds_text(const Exploration& exploration) {
  return "<= " + plural(exploration.preemptions, "preemption") +
         ", <= " + plural(exploration.stale_reads, "stale read");
}

void show_explorer(Console& console, const ScenarioResult& scenario) {
  const Exploration& exploration = scenario.trial.exploration;
  if (!exploration.ran || scenario.trial.fault_of("explorer") != nullptr) return;
  const std::string found = exploration.end == "bound reached"
                                ? "all with " + bounds_text(exploration)
                                : "cut by the budget, within " + bounds_text(exploration);
  console.line(padded("explorer", kLabel) + plural(exploration.schedules, "schedule") + ", " +
               exploration.end + ": " + found + "; nothing forbidden");
  const Sampling& sampling = exploration.sampling;
  if (sampling.schedules != 0)
    console.line(padded("", kLabel) + plural(sampling.schedules, "random schedule") +
                 format(": a bug of depth %d would have shown with a probability of ",
                        static_cast<int>(sampling.depth)) +
                 share_text(sampling.chance));
}

std::string caught_text(const ScenarioResult& scenario, const TwinResult& twin) {
  std::vector<std::string> by;
  if (twin.trial.was_hammered() && scenario.is_caught_by_hammer(twin)) {
    const Fault* const fault = twin.trial.fault_of("hammer");
    const std::uint64_t rounds = fault != nullptr ? fault->at : twin.trial.rounds();
    by.push_back(
        "by the hammer " +
        (rounds == 0 ? "in its first rounds" : "within " + count_text(rounds) + " rounds") +
        (fault != nullptr && fault->kind != "a check does not hold" ? " (" + fault->kind + ")"
                                                                    : ""));
  }
  if (const Fault* const fault = twin.trial.fault_of("explorer"))
    by.push_back("by the explorer at schedule " + std::to_string(fault->at));
  if (by.empty()) return {};
  const bool hammer_missed =
      twin.trial.was_hammered() && twin.by != "explorer" && !scenario.is_caught_by_hammer(twin);
  return "caught " + joined(by, ", ") +
         (hammer_missed ? ", not by the hammer in " + count_text(twin.trial.rounds()) + " rounds"
                        : "");
}

void show_twin(Console& console, const ScenarioResult& scenario, const TwinResult& twin) {
  if (!twin.trial.was_hammered() && !twin.trial.exploration.ran) return;
  const std::string caught = caught_text(scenario, twin);
  std::string text = padded("twin", kLabel) + twin.name + ": ";
  text += caught.empty() ? "NOT CAUGHT" : caught;
  if (twin.by != "both") text += " (only the " + twin.by + " can)";
  if (caught.empty())
    console.important(console.bad(text));
  else
    console.line(text);
}

void show_faults(Console& console, const ScenarioResult& scenario) {
  for (const Fault& fault : scenario.trial.faults) {
    const char* const unit = fault.runner == "explorer" ? "schedule " : "round ";
    console.important(console.bad("FORBIDDEN   " + fault.text) + "   (" + fault.kind + "; " +
                      fault.runner + ", " + unit + std::to_string(fault.at) + ")");
  }
  if (!scenario.trial.trace.empty()) show_trace(console, scenario, scenario.trial.trace);
  for (const std::string& line : scenario.trial.noise) console.important("   | " + line);
  if (!scenario.trial.token.empty())
    console.important("   replay:  orochi-stress replay '" + scenario.trial.token + "'");
}

// A line of the explorer's trace: number, letter, place, what happened, where.
struct TraceStep {
  char actor = '-';
  std::string place;
  std::string action;
  std::string where;
};

TraceStep step_of(const std::string& line) {
  constexpr std::size_t kActor = 7, kPlace = 10, kAction = 27, kWhere = 72;
  const auto cut = [&](std::size_t from, std::size_t to) {
    if (line.size() <= from) return std::string();
    std::string text = line.substr(from, to - from);
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
  };
  TraceStep step;
  if (line.size() > kActor) step.actor = line[kActor];
  // A long name pushes what follows to the right; then the line is shown as it is.
  const bool is_regular = line.size() > kAction && line[kAction - 1] == ' ';
  step.place = is_regular ? cut(kPlace, kAction) : "";
  step.action = is_regular ? cut(kAction, kWhere) : cut(kPlace, kWhere);
  step.where = line.size() > kWhere ? line.substr(kWhere) : "";
  step.where = step.where.substr(0, step.where.find(' '));
  return step;
}

}  // namespace

void show_calibration(Console& console, const Results& results) {
  std::size_t shown = 0;
  double rate = 0;
  for (const Calibrated& known : results.calibrations) {
    shown += known.shown ? 1 : 0;
    if (known.least_share > 0) rate = known.best_rate;
  }
  const std::string figures =
      format("%zu of %zu known races seen, up to %s rounds a second", shown,
             results.calibrations.size(), count_text(static_cast<std::uint64_t>(rate)).c_str());
  if (!results.is_void())
    return console.line(padded("calibration", kLabel) + figures + ": this machine can show races");
  console.important(console.bad(padded("calibration", kLabel) + figures + ": this run is void"));
  for (const Calibrated& known : results.calibrations)
    if (!known.shown)
      console.important(padded("", kLabel) + known.name + ": " + known.question + "  Seen " +
                        plural(known.hits, "time") + " in " + count_text(known.rounds) + " rounds");
}

void show_trace(Console& console, const ScenarioResult& scenario,
                const std::vector<std::string>& trace) {
  const std::size_t actors = std::max<std::size_t>(1, scenario.actors.size());
  const std::size_t width = actors <= 2 ? 44 : 30;
  std::string header = "   ";
  for (const std::string& actor : scenario.actors) header += padded(actor, width);
  console.important(console.bold(header));
  for (const std::string& line : trace) {
    const TraceStep step = step_of(line);
    const bool is_host = step.actor < 'A' || step.actor >= static_cast<char>('A' + actors);
    const std::size_t column = is_host ? 0 : static_cast<std::size_t>(step.actor - 'A');
    std::string text = "   " + std::string(column * width, ' ');
    if (is_host) text += "(afterwards) ";
    text += step.place.empty() ? step.action : step.place + ": " + step.action;
    console.important(padded(text, 3 + actors * width) + " " + console.faint(step.where));
  }
}

void show_scenario(Console& console, const ScenarioResult& scenario) {
  const bool is_broken = !scenario.complaints().empty();
  const std::string title = console.bold(scenario.name) + "   " + scenario.question;
  if (is_broken)
    console.important(title);
  else
    console.line(title);
  show_hammer(console, scenario);
  show_explorer(console, scenario);
  for (const TwinResult& twin : scenario.twins) show_twin(console, scenario, twin);
  show_faults(console, scenario);
  for (const std::string& complaint : scenario.complaints())
    console.important(console.bad(padded("  failed:", kLabel - 2)) + "  " + complaint);
}

}  // namespace orochi::stress
