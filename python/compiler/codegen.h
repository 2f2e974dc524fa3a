// python/compiler/codegen.h: the code generator's body; outside, compile.h is what to include.
//
// One CodeGenerator makes the code of one scope; for a scope inside, it makes another one. Each
// function takes one kind of node. An expression goes where it is wanted (Want) and says where it
// is; locals are used where they are, so that most operands cost no instruction.
//
// G2  Of a block that is left early, everything that it holds is dropped, and the handler is again
//     the one outside (unwind).
//
// Files: code_scope.h (registers and names), codegen_expressions.cc,
// codegen_conditions.cc, codegen_displays.cc, codegen_calls.cc, codegen_functions.cc,
// codegen_classes.cc, codegen_comprehensions.cc, codegen_statements.cc, codegen_targets.cc,
// codegen_loops.cc, codegen_try.cc, codegen_groups.cc (except*), codegen_with.cc,
// codegen_patterns.cc (match), codegen_imports.cc, codegen_warnings.cc.
#pragma once

#include "memory/function_ref.h"
#include "python/compiler/code_scope.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

[[nodiscard]] Opcode opcode_of(Operator op) noexcept;

class CodeGenerator final : private CodeScope {
 public:
  CodeGenerator(Program& program, Scope& scope, CodeGenerator* outer) noexcept
      : CodeScope(program, scope, outer) {}

  [[nodiscard]] const bytecode::Code* module(const Root& tree) noexcept;

 private:
  // CPython's limit.
  static constexpr std::size_t kMostBlocks = 20;

  // What a statement that leaves early leaves.
  enum class BlockKind : std::uint8_t {
    kWhile,
    kFor,         // `value`: the iterator
    kTry,         // nothing to do
    kFinally,     // `finally` is to be run
    kFinallyEnd,  // a `finally` that runs for an exception: `value`; `saved`
    kWith,        // `value`: __exit__
    kAsyncWith,
    kHandler,  // an `except` that handles: `value`; `saved`; `name`
    kGroup,    // an `except*`: may not be left
    kValue,    // `value` was about to be returned
  };
  struct Block {
    BlockKind kind;
    Label again = kNoLabel;
    Label end = kNoLabel;
    Register value = kNoRegister;
    Register saved = kNoRegister;
    HandlerId outside = kNoHandler;
    const Sequence<Stmt*>* finally = nullptr;
    Identifier name{};
    Place place{};
  };

  // ---- expressions (codegen_expressions.cc) ----
  [[nodiscard]] Register expression(const Expr& node, Want want) noexcept;
  [[nodiscard]] Register any(const Expr& node) noexcept { return expression(node, {}); }
  void into(const Expr& node, Register place) noexcept {
    static_cast<void>(expression(node, {place}));
  }
  // In a temporary of its own.
  [[nodiscard]] Register pushed(const Expr& node) noexcept;
  void effect(const Expr& node) noexcept;
  // Of a binary operation or a comparison: a constant where it can be one.
  struct RightOperand {
    bool is_constant;
    std::uint16_t number;
  };
  [[nodiscard]] RightOperand right_operand(const Expr& node) noexcept;
  void emit_binary(Opcode opcode, std::uint16_t a, Register left,
                   const RightOperand& right) noexcept {
    emit(right.is_constant ? bytecode::with_constant(opcode) : opcode, a, left, right.number);
  }
  [[nodiscard]] Register typed(const BoolOp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const NamedExpr& node, Want want) noexcept;
  [[nodiscard]] Register typed(const BinOp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const UnaryOp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Lambda& node, Want want) noexcept;
  [[nodiscard]] Register typed(const IfExp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ast::Dict& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ast::Set& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ListComp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const SetComp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const DictComp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const GeneratorExp& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Await& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ast::Yield& node, Want want) noexcept;
  [[nodiscard]] Register typed(const YieldFrom& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Compare& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ast::Call& node, Want want) noexcept;
  [[nodiscard]] Register typed(const FormattedValue& node, Want want) noexcept;
  [[nodiscard]] Register typed(const JoinedStr& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ast::Constant& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Attribute& node, Want want) noexcept;
  [[nodiscard]] Register typed(const ast::Subscript& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Starred& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Name& node, Want want) noexcept;
  [[nodiscard]] Register typed(const List& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Tuple& node, Want want) noexcept;
  [[nodiscard]] Register typed(const Slice& node, Want want) noexcept;
  // `source` is an iterator of what is awaited or delegated to; the result is in `result`.
  void delegate(Register result, Register source) noexcept;
  void await_into(Register result, Register awaitable, std::uint16_t origin) noexcept;
  [[nodiscard]] bool may_await(std::string_view what) noexcept;
  [[nodiscard]] bool is_in_async_function() const noexcept;
  [[nodiscard]] Place at_name_of(const Attribute& node, const Place& whole) const noexcept;

