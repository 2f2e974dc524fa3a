// python/compiler/parse.h: from source bytes to a tree.
//
// A program is parsed once, by recursive descent, and stops at the first token that does not fit.
// Only if that happens it is parsed a second time, more slowly, looking for what the author may
// have meant: those are the messages that CPython 3.11 gives, with its places. Nothing of the
// second pass costs anything in the first.
//
// What is deeper than a C stack can bear is refused: see kMostNesting in parser.h.
//
// Any number of threads, each with its own arena and diagnostics.
// Tests: tests/python/compiler/parser_test.cc, syntax_error_test.cc, limits_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/ast.h"
#include "python/compiler/diagnostic.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class Mode : std::uint8_t { kExec, kEval, kSingle };

struct ParseOptions {
  Mode mode = Mode::kExec;
  // The character of that name, for \N{...}; 0: there is none. Null: no name is known.
  char32_t (*character_by_name)(std::string_view name) = nullptr;
  // A name that is not ASCII in its NFKC form, in the arena; empty: no memory. Null: names are
  // taken as they are written.
  std::string_view (*normalize)(std::string_view name, Arena& arena) = nullptr;
};

// Null: `diagnostics` says why. The tree lives as long as the arena; the bytes need not.
[[nodiscard]] ast::Root* parse(std::string_view bytes, const ParseOptions& options, Arena& arena,
                               Diagnostics& diagnostics) noexcept;

// The same for text that is decoded already (source.h).
[[nodiscard]] ast::Root* parse_text(std::string_view text, const ParseOptions& options,
                                    Arena& arena, Diagnostics& diagnostics) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
