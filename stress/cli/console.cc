#include "stress/cli/console.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace orochi::stress {
namespace {

bool is_terminal() {
  const char* const kind = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

bool wants_colours() {
  const char* const refused = std::getenv("NO_COLOR");
  return is_terminal() && (refused == nullptr || *refused == '\0');
}

}  // namespace

Console::Console(bool quiet, bool silent)
    : quiet_(quiet), silent_(silent), on_terminal_(is_terminal()), has_colours_(wants_colours()) {}

std::string Console::coloured(const char* code, std::string_view text) const {
  if (!has_colours_) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

void Console::progress(const std::string& text) {
  if (!on_terminal_ || quiet_ || silent_) return;
  const auto now = std::chrono::steady_clock::now();
  if (shows_progress_ && now - shown_ < std::chrono::milliseconds(150)) return;
  std::printf("\r\033[K%s", text.c_str());
  std::fflush(stdout);
  shows_progress_ = true;
  shown_ = now;
}

void Console::clear_progress() {
  if (shows_progress_) std::fputs("\r\033[K", stdout);
  shows_progress_ = false;
}

void Console::line(const std::string& text) {
  if (!quiet_) important(text);
}

void Console::important(const std::string& text) {
  if (silent_) return;
  clear_progress();
  std::printf("%s\n", text.c_str());
  std::fflush(stdout);
}

void complain(const std::string& text) {
  std::fprintf(stderr, "orochi-stress: %s\n", text.c_str());
}

}  // namespace orochi::stress
