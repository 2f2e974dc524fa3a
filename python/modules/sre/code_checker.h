// python/modules/sre/code_checker.h: is this row of words a pattern?
//
// _sre.compile takes whatever a program has. The matcher trusts what it reads, so nothing gets to
// it that was not read here before, from the first word to the last:
//
// C1  Every operation is known and has its operands, and skips lead to where the next one begins.
// C2  Groups are those that the pattern says it has.
// C3  A repeat ends with its kMaxUntil or kMinUntil, which stand nowhere else; what stands in
//     something ends in it. So does each alternative.
// C4  A pattern ends with kSuccess, and what kAssert and the like have in them does.
// C5  What the repeats of one thing repeat takes one code point.
//
// Attached threads, which do nothing else meanwhile: how deep things may stand in each other is
// bounded as recursion is. Tests: tests/python/language/regular_expressions.py
#pragma once

#include <span>

#include "objects/model/status.h"
#include "python/modules/sre/codes.h"

namespace orochi::inline OROCHI_DESIGN::sre {

// Failed: it is none, or too deep, and that is raised.
[[nodiscard]] Status check_code(std::span<const Code> code, std::size_t groups) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::sre
