// python/modules/builtins/source_argument.h: source that compile, eval and exec are given, and the
// flags that it is compiled with.
//
// Attached threads. Tests: tests/python/modules/builtins_execution_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/types/bytes_like.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN::builtins {

class SourceArgument {
 public:
  // Of a str, or of bytes. "eval() arg 1 must be a string, bytes or code object": `kinds` says what
  // could stand there. The value is borrowed.
  [[nodiscard]] Status take(Value value, std::string_view function,
                            std::string_view kinds) noexcept;

  [[nodiscard]] std::string_view view() const noexcept;
  // Without blanks before the first line.
  [[nodiscard]] std::string_view without_indent() const noexcept;

 private:
  Ref<Bytes> bytes_;
};

// Features of __future__ that the caller's code has.
[[nodiscard]] std::uint32_t inherited_flags() noexcept;

// A file name: a str, bytes, or what says by __fspath__ which it is. Empty: it raised.
[[nodiscard]] Ref<Str> file_name_of(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::builtins
