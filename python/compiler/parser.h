// python/compiler/parser.h: the parser's body; outside, parse.h is what to include.
//
// One function a rule of the grammar. Each returns a node, or null when the tokens do not fit; then
// either an error has been reported (`stopped`) or nobody has said anything yet, and the caller may
// go back and try something else, or return null itself. `Collector` gathers lists.
//
// The second pass (`diagnosing_`) differs in two ways:
// P1  A rule that fails after a part that would do by itself returns that part, and the tokens
//     behind it stay: what comes next is asked in its place.
// P2  Before and behind some rules, `diagnose_...` looks for known mistakes and reports them.
// Inside
//     of what is only looked at, `suggesting_` is false and nothing is suggested.
// Results are remembered by token (Memo), so that looking twice costs nothing.
//
// I1  No function calls itself, by whatever way, without a Nesting in between.
//
// Files: parser.cc (tokens, places, the passes), expressions.cc, atoms.cc, operators.cc,
// arguments.cc (calls), parameters.cc (functions), comprehensions.cc, targets.cc, assignments.cc,
// statements.cc (simple ones), imports.cc, blocks.cc (compound ones), definitions.cc, patterns.cc,
// strings.cc, and diagnose_*.cc (P2).
#pragma once

#include <cstring>
#include <new>

#include "python/compiler/ast.h"
#include "python/compiler/memo.h"
#include "python/compiler/parse.h"
#include "python/compiler/token_window.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

using namespace ast;  // NOLINT(google-build-using-namespace): the parser speaks of little else

// Brackets are counted by the lexer, 200 at most. All else that nests is counted here; what the
// deepest program takes of the C stack is a few megabytes even where a sanitizer widens each frame.
inline constexpr std::uint32_t kMostNesting = 1000;

// What all parsers of one compilation share: that of the file and those in its f-strings.
struct Compilation {
  Arena& arena;
  Diagnostics& diagnostics;
  const ParseOptions& options;
  GrowingArray<std::uint64_t> scratch;  // lists that are being gathered
  std::uint32_t nesting = 0;
};

enum class TargetKind : std::uint8_t { kAssign, kFor, kDelete };

template <class T>
class Collector;

class Parser {
 public:
  Parser(Compilation& shared, Lexer& lexer, bool diagnosing) noexcept
      : shared_(shared),
        lexer_(lexer),
        window_(lexer),
        diagnosing_(diagnosing),
        suggesting_(diagnosing) {}

  // Null without an error: `furthest` is the token that did not fit.
  [[nodiscard]] Root* parse_file() noexcept;
  [[nodiscard]] Root* parse_eval() noexcept;
  [[nodiscard]] Root* parse_interactive() noexcept;
  [[nodiscard]] Expr* parse_in_string() noexcept;

  [[nodiscard]] const Token& furthest() const noexcept { return furthest_; }
  [[nodiscard]] std::uint32_t tokens_read() const noexcept { return window_.count(); }
  [[nodiscard]] bool stopped() const noexcept { return shared_.diagnostics.has_error(); }

  // Lets messages that name no place go to the place where the first pass failed, if that is
  // further than this pass got.
  void start_from(const Token& furthest, std::uint32_t tokens_read) noexcept {
    furthest_ = furthest;
    furthest_count_ = tokens_read;
  }
  // parser_error.cc
  void raise_generic(const Token& where) noexcept;
  void look_for_wrong_text() noexcept;

 private:
  friend class Nesting;
  friend class FormatString;
  template <class T>
  friend class Collector;

