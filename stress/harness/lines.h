// stress/harness/lines.h: what a runner tells the tool, as lines of tab-separated words.
//
// A runner (the hammer, or the explorer) is a program of its own, since each is the product
// compiled in another way, and since a scenario that crashes or hangs must not take the others with
// it. It writes to its standard output; stress/cli/results.h reads. The same lines, put together,
// are the log of a run, from which reports are made.
//
//   progress   rounds
//   fact       word, word, ...
#pragma once

#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>

namespace orochi::stress {

// Text without what would end a word or a line.
[[nodiscard]] inline std::string one_word(std::string_view text) {
  std::string word(text);
  for (char& c : word)
    if (c == '\t' || c == '\n') c = ' ';
  return word;
}

namespace detail {
inline std::string word_of(std::string_view text) { return one_word(text); }
inline std::string word_of(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", number);
  return text;
}
template <std::integral Number>
std::string word_of(Number number) {
  return std::to_string(number);
}
}  // namespace detail

// One line, written at once, so that nothing is half there when the runner dies.
template <class... Words>
void say(std::string_view fact, const Words&... words) {
  std::string line(fact);
  ((line += '\t', line += detail::word_of(words)), ...);
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

}  // namespace orochi::stress
