#include "stress/harness/describe.h"

#include <algorithm>

#include "stress/harness/lines.h"

namespace orochi::stress {
namespace {

const char* name_of(SeenBy by) {
  switch (by) {
    case SeenBy::kBoth:
      return "both";
    case SeenBy::kExplorer:
      return "explorer";
    case SeenBy::kHammer:
      return "hammer";
  }
  return "?";
}

void say_one(const Scenario& scenario) {
  const std::string_view name = scenario.name;
  say("scenario", name, scenario.question, scenario.body.attached ? "attached" : "plain");
  for (const char* const actor : scenario.actors) say("actor", name, actor);
  for (const char* const number : scenario.shows) say("shows", name, number);
  for (const Row& row : scenario.outcomes)
    say("row", name, text_of(row.outcome, scenario.shows.size()), name_of(row.grade), row.reason);
  for (const Twin& twin : scenario.twins)
    say("twin", name, twin.name, twin.mistake, name_of(twin.by));
}

}  // namespace

std::string text_of(const Outcome& outcome, std::size_t numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers; ++i) {
    if (i != 0) text += ", ";
    text += outcome.values[i] == kAny ? "*" : std::to_string(outcome.values[i]);
  }
  return text;
}

const char* name_of(Grade grade) {
  switch (grade) {
    case Grade::kAcceptable:
      return "acceptable";
    case Grade::kInteresting:
      return "interesting";
    case Grade::kForbidden:
      return "FORBIDDEN";
  }
  return "?";
}

std::string name_of(const Found& found) {
  const std::string name = found.scenario->name;
  return found.twin == nullptr ? name : name + "/" + found.twin->name;
}

std::string verdict_on(const Scenario& scenario, const Outcome& outcome) {
  const std::size_t row = row_of(scenario.outcomes, outcome);
  const char* const reason = row == kUnlisted ? "nobody expects this outcome: no row matches it"
                                              : scenario.outcomes[row].reason;
  return text_of(outcome, scenario.shows.size()) + ": " + reason;
}

void say_scenarios() {
  std::vector<const Scenario*> sorted;
  for (const Scenario& scenario : scenarios()) sorted.push_back(&scenario);
  std::sort(sorted.begin(), sorted.end(), [](const Scenario* a, const Scenario* b) {
    return std::string_view(a->name) < b->name;
  });
  for (const Scenario* const scenario : sorted) say_one(*scenario);
}

void say_outcomes(const Found& found, std::string_view runner, std::string_view where,
                  const Tally& tally) {
  const Scenario& scenario = *found.scenario;
  tally.for_each([&](const Outcome& outcome, std::uint64_t count) {
    const std::size_t row = row_of(scenario.outcomes, outcome);
    say("outcome", name_of(found), runner, where,
        row == kUnlisted ? std::string("unlisted") : std::to_string(row),
        text_of(outcome, scenario.shows.size()), count);
  });
}

}  // namespace orochi::stress
