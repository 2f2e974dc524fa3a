// python/compiler/fold.h: expressions whose value is known before the program runs.
//
// Constants, __debug__, operators between numbers and between strings, tuples of all of these: what
// programs write as constants. Whatever would raise, or grow large, is left to the machine.
//
// One thread.
// Tests: tests/python/compiler/fold_test.cc
#pragma once

#include "python/bytecode/code.h"
#include "python/compiler/ast.h"
#include "python/compiler/compile_context.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class Folder {
 public:
  Folder(CompileContext& context, bool debug) noexcept : context_(context), debug_(debug) {}

  // False: it is not known.
  [[nodiscard]] bool fold(const ast::Expr& expression, bytecode::Constant& value) noexcept;
  // A set or a list that is only looked into may be a frozenset or a tuple.
  [[nodiscard]] bool fold_container(const ast::Expr& expression,
                                    bytecode::Constant& value) noexcept;
  // A tuple of them all, or a frozenset.
  [[nodiscard]] bool fold_items(
      const ast::Sequence<ast::Expr*>& elements, bytecode::Constant& value,
      bytecode::Constant::Kind kind = bytecode::Constant::Kind::kTuple) noexcept;

 private:
  using Constant = bytecode::Constant;
  [[nodiscard]] bool unary(const ast::UnaryOp& node, Constant& value) noexcept;
  [[nodiscard]] bool binary(const ast::BinOp& node, Constant& value) noexcept;
  [[nodiscard]] bool of_ints(ast::Operator op, const Constant& left, const Constant& right,
                             Constant& value) noexcept;
  [[nodiscard]] bool of_text(ast::Operator op, const Constant& left, const Constant& right,
                             Constant& value) noexcept;
  [[nodiscard]] bool make_int(std::int64_t number, Constant& value) noexcept;

  CompileContext& context_;
  const bool debug_;
};

[[nodiscard]] bytecode::Constant constant_of(const ast::Literal& literal) noexcept;
[[nodiscard]] bytecode::Constant str_constant(std::string_view text) noexcept;
// Whether a dict takes them for one key, as far as that is plain to see.
[[nodiscard]] bool are_one_key(const bytecode::Constant& one,
                               const bytecode::Constant& other) noexcept;
// Whether it is true, as bool() says.
[[nodiscard]] bool truth_of(const bytecode::Constant& value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
