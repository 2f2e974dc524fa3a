// objects/types/traceback_text.h: an exception as it is shown to people who did not catch it: where
// it came from, what it was raised in spite of or because of, and what it says.
//
// The text is CPython's, character by character. What stands in files is asked of the caller. An
// exception whose own str() raises is shown all the same; one beyond the last level of groups that
// the stack allows is left out.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/traceback_text_test.cc
#pragma once

#include <cstdint>

#include "memory/function_ref.h"
#include "objects/types/exception.h"
#include "objects/types/str_builder.h"
#include "objects/types/traceback.h"

namespace orochi::inline OROCHI_DESIGN {

// In an expression on one line, from its begin, in code points: what failed in it.
struct Anchors {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What makes tracebacks readable. Neither raises.
struct SourceText {
  // A line of a file, counted from 1, without its end. Empty: there is none.
  FunctionRef<Ref<Str>(const Str& file, std::int64_t line)> line;
  // The operator, or the brackets of a subscript, of an expression. False: it is neither.
  FunctionRef<bool(text::View expression, Anchors& anchors)> find_anchors;
};

// All of it. Empty: a MemoryError is pending.
[[nodiscard]] Ref<Str> show_exception(Exception& exception, const SourceText& source) noexcept;

// Before each line stands this, where groups are shown.
struct TracebackMargin {
  std::size_t depth = 0;  // of groups

  void add_to(StrBuilder& out) const noexcept {
    out.add(text::CodePoint{' '}, 2 * depth);
    if (depth != 0) out.add("| ");
  }
};

// "File ..., line ..., in ..." for each entry, without a heading; of a long one the last ones.
void add_traceback_text(StrBuilder& out, Traceback& traceback, const SourceText& source,
                        TracebackMargin margin = {}) noexcept;

// "ValueError: spam", before it what a SyntaxError says of its line, and behind it the notes.
void add_exception_text(StrBuilder& out, Exception& exception,
                        TracebackMargin margin = {}) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
