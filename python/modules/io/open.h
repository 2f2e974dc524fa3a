// python/modules/io/open.h: open(), which puts a file, a buffer and text on top of each other.
//
// Attached threads that hold no lock which does not detach; runs any code.
// Tests: tests/python/modules/io/open_test.cc
#pragma once

#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// open(file, mode, buffering, encoding, errors, newline, closefd, opener); also a built-in.
[[nodiscard]] Ref<> open_file(const Value* arguments) noexcept;
inline constexpr std::string_view kOpenSignature =
    "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
    "opener=None)";
// open_code(path)
[[nodiscard]] Ref<> open_code(const Value* arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
