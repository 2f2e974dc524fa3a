// python/vm/hooks.h: what the machine asks of those who stand on it.
//
// Set once at start, before code runs. Attached threads.
// Tests: tests/python/language/functions.py
#pragma once

#include "objects/model/status.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// sys.displayhook(value), for what an interactive line leaves.
using Display = Ref<> (*)(Value value) noexcept;
void set_display(Display display) noexcept;
[[nodiscard]] Ref<> display(Value value) noexcept;

// `from module import name`, where the module has no such attribute: a submodule of that name, or
// an ImportError.
using ImportFromHook = Ref<> (*)(Value module, Str& name) noexcept;
void set_import_from(ImportFromHook hook) noexcept;
[[nodiscard]] Ref<> import_from(Value module, Str& name) noexcept;

// A coroutine ends that never began: the program is to be told.
using UnawaitedHook = void (*)(Value coroutine) noexcept;
void set_unawaited_hook(UnawaitedHook hook) noexcept;
void report_unawaited(Value coroutine) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
