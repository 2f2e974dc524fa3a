// python/compiler/token.h: what the lexer makes of text.
//
// Keywords are kinds of their own; soft keywords (match, case, _) are names, which the parser tells
// by their text. A token says where it is in bytes of its lines, as the tree does.
#pragma once

#include <cstdint>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class TokenKind : std::uint8_t {
  kEnd,
  kError,  // the diagnostics say why
  kNewline,
  kIndent,
  kDedent,
  kName,
  kNumber,
  kString,
  kUnknown,  // a printable character that is no operator: $ ? !

  kLeftParenthesis,
  kRightParenthesis,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kColon,
  kColonEqual,
  kComma,
  kSemicolon,
  kDot,
  kEllipsis,
  kArrow,
  kAt,
  kTilde,
  kPlus,
  kMinus,
  kStar,
  kDoubleStar,
  kSlash,
  kDoubleSlash,
  kPercent,
  kLeftShift,
  kRightShift,
  kAmpersand,
  kBar,
  kCaret,
  kLess,
  kGreater,
  kLessEqual,
  kGreaterEqual,
  kEqualEqual,
  kNotEqual,

  // In the order of the operators, kPlus to kCaret without kTilde: see ast.h.
  kEqual,
  kPlusEqual,
  kMinusEqual,
  kStarEqual,
  kDoubleStarEqual,
  kSlashEqual,
  kDoubleSlashEqual,
  kPercentEqual,
  kLeftShiftEqual,
  kRightShiftEqual,
  kAmpersandEqual,
  kBarEqual,
  kCaretEqual,
  kAtEqual,

  kFalse,
  kNone,
  kTrue,
  kAnd,
  kAs,
  kAssert,
  kAsync,
  kAwait,
  kBreak,
  kClass,
  kContinue,
  kDef,
  kDel,
  kElif,
  kElse,
  kExcept,
  kFinally,
  kFor,
  kFrom,
  kGlobal,
  kIf,
  kImport,
  kIn,
  kIs,
  kLambda,
  kNonlocal,
  kNot,
  kOr,
  kPass,
  kRaise,
  kReturn,
  kTry,
  kWhile,
  kWith,
  kYield,
};

// Columns are bytes from 0.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint8_t level = 0;  // how many brackets are open behind it
  Place place;
  const char* begin = nullptr;
  std::uint32_t size = 0;

  [[nodiscard]] std::string_view text() const noexcept { return {begin, size}; }
};

// The kind of the keyword, or kName.
[[nodiscard]] TokenKind keyword_or_name(std::string_view text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
