// python/compiler/memo.h: what a rule made of the tokens from one number on, in the second pass.
//
// Without it, looking at the same nested expression from several sides would take exponential time.
// Memory that is missing costs time and nothing else.
#pragma once

#include <cstdint>

#include "memory/raw_memory.h"
#include "python/compiler/ast.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class Rule : std::uint8_t { kExpression, kDisjunction, kBitwiseOr, kAwaitPrimary };

class Memo {
 public:
  struct Entry {
    std::uint64_t key;  // 0: free
    ast::Expr* result;
    std::uint32_t next_number;
    ast::Place last;
  };

  Memo() noexcept = default;
  ~Memo() { raw_memory::release(entries_); }
  Memo(const Memo&) = delete;
  Memo& operator=(const Memo&) = delete;

  [[nodiscard]] static std::uint64_t key_of(Rule rule, std::uint32_t number) noexcept {
    return (std::uint64_t{number} << 8 | static_cast<std::uint8_t>(rule)) + 1;
  }
  // Null: nothing is known.
  [[nodiscard]] const Entry* find(std::uint64_t key) const noexcept;
  void remember(const Entry& entry) noexcept;
  void clear() noexcept;

 private:
  [[nodiscard]] Entry& slot_of(std::uint64_t key) const noexcept;
  [[nodiscard]] bool grow() noexcept;

  Entry* entries_ = nullptr;
  std::uint32_t capacity_ = 0;  // a power of two, or 0
  std::uint32_t used_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