  // ---- conditions (codegen_conditions.cc) ----
  void jump_if(const Expr& node, bool sense, Label label) noexcept;
  void jump_if_bool_op(const BoolOp& node, bool sense, Label label) noexcept;
  void jump_if_conditional(const IfExp& node, bool sense, Label label) noexcept;
  void jump_if_compare(const Compare& node, bool sense, Label label) noexcept;
  void jump_if_chain(const Compare& node, bool sense, Label label) noexcept;
  [[nodiscard]] Register compare_chain(const Compare& node, Want want) noexcept;
  [[nodiscard]] RightOperand compared_operand(const Expr& node, Comparison op) noexcept;
  void emit_compare(Comparison op, Register to, Register left, const RightOperand& right) noexcept;
  void test(Comparison op, Register left, const RightOperand& right, bool sense,
            Label label) noexcept;

  // ---- displays (codegen_displays.cc) ----
  struct Display {
    Opcode build;
    Opcode add;
    Opcode extend;
  };
  [[nodiscard]] Register display(const Sequence<Expr*>& elements, const Display& how,
                                 Want want) noexcept;
  [[nodiscard]] Register large_display(const Sequence<Expr*>& elements, const Display& how,
                                       Register to) noexcept;
  [[nodiscard]] Register window(Opcode build, const Sequence<Expr*>& elements, Want want) noexcept;
  [[nodiscard]] bool constant_keys(const ast::Dict& node, bytecode::Constant& keys) noexcept;
  [[nodiscard]] Register keyed_dict(const ast::Dict& node, const bytecode::Constant& keys,
                                    Want want) noexcept;
  void format(const FormattedValue& node, Register to) noexcept;

  // ---- calls (codegen_calls.cc) ----
  struct CallArguments {
    const Sequence<Expr*>& args;
    const Sequence<Keyword*>& keywords;
  };
  [[nodiscard]] bool needs_spread(const CallArguments& arguments) const noexcept;
  [[nodiscard]] bool keywords_are_fine(const Sequence<Keyword*>& keywords) noexcept;
  // The window begins at `at`; what is callable and the first `given` arguments are in place.
  void call(Register at, std::uint32_t given, const CallArguments& arguments, bool method,
            Register result) noexcept;
  void spread_call(Register at, std::uint32_t given, const CallArguments& arguments,
                   Register result) noexcept;
  void spread_positional(Register to, std::uint32_t given, Register first,
                         const Sequence<Expr*>& args) noexcept;
  void spread_keywords(Register to, Register function, const Sequence<Keyword*>& keywords) noexcept;
  void plain_call(const ast::Call& node, Register at, const CallArguments& arguments,
                  Register result) noexcept;
  void method_call(const ast::Call& node, Register at, const CallArguments& arguments,
                   Register result) noexcept;

