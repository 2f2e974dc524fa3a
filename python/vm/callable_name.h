// python/vm/callable_name.h: TypeErrors about what is called: "module.f() got ...".
//
// The machine's own thread. Tests: tests/python/language/functions.py
#pragma once

#include <initializer_list>
#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// The name that messages have for the callable, and then the parts, which are UTF-8.
Raised raise_about_callable(Value callable, std::initializer_list<std::string_view> parts) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
