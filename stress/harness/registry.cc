#include <cstdio>
#include <cstdlib>

#include "stress/harness/scenario.h"

namespace orochi::stress {
namespace {

std::vector<Scenario>& known() {
  static auto* const instance = new std::vector<Scenario>;
  return *instance;
}

[[noreturn]] void refuse(const char* name, const char* what) {
  std::fprintf(stderr, "scenario '%s': %s\n", name, what);
  std::abort();
}

void check_that_it_fits(const Scenario& scenario) {
  if (find_scenario(scenario.name).scenario != nullptr)
    refuse(scenario.name, "there is another one of this name");
  if (scenario.actors.size() != scenario.body.actors)
    refuse(scenario.name, "as many names in .actors as the state has Actors");
  if (scenario.shows.empty() || scenario.shows.size() > Outcome::kMost)
    refuse(scenario.name, "one to four names in .shows, as its outcomes have numbers");
  if (scenario.outcomes.empty()) refuse(scenario.name, ".outcomes is empty");
  if (scenario.twins.empty()) refuse(scenario.name, "without a twin nobody knows whether it looks");
  for (const Twin& twin : scenario.twins)
    if (twin.body.actors != scenario.body.actors)
      refuse(scenario.name, "a twin has other actors than the scenario");
}

}  // namespace

const std::vector<Scenario>& scenarios() { return known(); }

Found find_scenario(std::string_view name) {
  const std::size_t slash = name.find('/');
  const std::string_view of_twin = slash == name.npos ? "" : name.substr(slash + 1);
  for (const Scenario& scenario : scenarios()) {
    if (name.substr(0, slash) != scenario.name) continue;
    if (of_twin.empty()) return {&scenario, nullptr};
    for (const Twin& twin : scenario.twins)
      if (of_twin == twin.name) return {&scenario, &twin};
  }
  return {};
}

Registration::Registration(Scenario scenario) {
  check_that_it_fits(scenario);
  known().push_back(std::move(scenario));
}

}  // namespace orochi::stress
