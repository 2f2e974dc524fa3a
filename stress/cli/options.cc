#include "stress/cli/options.h"

#include <functional>
#include <map>

#include "stress/cli/text.h"

namespace orochi::stress {
namespace {

const std::vector<std::string> kCommands = {"list", "run", "replay", "report", "help"};

// Takes the value of an option; false: it makes no sense.
using Take = std::function<bool(Options&, const std::string&)>;
struct Option {
  std::string wants;  // in an error: "--seed wants a whole number, not 'x'"
  Take take;
};

bool take_threads(Options& options, const std::string& value) {
  options.threads.clear();
  for (const std::string& word : split(value, ',')) {
    const auto number = whole_number(word);
    if (!number || *number < 2 || *number > 64) return false;
    options.threads.push_back(static_cast<unsigned>(*number));
  }
  return true;
}

bool take_shard(Options& options, const std::string& value) {
  const std::vector<std::string> parts = split(value, '/');
  if (parts.size() != 2) return false;
  const auto shard = whole_number(parts[0]);
  const auto shards = whole_number(parts[1]);
  if (!shard || !shards || *shard < 1 || *shard > *shards || *shards > 10'000) return false;
  options.shard = static_cast<unsigned>(*shard);
  options.shards = static_cast<unsigned>(*shards);
  return true;
}

template <class Number, class Read>
Take into(Number Options::*field, Read read) {
  return [field, read](Options& options, const std::string& value) {
    const auto number = read(value);
    if (number) options.*field = *number;
    return bool{number};
  };
}

const std::map<std::string, Option>& valued() {
  static const std::map<std::string, Option> all = {
      {"--time", {"a span like 30s, 15m or 6h", into(&Options::time, span_of)}},
      {"--seed", {"a whole number", into(&Options::seed, whole_number)}},
      {"--preemptions", {"a whole number", into(&Options::preemptions, whole_number)}},
      {"--threads", {"numbers from 2 to 64, like 2,4,8", take_threads}},
      {"--shard", {"a part and how many there are, like 1/4", take_shard}},
      {"--profile",
       {"quick, gate or nightly",
        [](Options& options, const std::string& value) {
          options.profile = value;
          return value == "quick" || value == "gate" || value == "nightly";
        }}},
      {"--design",
       {"the name of a design",
        [](Options& options, const std::string& value) {
          options.design = value;
          return !value.empty() && value.find('/') == value.npos;
        }}},
      {"--out",
       {"a folder",
        [](Options& options, const std::string& value) {
          options.out = value;
          return !value.empty();
        }}},
      {"--only",
       {"hammer or explorer",
        [](Options& options, const std::string& value) {
          options.explores = value != "hammer";
          options.hammers = value != "explorer";
          return value == "hammer" || value == "explorer";
        }}},
  };
  return all;
}

const std::map<std::string, std::function<void(Options&)>>& flags() {
  static const std::map<std::string, std::function<void(Options&)>> all = {
      {"--no-calibration", [](Options& options) { options.calibrates = false; }},
      {"--quiet", [](Options& options) { options.quiet = true; }},
      {"--json", [](Options& options) { options.json = true; }},
      {"--merge", [](Options&) {}},  // several logs are merged; one may say so
  };
  return all;
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const auto& [name, option] : valued()) names.push_back(name);
  for (const auto& [name, set] : flags()) names.push_back(name);
  return names;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& names) {
  const std::string meant = closest(word, names);
  return meant.empty() ? "orochi-stress help lists what there is" : "did you mean '" + meant + "'?";
}

// One argument that begins with "--". Returns what is wrong.
std::string take_option(Options& options, const std::vector<std::string>& arguments,
                        std::size_t& at) {
  const std::string& argument = arguments[at];
  const std::size_t equals = argument.find('=');
  const std::string name = argument.substr(0, equals);
  if (const auto flag = flags().find(name); flag != flags().end()) {
    if (equals != argument.npos) return name + " takes no value";
    flag->second(options);
    return {};
  }
  const auto option = valued().find(name);
  if (option == valued().end())
    return "there is no option '" + name + "'; " + suggestion(name, all_names());
  if (equals == argument.npos && at + 1 == arguments.size())
    return name + " wants " + option->second.wants;
  const std::string value = equals == argument.npos ? arguments[++at] : argument.substr(equals + 1);
  if (option->second.take(options, value)) return {};
  return name + " wants " + option->second.wants + ", not '" + value + "'";
}

std::string check_command(const Options& options) {
  for (const std::string& command : kCommands)
    if (options.command == command) {
      if (command == "replay" && options.words.size() != 1)
        return "replay wants one token, as a failure prints it; "
               "put it in quotes, since it may contain '>' and '!'";
      return {};
    }
  return "there is no command '" + options.command + "'; " + suggestion(options.command, kCommands);
}

}  // namespace

Parsed parse_options(const std::vector<std::string>& arguments) {
  Parsed parsed;
  Options& options = parsed.options;
  for (std::size_t i = 0; i < arguments.size() && parsed.error.empty(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-h" || argument == "--help") {
      options.command = "help";
      return parsed;
    }
    if (argument.starts_with("--"))
      parsed.error = take_option(options, arguments, i);
    else if (options.command.empty())
      options.command = argument;
    else
      options.words.push_back(argument);
  }
  if (options.command.empty()) options.command = "help";
  if (parsed.error.empty()) parsed.error = check_command(options);
  return parsed;
}

const char* help_text() {
  return R"(orochi-stress: races, written once, run on real threads and in every schedule.

    orochi-stress list [FILTER...]     what there is, one question each
    orochi-stress run [FILTER...]      try to break it
    orochi-stress replay TOKEN         the schedule that a failure named, step by step
    orochi-stress report [LOG...]      write the reports again; logs of several shards are merged

  A FILTER is a name, a part of it, or a pattern like '*lock*'.

    --profile quick|gate|nightly   2 minutes, 15 minutes or 6 hours, and how deep the explorer goes
    --time SPAN                    for the whole run instead: 30s, 15m, 6h
    --seed N                       the same settings in the same order; else another one each time
    --threads 2,4,8                how many threads hammer, in turn; 2 are pinned
    --preemptions N                the explorer's bound
    --only hammer|explorer         one of the two
    --shard I/N                    every N-th scenario, from the I-th on
    --merge LOG...                 with report: the logs of shards as one
    --design D                     ft unless said otherwise
    --out DIR                      for results.log, results.json, junit.xml and report.html
    --no-calibration               do not ask first whether this machine shows races now
    --quiet, --json                results only; or as JSON, on standard output

  Exit codes: 0 good, 1 a race was found or the run is void, 2 asked wrongly, 130 interrupted; what
  was seen until then stays in DIR.
  How to write a scenario: docs/writing-a-stress-test.md
)";
}

}  // namespace orochi::stress
