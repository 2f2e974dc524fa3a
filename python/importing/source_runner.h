// python/importing/source_runner.h: running the source of a module in its namespace.
//
// Attached threads. Runs any code.
#pragma once

#include <string_view>

#include "objects/types/dict.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Failed: it raised.
using SourceRunner = Status (*)(std::string_view source, Str& file, Dict& globals) noexcept;
// The machine runs it, unless a test has somebody else do it. Null: the machine again.
void set_source_runner(SourceRunner runner) noexcept;
[[nodiscard]] Status run_source(std::string_view source, Str& file, Dict& globals) noexcept;

// The same with what is in the file. OSError if it cannot be read.
[[nodiscard]] Status run_file(Str& file, Dict& globals) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
