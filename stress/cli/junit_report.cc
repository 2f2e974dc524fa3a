#include "stress/cli/reports.h"
#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

double seconds_of(const ScenarioResult& scenario) {
  double sum = scenario.trial.hammer_seconds() + scenario.trial.exploration.seconds;
  for (const TwinResult& twin : scenario.twins)
    sum += twin.trial.hammer_seconds() + twin.trial.exploration.seconds;
  return sum;
}

std::string test_case(const ScenarioResult& scenario, const std::string& design) {
  const std::vector<std::string> complaints = scenario.complaints();
  std::string text = "  <testcase classname=\"" + escaped(design) + "\" name=\"" +
                     escaped(scenario.name) + "\" time=\"" + format("%.3f", seconds_of(scenario)) +
                     "\">\n";
  if (!complaints.empty()) {
    std::string details = joined(complaints, "\n");
    for (const std::string& line : scenario.trial.trace) details += "\n" + line;
    if (!scenario.trial.token.empty())
      details += "\norochi-stress replay '" + scenario.trial.token + "'";
    text += "    <failure message=\"" + escaped(complaints.front()) + "\">" + escaped(details) +
            "</failure>\n";
  }
  return text + "  </testcase>\n";
}

}  // namespace

std::string junit_report(const Results& results) {
  const auto tried = results.tried();
  double seconds = 0;
  for (const ScenarioResult* const scenario : tried) seconds += seconds_of(*scenario);
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"orochi-stress\"";
  text += " tests=\"" + std::to_string(tried.size()) + "\" failures=\"" +
          std::to_string(results.failed().size()) + "\" errors=\"" +
          (results.is_void() ? "1" : "0") + "\" time=\"" + format("%.3f", seconds) + "\">\n";
  for (const ScenarioResult* const scenario : tried)
    text += test_case(*scenario, results.fact("design"));
  if (results.is_void())
    text +=
        "  <testcase classname=\"calibration\" name=\"calibration\">\n"
        "    <error message=\"a known race was missed, so this run is void\"/>\n"
        "  </testcase>\n";
  return text + "</testsuite>\n";
}

}  // namespace orochi::stress