  // ---- functions and classes (codegen_functions.cc, codegen_classes.cc) ----
  template <class T>
  void function_definition(const T& node) noexcept;
  [[nodiscard]] Register function_value(const Node& node, const Arguments& args,
                                        const Expr* returns, Want want) noexcept;
  [[nodiscard]] Register defaults(const Arguments& args) noexcept;
  [[nodiscard]] Register keyword_defaults(const Arguments& args) noexcept;
  [[nodiscard]] Register annotations(const Arguments& args, const Expr* returns) noexcept;
  void annotation_of(Identifier name, const Expr* annotation, std::uint32_t& count) noexcept;
  [[nodiscard]] Register annotation_value(const Expr& annotation, Want want) noexcept;
  [[nodiscard]] bool has_annotation(const Arguments& args, const Expr* returns) const noexcept;
  [[nodiscard]] bool parameters_are_fine(const Arguments& args) noexcept;
  [[nodiscard]] const bytecode::Code* function_code(const Node& node) noexcept;
  [[nodiscard]] const bytecode::Code* body_code(const Arguments& args,
                                                const Sequence<Stmt*>& body) noexcept;
  [[nodiscard]] const bytecode::Code* lambda_code(const Lambda& node) noexcept;
  void make_function(Register to, const bytecode::Code* code) noexcept;
  // Each decorator, in a call that waits for its argument.
  [[nodiscard]] std::uint32_t push_decorators(const Sequence<Expr*>& list) noexcept;
  void call_decorators(const Sequence<Expr*>& list, Register first) noexcept;
  [[nodiscard]] const bytecode::Code* class_code(const ClassDef& node) noexcept;
  [[nodiscard]] const bytecode::Code* class_body_code(const ClassDef& node) noexcept;
  void class_value(const ClassDef& node, Register to) noexcept;

  // ---- comprehensions (codegen_comprehensions.cc) ----
  [[nodiscard]] Register comprehension(const Node& node, const Sequence<Comprehension*>& loops,
                                       const Expr& element, const Expr* value, Want want) noexcept;
  [[nodiscard]] const bytecode::Code* comprehension_code(const Sequence<Comprehension*>& loops,
                                                         const Expr& element,
                                                         const Expr* value) noexcept;
  struct Loops {
    const Sequence<Comprehension*>& loops;
    const Expr& element;
    const Expr* value;
    Register result;
  };
  void comprehension_loop(const Loops& all, std::uint32_t depth) noexcept;
  void plain_loop(const Loops& all, std::uint32_t depth) noexcept;
  void async_loop(const Loops& all, std::uint32_t depth) noexcept;
  void inside_loop(const Loops& all, std::uint32_t depth, Label again) noexcept;
  void comprehension_element(const Loops& all) noexcept;

  // ---- statements (codegen_statements.cc) ----
  void body(const Sequence<Stmt*>& statements, std::uint32_t first = 0) noexcept;
  // The docstring is put where it belongs; returns how many statements it takes.
  [[nodiscard]] std::uint32_t docstring(const Sequence<Stmt*>& statements) noexcept;
  void namespace_body(const Sequence<Stmt*>& statements) noexcept;
  [[nodiscard]] static bool has_annotations(const Sequence<Stmt*>& statements) noexcept;
  [[nodiscard]] static bool has_annotations(const Stmt& node) noexcept;
  void statement(const Stmt& node) noexcept;
  void typed(const FunctionDef& node) noexcept;
  void typed(const AsyncFunctionDef& node) noexcept;
  void typed(const ClassDef& node) noexcept;
  void typed(const ast::Return& node) noexcept;
  void typed(const Delete& node) noexcept;
  void typed(const Assign& node) noexcept;
  void typed(const AugAssign& node) noexcept;
  void typed(const AnnAssign& node) noexcept;
  void typed(const For& node) noexcept;
  void typed(const AsyncFor& node) noexcept;
  void typed(const While& node) noexcept;
  void typed(const If& node) noexcept;
  void typed(const With& node) noexcept;
  void typed(const AsyncWith& node) noexcept;
  void typed(const Match& node) noexcept;
  void typed(const ast::Raise& node) noexcept;
  void typed(const Try& node) noexcept;
  void typed(const TryStar& node) noexcept;
  void typed(const Assert& node) noexcept;
  void typed(const Import& node) noexcept;
  void typed(const ast::ImportFrom& node) noexcept;
  void typed(const Global&) noexcept {}
  void typed(const Nonlocal&) noexcept {}
  void typed(const ExprStmt& node) noexcept;
  void typed(const Pass&) noexcept { emit(Opcode::kNop); }
  void typed(const Break& node) noexcept;
  void typed(const Continue& node) noexcept;

