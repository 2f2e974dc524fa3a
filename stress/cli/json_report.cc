#include <cstdio>

#include "stress/cli/reports.h"
#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += format("\\u%04x", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string number(std::uint64_t value) { return std::to_string(value); }
std::string number(double value) { return format("%.6g", value); }
std::string truth(bool value) { return value ? "true" : "false"; }

// {"name": value, ...} and [value, ...] of what is already JSON.
class Object {
 public:
  Object& set(std::string_view name, const std::string& value) {
    text_ += (text_.empty() ? "" : ", ") + quoted(name) + ": " + value;
    return *this;
  }
  [[nodiscard]] std::string text() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

template <class Items, class One>
std::string list(const Items& items, One one) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ", ") + one(item);
  return "[" + text + "]";
}
std::string texts(const std::vector<std::string>& items) {
  return list(items, [](const std::string& item) { return quoted(item); });
}

std::string outcomes(const ScenarioResult& scenario, const std::vector<SeenOutcome>& seen) {
  return list(seen, [&](const SeenOutcome& outcome) {
    const bool is_listed = outcome.row < scenario.rows.size();
    return Object()
        .set("values", quoted(outcome.values))
        .set("count", number(outcome.count))
        .set("grade", quoted(is_listed ? scenario.rows[outcome.row].grade : "UNLISTED"))
        .text();
  });
}

std::string trial_text(const ScenarioResult& scenario, const Trial& trial) {
  Object object;
  object.set("places", list(trial.places, [&](const Place& place) {
               return Object()
                   .set("place", quoted(place.name))
                   .set("rounds", number(place.rounds))
                   .set("seconds", number(place.seconds))
                   .set("best_rounds_per_second", number(place.best_rate))
                   .set("outcomes", outcomes(scenario, place.seen))
                   .text();
             }));
  if (trial.exploration.ran) {
    const Exploration& exploration = trial.exploration;
    object.set("explorer", Object()
                               .set("end", quoted(exploration.end))
                               .set("schedules", number(exploration.schedules))
                               .set("deepest", number(exploration.deepest))
                               .set("seconds", number(exploration.seconds))
                               .set("preemptions", number(exploration.preemptions))
                               .set("stale_reads", number(exploration.stale_reads))
                               .set("random_schedules", number(exploration.sampling.schedules))
                               .set("random_depth", number(exploration.sampling.depth))
                               .set("random_chance", number(exploration.sampling.chance))
                               .set("outcomes", outcomes(scenario, exploration.seen))
                               .text());
  }
  object.set("faults", list(trial.faults, [](const Fault& fault) {
               return Object()
                   .set("runner", quoted(fault.runner))
                   .set("kind", quoted(fault.kind))
                   .set("text", quoted(fault.text))
                   .set("at", number(fault.at))
                   .text();
             }));
  if (!trial.token.empty()) object.set("token", quoted(trial.token));
  if (!trial.trace.empty()) object.set("trace", texts(trial.trace));
  return object.text();
}

std::string twin_text(const ScenarioResult& scenario, const TwinResult& twin) {
  return Object()
      .set("name", quoted(twin.name))
      .set("mistake", quoted(twin.mistake))
      .set("shown_by", quoted(twin.by))
      .set("caught_by_hammer", truth(scenario.is_caught_by_hammer(twin)))
      .set("caught_by_explorer", truth(ScenarioResult::is_caught_by_explorer(twin)))
      .set("trial", trial_text(scenario, twin.trial))
      .text();
}

std::string scenario_text(const ScenarioResult& scenario) {
  const std::vector<std::string> complaints = scenario.complaints();
  return Object()
      .set("name", quoted(scenario.name))
      .set("question", quoted(scenario.question))
      .set("passed", truth(complaints.empty()))
      .set("complaints", texts(complaints))
      .set("actors", texts(scenario.actors))
      .set("shows", texts(scenario.shows))
      .set("trial", trial_text(scenario, scenario.trial))
      .set("twins",
           list(scenario.twins, [&](const TwinResult& twin) { return twin_text(scenario, twin); }))
      .text();
}

}  // namespace

std::string json_report(const Results& results) {
  Object facts;
  for (const auto& [name, value] : results.facts) facts.set(name, quoted(value));
  Object report;
  report.set("format", "1").set("run", facts.text());
  report.set("void", truth(results.is_void()));
  report.set("calibration", list(results.calibrations, [](const Calibrated& known) {
               return Object()
                   .set("name", quoted(known.name))
                   .set("shown", truth(known.shown))
                   .set("rounds", number(known.rounds))
                   .set("hits", number(known.hits))
                   .set("seconds", number(known.seconds))
                   .set("best_rounds_per_second", number(known.best_rate))
                   .text();
             }));
  report.set("scenarios", list(results.tried(), [](const ScenarioResult* scenario) {
               return "\n" + scenario_text(*scenario);
             }));
  return report.text() + "\n";
}

}  // namespace orochi::stress
