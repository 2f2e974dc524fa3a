#include "stress/cli/session.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "stress/cli/text.h"
#include "stress/harness/lines.h"

namespace orochi::stress {
namespace {

constexpr double kSilence = 10;     // seconds after which a scenario hangs
constexpr double kTwinSilence = 3;  // a twin may hang as its way of being caught
constexpr double kTwinTime = 20;    // the most that a twin is hammered,
constexpr double kAlone = 60;       // and where nobody else can catch it

std::filesystem::path folder_of_this_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown processor";
}

std::string system_name() {
  utsname names{};
  return uname(&names) == 0 ? std::string(names.sysname) + " " + names.release : "unknown system";
}

std::string load_now() {
  double load[1] = {};
  return getloadavg(load, 1) == 1 ? format("%.1f", load[0]) : "unknown";
}

double time_of(const Options& options) {
  if (options.time > 0) return options.time;
  if (options.profile == "gate") return 14 * 60;
  if (options.profile == "nightly") return 5.75 * 3600;
  return 100;
}

bool is_known_fact(std::string_view line) {
  const std::string_view fact = line.substr(0, line.find('\t'));
  static const std::vector<std::string_view> kFacts = {
      "progress", "scenario", "actor",      "shows",   "row",     "twin",
      "outcome",  "hammered", "explored",   "sampled", "fault",   "token",
      "trace",    "noise",    "calibrated", "run",     "replayed"};
  return fact.size() < line.size() && std::find(kFacts.begin(), kFacts.end(), fact) != kFacts.end();
}

// A line of a log, made here.
template <class... Words>
std::string fact(std::string_view name, const Words&... words) {
  std::string line(name);
  ((line += '\t', line += detail::word_of(words)), ...);
  return line;
}

}  // namespace

Runners Runners::of(const std::string& design) {
  const std::filesystem::path folder = folder_of_this_program();
  return {folder / ("stress_hammer_" + design), folder / ("stress_explorer_" + design)};
}

bool Runners::has_hammer() const { return access(hammer.c_str(), X_OK) == 0; }
bool Runners::has_explorer() const { return access(explorer.c_str(), X_OK) == 0; }

std::string default_out() {
  return (folder_of_this_program().parent_path().parent_path() / "stress").string();
}

bool load_scenarios(const Runners& runners, Results& results,
                    const std::function<void(std::string_view)>& log) {
  const std::string& runner = runners.has_hammer() ? runners.hammer : runners.explorer;
  Listener listener;
  listener.hear = [&](std::string_view line) {
    results.add(line);
    log(line);
  };
  return run_program({runner, "list"}, listener).ending == Ending::kDone;
}

std::vector<std::string> select(const Results& results, const Options& options,
                                std::string& error) {
  std::vector<std::string> all;
  for (const ScenarioResult& scenario : results.scenarios) all.push_back(scenario.name);
  std::vector<std::string> chosen;
  const auto is_wanted = [&](const std::string& name) {
    if (options.words.empty()) return true;
    return std::any_of(options.words.begin(), options.words.end(), [&](const std::string& word) {
      const bool is_a_name = std::find(all.begin(), all.end(), word) != all.end();
      return is_a_name ? word == name : matches(word, name);
    });
  };
  for (const std::string& word : options.words) {
    if (std::any_of(all.begin(), all.end(), [&](const auto& name) { return matches(word, name); }))
      continue;
    const std::string meant = closest(word, all);
    error = "no scenario matches '" + word + "'; " +
            (meant.empty() ? "orochi-stress list shows all " + std::to_string(all.size())
                           : "did you mean '" + meant + "'?");
    return {};
  }
  std::size_t number = 0;
  for (const std::string& name : all)
    if (is_wanted(name) && number++ % options.shards == options.shard - 1) chosen.push_back(name);
  return chosen;
}

Session::Session(const Options& options, Console& console)
    : options_(options),
      console_(console),
      runners_(Runners::of(options.design)),
      out_(options.out.empty() ? default_out() : options.out),
      seed_(options.seed != 0 ? options.seed : std::random_device()() % 1'000'000 + 1) {}

