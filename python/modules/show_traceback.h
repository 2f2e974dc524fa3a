// python/modules/show_traceback.h: exceptions on sys.stderr, with the lines of source from files.
//
// Attached threads. May run any code; what goes wrong meanwhile is forgotten, as nobody could be
// told. Tests: tests/python/modules/sys_hooks_test.cc
#pragma once

#include "objects/types/exception.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// All of it, as CPython shows it. Empty: a MemoryError is pending.
[[nodiscard]] Ref<Str> traceback_text(Exception& exception) noexcept;

// To sys.stderr; without that, to the process's own.
void write_to_stderr(Str& text) noexcept;

// What the default hook does.
void show_traceback(Exception& exception) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