  // ---- tokens (parser.cc) ----
  struct Mark {
    std::uint32_t number;
    Place last;
  };
  [[nodiscard]] const Token& token() noexcept { return peek(0); }
  [[nodiscard]] const Token& peek(std::uint32_t ahead) noexcept {
    const std::uint32_t number = number_ + ahead;
    const Token& found = window_.at(number);
    if (number >= furthest_count_) note_furthest(found, number);
    return found;
  }
  void note_furthest(const Token& found, std::uint32_t number) noexcept;
  [[nodiscard]] TokenKind kind() noexcept { return token().kind; }
  [[nodiscard]] bool at(TokenKind kind) noexcept { return token().kind == kind; }
  [[nodiscard]] bool at_next(TokenKind kind) noexcept { return peek(1).kind == kind; }
  [[nodiscard]] bool at_name(std::string_view text) noexcept {
    return at(TokenKind::kName) && token().text() == text;
  }
  void advance() noexcept;
  [[nodiscard]] bool take(TokenKind kind) noexcept {
    if (!at(kind)) return false;
    advance();
    return true;
  }
  [[nodiscard]] Mark mark() const noexcept { return {number_, last_}; }
  void go_back(const Mark& mark) noexcept {
    number_ = mark.number;
    last_ = mark.last;
  }
  // P1. True: the tokens from `mark` on were not taken, and the caller goes on without them.
  [[nodiscard]] bool recover(const Mark& mark) noexcept {
    if (!diagnosing_ || stopped()) return false;
    go_back(mark);
    return true;
  }
  // For both passes: something else may be tried.
  [[nodiscard]] bool retry(const Mark& mark) noexcept {
    if (stopped()) return false;
    go_back(mark);
    return true;
  }

  // ---- places ----
  [[nodiscard]] Place since(const Place& start) const noexcept {
    return {start.line, start.column, last_.end_line, last_.end_column};
  }
  [[nodiscard]] static Place from_to(const Place& first, const Place& last) noexcept {
    return {first.line, first.column, last.end_line, last.end_column};
  }

  // ---- nodes ----
  template <class N, class... Fields>
  [[nodiscard]] N* make(const Place& place, Fields... fields) noexcept {
    void* const memory = shared_.arena.allocate(sizeof(N));
    if (memory == nullptr) return out_of_memory<N>();
    auto* const node = new (memory) N{{{N::kKind, 0, place}}, fields...};
    return set_height(*node) ? node : nullptr;
  }
  template <class N>
  [[nodiscard]] bool set_height(N& node) noexcept {
    std::uint32_t highest = 0;
    visit_children(node, [&highest](const Node& child) {
      if (child.height > highest) highest = child.height;
    });
    node.height = static_cast<std::uint16_t>(highest + 1);
    return highest < kMostHeight || too_high();
  }
  [[nodiscard]] bool too_high() noexcept;
  template <class T>
  T* out_of_memory() noexcept {
    shared_.diagnostics.out_of_memory();
    return nullptr;
  }
  template <class T>
  [[nodiscard]] bool copy_list(const T* items, std::size_t count, Sequence<T>& list) noexcept;
  template <class T>
  [[nodiscard]] bool list_of_one(T* item, Sequence<T*>& list) noexcept {
    return copy_list(&item, 1, list);
  }

  // ---- errors (parser_error.cc); all return null ----
  std::nullptr_t raise(ErrorKind kind, std::string_view message, const Place& place) noexcept;
  std::nullptr_t raise_at(const Place& place, std::string_view message) noexcept {
    return raise(ErrorKind::kSyntax, message, place);
  }
  void raise_forced(std::string_view message) noexcept {
    static_cast<void>(raise_at(token().place, message));
  }
  // From the beginning of one to the end of another.
  std::nullptr_t raise_range(const Place& first, const Place& last,
                             std::string_view message) noexcept {
    return raise_at(from_to(first, last), message);
  }
  // At the token that was read last, however far that is.
  std::nullptr_t raise_last(std::string_view message, ErrorKind kind = ErrorKind::kSyntax) noexcept;
  // To the token that was read last.
  std::nullptr_t raise_from(const Place& first, std::string_view message) noexcept;
  std::nullptr_t raise_indent(std::string_view what, const Place& keyword) noexcept;
  void report(ErrorKind kind, std::string_view message, std::uint32_t line, std::int64_t column,
              std::uint32_t end_line, std::int64_t end_column) noexcept;
  [[nodiscard]] std::string_view prefixed(std::string_view message) noexcept;

