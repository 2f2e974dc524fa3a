// python/cli/language.h: the whole language, from its start to its end.
//
//     types, machine, modules, builtins, importing, the library's path, the standard streams
//     ... the program ...
//     threads are waited for, atexit, the streams are flushed, other threads are told to leave
//
// Main thread, attached. Tests: tests/python/cli
#pragma once

#include "objects/types/module.h"
#include "python/cli/options.h"

namespace orochi::inline OROCHI_DESIGN::cli {

// Failed: it raised, and too little is there to show it in the usual way.
[[nodiscard]] Status start_language(const Options& options) noexcept;

// The module that the program is; it is in sys.modules. Empty: it raised.
[[nodiscard]] Ref<Module> make_main_module() noexcept;
// sys.argv. `first`: what stands in place of the program's name.
[[nodiscard]] Status set_arguments(std::string_view first, std::span<char* const> rest) noexcept;

// False: what was printed could not be written.
[[nodiscard]] bool end_language() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::cli
