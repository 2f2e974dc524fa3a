// python/compiler/scope.h: which name means what, in each scope of a program.
//
// Built in two steps, both before any code is generated: `build_scopes` walks the tree and notes
// what each scope does with each name; then every name is resolved, from the outside in. Both say
// in CPython's words what is not allowed.
//
// S1  Scopes hang together as blocks do: those of functions, classes, lambdas and comprehensions
//     are the children of the scope in which they are evaluated, in the order of the source.
// S2  A name that is free in a scope is a cell or free in each function scope between it and the
//     function that binds it.
//
// One thread. Everything lives in the arena of the compilation.
// Tests: tests/python/compiler/scope_test.cc, tests/python/compiler/compare_scopes.py
#pragma once

#include <cstdint>

#include "python/bytecode/code.h"
#include "python/compiler/ast.h"
#include "python/compiler/compile_context.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class ScopeKind : std::uint8_t { kModule, kClass, kFunction };

enum class FunctionKind : std::uint8_t {
  kNone,  // a module or a class
  kFunction,
  kLambda,
  kListComprehension,
  kSetComprehension,
  kDictComprehension,
  kGenerator,
};

// What a scope does with a name; several may be true.
enum NameUse : std::uint16_t {
  kUsesName = 1,
  kBindsName = 2,
  kIsParameter = 4,
  kDeclaredGlobal = 8,
  kDeclaredNonlocal = 16,
  kImportsName = 32,
  kAnnotatesName = 64,
  kIteratesName = 128,  // a target of a comprehension's loop
  kAssignsInExpression = 256,
};
inline constexpr std::uint16_t kBound = kBindsName | kIsParameter | kImportsName;

enum class Resolution : std::uint8_t {
  kUnresolved,
  kLocal,
  kCell,  // local, and free in a scope inside
  kFree,
  kGlobalExplicit,
  kGlobalImplicit,
};

inline constexpr std::uint16_t kUnnumbered = 0xFFFF;

struct Symbol {
  NameId name;
  std::uint16_t uses;
  Resolution resolution;
  bool passes_through;   // bound in a class, and free in it too, for a scope inside
  std::uint16_t number;  // of the register or of the free variable, once code is generated
  Symbol* next;          // in the order in which the scope met them
};

// Symbols by name, which do not move.
class SymbolTable {
 public:
  [[nodiscard]] Symbol* find(NameId name) const noexcept;
  // Finds or adds; null: no memory.
  [[nodiscard]] Symbol* add(NameId name, Arena& arena) noexcept;
  [[nodiscard]] Symbol* first() const noexcept { return first_; }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

 private:
  [[nodiscard]] bool grow(Arena& arena) noexcept;
  [[nodiscard]] Symbol** slot_of(NameId name) const noexcept;

  Symbol** slots_ = nullptr;
  std::uint32_t capacity_ = 0;
  std::uint32_t size_ = 0;
  Symbol* first_ = nullptr;
  Symbol* last_ = nullptr;
};

// Where a name was declared global or nonlocal.
struct Directive {
  NameId name;
  Place place;
  Directive* next;
};

struct Scope {
  ScopeKind kind = ScopeKind::kModule;
  FunctionKind function = FunctionKind::kNone;
  bool is_nested = false;
  bool is_generator = false;
  bool is_coroutine = false;
  bool returns_value = false;
  bool has_class_cell = false;  // a class: something inside refers to __class__
  bool is_annotation = false;   // what becomes a string: part of no program
  NameId name = kNoName;
  NameId class_name = kNoName;  // of the class around, for mangling
  const ast::Node* node = nullptr;
  Place place;
  Scope* parent = nullptr;
  Scope* first_child = nullptr;
  Scope* last_child = nullptr;
  Scope* next = nullptr;
  SymbolTable symbols;
  Directive* directives = nullptr;
  const bytecode::Code* code = nullptr;  // once it is generated; a `finally` asks several times
  // While the scope is built.
  bool in_comprehension_target = false;
  std::uint32_t in_comprehension_iterable = 0;

  [[nodiscard]] bool is_function() const noexcept { return kind == ScopeKind::kFunction; }
  [[nodiscard]] bool is_comprehension() const noexcept {
    return function >= FunctionKind::kListComprehension;
  }
};

struct ScopeOptions {
  bool annotations_are_strings = false;
};

// The scope of the module; null: the diagnostics say why.
[[nodiscard]] Scope* build_scopes(const ast::Root& tree, const ScopeOptions& options,
                                  CompileContext& context) noexcept;

// The second step, which build_scopes takes. False: the diagnostics say why.
[[nodiscard]] bool resolve_scopes(Scope& module, CompileContext& context) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
