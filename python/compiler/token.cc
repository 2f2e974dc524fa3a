#include "python/compiler/token.h"

#include <cstddef>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

struct Keyword {
  std::string_view text;
  TokenKind kind;
};

// Sorted by length, so that a name is compared with few.
constexpr Keyword kKeywords[] = {
    {"as", TokenKind::kAs},
    {"if", TokenKind::kIf},
    {"in", TokenKind::kIn},
    {"is", TokenKind::kIs},
    {"or", TokenKind::kOr},
    {"and", TokenKind::kAnd},
    {"def", TokenKind::kDef},
    {"del", TokenKind::kDel},
    {"for", TokenKind::kFor},
    {"not", TokenKind::kNot},
    {"try", TokenKind::kTry},
    {"None", TokenKind::kNone},
    {"True", TokenKind::kTrue},
    {"elif", TokenKind::kElif},
    {"else", TokenKind::kElse},
    {"from", TokenKind::kFrom},
    {"pass", TokenKind::kPass},
    {"with", TokenKind::kWith},
    {"False", TokenKind::kFalse},
    {"async", TokenKind::kAsync},
    {"await", TokenKind::kAwait},
    {"break", TokenKind::kBreak},
    {"class", TokenKind::kClass},
    {"raise", TokenKind::kRaise},
    {"while", TokenKind::kWhile},
    {"yield", TokenKind::kYield},
    {"assert", TokenKind::kAssert},
    {"except", TokenKind::kExcept},
    {"global", TokenKind::kGlobal},
    {"import", TokenKind::kImport},
    {"lambda", TokenKind::kLambda},
    {"return", TokenKind::kReturn},
    {"finally", TokenKind::kFinally},
    {"continue", TokenKind::kContinue},
    {"nonlocal", TokenKind::kNonlocal},
};

// Where the keywords of each length begin; they have 2 to 8 letters.
constexpr std::uint8_t kFirstOfLength[] = {0, 0, 0, 5, 11, 18, 26, 32, 33, 35};

constexpr bool lengths_are_right() {
  for (std::size_t length = 0; length + 1 < sizeof kFirstOfLength; ++length)
    for (std::size_t i = kFirstOfLength[length]; i < kFirstOfLength[length + 1]; ++i)
      if (kKeywords[i].text.size() != length) return false;
  return true;
}
static_assert(lengths_are_right());
static_assert(sizeof kKeywords / sizeof kKeywords[0] == 35);

}  // namespace

TokenKind keyword_or_name(std::string_view text) noexcept {
  if (text.size() > 8) return TokenKind::kName;
  const std::size_t end = kFirstOfLength[text.size() + 1];
  for (std::size_t i = kFirstOfLength[text.size()]; i < end; ++i)
    if (kKeywords[i].text == text) return kKeywords[i].kind;
  return TokenKind::kName;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