  // ---- targets (codegen_targets.cc) ----
  void store(const Expr& node, Register value) noexcept;
  void assign_one(const Expr& to, const Expr& value) noexcept;
  [[nodiscard]] bool assign_in_pairs(const Sequence<Expr*>& to, const Expr& value) noexcept;
  void unpack(const Sequence<Expr*>& to, Register value) noexcept;
  void unpack_star(const Sequence<Expr*>& to, std::uint32_t star, Register value) noexcept;
  [[nodiscard]] bool unpack_pair(const Sequence<Expr*>& to, Register value) noexcept;
  void remove(const Expr& node) noexcept;
  void store_item(const ast::Subscript& node, Register value) noexcept;
  void augment_name(const AugAssign& node, const Name& name) noexcept;
  void augment_attribute(const AugAssign& node, const Attribute& to) noexcept;
  void augment_item(const AugAssign& node, const ast::Subscript& to) noexcept;
  void annotate(const AnnAssign& node) noexcept;
  void evaluate_target(const Expr& node) noexcept;

  // ---- loops and leaving (codegen_loops.cc) ----
  // `outside`: the handler of whatever comes behind the block.
  void push_block(const Block& block, HandlerId outside) noexcept;
  void push_block(const Block& block) noexcept { push_block(block, assembler_.handler()); }
  void pop_block() noexcept;
  [[nodiscard]] bool leaving_does_something() const noexcept;
  void unwind(const Block& block) noexcept;
  // Leaves blocks from the innermost to number `outermost`. Afterwards they count as open again,
  // but the handler is the one outside of them, until the caller has jumped.
  void unwind_from(std::size_t outermost, Register value = kNoRegister) noexcept;
  [[nodiscard]] bool find_loop(std::size_t& number) const noexcept;
  void complain_of_no_loop(std::string_view message) noexcept;
  void await_next(Register iterator, Register exception, Label done, const Expr& to) noexcept;
  // The target of a loop: the local that it is, or the next temporary.
  [[nodiscard]] Register loop_target(const Expr& node) noexcept;
  // The innermost block's, and back to its beginning.
  void loop_body(const Sequence<Stmt*>& statements, Label again) noexcept;
  void store_loop_target(const Expr& node, Register value) noexcept;

  // ---- exceptions (codegen_try.cc, codegen_groups.cc, codegen_with.cc) ----
  struct Handling {
    Register saved;
    Register exception;
    HandlerId outside;
    HandlerId cleanup;  // of exceptions inside of the handler
    Label leave;        // leaves the handler and raises what is in `exception`
  };
  [[nodiscard]] Handling begin_handling() noexcept;
  void guard(const Handling& handling, Label handler) noexcept;
  // What is tried, and what follows if nothing was raised; then on to `end`.
  void guarded_body(const Sequence<Stmt*>& statements, const Sequence<Stmt*>& orelse,
                    const Handling& handling, Label handler, Label end) noexcept;
  void enter_handler(const Handling& handling, Label handler) noexcept;
  void leave_handler(const Handling& handling) noexcept;
  void raise_behind(const Handling& handling) noexcept;
  void guarded_by_finally(const Sequence<Stmt*>& finally, FunctionRef<void()> inside) noexcept;
  void run_finally(const Sequence<Stmt*>& finally, const Handling& handling) noexcept;
  void try_except(const Try& node) noexcept;
  void clauses(const Sequence<ExceptHandler*>& handlers, const Handling& handling,
               Label end) noexcept;
  void clause(const ExceptHandler& handler, const Handling& handling, Label end) noexcept;
  void named_clause(const ExceptHandler& handler, const Handling& handling) noexcept;
  void forget_name(Identifier name) noexcept;

