// python/modules/io/path.h: names of files, as programs and as the system have them.
//
// Attached threads. Runs the __fspath__ of others.
// Tests: tests/python/modules/io/file_io_test.cc
#pragma once

#include "objects/model/status.h"
#include "objects/types/bytes.h"

namespace orochi::inline OROCHI_DESIGN {

// os.fspath: a str or bytes.
[[nodiscard]] Ref<> path_of(Value value) noexcept;
// os.fsencode, with a zero behind the bytes: UTF-8, in which bytes that are none are surrogates.
// Raises ValueError for a path with a zero inside.
[[nodiscard]] Ref<Bytes> system_path_of(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
