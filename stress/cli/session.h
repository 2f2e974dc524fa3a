// stress/cli/session.h: a run: which scenarios, how long each, and what their runners say.
#pragma once

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stress/cli/console.h"
#include "stress/cli/options.h"
#include "stress/cli/results.h"
#include "stress/cli/runner.h"

namespace orochi::stress {

// The programs of a design, which lie beside this one.
struct Runners {
  std::string hammer;
  std::string explorer;

  [[nodiscard]] static Runners of(const std::string& design);
  [[nodiscard]] bool has_hammer() const;
  [[nodiscard]] bool has_explorer() const;
};
// build/stress, wherever in build/ this program lies.
[[nodiscard]] std::string default_out();

// Everything that is known about the scenarios of a design. False: its runners are not built.
[[nodiscard]] bool load_scenarios(const Runners& runners, Results& results,
                                  const std::function<void(std::string_view)>& log);

// The names that the filters and the shard ask for. `error`: what is wrong with a filter.
[[nodiscard]] std::vector<std::string> select(const Results& results, const Options& options,
                                              std::string& error);

class Session {
 public:
  Session(const Options& options, Console& console);

  // False: what is wrong was said.
  [[nodiscard]] bool prepare();
  // Asks the hammer for the known races. False: they were missed, or Ctrl-C.
  [[nodiscard]] bool calibrate();
  // Until all are done or Ctrl-C.
  void run();

  [[nodiscard]] Results& results() { return results_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::string& out() const { return out_; }
  [[nodiscard]] double time() const;

 private:
  using Clock = std::chrono::steady_clock;

  void say_facts();
  void run_scenario(const std::string& name, double seconds);
  void hammer(const std::string& subject, double seconds, double patience);
  void explore(const std::string& subject, double seconds);
  [[nodiscard]] Ended listen(const std::vector<std::string>& words, const std::string& subject,
                             double patience, std::uint64_t& rounds);
  void note_ending(const Ended& ended, const std::string& subject, const char* runner,
                   double patience, std::uint64_t rounds);
  void hear(std::string_view line);
  [[nodiscard]] double seconds_left() const;
  [[nodiscard]] std::string progress_text(const std::string& subject, std::uint64_t rounds) const;

  const Options options_;
  Console& console_;
  const Runners runners_;
  const std::string out_;
  std::uint64_t seed_;
  Results results_;
  std::vector<std::string> names_;
  std::size_t at_ = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> log_{nullptr, &std::fclose};
  Clock::time_point start_ = Clock::now();
};

}  // namespace orochi::stress
