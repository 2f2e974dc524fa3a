// python/modules/io/file_mode.h: how a file is opened, from letters: "rb", "w+", "x".
//
// Tests: tests/python/modules/io/file_io_test.cc
#pragma once

#include <string_view>

#include "objects/model/status.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

struct FileMode {
  bool reads = false;
  bool writes = false;
  bool creates = false;  // a file that is not there yet
  bool appends = false;
  bool truncates = false;  // only when it is being opened

  // "rb+", of what was opened.
  [[nodiscard]] std::string_view text() const noexcept;
  // For open(2).
  [[nodiscard]] int flags() const noexcept;
};

// What FileIO is given; letters that it has no use for are a ValueError.
[[nodiscard]] Status parse_file_mode(const Str& text, FileMode& mode) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
