// One page that needs nothing else: no network, no script. Failures first. Readable in the dark and
// on paper; under each picture its table.

#include "stress/cli/reports.h"
#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

constexpr const char* kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>orochi-stress</title>
<meta name="viewport" content="width=device-width">
<style>
:root { color-scheme: light dark; --text: #1c1c1c; --page: #fff; --faint: #6b6b6b; --line: #d8d8d8;
        --good: #1a7f37; --bad: #c62828; --odd: #b26a00; --bar: #4c78a8; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6e6; --page: #161616; --faint: #9a9a9a; --line: #3a3a3a;
          --good: #57c271; --bad: #ff7066; --odd: #f0b04a; --bar: #7aa6d6; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
       max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .3rem }
table { border-collapse: collapse } td, th { padding: .15rem .8rem .15rem 0; text-align: left;
        vertical-align: top } td.n { text-align: right; font-variant-numeric: tabular-nums }
.faint { color: var(--faint) } .good { color: var(--good) } .bad { color: var(--bad) }
.odd { color: var(--odd) } pre { overflow-x: auto; border-left: 3px solid var(--line);
        padding-left: .8rem; font-size: .85rem }
.bar { display: flex; height: .8rem; width: 100%; background: var(--line); margin: .4rem 0 }
.bar i { display: block; background: var(--bar); border-right: 1px solid var(--page) }
.bar i.bad { background: var(--bad) } .bar i.odd { background: var(--odd) }
article { border-top: 1px solid var(--line); break-inside: avoid }
</style></head><body>
)";

std::string element(std::string_view name, std::string_view kind, const std::string& inside) {
  const std::string attribute = kind.empty() ? "" : " class=\"" + std::string(kind) + "\"";
  return "<" + std::string(name) + attribute + ">" + inside + "</" + std::string(name) + ">";
}

const char* kind_of(const ScenarioResult& scenario, std::size_t row) {
  if (scenario.is_forbidden(row)) return "bad";
  return scenario.rows[row].grade == "interesting" ? "odd" : "";
}

double share_of(std::uint64_t count, std::uint64_t of) {
  return of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of);
}

std::string bar(const ScenarioResult& scenario) {
  const std::uint64_t all = scenario.trial.rounds();
  if (all == 0) return {};
  std::string parts;
  for (std::size_t row = 0; row < scenario.rows.size(); ++row) {
    const std::uint64_t count = scenario.count_of(scenario.trial, row);
    if (count == 0) continue;
    // What is rare is still to be seen.
    parts += "<i class=\"" + std::string(kind_of(scenario, row)) + "\" title=\"" +
             escaped(scenario.rows[row].values) + "\" style=\"width:max(3px," +
             format("%.3f%%", 100 * share_of(count, all)) + ")\"></i>";
  }
  return element("div", "bar", parts);
}

std::string table_of_outcomes(const ScenarioResult& scenario) {
  std::string rows = "<tr>" + element("th", "", escaped(joined(scenario.shows, ", "))) +
                     "<th>count</th><th>share</th><th></th><th></th></tr>";
  const std::uint64_t all = scenario.trial.rounds();
  for (std::size_t row = 0; row < scenario.rows.size(); ++row) {
    const std::uint64_t count = scenario.count_of(scenario.trial, row);
    const RowInfo& info = scenario.rows[row];
    rows += "<tr>" + element("td", "", escaped(info.values)) +
            element("td", "n", std::to_string(count)) +
            element("td", "n", share_text(share_of(count, all))) +
            element("td", kind_of(scenario, row), info.grade) +
            element("td", "", escaped(info.reason)) + "</tr>";
  }
  return element("table", "", rows);
}

