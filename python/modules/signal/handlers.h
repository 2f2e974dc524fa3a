// python/modules/signal/handlers.h: what a program does about signals.
//
//     the system   -->  a note of the number, interrupt()            in whichever thread it likes
//     main thread  -->  the program's function(number, frame)        python/vm/interruption.h
//
// H1  What is noted is looked for after the flag of interruptions was cleared, and each note is
//     taken by one exchange: a signal that comes while its function runs has it run again.
//
// Attached threads, but for what the system calls.
// Tests: tests/python/language/signals.py
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN::signals {

inline constexpr int kNumbers = 65;

// As Python's own programs begin: what the process has inherited is known, an interrupt from the
// keyboard raises, and writing to nobody is an error instead of the end. Once, by the main thread.
[[nodiscard]] Status start() noexcept;

// A function, 0 (the default) or 1 (ignored); None: somebody else's. Requires: it is in range.
[[nodiscard]] Ref<> handler_of(int number) noexcept;
// Gives the one before. Raises OSError. Requires: it is in range, and this is the main thread.
[[nodiscard]] Ref<> set_handler(int number, Value handler) noexcept;

// Where a byte is written for each signal; -1: nowhere. Gives the one before.
int set_wakeup_file(int file) noexcept;

// raise KeyboardInterrupt
Raised raise_interrupt() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::signals
