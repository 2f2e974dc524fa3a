#include "stress/cli/runner.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>

namespace orochi::stress {
namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t g_interrupted = 0;

// The reading end of what the child writes; the child's own id.
struct Child {
  pid_t id = -1;
  int output = -1;
};

Child start(const std::vector<std::string>& words) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t id = fork();
  if (id != 0) {
    close(ends[1]);
    return {id, ends[0]};
  }
  // A group of its own: Ctrl-C comes to us, and we decide.
  setpgid(0, 0);
  dup2(ends[1], STDOUT_FILENO);
  dup2(ends[1], STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

// Text that arrived, cut into lines.
class Lines {
 public:
  void add(std::string_view text, const Listener& listener) {
    rest_ += text;
    for (std::size_t end; (end = rest_.find('\n')) != rest_.npos;) {
      listener.hear(std::string_view(rest_).substr(0, end));
      rest_.erase(0, end + 1);
    }
  }
  void end(const Listener& listener) const {
    if (!rest_.empty()) listener.hear(rest_);
  }

 private:
  std::string rest_;
};

enum class Heard { kEnd, kSilence, kInterrupt };

// An interrupted runner is asked to say what it has, and given a moment for it.
Heard listen(const Child& child, const Listener& listener) {
  constexpr int kTick = 200;
  constexpr double kMoment = 2;
  Lines lines;
  Clock::time_point heard = Clock::now();
  for (bool is_asked = false;;) {
    pollfd waiting{child.output, POLLIN, 0};
    const int ready = poll(&waiting, 1, kTick);
    listener.tick();
    if (g_interrupted != 0 && !is_asked) {
      is_asked = true;
      heard = Clock::now();
      kill(child.id, SIGINT);
    }
    if (ready <= 0) {
      const std::chrono::duration<double> silence = Clock::now() - heard;
      if (silence.count() < (is_asked ? kMoment : listener.patience)) continue;
      return is_asked ? Heard::kInterrupt : Heard::kSilence;
    }
    char text[4096];
    const ssize_t got = read(child.output, text, sizeof text);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      lines.end(listener);
      return is_asked ? Heard::kInterrupt : Heard::kEnd;
    }
    heard = Clock::now();
    lines.add({text, static_cast<std::size_t>(got)}, listener);
  }
}

int wait_for(pid_t id) {
  int status = 0;
  while (waitpid(id, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

void heed_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { g_interrupted = 1; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool is_interrupted() { return g_interrupted != 0; }

Ended run_program(const std::vector<std::string>& words, const Listener& listener) {
  if (access(words[0].c_str(), X_OK) != 0) return {Ending::kMissing};
  const Child child = start(words);
  if (child.id < 0) return {Ending::kMissing};
  const Heard heard = listen(child, listener);
  close(child.output);
  if (heard != Heard::kEnd) kill(child.id, SIGKILL);
  const int status = wait_for(child.id);
  if (heard == Heard::kInterrupt) return {Ending::kInterrupted};
  if (heard == Heard::kSilence) return {Ending::kSilent};
  if (WIFSIGNALED(status)) return {Ending::kCrashed, -WTERMSIG(status)};
  if (WEXITSTATUS(status) != 0) return {Ending::kCrashed, WEXITSTATUS(status)};
  return {Ending::kDone};
}

}  // namespace orochi::stress
