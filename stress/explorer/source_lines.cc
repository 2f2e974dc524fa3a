#include "stress/explorer/source_lines.h"

#include <unistd.h>

#include <cstdio>

namespace orochi::explorer {
namespace {

std::string run(const std::string& command) {
  std::string output;
  if (FILE* const pipe = popen(command.c_str(), "r")) {
    char line[512];
    while (std::fgets(line, sizeof line, pipe) != nullptr) output += line;
    pclose(pipe);
  }
  while (!output.empty() && output.back() == '\n') output.pop_back();
  return output;
}

// The address is one to return to, so the call lies just before it.
std::string line_of(std::string_view address) {
  const unsigned long long pc = std::stoull(std::string(address), nullptr, 16) - 1;
  char command[256];
  std::snprintf(command, sizeof command, "addr2line -e /proc/%d/exe %llx 2>/dev/null", getpid(),
                pc);
  const std::string found = run(command);
  return found.empty() ? "{" + std::string(address) + "}" : found;
}

}  // namespace

std::string with_source_lines(std::string_view text) {
  std::string result;
  for (;;) {
    const std::size_t open = text.find("{0x");
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    result += text.substr(0, open);
    result += line_of(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return result += text;
}

}  // namespace orochi::explorer