  struct Groups {
    Handling handling;
    Register results;
    Register rest;  // and its part of the class, behind it
  };
  void try_star(const TryStar& node) noexcept;
  void enter_group_handler(const Groups& groups) noexcept;
  void group_clauses(const Sequence<ExceptHandler*>& handlers, const Groups& groups) noexcept;
  void group_clause(const ExceptHandler& handler, const Groups& groups) noexcept;
  void join_groups(const Groups& groups, Label end) noexcept;

  void with_item(const Sequence<WithItem*>& items, std::uint32_t number,
                 const Sequence<Stmt*>& statements, bool is_async) noexcept;
  void with_body(const Sequence<WithItem*>& items, std::uint32_t number, Register value,
                 const Sequence<Stmt*>& statements, bool is_async) noexcept;
  void enter_context(const WithItem& item, Register exit, bool is_async) noexcept;
  void call_exit(Register exit, bool is_async) noexcept;
  void await_exit(Register at, bool is_async) noexcept;
  void exit_for_exception(Register exit, const Handling& handling, bool is_async,
                          Label end) noexcept;

  // ---- patterns (codegen_patterns.cc) ----
  struct Capture {
    NameId name;
    Register value;
  };
  struct Matching {
    GrowingArray<Capture>& captures;
    Label fail;
    bool may_be_irrefutable;
  };
  void match_case(const MatchCase& node, Register subject, bool is_last, Label end) noexcept;
  void pattern(const Pattern& node, Register subject, Matching& matching) noexcept;
  void part(const Pattern& node, Register subject, Matching& matching) noexcept;
  void match(const MatchValue& node, Register subject, Matching& matching) noexcept;
  void match(const MatchSingleton& node, Register subject, Matching& matching) noexcept;
  void match(const ast::MatchSequence& node, Register subject, Matching& matching) noexcept;
  void match(const ast::MatchMapping& node, Register subject, Matching& matching) noexcept;
  void match(const ast::MatchClass& node, Register subject, Matching& matching) noexcept;
  void match(const MatchAs& node, Register subject, Matching& matching) noexcept;
  void match(const MatchOr& node, Register subject, Matching& matching) noexcept;
  void capture(Identifier name, Register value, Matching& matching) noexcept;
  void check_length(Register subject, std::uint32_t least, bool exact, Label fail) noexcept;
  [[nodiscard]] std::uint32_t star_of(const ast::MatchSequence& node) noexcept;
  void match_by_index(const ast::MatchSequence& node, Register subject, std::uint32_t star,
                      Matching& matching) noexcept;
  void match_window(const Sequence<Pattern*>& patterns, Register first,
                    Matching& matching) noexcept;
  void match_items(const Sequence<Pattern*>& first, const Sequence<Pattern*>& second,
                   Register tuple, Matching& matching) noexcept;
  void mapping_keys(const ast::MatchMapping& node, Register to) noexcept;
  void mapping_rest(const ast::MatchMapping& node, Register subject, Register keys,
                    Matching& matching) noexcept;
  [[nodiscard]] bool class_is_fine(const ast::MatchClass& node) noexcept;
  void alternative(const Pattern& node, Register subject, Matching& matching, Register names,
                   GrowingArray<NameId>& wanted, bool is_first) noexcept;
  void drop_between(Register first, std::uint32_t end) noexcept;
  void bind_captures(const GrowingArray<Capture>& captures) noexcept;

  // ---- imports (codegen_imports.cc) ----
  void import_module(Register to, std::uint32_t level, const bytecode::Constant& names,
                     Identifier module) noexcept;
  void import_one(const Alias& alias) noexcept;
  [[nodiscard]] bool future_import_is_late(const ast::ImportFrom& node) const noexcept;

  // ---- warnings (codegen_warnings.cc) ----
  void warn(std::string_view message) noexcept;
  void warn_of_call(const Expr& function) noexcept;
  void warn_of_subscript(const ast::Subscript& node) noexcept;
  [[nodiscard]] bool is_literal(const Expr& node) noexcept;
  void warn_of_compare(const Compare& node) noexcept;
  void warn_of_assert(const Assert& node) noexcept;

  Block blocks_[kMostBlocks];
  std::size_t block_count_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
