// python/compiler/token_window.h: the tokens that a parser may still go back to.
//
// Tokens are numbered from 0. The window holds those from the last statement's beginning on, so its
// size does not depend on the file's.
#pragma once

#include <cstdint>

#include "python/compiler/growing_array.h"
#include "python/compiler/lexer.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class TokenWindow {
 public:
  explicit TokenWindow(Lexer& lexer) noexcept : lexer_(lexer) {}

  // Requires: not discarded. Without memory, an error token.
  [[nodiscard]] const Token& at(std::uint32_t number) noexcept {
    while (number - first_ >= tokens_.size()) {
      if (!tokens_.push(lexer_.next())) return no_memory();
    }
    return tokens_[number - first_];
  }

  // How many were ever read, and the last of them. Requires: at least one.
  [[nodiscard]] std::uint32_t count() const noexcept {
    return first_ + static_cast<std::uint32_t>(tokens_.size());
  }
  [[nodiscard]] const Token& last() noexcept { return tokens_.back(); }

  [[nodiscard]] bool holds(std::uint32_t number) const noexcept { return number >= first_; }
  void discard_before(std::uint32_t number) noexcept {
    tokens_.drop_front(number - first_);
    first_ = number;
  }

  [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

 private:
  [[nodiscard]] const Token& no_memory() noexcept {
    static constexpr Token kNone{TokenKind::kError, 0, {}, nullptr, 0};
    exhausted_ = true;
    return kNone;
  }

  Lexer& lexer_;
  GrowingArray<Token> tokens_;
  std::uint32_t first_ = 0;
  bool exhausted_ = false;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