double Session::time() const { return time_of(options_); }

void Session::hear(std::string_view line) {
  results_.add(line);
  if (log_ == nullptr || line.starts_with("progress\t")) return;
  std::fwrite(line.data(), 1, line.size(), log_.get());
  std::fputc('\n', log_.get());
  std::fflush(log_.get());
}

bool Session::prepare() {
  if (!runners_.has_hammer() && !runners_.has_explorer()) {
    complain("the runners of design '" + options_.design + "' are not built; build the target " +
             "stress_" + options_.design + ", or see --design");
    return false;
  }
  std::error_code error;
  std::filesystem::create_directories(out_, error);
  log_.reset(std::fopen((out_ + "/results.log").c_str(), "w"));
  if (log_ == nullptr) {
    complain("cannot write " + out_ + "/results.log: " + std::strerror(errno) +
             "; name another folder with --out");
    return false;
  }
  if (!load_scenarios(runners_, results_, [this](std::string_view line) {
        std::fprintf(log_.get(), "%.*s\n", static_cast<int>(line.size()), line.data());
      })) {
    complain("the runner " + runners_.hammer + " does not answer; build it again");
    return false;
  }
  std::string wrong;
  names_ = select(results_, options_, wrong);
  if (!wrong.empty()) complain(wrong);
  if (wrong.empty() && names_.empty() && options_.shards == 1) complain("there are no scenarios");
  if (!wrong.empty() || (names_.empty() && options_.shards == 1)) return false;
  say_facts();
  return true;
}

void Session::say_facts() {
  char now[64] = "";
  const std::time_t seconds = std::time(nullptr);
  std::strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&seconds));
  hear(fact("run", "started", now));
  hear(fact("run", "design", options_.design));
  hear(fact("run", "profile", options_.profile));
  hear(fact("run", "seconds", time()));
  hear(fact("run", "seed", seed_));
  hear(
      fact("run", "shard", std::to_string(options_.shard) + "/" + std::to_string(options_.shards)));
  hear(fact("run", "processor", cpu_name()));
  hear(fact("run", "cores", std::thread::hardware_concurrency()));
  hear(fact("run", "system", system_name()));
  hear(fact("run", "load", load_now()));
}

double Session::seconds_left() const {
  return std::max(0.0, time() - std::chrono::duration<double>(Clock::now() - start_).count());
}

std::string Session::progress_text(const std::string& subject, std::uint64_t rounds) const {
  std::string text = format("[%zu/%zu] ", at_ + 1, std::max<std::size_t>(1, names_.size()));
  text += subject;
  if (rounds != 0) text += ", " + count_text(rounds) + " rounds";
  return text + ", at most " + span_text(seconds_left()) + " left";
}

Ended Session::listen(const std::vector<std::string>& words, const std::string& subject,
                      double patience, std::uint64_t& rounds) {
  Listener listener;
  listener.patience = patience;
  listener.hear = [&](std::string_view line) {
    if (!is_known_fact(line))
      hear(fact("noise", subject, line));
    else
      hear(line);
    if (line.starts_with("progress\t")) rounds = whole_number(line.substr(9)).value_or(rounds);
  };
  listener.tick = [&] { console_.progress(progress_text(subject, rounds)); };
  return run_program(words, listener);
}

void Session::note_ending(const Ended& ended, const std::string& subject, const char* runner,
                          double patience, std::uint64_t rounds) {
  if (ended.ending == Ending::kSilent)
    hear(fact("fault", subject, runner, "hang", format("nothing got on for %.0f s", patience),
              rounds));
  // A check that failed has said so, and ends its program too.
  const ScenarioResult* const scenario = results_.find(subject.substr(0, subject.find('/')));
  if (ended.ending != Ending::kCrashed || scenario == nullptr) return;
  const Trial* trial = &scenario->trial;
  for (const TwinResult& twin : scenario->twins)
    if (subject == scenario->name + "/" + twin.name) trial = &twin.trial;
  if (trial->fault_of(runner) != nullptr) return;
  const std::string what =
      ended.status < 0
          ? std::string("signal ") + std::to_string(-ended.status) + ", " + strsignal(-ended.status)
          : "exit status " + std::to_string(ended.status);
  hear(fact("fault", subject, runner, "crash", what, rounds));
}

