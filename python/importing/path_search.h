// python/importing/path_search.h: looking for a module in folders, as their files are now.
//
//     name/__init__.py   a package             before
//     name.py            a module              before
//     name/              part of a package that is spread over folders; others are looked at too
//
// What is asked is the system, each time: nothing is remembered that could be out of date.
//
// Attached threads; they detach for the system's answers.
// Tests: tests/python/importing/path_search_test.cc
#pragma once

#include <cstdint>

#include "objects/types/list.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

enum class FoundKind : std::uint8_t {
  kNothing,
  kModule,
  kPackage,
  kNamespace,  // folders without an __init__.py
  kElsewhere,  // an entry of the path is no folder: whoever knows such entries is to be asked
};

struct FoundSource {
  FoundKind kind = FoundKind::kNothing;
  Ref<Str> file;      // of a module or package
  Ref<List> folders;  // of packages: where their parts are
};

// `name`: without its package. `path`: strs; anything else is left out. Failed: it raised.
[[nodiscard]] Status search_path(const Str& name, Value path, FoundSource& found) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
