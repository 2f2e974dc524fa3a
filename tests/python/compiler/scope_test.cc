#include "python/compiler/scope.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "python/compiler/parse.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

class Scopes {
 public:
  explicit Scopes(std::string_view program) : context_(arena_, diagnostics_, program) {
    const ast::Root* const tree = parse(program, {}, arena_, diagnostics_);
    if (tree != nullptr) module_ = build_scopes(*tree, {}, context_);
  }
  [[nodiscard]] const Scope& module() const { return *module_; }
  // The scopes one in another, by their numbers among their brothers.
  [[nodiscard]] const Scope& at(std::initializer_list<int> path) const {
    const Scope* scope = module_;
    for (int number : path) {
      scope = scope->first_child;
      for (; number > 0; --number) scope = scope->next;
    }
    return *scope;
  }
  // Each name with a letter for what it means; `>`: it is passed on to a scope inside.
  [[nodiscard]] std::string meanings(std::initializer_list<int> path) const {
    std::ostringstream text;
    for (const Symbol* s = at(path).symbols.first(); s != nullptr; s = s->next) {
      if (s != at(path).symbols.first()) text << ' ';
      text << context_.text(s->name) << ':' << "?lcfGg"[static_cast<int>(s->resolution)];
      if (s->passes_through) text << '>';
    }
    return text.str();
  }

 private:
  Arena arena_;
  Diagnostics diagnostics_;
  CompileContext context_;
  Scope* module_ = nullptr;
};

TEST(Scope, FunctionsShareTheirVariables) {
  const Scopes scopes("def f(a):\n  b = a\n  def g():\n    return b, c\n");
  EXPECT_EQ(scopes.meanings({}), "f:l");
  EXPECT_EQ(scopes.meanings({0}), "a:l b:c g:l");
  EXPECT_EQ(scopes.meanings({0, 0}), "b:f c:g");
}

// S2.
TEST(Scope, WhatLiesBetweenPassesVariablesOn) {
  const Scopes scopes(
      "def f(x):\n  def g():\n    class C:\n      x = 1\n      def h(self): return x\n");
  EXPECT_EQ(scopes.meanings({0, 0}), "C:l x:f");
  EXPECT_EQ(scopes.meanings({0, 0, 0}), "x:l> h:l") << "its own, and the function's for h";
  EXPECT_EQ(scopes.meanings({0, 0, 0, 0}), "self:l x:f");
}

TEST(Scope, ClassesHideTheirNames) {
  const Scopes scopes("class C:\n  x = 1\n  def f(self): return x\n");
  EXPECT_EQ(scopes.meanings({0, 0}), "self:l x:g");
}

TEST(Scope, SuperNeedsTheClass) {
  const Scopes scopes("class C:\n  def f(self): return super()\n");
  EXPECT_TRUE(scopes.at({0}).has_class_cell);
  EXPECT_EQ(scopes.meanings({0, 0}), "self:l super:g __class__:f");
  EXPECT_FALSE(Scopes("class C:\n  def f(self): pass\n").at({0}).has_class_cell);
}

TEST(Scope, GlobalReachesOverFunctions) {
  const Scopes scopes(
      "def f():\n  x = 1\n  def g():\n    global x\n    x = 2\n    def h(): return x\n");
  EXPECT_EQ(scopes.meanings({0, 0}), "x:G h:l");
  EXPECT_EQ(scopes.meanings({0, 0, 0}), "x:g") << "g's, which is the module's";
  EXPECT_EQ(scopes.meanings({0}), "x:l g:l");
}

TEST(Scope, AWalrusBindsOutsideOfComprehensions) {
  const Scopes scopes("def f():\n  return [y := x for x in z]\n");
  EXPECT_EQ(scopes.meanings({0}), "z:g y:c");
  EXPECT_EQ(scopes.meanings({0, 0}), ".0:l x:l y:f");
  EXPECT_EQ(Scopes("[y := x for x in z]").meanings({}), "z:g y:G");
}

TEST(Scope, PrivateNamesAreMangled) {
  EXPECT_EQ(Scopes("class C:\n  def f(self): __x = 1\n").meanings({0, 0}), "self:l _C__x:l");
}

TEST(Scope, GeneratorsAndCoroutinesAreKnown) {
  const Scopes scopes(
      "def f(): yield\nasync def g(): pass\nasync def h(): return [await x for x in y]\n"
      "def i(): lambda: (yield)\n");
  EXPECT_TRUE(scopes.at({0}).is_generator);
  EXPECT_TRUE(scopes.at({1}).is_coroutine);
  EXPECT_TRUE(scopes.at({2, 0}).is_coroutine);
  EXPECT_FALSE(scopes.at({3}).is_generator);
  EXPECT_TRUE(scopes.at({3, 0}).is_generator);
}

TEST(Scope, ManyNamesFit) {
  std::ostringstream program;
  for (int i = 0; i < 3000; ++i) program << "x" << i << " = " << i << '\n';
  EXPECT_EQ(Scopes(program.str()).module().symbols.size(), 3000U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
