// tests/python/modules/evaluator.h: expressions of Python, computed by what modules offer and by
// CPython, which must agree.
//
//     SameAsPython same({"itertools"});
//     same("list(itertools.islice('abcdef', 1, None, 2))");    // the repr, or the exception's text
//     same("[d := dict(), next(iter(d), 7), (lambda x: -x)(d and 1 or 2)]");
//     EXPECT_EQ(same.finish(), 0) << "lines above were false";
//
// The tree of the compiler's parser is walked. Lambdas have names by position with defaults and
// *rest; comprehensions have one `for`, and are lists all of them. Of the builtins there are the
// native types, exceptions, and what `simple_builtins` lists.
//
// One thread; ObjectsTest around it.
#pragma once

#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "objects/model/operations.h"
#include "python/compiler/parse.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN::testing {

namespace ast = orochi::ast;

class Evaluator {
 public:
  Evaluator();
  ~Evaluator();
  // Empty: it raised.
  [[nodiscard]] Ref<> evaluate(std::string_view expression);
  void set(const std::string& name, Ref<> value) { globals_->names[name] = std::move(value); }
  void import_module(const std::string& name);
  // What was pending, as "TypeError: why".
  [[nodiscard]] static std::string pending_exception();

 private:
  friend class LambdaObject;
  struct Scope {
    std::map<std::string, Ref<>> names;
    std::shared_ptr<Scope> outer;
  };
  using ScopePointer = std::shared_ptr<Scope>;
  struct Closure {
    Evaluator* evaluator;
    const ast::Lambda* lambda;
    ScopePointer scope;
    std::vector<Ref<>> defaults;
  };

  [[nodiscard]] Ref<> walk(const ast::Node& node, const ScopePointer& scope);
  [[nodiscard]] Ref<> constant(const ast::Literal& literal);
  [[nodiscard]] Ref<> look_up(const std::string& name, const ScopePointer& scope);
  [[nodiscard]] Ref<> call_it(const ast::Call& node, const ScopePointer& scope);
  [[nodiscard]] Ref<> lambda(const ast::Lambda& node, const ScopePointer& scope);
  [[nodiscard]] Ref<> call_closure(const Closure& closure, const orochi::Arguments& arguments);
  [[nodiscard]] Ref<> comparison(const ast::Compare& node, const ScopePointer& scope);
  [[nodiscard]] Ref<> bool_operation(const ast::BoolOp& node, const ScopePointer& scope);
  [[nodiscard]] Ref<> display(const ast::Dict& node, const ScopePointer& scope);
  [[nodiscard]] Ref<> slice(const ast::Slice& node, const ScopePointer& scope);
  using Items = std::vector<Ref<>>;
  [[nodiscard]] bool walk_all(const ast::Sequence<ast::Expr*>& nodes, const ScopePointer& scope,
                              Items& items);
  // Calls `each` in the scope of each turn. False: it raised.
  [[nodiscard]] bool comprehend(const ast::Sequence<ast::Comprehension*>& loops,
                                const ScopePointer& scope,
                                const std::function<bool(const ScopePointer&)>& each);
  [[nodiscard]] bool bind_target(const ast::Node& target, Ref<> value, Scope& scope);
  [[nodiscard]] Ref<> comprehension(const ast::Node& element,
                                    const ast::Sequence<ast::Comprehension*>& loops,
                                    const ScopePointer& scope);

  std::deque<compiler::Arena> arenas_;
  std::deque<std::shared_ptr<Closure>> closures_;
  ScopePointer globals_;
};

// Both sides of a comparison.
class SameAsPython {
 public:
  explicit SameAsPython(std::initializer_list<const char*> modules = {});
  void operator()(const std::string& expression);
  // For later expressions, on both sides.
  void define(const std::string& name, const std::string& expression);
  [[nodiscard]] int finish() { return python_.finish(); }
  [[nodiscard]] Evaluator& ours() { return ours_; }

 private:
  Evaluator ours_;
  PythonOracle python_;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing
