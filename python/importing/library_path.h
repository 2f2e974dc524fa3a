// python/importing/library_path.h: what sys.path and sys.prefix begin as.
//
//     the script's folder, or the one that whoever starts says
//     PYTHONPATH
//     <prefix>/lib/python3.11, where the library is
//     the folders of packages that Debian has beside it
//
// The prefix is PYTHONHOME, or the first of a few places that has the library.
//
// Attached threads, once at start. Tests: tests/python/importing/library_path_test.cc
#pragma once

#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

struct PathOptions {
  std::string_view first;         // the first entry, which may be empty
  bool has_first = true;          // -P, -I: there is none
  bool reads_environment = true;  // -E, -I: PYTHONPATH and PYTHONHOME say nothing
};

// Sets sys.path, sys.prefix and what goes with it. After start_modules.
[[nodiscard]] Status set_library_path(const PathOptions& options) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
