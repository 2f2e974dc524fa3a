// python/modules/io/names.h: the names by which streams call each other, interned once.
//
// Constant after make_io_types (python/modules/io/types.h); any thread.
#pragma once

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

struct IoNames {
  Str* check_closed;  // _checkClosed
  Str* close;
  Str* closed;
  Str* decode;
  Str* fileno;
  Str* flush;
  Str* fspath;  // __fspath__
  Str* getstate;
  Str* isatty;
  Str* mode;
  Str* name;
  Str* newlines;
  Str* peek;
  Str* read;
  Str* read1;
  Str* readable;
  Str* readall;
  Str* readinto;
  Str* readinto1;
  Str* readline;
  Str* reset;
  Str* seek;
  Str* seekable;
  Str* setstate;
  Str* tell;
  Str* truncate;
  Str* writable;
  Str* write;
};

[[nodiscard]] const IoNames& io_names() noexcept;
[[nodiscard]] Status make_io_names() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