  // ---- expressions ----
  [[nodiscard]] bool starts_expression() noexcept;
  [[nodiscard]] Expr* star_expressions() noexcept;
  [[nodiscard]] Expr* star_expression() noexcept;
  [[nodiscard]] Expr* star_named_expression() noexcept;
  [[nodiscard]] Expr* named_expression() noexcept;
  [[nodiscard]] Expr* assignment_expression() noexcept;
  [[nodiscard]] bool at_assignment_expression() noexcept;
  [[nodiscard]] Expr* unnamed_expression() noexcept;
  [[nodiscard]] Expr* expression() noexcept;
  [[nodiscard]] Expr* plain_expression() noexcept;
  [[nodiscard]] Expr* expressions() noexcept;
  [[nodiscard]] Expr* lambda() noexcept;
  [[nodiscard]] Expr* yield_expression() noexcept;
  [[nodiscard]] Expr* yield_or_star_expressions() noexcept;
  [[nodiscard]] Expr* annotated_rhs() noexcept { return yield_or_star_expressions(); }
  using Item = Expr* (Parser::*)();
  [[nodiscard]] Expr* starred() noexcept;
  [[nodiscard]] Expr* starred_expression() noexcept;
  [[nodiscard]] Expr* starred(Item item) noexcept;
  [[nodiscard]] Expr* maybe_tuple(Item item) noexcept;
  [[nodiscard]] Expr* tuple_after(Expr* first, const Place& start, Item item) noexcept;

  // operators.cc
  [[nodiscard]] Expr* remembered(Rule rule, Item parse) noexcept;
  [[nodiscard]] Expr* disjunction() noexcept;
  [[nodiscard]] Expr* parse_disjunction() noexcept;
  [[nodiscard]] Expr* conjunction() noexcept;
  [[nodiscard]] Expr* chain(TokenKind joint, BoolOperator op, Item item) noexcept;
  [[nodiscard]] Expr* inversion() noexcept;
  struct OneComparison {
    Expr* right;
    Comparison op;
  };
  [[nodiscard]] Expr* comparison() noexcept;
  [[nodiscard]] Expr* make_comparison(Expr* left, const Sequence<OneComparison>& chain,
                                      const Place& place) noexcept;
  [[nodiscard]] bool comparison_operator(Comparison& op) noexcept;
  [[nodiscard]] Expr* bitwise_or() noexcept;
  [[nodiscard]] Expr* lowest_binary() noexcept;
  [[nodiscard]] Expr* binary(int lowest) noexcept;
  [[nodiscard]] Expr* unary() noexcept;
  [[nodiscard]] Expr* power() noexcept;
  [[nodiscard]] Expr* await_primary() noexcept;
  [[nodiscard]] Expr* parse_await_primary() noexcept;
  [[nodiscard]] Expr* primary() noexcept;
  [[nodiscard]] Expr* after_primary(Expr* value, const Place& start) noexcept;

  // atoms.cc
  [[nodiscard]] Expr* atom() noexcept;
  [[nodiscard]] Expr* constant(Literal::Kind kind) noexcept;
  [[nodiscard]] Expr* name() noexcept;
  [[nodiscard]] bool take_identifier(Identifier& name) noexcept;
  [[nodiscard]] Expr* number() noexcept;
  [[nodiscard]] Expr* parenthesized() noexcept;
  [[nodiscard]] Expr* empty_tuple(const Place& start) noexcept;
  [[nodiscard]] Expr* group_of_yield() noexcept;
  [[nodiscard]] Expr* list_display() noexcept;
  [[nodiscard]] Expr* brace_display() noexcept;
  [[nodiscard]] Expr* brace_display_once(const Place& start) noexcept;
  [[nodiscard]] Expr* set_display(const Place& start) noexcept;
  [[nodiscard]] Expr* set_after(Expr* first, const Place& start) noexcept;
  [[nodiscard]] Expr* dict_display(const Place& start) noexcept;
  [[nodiscard]] Expr* dict_after(Expr* key, Expr* value, const Place& start) noexcept;
  [[nodiscard]] Expr* dict_items(Expr* key, Expr* value, const Place& start) noexcept;
  [[nodiscard]] bool dict_item(Expr*& key, Expr*& value) noexcept;
  [[nodiscard]] bool rest_of_items(Item item, Expr* first, TokenKind closing,
                                   Sequence<Expr*>& list) noexcept;
  [[nodiscard]] Expr* slices() noexcept;
  [[nodiscard]] Expr* slice() noexcept;
  [[nodiscard]] Expr* slice_or_starred() noexcept;
  [[nodiscard]] Expr* slice_after(Expr* lower, const Place& start) noexcept;

