// python/modules/io/system_call.h: calls of the operating system that may block.
//
//     const SystemResult got = call_system([&] { return ::read(file, room, size); });
//     if (got.has_failed()) return raise_failed(got);
//
// The thread is detached inside: the call may take as long as it likes and touches no object; what
// it reads into or writes from is a buffer that nobody else uses. A call that a signal has ended is
// made again.
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

  [[nodiscard]] bool has_failed() const noexcept { return value < 0 || is_refused; }
  // Nothing to read, or no room to write, in a file that does not wait.
  [[nodiscard]] bool would_block() const noexcept {
    return has_failed() && !is_refused && error == EAGAIN;
  }
};

// `call` returns a number, below 0 and with errno after a failure.
template <class Call>
[[nodiscard]] SystemResult call_system(Call call) noexcept {
  SystemResult result;
  do {
    Detached away;
    result.value = static_cast<std::int64_t>(call());
    result.error = result.value < 0 ? errno : 0;
    result.is_refused = away.end() != Attach::kDone;
  } while (result.has_failed() && result.error == EINTR && !result.is_refused);
  return result;
}

// Requires: it has failed. `file`: the name that it was about, or nothing.
Raised raise_failed(const SystemResult& result, Ref<> file = {}) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
