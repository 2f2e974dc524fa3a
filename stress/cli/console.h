// stress/cli/console.h: what people see. Plain lines in a pipe; on a terminal, colours and one line
// that rewrites itself.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "stress/cli/results.h"

namespace orochi::stress {

class Console {
 public:
  // `quiet`: failures and the last line only. `silent`: nothing at all, for programs.
  Console(bool quiet, bool silent);
  ~Console() { clear_progress(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Shown on terminals alone, until the next line.
  void progress(const std::string& text);
  void line(const std::string& text);       // unless quiet
  void important(const std::string& text);  // unless silent
  [[nodiscard]] std::string good(std::string_view text) const { return coloured("32", text); }
  [[nodiscard]] std::string bad(std::string_view text) const { return coloured("31", text); }
  [[nodiscard]] std::string bold(std::string_view text) const { return coloured("1", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return coloured("2", text); }

 private:
  [[nodiscard]] std::string coloured(const char* code, std::string_view text) const;
  void clear_progress();

  const bool quiet_;
  const bool silent_;
  const bool on_terminal_;
  const bool has_colours_;
  bool shows_progress_ = false;
  std::chrono::steady_clock::time_point shown_{};
};

// An error: one line, on standard error.
void complain(const std::string& text);

void show_calibration(Console& console, const Results& results);
void show_scenario(Console& console, const ScenarioResult& scenario);
// The steps of a schedule, a column for each actor.
void show_trace(Console& console, const ScenarioResult& scenario,
                const std::vector<std::string>& trace);

}  // namespace orochi::stress
