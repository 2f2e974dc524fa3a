// python/modules/warnings/warning.h: one warning, from where it is given to whoever shows it: the
// inside of the module _warnings.
//
//     take_caller    where it is: the place of a caller, and the registry of its module
//     act            seen already?  the registry knows, until the filters change
//                    which action?  the first filter that fits
//                    show           warnings._showwarnmsg, if that module is there; else a line on
//                                   stderr
//
// Filters, the action without one, and what was shown once are attributes of `warnings`, once it is
// there: a program may put others in their place.
//
// Attached threads. Runs any code. Tests: tests/python/modules/warnings_given.py
#pragma once

#include <cstdint>

#include "objects/model/status.h"
#include "objects/types/module.h"

namespace orochi::inline OROCHI_DESIGN::warnings {

struct Warning {
  Ref<> message;   // the exception
  Ref<> text;      // what it says
  Ref<> category;  // its type
  Ref<> file;
  Ref<> line;
  Ref<> module;
  Ref<> registry;  // a dict, or None
  Ref<> source;    // None, or what it is about
};

// The module itself, and that its filters have changed. Once; as often as they do.
void set_own_module(Module& module) noexcept;
void note_change() noexcept;

// File, line, module and registry of a caller so many levels up: 1 is the innermost.
[[nodiscard]] Status take_caller(std::int64_t level, Warning& warning) noexcept;
// Message and category may be as they were given: a text and its category, or a warning.
[[nodiscard]] Ref<> act(Warning& warning) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::warnings
