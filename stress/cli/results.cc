#include "stress/cli/results.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

constexpr std::size_t kMostNoise = 80;

std::uint64_t whole(const std::string& text) { return whole_number(text).value_or(0); }
double real(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

Place& place_of(Trial& trial, const std::string& name) {
  for (Place& place : trial.places)
    if (place.name == name) return place;
  return trial.places.emplace_back(Place{name, 0, 0, 0, {}});
}

void count(std::vector<SeenOutcome>& seen, const SeenOutcome& more) {
  for (SeenOutcome& outcome : seen) {
    if (outcome.values != more.values) continue;
    outcome.count += more.count;
    return;
  }
  seen.push_back(more);
}

}  // namespace

std::uint64_t Trial::rounds() const {
  std::uint64_t sum = 0;
  for (const Place& place : places) sum += place.rounds;
  return sum;
}

double Trial::hammer_seconds() const {
  double sum = 0;
  for (const Place& place : places) sum += place.seconds;
  return sum;
}

bool Trial::was_hammered() const { return !places.empty() || fault_of("hammer") != nullptr; }

const Fault* Trial::fault_of(std::string_view runner) const {
  for (const Fault& fault : faults)
    if (fault.runner == runner) return &fault;
  return nullptr;
}

bool ScenarioResult::is_forbidden(std::size_t row) const {
  return row >= rows.size() || rows[row].grade == "FORBIDDEN";
}

std::uint64_t ScenarioResult::count_of(const Trial& of, std::size_t row) const {
  std::uint64_t sum = 0;
  for (const Place& place : of.places)
    for (const SeenOutcome& seen : place.seen)
      if (seen.row == row) sum += seen.count;
  return sum;
}

std::uint64_t ScenarioResult::forbidden_in(const Trial& of) const {
  std::uint64_t sum = count_of(of, kNoRow);
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (is_forbidden(row)) sum += count_of(of, row);
  return sum;
}

bool ScenarioResult::is_caught_by_hammer(const TwinResult& twin) const {
  return forbidden_in(twin.trial) > 0 || twin.trial.fault_of("hammer") != nullptr;
}

bool ScenarioResult::is_caught_by_explorer(const TwinResult& twin) {
  return twin.trial.fault_of("explorer") != nullptr;
}

bool ScenarioResult::was_tried() const {
  return trial.was_hammered() || trial.exploration.ran || !trial.faults.empty();
}

std::vector<std::string> ScenarioResult::complaints() const {
  std::vector<std::string> found;
  for (const Fault& fault : trial.faults)
    found.push_back(fault.runner + ": " + fault.kind + ": " + fault.text);
  for (const Place& place : trial.places)
    for (const SeenOutcome& seen : place.seen)
      if (is_forbidden(seen.row))
        found.push_back(
            "hammer: " + seen.values + ": " +
            (seen.row < rows.size() ? rows[seen.row].reason : "nobody expects this outcome") +
            format(" (%s, %s)", plural(seen.count, "time").c_str(), place.name.c_str()));
  for (const TwinResult& twin : twins) {
    const bool was_hammered = twin.by != "explorer" && twin.trial.was_hammered();
    const bool was_explored = twin.by != "hammer" && twin.trial.exploration.ran;
    if (was_explored && !is_caught_by_explorer(twin))
      found.push_back("the explorer did not catch the twin " + twin.name);
    // Real threads may be out of luck, on a machine that has other things to do.
    if (was_hammered && !was_explored && !is_caught_by_hammer(twin))
      found.push_back("the hammer did not catch the twin " + twin.name + " in " +
                      count_text(twin.trial.rounds()) + " rounds");
  }
  return found;
}

ScenarioResult* Results::find(std::string_view name) {
  for (ScenarioResult& scenario : scenarios)
    if (scenario.name == name) return &scenario;
  return nullptr;
}

std::vector<const ScenarioResult*> Results::tried() const {
  std::vector<const ScenarioResult*> found;
  for (const ScenarioResult& scenario : scenarios)
    if (scenario.was_tried()) found.push_back(&scenario);
  return found;
}

std::vector<const ScenarioResult*> Results::failed() const {
  std::vector<const ScenarioResult*> found;
  for (const ScenarioResult& scenario : scenarios)
    if (!scenario.complaints().empty()) found.push_back(&scenario);
  return found;
}

bool Results::is_void() const {
  return std::any_of(calibrations.begin(), calibrations.end(),
                     [](const Calibrated& known) { return !known.shown; });
}

