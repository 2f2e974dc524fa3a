// orochi-stress: see help_text in options.cc.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "stress/cli/console.h"
#include "stress/cli/options.h"
#include "stress/cli/reports.h"
#include "stress/cli/session.h"
#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

enum Exit { kGood = 0, kFailed = 1, kAskedWrongly = 2, kWasInterrupted = 130 };

std::string ways_of(const Runners& runners) {
  std::vector<std::string> ways;
  if (runners.has_hammer()) ways.emplace_back("hammer");
  if (runners.has_explorer()) ways.emplace_back("explorer");
  return joined(ways, " ");
}

int list(const Options& options) {
  const Runners runners = Runners::of(options.design);
  Results results;
  if (!load_scenarios(runners, results, [](std::string_view) {})) {
    complain("the runners of design '" + options.design +
             "' are not built; build the target stress_" + options.design + ", or see --design");
    return kAskedWrongly;
  }
  std::string error;
  const std::vector<std::string> names = select(results, options, error);
  if (!error.empty()) return complain(error), kAskedWrongly;
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, name.size() + 3);
  for (const std::string& name : names) {
    const ScenarioResult& scenario = *results.find(name);
    std::printf("%s%-62s %s   %s\n", padded(name, width).c_str(), scenario.question.c_str(),
                plural(scenario.actors.size(), "actor").c_str(), ways_of(runners).c_str());
  }
  return kGood;
}

void conclude(Console& console, const Results& results, const std::string& out) {
  const std::size_t failed = results.failed().size();
  const std::string reports = "   (" + out + "/)";
  if (failed != 0)
    console.important(console.bad("failed:") + " " + std::to_string(failed) + " of " +
                      plural(results.tried().size(), "scenario") + reports);
  else
    console.important(console.good("passed:") + " " + plural(results.tried().size(), "scenario") +
                      reports);
}

int finish(Console& console, const Results& results, const Options& options,
           const std::string& out) {
  if (!write_reports(results, out)) complain("cannot write the reports to " + out);
  if (options.json) std::fputs(json_report(results).c_str(), stdout);
  if (is_interrupted()) {
    console.important("interrupted; what was seen so far is in " + out + "/");
    return kWasInterrupted;
  }
  if (results.is_void()) {
    console.important(console.bad("void:") +
                      " what this machine cannot show now, it cannot rule out. Try again when it "
                      "is less busy, or say --no-calibration");
    return kFailed;
  }
  conclude(console, results, out);
  return results.failed().empty() ? kGood : kFailed;
}

int run(const Options& options) {
  Console console(options.quiet, options.json);
  heed_interrupts();
  Session session(options, console);
  if (!session.prepare()) return kAskedWrongly;
  const Results& results = session.results();
  console.line(plural(session.names().size(), "scenario") + " of design " + options.design +
               ", about " + span_text(session.time()) + "; seed " + results.fact("seed") + "; " +
               results.fact("processor") + ", " + results.fact("cores") + " cores, load " +
               results.fact("load"));
  if (session.calibrate()) session.run();
  return finish(console, results, options, session.out());
}

int replay(const Options& options) {
  const std::string& token = options.words.front();
  const Runners runners = Runners::of(options.design);
  Results results;
  if (!runners.has_explorer() || !load_scenarios(runners, results, [](std::string_view) {})) {
    complain("design '" + options.design + "' has no explorer in this build; release has");
    return kAskedWrongly;
  }
  const std::string subject = token.substr(0, token.find(':'));
  const ScenarioResult* const scenario = results.find(subject.substr(0, subject.find('/')));
  if (scenario == nullptr || token.find(':') == token.npos) {
    complain("'" + token + "' is not a token: it begins with a scenario's name and a colon");
    return kAskedWrongly;
  }
  std::string fault = "nothing", message;
  std::vector<std::string> trace;
  Listener listener;
  listener.patience = 60;
  listener.hear = [&](std::string_view line) {
    const std::vector<std::string> words = split(line, '\t');
    if (words[0] == "replayed" && words.size() == 5) fault = words[2], message = words[3];
    if (words[0] == "trace" && words.size() == 3) trace.push_back(words[2]);
    if (words[0] == "outcome" && words.size() == 7) message = "outcome " + words[5];
  };
  const Ended ended = run_program({runners.explorer, "replay", token}, listener);
  if (ended.ending != Ending::kDone) {
    complain("this token leads nowhere: it was made by another scenario, or is cut");
    return kAskedWrongly;
  }
  Console console(options.quiet, false);
  console.important(console.bold(subject) + "   " + scenario->question);
  show_trace(console, *scenario, trace);
  const bool is_clean = fault == "nothing";
  console.important(is_clean ? "nothing forbidden: " + message
                             : console.bad("FORBIDDEN   " + message) + "   (" + fault + ")");
  return is_clean ? kGood : kFailed;
}

int report(const Options& options) {
  const std::string out = options.out.empty() ? default_out() : options.out;
  std::vector<std::string> logs = options.words;
  if (logs.empty()) logs.push_back(out + "/results.log");
  Results results;
  for (const std::string& path : logs) {
    const bool is_folder = std::filesystem::is_directory(path);
    std::ifstream file(is_folder ? path + "/results.log" : path);
    if (!file) {
      complain("cannot read '" + path + "'; it should be a results.log, or a folder with one");
      return kAskedWrongly;
    }
    for (std::string line; std::getline(file, line);) results.add(line);
  }
  std::error_code error;
  std::filesystem::create_directories(out, error);
  Console console(options.quiet, options.json);
  if (!results.calibrations.empty()) show_calibration(console, results);
  for (const ScenarioResult* const scenario : results.tried()) show_scenario(console, *scenario);
  return finish(console, results, options, out);
}

int obey(const Options& options) {
  if (options.command == "list") return list(options);
  if (options.command == "run") return run(options);
  if (options.command == "replay") return replay(options);
  if (options.command == "report") return report(options);
  return std::fputs(help_text(), stdout), kGood;
}

}  // namespace
}  // namespace orochi::stress

int main(int count, char** words) {
  using namespace orochi::stress;
  const Parsed parsed = parse_options({words + 1, words + count});
  if (parsed.error.empty()) return obey(parsed.options);
  complain(parsed.error);
  return kAskedWrongly;
}
