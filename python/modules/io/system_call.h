// python/modules/io/system_call.h: calls of the operating system that may block.
//
//     const SystemResult got = call_system([&] { return ::read(file, room, size); });
//     if (got.has_failed()) return raise_failed(got);
//
// The thread is detached inside: the call may take as long as it likes and touches no object; what
// it reads into or writes from is a buffer that nobody else uses. A call that a signal has ended is
// made again; before that the program's signal handlers run, where it has some and the call is one
// that a user may wait for: call_blocking.
//
// I1  When the runtime was shut down meanwhile, the thread may not touch objects any more: nothing
//     is raised, and it unwinds as after a failure.
//
// Attached threads that hold no lock which does not detach.
// Tests: tests/python/modules/io/file_io_test.cc
#pragma once

#include <cerrno>
#include <cstdint>

#include "objects/model/status.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {

struct SystemResult {
  std::int64_t value = -1;
  int error = 0;
  bool is_refused = false;  // I1
  bool is_raised = false;   // by a signal handler; error is EINTR

  [[nodiscard]] bool has_failed() const noexcept { return value < 0 || is_refused; }
  // Nothing to read, or no room to write, in a file that does not wait.
  [[nodiscard]] bool would_block() const noexcept {
    return has_failed() && !is_refused && error == EAGAIN;
  }
  [[nodiscard]] bool was_interrupted() const noexcept {
    return has_failed() && !is_refused && error == EINTR;
  }
};

// `call` returns a number, below 0 and with errno after a failure. Once.
template <class Call>
[[nodiscard]] SystemResult call_once(Call call) noexcept {
  SystemResult result;
  Detached away;
  result.value = static_cast<std::int64_t>(call());
  result.error = result.value < 0 ? errno : 0;
  result.is_refused = away.end() != Attach::kDone;
  return result;
}

// Again after each signal.
template <class Call>
[[nodiscard]] SystemResult call_system(Call call) noexcept {
  SystemResult result = call_once(call);
  while (result.was_interrupted()) result = call_once(call);
  return result;
}

// Runs the signal handlers of a program, if there is anything to run. Failed: one raised. One for
// the process; null: signals interrupt nothing.
using SignalHook = Status (*)() noexcept;
void set_signal_hook(SignalHook hook) noexcept;
[[nodiscard]] Status run_signal_hook() noexcept;

// Again after each signal, unless its handler raised. Runs any code.
template <class Call>
[[nodiscard]] SystemResult call_blocking(Call call) noexcept {
  SystemResult result = call_once(call);
  while (result.was_interrupted()) {
    result.is_raised = failed(run_signal_hook());
    if (result.is_raised) break;
    result = call_once(call);
  }
  return result;
}

// Requires: it has failed. `file`: the name that it was about, or nothing.
Raised raise_failed(const SystemResult& result, Ref<> file = {}) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