const std::string& Results::fact(const std::string& name) const {
  static const std::string nothing;
  const auto found = facts.find(name);
  return found == facts.end() ? nothing : found->second;
}

Trial* Results::trial_of(std::string_view subject) {
  const std::size_t slash = subject.find('/');
  ScenarioResult* const scenario = find(subject.substr(0, slash));
  if (scenario == nullptr || slash == subject.npos)
    return scenario == nullptr ? nullptr : &scenario->trial;
  for (TwinResult& twin : scenario->twins)
    if (twin.name == subject.substr(slash + 1)) return &twin.trial;
  return nullptr;
}

// scenario, actor, shows, row, twin: what there is. Logs of shards say it several times.
void Results::add_scenario(const std::vector<std::string>& words) {
  const std::string& fact = words[0];
  if (fact == "scenario") {
    if (ScenarioResult* const known = find(words[1])) {
      known->actors.clear();
      known->shows.clear();
      known->rows.clear();
      return;
    }
    ScenarioResult& scenario = scenarios.emplace_back();
    scenario.name = words[1];
    scenario.question = words[2];
    scenario.attached = words[3] == "attached";
    return;
  }
  ScenarioResult* const scenario = find(words[1]);
  if (scenario == nullptr) return;
  if (fact == "actor") scenario->actors.push_back(words[2]);
  if (fact == "shows") scenario->shows.push_back(words[2]);
  if (fact == "row") scenario->rows.push_back({words[2], words[3], words[4]});
  if (fact == "twin" && trial_of(words[1] + "/" + words[2]) == nullptr)
    scenario->twins.push_back({words[2], words[3], words[4], {}});
}

void Results::add_outcome(Trial& trial, const std::vector<std::string>& words) {
  const SeenOutcome seen{words[5], words[4] == "unlisted" ? kNoRow : whole(words[4]),
                         whole(words[6])};
  count(words[2] == "hammer" ? place_of(trial, words[3]).seen : trial.exploration.seen, seen);
}

// What was seen of a scenario or a twin.
void Results::add_trial(const std::vector<std::string>& words) {
  Trial* const trial = trial_of(words[1]);
  if (trial == nullptr) return;
  const std::string& fact = words[0];
  if (fact == "outcome") {
    add_outcome(*trial, words);
  } else if (fact == "hammered") {
    Place& place = place_of(*trial, words[2]);
    place.rounds += whole(words[3]);
    place.seconds += real(words[4]);
    place.best_rate = std::max(place.best_rate, real(words[5]));
  } else if (fact == "explored") {
    Exploration& exploration = trial->exploration;
    exploration = {true,
                   words[2],
                   whole(words[3]),
                   whole(words[4]),
                   real(words[5]),
                   whole(words[6]),
                   whole(words[7]),
                   std::move(exploration.seen),
                   exploration.sampling};
  } else if (fact == "sampled") {
    trial->exploration.sampling = {whole(words[2]), whole(words[3]), real(words[4]),
                                   real(words[5])};
  } else if (fact == "fault") {
    trial->faults.push_back({words[2], words[3], words[4], whole(words[5])});
  } else if (fact == "token") {
    trial->token = words[2];
  } else if (fact == "trace") {
    trial->trace.push_back(words[2]);
  } else if (fact == "noise" && trial->noise.size() < kMostNoise) {
    trial->noise.push_back(words[2]);
  }
}

void Results::add(std::string_view line) {
  const std::vector<std::string> words = split(line, '\t');
  static const std::map<std::string, std::size_t, std::less<>> kWords = {
      {"scenario", 4}, {"actor", 3},    {"shows", 3},    {"row", 5},        {"twin", 5},
      {"outcome", 7},  {"hammered", 6}, {"explored", 8}, {"fault", 6},      {"token", 3},
      {"sampled", 6},  {"trace", 3},    {"noise", 3},    {"calibrated", 9}, {"run", 3}};
  const auto known = kWords.find(words[0]);
  if (known == kWords.end() || words.size() != known->second) return;
  if (words[0] == "run") {
    facts[words[1]] = words[2];
  } else if (words[0] == "calibrated") {
    calibrations.push_back({words[1], words[2] == "shown", whole(words[3]), whole(words[4]),
                            real(words[5]), real(words[6]), real(words[7]), words[8]});
  } else if (words[0] == "scenario" || words[0] == "actor" || words[0] == "shows" ||
             words[0] == "row" || words[0] == "twin") {
    add_scenario(words);
  } else {
    add_trial(words);
  }
}

}  // namespace orochi::stress