void Session::hammer(const std::string& subject, double seconds, double patience) {
  std::vector<std::string> threads;
  for (const unsigned count : options_.threads) threads.push_back(std::to_string(count));
  std::uint64_t rounds = 0;
  const Ended ended = listen({runners_.hammer, "run", subject, format("seconds=%.3f", seconds),
                              "seed=" + std::to_string(seed_), "threads=" + joined(threads, ",")},
                             subject, patience, rounds);
  note_ending(ended, subject, "hammer", patience, rounds);
}

void Session::explore(const std::string& subject, double seconds) {
  // What is sampled is not bound to few preemptions; twins are soon caught without it.
  const bool samples = subject.find('/') == std::string::npos;
  std::vector<std::string> words = {runners_.explorer,
                                    "run",
                                    subject,
                                    format("seconds=%.3f", samples ? seconds * 0.7 : seconds),
                                    format("sampled=%.3f", samples ? seconds * 0.3 : 0),
                                    "seed=" + std::to_string(seed_),
                                    "schedules=1000000000"};
  if (options_.preemptions != 0)
    words.push_back("preemptions=" + std::to_string(options_.preemptions));
  else if (options_.profile == "nightly")
    words.emplace_back("deeper=1");
  std::uint64_t rounds = 0;
  // It spins on no real thread, so it can only be slow: to minimise a failure takes a while.
  const double patience = seconds + 60;
  note_ending(listen(words, subject, patience, rounds), subject, "explorer", patience, rounds);
}

bool Session::calibrate() {
  if (!options_.hammers || !options_.calibrates || !runners_.has_hammer()) return true;
  std::uint64_t rounds = 0;
  const Ended ended =
      listen({runners_.hammer, "calibrate", "seconds=4", "seed=" + std::to_string(seed_)},
             "calibration", kSilence, rounds);
  if (ended.ending == Ending::kInterrupted) return false;
  if (ended.ending != Ending::kDone || results_.calibrations.empty())
    hear(fact("calibrated", "the hammer itself", "MISSED", 0, 0, 0, 0, 0, "Does it run at all?"));
  show_calibration(console_, results_);
  return !results_.is_void();
}

// A part of the time each for the scenario's hammer and explorer; twins take what they need, which
// is little, since they stop when they are caught.
void Session::run_scenario(const std::string& name, double seconds) {
  const bool hammers = options_.hammers && runners_.has_hammer();
  const bool explores = options_.explores && runners_.has_explorer();
  const ScenarioResult& scenario = *results_.find(name);
  std::vector<std::string> twins[2];
  for (const TwinResult& twin : scenario.twins) {
    if (twin.by != "explorer") twins[0].push_back(name + "/" + twin.name);
    if (twin.by != "hammer") twins[1].push_back(name + "/" + twin.name);
  }
  const auto goes_on = [] { return !is_interrupted(); };
  if (hammers && goes_on()) hammer(name, seconds * (explores ? 0.6 : 0.9), kSilence);
  if (explores && goes_on()) explore(name, std::max(1.0, seconds * (hammers ? 0.3 : 0.9)));
  for (const std::string& twin : twins[0])
    if (hammers && goes_on()) hammer(twin, explores ? kTwinTime : kAlone, kTwinSilence);
  for (const std::string& twin : twins[1])
    if (explores && goes_on()) explore(twin, kTwinTime);
}

void Session::run() {
  for (at_ = 0; at_ < names_.size() && !is_interrupted(); ++at_) {
    const double share = seconds_left() / static_cast<double>(names_.size() - at_);
    run_scenario(names_[at_], std::max(0.2, share));
    const ScenarioResult& scenario = *results_.find(names_[at_]);
    if (scenario.was_tried()) show_scenario(console_, scenario);
  }
}

}  // namespace orochi::stress