  // strings.cc
  [[nodiscard]] Expr* strings() noexcept;
  [[nodiscard]] Expr* join_strings(const Sequence<Token>& tokens, const Place& place) noexcept;

  // comprehensions.cc
  [[nodiscard]] bool at_comprehension() noexcept;
  [[nodiscard]] bool comprehensions(Sequence<Comprehension*>& list) noexcept;
  [[nodiscard]] Comprehension* comprehension() noexcept;
  [[nodiscard]] Expr* generator_after(Expr* element, const Place& start) noexcept;

  // arguments.cc
  struct Arguments {
    Sequence<Expr*> args;
    Sequence<Keyword*> keywords;
    Place place;
  };
  enum class ArgumentPhase : std::uint8_t { kPositional, kKeyword, kDoubleStar };
  [[nodiscard]] Expr* call(Expr* function, const Place& start) noexcept;
  [[nodiscard]] Expr* generator_call(Expr* function, const Place& start, Expr*& first) noexcept;
  [[nodiscard]] bool arguments(Expr* first, Arguments& found) noexcept;
  [[nodiscard]] bool args(Expr* first, Arguments& found) noexcept;
  struct OneArgument {
    Expr* positional = nullptr;
    Keyword* keyword = nullptr;
  };
  [[nodiscard]] bool split_arguments(Collector<OneArgument>& all, Arguments& found) noexcept;
  [[nodiscard]] bool positional_argument(ArgumentPhase& phase, OneArgument& found) noexcept;
  [[nodiscard]] bool argument(ArgumentPhase& phase, OneArgument& found) noexcept;
  [[nodiscard]] bool keyword_argument(OneArgument& found) noexcept;
  [[nodiscard]] bool double_starred_argument(OneArgument& found) noexcept;

  // parameters.cc
  struct ParameterStyle {
    TokenKind closing;
    bool annotated;
  };
  [[nodiscard]] ast::Arguments* parameters(const ParameterStyle& style) noexcept;
  struct Parameter {
    Arg* arg;
    Expr* fallback;  // null: none
  };
  [[nodiscard]] ast::Arguments* parse_parameters(const ParameterStyle& style) noexcept;
  [[nodiscard]] bool comma_or_end(const ParameterStyle& style) noexcept;
  [[nodiscard]] bool parameter_with_default(const ParameterStyle& style, Parameter& found) noexcept;
  [[nodiscard]] bool positional_parameters(const ParameterStyle& style,
                                           ast::Arguments& args) noexcept;
  [[nodiscard]] bool split_parameters(const Sequence<Parameter>& found, std::size_t before_slash,
                                      ast::Arguments& args) noexcept;
  [[nodiscard]] bool star_parameters(const ParameterStyle& style, ast::Arguments& args) noexcept;
  [[nodiscard]] bool split_keyword_parameters(const Sequence<Parameter>& found,
                                              ast::Arguments& args) noexcept;
  [[nodiscard]] Arg* parameter(const ParameterStyle& style, bool star) noexcept;

  // targets.cc
  [[nodiscard]] Expr* star_targets() noexcept;
  [[nodiscard]] Expr* star_target() noexcept;
  [[nodiscard]] Expr* target_item() noexcept;
  [[nodiscard]] static Expr* invalid_target(Expr* target, TargetKind kind) noexcept;
  static void set_context(Expr* target, Context context) noexcept;
  [[nodiscard]] static std::string_view describe(const Expr* expression) noexcept;

