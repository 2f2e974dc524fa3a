// python/modules/sre/codes.h: the words of a compiled pattern, as the library's re/_constants.py
// numbers them.
//
// A pattern is a row of 32-bit words: operations, each with its operands behind it. Skips count
// from the word in which they stand. What each operation wants behind it:
// code_checker.cc, which lets no other code pass.
//
// Constants. Tests: tests/python/language/regular_expressions.py
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::sre {

using Code = std::uint32_t;

inline constexpr std::int64_t kMagic = 20220615;
// As the upper bound of a repeat: there is none.
inline constexpr Code kMostRepeats = UINT32_MAX;
inline constexpr std::int64_t kMostGroups = INT32_MAX / 2;
inline constexpr std::size_t kBitsOfCode = 32;

enum class Op : Code {
  kFailure,
  kSuccess,
  kAny,
  kAnyAll,
  kAssert,
  kAssertNot,
  kAt,
  kBranch,
  kCategory,
  kCharset,
  kBigCharset,
  kGroupRef,
  kGroupRefExists,
  kIn,
  kInfo,
  kJump,
  kLiteral,
  kMark,
  kMaxUntil,
  kMinUntil,
  kNotLiteral,
  kNegate,
  kRange,
  kRepeat,
  kRepeatOne,
  kSubpattern,
  kMinRepeatOne,
  kAtomicGroup,
  kPossessiveRepeat,
  kPossessiveRepeatOne,
  kGroupRefIgnore,
  kInIgnore,
  kLiteralIgnore,
  kNotLiteralIgnore,
  kGroupRefLocaleIgnore,
  kInLocaleIgnore,
  kLiteralLocaleIgnore,
  kNotLiteralLocaleIgnore,
  kGroupRefUnicodeIgnore,
  kInUnicodeIgnore,
  kLiteralUnicodeIgnore,
  kNotLiteralUnicodeIgnore,
  kRangeUnicodeIgnore,
};

enum class Place : Code {
  kBeginning,
  kBeginningOfLine,
  kBeginningOfText,
  kBoundary,
  kNoBoundary,
  kEnd,
  kEndOfLine,
  kEndOfText,
  kLocaleBoundary,
  kLocaleNoBoundary,
  kUnicodeBoundary,
  kUnicodeNoBoundary,
};
inline constexpr Code kPlaces = 12;

enum class Category : Code {
  kDigit,
  kNotDigit,
  kSpace,
  kNotSpace,
  kWord,
  kNotWord,
  kLineBreak,
  kNotLineBreak,
  kLocaleWord,
  kLocaleNotWord,
  kUnicodeDigit,
  kUnicodeNotDigit,
  kUnicodeSpace,
  kUnicodeNotSpace,
  kUnicodeWord,
  kUnicodeNotWord,
  kUnicodeLineBreak,
  kUnicodeNotLineBreak,
};
inline constexpr Code kCategories = 18;

// Of a pattern.
inline constexpr std::uint32_t kFlagLocale = 4;
inline constexpr std::uint32_t kFlagUnicode = 32;
inline constexpr std::uint32_t kFlagAscii = 256;

// Of kInfo, which may stand first:
//   kInfo skip flags shortest longest, then for kInfoPrefix: size, -, code points, size more words;
//   else for kInfoCharset: a set
inline constexpr Code kInfoPrefix = 1;
inline constexpr Code kInfoLiteral = 2;  // the prefix is all there is
inline constexpr Code kInfoCharset = 4;

// The words of a repeat: operation, skip, least, most, and what is repeated.
inline constexpr std::size_t kLeast = 2;
inline constexpr std::size_t kMost = 3;
inline constexpr std::size_t kRepeatBody = 4;

// Words of the table in kBigCharset: a byte for each 256 code points; and of each block of bits.
inline constexpr std::size_t kBigTable = 256 / sizeof(Code);
inline constexpr std::size_t kBlock = 256 / kBitsOfCode;

}  // namespace orochi::inline OROCHI_DESIGN::sre
