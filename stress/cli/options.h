// stress/cli/options.h: what the user asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace orochi::stress {

struct Options {
  std::string command;             // "list", "run", "replay", "report", "help"
  std::vector<std::string> words;  // filters, a token, logs
  std::string profile = "quick";
  double time = 0;         // of the whole run, in seconds; 0: the profile's
  std::uint64_t seed = 0;  // 0: another one each time
  std::vector<unsigned> threads = {2, 4, 8};
  std::uint64_t preemptions = 0;  // 0: what the scenario or the profile says
  unsigned shard = 1;
  unsigned shards = 1;
  std::string design = "ft";
  std::string out;  // empty: build/stress
  bool hammers = true;
  bool explores = true;
  bool calibrates = true;
  bool quiet = false;
  bool json = false;
};

// Options, or what is wrong with them, in one line.
struct Parsed {
  Options options;
  std::string error;
};
[[nodiscard]] Parsed parse_options(const std::vector<std::string>& arguments);

[[nodiscard]] const char* help_text();

}  // namespace orochi::stress