  // assignments.cc
  [[nodiscard]] Stmt* assignment_or_expression() noexcept;
  [[nodiscard]] Stmt* try_assignment_or_expression() noexcept;
  [[nodiscard]] Stmt* plain_assignment(Expr* first, const Place& start) noexcept;
  [[nodiscard]] Stmt* annotated_assignment(Expr* target, bool bare, const Place& start) noexcept;
  [[nodiscard]] Stmt* augmented_assignment(Expr* target, const Place& start) noexcept;

  // statements.cc, imports.cc
  using Statements = Sequence<Stmt*>;
  [[nodiscard]] bool statements_until(TokenKind end, Statements& list) noexcept;
  using StatementList = Collector<Stmt*>;
  [[nodiscard]] bool statement(StatementList& list) noexcept;
  [[nodiscard]] bool simple_statements(StatementList& list) noexcept;
  [[nodiscard]] Stmt* simple_statement() noexcept;
  [[nodiscard]] Stmt* return_statement() noexcept;
  [[nodiscard]] Stmt* raise_statement() noexcept;
  [[nodiscard]] Stmt* delete_statement() noexcept;
  [[nodiscard]] Stmt* assert_statement() noexcept;
  [[nodiscard]] Stmt* yield_statement() noexcept;
  template <class N>
  [[nodiscard]] Stmt* keyword_statement() noexcept;
  template <class N>
  [[nodiscard]] Stmt* names_statement() noexcept;
  [[nodiscard]] Stmt* import_statement() noexcept;
  [[nodiscard]] Stmt* from_statement() noexcept;
  [[nodiscard]] bool imported_names(Sequence<Alias*>& names) noexcept;
  [[nodiscard]] bool dotted_name(Identifier& name) noexcept;
  [[nodiscard]] Alias* dotted_alias() noexcept;
  [[nodiscard]] Alias* plain_alias() noexcept;
  [[nodiscard]] bool alias_after(Identifier& asname) noexcept;
  [[nodiscard]] std::int32_t take_dots() noexcept;

  // blocks.cc
  [[nodiscard]] bool at_compound_statement() noexcept;
  [[nodiscard]] Stmt* compound_statement() noexcept;
  [[nodiscard]] Stmt* async_statement() noexcept;
  [[nodiscard]] bool block(std::string_view what, const Place& keyword, Statements& body) noexcept;
  [[nodiscard]] bool header_colon() noexcept;
  [[nodiscard]] bool forced(TokenKind kind, std::string_view message) noexcept;
  struct Branch {
    Place keyword;
    Expr* test;
    Statements body;
  };
  [[nodiscard]] Stmt* join_branches(const Sequence<Branch>& branches, Statements orelse) noexcept;
  [[nodiscard]] Stmt* if_statement(std::string_view what) noexcept;
  [[nodiscard]] bool else_block(Statements& body) noexcept;
  [[nodiscard]] Stmt* while_statement() noexcept;
  [[nodiscard]] Stmt* for_statement(const Place& start, bool async) noexcept;
  [[nodiscard]] Stmt* with_statement(const Place& start, bool async) noexcept;
  [[nodiscard]] bool with_items(Sequence<WithItem*>& items) noexcept;
  [[nodiscard]] bool parenthesized_with_items(Sequence<WithItem*>& items) noexcept;
  [[nodiscard]] bool with_item_list(bool parenthesized, Sequence<WithItem*>& items) noexcept;
  [[nodiscard]] WithItem* with_item() noexcept;
  [[nodiscard]] Stmt* try_statement() noexcept;
  [[nodiscard]] bool handlers(Sequence<ExceptHandler*>& list, bool& star) noexcept;
  [[nodiscard]] ExceptHandler* handler() noexcept;
  [[nodiscard]] bool finally_block(Statements& body) noexcept;

  // definitions.cc
  [[nodiscard]] Stmt* decorated() noexcept;
  [[nodiscard]] bool decorators(Sequence<Expr*>& list) noexcept;
  [[nodiscard]] Stmt* function(const Sequence<Expr*>& decorators, const Place& start,
                               bool async) noexcept;
  [[nodiscard]] Stmt* class_definition(const Sequence<Expr*>& decorators) noexcept;

