// stress/cli/runner.h: one runner, started, listened to, and stopped when it says nothing any more.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace orochi::stress {

enum class Ending {
  kDone,         // it came to its end, and said what it found
  kCrashed,      // a signal, or an exit status of its own
  kSilent,       // it said nothing for too long, and was killed
  kInterrupted,  // Ctrl-C
  kMissing,      // there is no such program
};

struct Ended {
  Ending ending;
  int status = 0;  // of a crash: the exit status, or minus the signal
};

// Calls hear(line) for each line of its output, and tick() a few times a second.
struct Listener {
  std::function<void(std::string_view)> hear;
  std::function<void()> tick = [] {};
  double patience = 10;  // seconds of silence
};
[[nodiscard]] Ended run_program(const std::vector<std::string>& words, const Listener& listener);

// From now on Ctrl-C ends runners and not this program.
void heed_interrupts();
[[nodiscard]] bool is_interrupted();

}  // namespace orochi::stress