std::string who_ran_it(const ScenarioResult& scenario) {
  std::string text;
  for (const Place& place : scenario.trial.places)
    text += escaped(place.name) + ": " + count_text(place.rounds) + " rounds, " +
            span_text(place.seconds) + "<br>";
  const Exploration& exploration = scenario.trial.exploration;
  if (exploration.ran)
    text += "explorer: " + plural(exploration.schedules, "schedule") + ", " +
            escaped(exploration.end) + " (at most " +
            plural(exploration.preemptions, "preemption") + " and " +
            plural(exploration.stale_reads, "stale read") + ")";
  if (exploration.sampling.schedules != 0)
    text += ", and " + plural(exploration.sampling.schedules, "random schedule") +
            " that find a bug of depth " + std::to_string(exploration.sampling.depth) +
            " with a probability of " + share_text(exploration.sampling.chance);
  return element("p", "faint", text);
}

std::string twin_text(const ScenarioResult& scenario, const TwinResult& twin) {
  std::vector<std::string> by;
  if (scenario.is_caught_by_hammer(twin))
    by.push_back("by the hammer within " + count_text(twin.trial.rounds()) + " rounds");
  if (const Fault* const fault = twin.trial.fault_of("explorer"))
    by.push_back("by the explorer at schedule " + std::to_string(fault->at));
  const bool was_tried = twin.trial.was_hammered() || twin.trial.exploration.ran;
  const std::string verdict = !by.empty() ? element("span", "good", "caught " + joined(by, ", "))
                              : was_tried ? element("span", "bad", "not caught")
                                          : element("span", "faint", "not tried");
  return element("p", "",
                 "Twin " + element("b", "", escaped(twin.name)) + ", which " +
                     escaped(twin.mistake) + ": " + verdict);
}

std::string failure(const ScenarioResult& scenario) {
  std::string text;
  for (const std::string& complaint : scenario.complaints())
    text += element("p", "bad", escaped(complaint));
  if (!scenario.trial.trace.empty())
    text += element("pre", "", escaped(joined(scenario.trial.trace, "\n")));
  if (!scenario.trial.noise.empty())
    text += element("pre", "", escaped(joined(scenario.trial.noise, "\n")));
  if (!scenario.trial.token.empty())
    text += element(
        "p", "",
        "replay: " +
            element("code", "", "orochi-stress replay '" + escaped(scenario.trial.token) + "'"));
  return text;
}

std::string article(const ScenarioResult& scenario) {
  std::string text =
      element("h2", "", escaped(scenario.name)) + element("p", "", escaped(scenario.question));
  text += failure(scenario) + bar(scenario);
  if (scenario.trial.rounds() != 0) text += table_of_outcomes(scenario);
  text += who_ran_it(scenario);
  for (const TwinResult& twin : scenario.twins) text += twin_text(scenario, twin);
  return element("article", "", text) + "\n";
}

std::string calibration(const Results& results) {
  std::string rows;
  for (const Calibrated& known : results.calibrations)
    rows += "<tr>" + element("td", "", escaped(known.name)) +
            element("td", known.shown ? "good" : "bad", known.shown ? "seen" : "missed") +
            element("td", "n", share_text(share_of(known.hits, known.rounds))) +
            element("td", "", escaped(known.question)) + "</tr>";
  return rows.empty() ? "" : element("h2", "", "Known races") + element("table", "", rows);
}

std::string facts(const Results& results) {
  std::string rows;
  for (const auto& [name, value] : results.facts)
    rows += "<tr>" + element("td", "faint", escaped(name)) + element("td", "", escaped(value)) +
            "</tr>";
  return element("h2", "", "This run") + element("table", "", rows);
}

}  // namespace

std::string html_report(const Results& results) {
  const auto tried = results.tried();
  const auto failed = results.failed();
  std::string text = kHead;
  text +=
      element("h1", "",
              "orochi-stress: " +
                  (failed.empty() ? plural(tried.size(), "scenario") + ", nothing forbidden seen"
                                  : std::to_string(failed.size()) + " of " +
                                        plural(tried.size(), "scenario") + " failed"));
  if (results.is_void())
    text += element("p", "bad", "Void: this machine missed a race that is known to be there.");
  for (const ScenarioResult* const scenario : failed) text += article(*scenario);
  for (const ScenarioResult* const scenario : tried)
    if (scenario->complaints().empty()) text += article(*scenario);
  return text + calibration(results) + facts(results) + "</body></html>\n";
}

}  // namespace orochi::stress