  // patterns.cc
  [[nodiscard]] Stmt* match_statement() noexcept;
  [[nodiscard]] Expr* subject() noexcept;
  [[nodiscard]] MatchCase* match_case() noexcept;
  [[nodiscard]] Pattern* patterns() noexcept;
  [[nodiscard]] Pattern* maybe_star_pattern() noexcept;
  [[nodiscard]] Pattern* pattern() noexcept;
  [[nodiscard]] Pattern* as_pattern(Pattern* inner, const Place& start) noexcept;
  [[nodiscard]] Pattern* or_pattern() noexcept;
  [[nodiscard]] Pattern* closed_pattern() noexcept;
  [[nodiscard]] Pattern* name_pattern() noexcept;
  [[nodiscard]] Pattern* value_pattern(Expr* value) noexcept;
  [[nodiscard]] Pattern* singleton_pattern(Literal::Kind kind) noexcept;
  [[nodiscard]] Expr* pattern_number() noexcept;
  [[nodiscard]] Expr* signed_number() noexcept;
  [[nodiscard]] Pattern* group_or_sequence_pattern() noexcept;
  [[nodiscard]] Pattern* sequence_pattern() noexcept;
  [[nodiscard]] bool pattern_list(Pattern* first, TokenKind closing,
                                  Sequence<Pattern*>& list) noexcept;
  [[nodiscard]] Pattern* mapping_pattern() noexcept;
  [[nodiscard]] Expr* mapping_key() noexcept;
  [[nodiscard]] Pattern* class_pattern(Expr* cls, const Place& start) noexcept;

  // diagnose_*.cc (P2). True or null: an error has been reported.
  [[nodiscard]] Expr* diagnosed_expression() noexcept;
  [[nodiscard]] Expr* look_at_expression() noexcept;
  [[nodiscard]] bool diagnose_two_expressions() noexcept;
  [[nodiscard]] bool diagnose_missing_else() noexcept;
  [[nodiscard]] bool diagnose_legacy_statement() noexcept;
  [[nodiscard]] bool diagnose_named_expression() noexcept;
  [[nodiscard]] bool diagnose_assigned_name() noexcept;
  [[nodiscard]] bool diagnose_assigned_expression() noexcept;
  [[nodiscard]] bool diagnose_assignment() noexcept;
  [[nodiscard]] bool diagnose_annotation() noexcept;
  [[nodiscard]] bool diagnose_assignment_target() noexcept;
  [[nodiscard]] bool diagnose_augmented_target() noexcept;
  [[nodiscard]] bool diagnose_keyword_argument() noexcept;
  [[nodiscard]] bool diagnose_generator_as_value(const Mark& first) noexcept;
  [[nodiscard]] bool diagnose_arguments(const Mark& first) noexcept;
  [[nodiscard]] bool diagnose_generator_argument(const Mark& first) noexcept;
  [[nodiscard]] bool diagnose_argument_order(const Mark& first) noexcept;
  [[nodiscard]] bool diagnose_comprehension(TokenKind opening) noexcept;
  [[nodiscard]] bool diagnose_comprehension_target() noexcept;
  [[nodiscard]] bool diagnose_group() noexcept;
  [[nodiscard]] bool diagnose_dict(const Mark& first) noexcept;
  [[nodiscard]] bool diagnose_dict_comprehension(const Mark& first) noexcept;
  [[nodiscard]] bool diagnose_dict_item(bool missing_colon) noexcept;
  struct ParameterState {
    bool any = false;  // a name stood there
    bool had_default = false;
    bool slash = false;
    bool star = false;
  };
  [[nodiscard]] bool diagnose_parameters(const ParameterStyle& style) noexcept;
  [[nodiscard]] bool diagnose_plain_parameter(const ParameterStyle& style,
                                              ParameterState& state) noexcept;
  [[nodiscard]] bool diagnose_slash(const ParameterStyle& style, ParameterState& state) noexcept;
  [[nodiscard]] bool diagnose_star(const ParameterStyle& style, ParameterState& state) noexcept;
  void raise_bare_star(const ParameterStyle& style, const Place& star) noexcept;
  [[nodiscard]] bool diagnose_double_star(const ParameterStyle& style) noexcept;
  [[nodiscard]] bool diagnose_parenthesized_parameters(const ParameterStyle& style,
                                                       const ParameterState& state) noexcept;
  [[nodiscard]] bool diagnose_target(Item item, TargetKind kind) noexcept;
  [[nodiscard]] bool diagnose_with_item() noexcept;
  [[nodiscard]] bool diagnose_except() noexcept;
  [[nodiscard]] Pattern* positional_behind_named(const Place& first) noexcept;
  [[nodiscard]] bool diagnose_as_target() noexcept;

