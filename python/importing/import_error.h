// python/importing/import_error.h: ImportErrors, with the name of the module and where it is.
//
// Attached threads. Tests: tests/python/importing/importer_test.cc
#pragma once

#include <initializer_list>
#include <string_view>

#include "objects/model/status.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// The text is that of all parts. `path`: empty for None.
Raised raise_import_error(std::initializer_list<std::string_view> parts, Value name,
                          Value path) noexcept;
Raised raise_module_not_found(std::initializer_list<std::string_view> parts, Str& name) noexcept;

// What is pending is a ModuleNotFoundError of just this module.
[[nodiscard]] bool is_not_found(const Str& name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
