// python/compiler/source.h: from the bytes of a file to text that the lexer can walk.
//
// The text is UTF-8 without a byte order mark, its lines end with \n alone, the last one too, and a
// NUL stands behind it, so that looking one character ahead needs no check. It lies in the arena,
// and so names and tokens are views into it.
//
// Encodings: UTF-8, Latin-1 and ASCII, by all names that Python has for them, as PEP 263 declares
// them. Others are refused in the words for one that is unknown.
//
// Tests: tests/python/compiler/source_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/diagnostic.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

struct Source {
  std::string_view text;
};

// False: `diagnostics` says why.
[[nodiscard]] bool decode_source(std::string_view bytes, Arena& arena, Diagnostics& diagnostics,
                                 Source& source) noexcept;

// Line `number`, counted from 1, with its newline; empty if there is none.
[[nodiscard]] std::string_view line_of(std::string_view text, std::uint32_t number) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