  Compilation& shared_;
  Lexer& lexer_;
  TokenWindow window_;
  Memo memo_;
  const bool diagnosing_;
  bool suggesting_;
  bool in_string_ = false;
  std::uint32_t number_ = 0;
  std::uint32_t speculations_ = 0;
  Place last_;  // of the last token taken that is not about lines
  Token furthest_;
  std::uint32_t furthest_count_ = 0;
};

// An expression in an f-string: `text` is in parentheses, the first of which is at `origin`. Null:
// an error was reported.
[[nodiscard]] Expr* parse_in_string(Compilation& shared, std::string_view text,
                                    const Origin& origin) noexcept;

// I1. False: too deep, or stopped for another reason; return null.
class Nesting {
 public:
  explicit Nesting(Parser& parser) noexcept : shared_(parser.shared_) {
    if (++shared_.nesting > kMostNesting) shared_.diagnostics.out_of_memory();
  }
  ~Nesting() { --shared_.nesting; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  [[nodiscard]] explicit operator bool() const noexcept { return shared_.nesting <= kMostNesting; }

 private:
  Compilation& shared_;
};

template <class T>
bool Parser::copy_list(const T* items, std::size_t count, Sequence<T>& list) noexcept {
  list = {nullptr, static_cast<std::uint32_t>(count)};
  if (count == 0) return true;
  list.items = shared_.arena.allocate_array<T>(count);
  if (list.items == nullptr) return out_of_memory<T>() != nullptr;
  std::memcpy(static_cast<void*>(list.items), static_cast<const void*>(items), count * sizeof(T));
  return true;
}

// Gathers a list on the shared scratch stack. What begins later ends earlier: while another one is
// being filled, this one is neither added to nor finished.
template <class T>
class Collector {
  static_assert(sizeof(T) % sizeof(std::uint64_t) == 0 && std::is_trivially_copyable_v<T>);
  static constexpr std::size_t kWords = sizeof(T) / sizeof(std::uint64_t);

 public:
  explicit Collector(Parser& parser) noexcept
      : parser_(parser), first_(parser.shared_.scratch.size()) {}
  ~Collector() { parser_.shared_.scratch.shrink_to(first_); }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  // False: the item is null, or there is no memory for it.
  [[nodiscard]] bool add(const T& item) noexcept {
    if constexpr (std::is_pointer_v<T>) {
      if (item == nullptr) return false;
    }
    return add_any(item);
  }
  [[nodiscard]] bool add_any(const T& item) noexcept {
    std::uint64_t words[kWords];
    std::memcpy(words, &item, sizeof item);
    if (parser_.shared_.scratch.append(words, kWords)) return true;
    return parser_.out_of_memory<T>() != nullptr;
  }
  [[nodiscard]] std::size_t size() const noexcept {
    return (parser_.shared_.scratch.size() - first_) / kWords;
  }
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  [[nodiscard]] bool finish(Sequence<T>& list) noexcept {
    const void* const items = parser_.shared_.scratch.data() + first_;
    return parser_.copy_list(static_cast<const T*>(items), size(), list);
  }

 private:
  Parser& parser_;
  const std::size_t first_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
