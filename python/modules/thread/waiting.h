// python/modules/thread/waiting.h: how long a program wants to wait for a lock, and the wait.
//
// Attached threads; who waits detaches. Tests: tests/python/language/locks.py
#pragma once

#include "memory/door/platform.h"
#include "objects/model/status.h"
#include "runtime/byte_lock.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {

// Seconds, as much as a wait may last.
inline constexpr double kLongestWait = 9223372036.0;

// acquire(blocking=True, timeout=-1). `deadline` is 0 for who does not wait.
[[nodiscard]] Status read_deadline(Value blocking, Value timeout,
                                   platform::Nanos& deadline) noexcept;

// A signal handler may run meanwhile, and what it raises ends the wait. False: the deadline passed.
[[nodiscard]] Truth take(ByteLock& lock, platform::Nanos deadline) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
