#include "stress/explorer/crash.h"

#include <csignal>
#include <cstring>

#include "stress/explorer/engine.h"
#include "stress/explorer/session.h"

namespace orochi::explorer {
namespace {

// On its own stack, since the fiber's may be what overflowed. The handler never returns: the
// schedule is left from here, as from any other place.
void on_signal(int signal, siginfo_t* info, void*) {
  if (!live::schedule) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  fail(Fault::kCrash, "%c: %s at address %p", letter_of(session().scheduler.current()),
       strsignal(signal), info->si_addr);
}

}  // namespace

void catch_crashes() noexcept {
  static bool done = false;
  if (done) return;
  done = true;
  static char stack[64 * 1024];
  stack_t alternative{};
  alternative.ss_sp = stack;
  alternative.ss_size = sizeof stack;
  sigaltstack(&alternative, nullptr);

  struct sigaction action {};
  action.sa_sigaction = &on_signal;
  // No mask and no state outlives the handler, since it is left by a switch of stacks.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE}) sigaction(signal, &action, nullptr);
}

}  // namespace orochi::explorer
