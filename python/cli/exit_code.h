// python/cli/exit_code.h: what becomes of an exception that nobody caught.
//
// Main thread, attached. Tests: tests/python/cli
#pragma once

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::cli {

// Takes what is pending. A SystemExit says the code; another exception is shown by sys.excepthook,
// and the code is 1.
[[nodiscard]] int exit_code_of_pending() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::cli
