// python/compiler/ast.h: the tree of a program, as Python's module `ast` knows it.
//
// A node is a plain struct in an arena, never freed alone, and knows its kind; the structs are made
// from the table in ast_nodes.h. Whoever walks the tree switches over the kind and casts with
// `as<Type>`, or lets `visit_children` go through the fields.
//
// I1  Kinds of one base are neighbours, so that the base is a range of kinds.
// I2  A node's height is one more than its highest child's, and at most kMostHeight: who walks a
//     tree by recursion does not overflow the stack.
// I3  An identifier without text is absent: no name is empty.
//
// One thread builds a tree; once it is built, any number may read it.
// Tests: tests/python/compiler/parser_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "python/compiler/ast_nodes.h"
#include "python/compiler/token.h"

namespace orochi::inline OROCHI_DESIGN::ast {

using compiler::Place;

// I2. CPython refuses trees of about this height when it compiles them.
inline constexpr std::uint32_t kMostHeight = 3000;

enum class NodeKind : std::uint8_t {
#define OROCHI_AST_KIND(Name, python, Base, fields) k##Name,
  OROCHI_AST_NODES(OROCHI_AST_KIND, , , , , , , , , , , , , , )
#undef OROCHI_AST_KIND
};

enum class Context : std::uint8_t { kLoad, kStore, kDel };
enum class BoolOperator : std::uint8_t { kAnd, kOr };
enum class UnaryOperator : std::uint8_t { kInvert, kNot, kUAdd, kUSub };
enum class Operator : std::uint8_t {
  kAdd,
  kSub,
  kMult,
  kPow,
  kDiv,
  kFloorDiv,
  kMod,
  kLShift,
  kRShift,
  kBitAnd,
  kBitOr,
  kBitXor,
  kMatMult,
};
enum class Comparison : std::uint8_t {
  kEq,
  kNotEq,
  kLt,
  kLtE,
  kGt,
  kGtE,
  kIs,
  kIsNot,
  kIn,
  kNotIn,
};

using Identifier = std::string_view;  // I3

// A constant as the back half will make an object of it.
struct Literal {
  enum class Kind : std::uint8_t {
    kNone,
    kFalse,
    kTrue,
    kEllipsis,
    kInt,      // `text`: digits without underscores, perhaps behind 0x, 0o or 0b, in lower case
    kFloat,    // `number`
    kComplex,  // `number` is the imaginary part
    kStr,      // `text`: UTF-8 in which lone surrogates stand as three bytes
    kBytes,    // `text`
  };
  Kind kind = Kind::kNone;
  double number = 0;
  std::string_view text;
};

// An array that somebody else owns: the arena.
template <class T>
struct Sequence {
  T* items = nullptr;
  std::uint32_t size = 0;

  [[nodiscard]] T* begin() const noexcept { return items; }
  [[nodiscard]] T* end() const noexcept { return items + size; }
  [[nodiscard]] bool empty() const noexcept { return size == 0; }
  [[nodiscard]] T& operator[](std::size_t index) const noexcept { return items[index]; }
  [[nodiscard]] T& back() const noexcept { return items[size - 1]; }
};

struct Node {
  NodeKind kind;
  std::uint16_t height;
  Place place;
};

// With a place that counts, as `ast` sees it.
struct Stmt : Node {};
struct Expr : Node {};
struct Pattern : Node {};
struct PlacedPart : Node {};
// Without.
struct Root : Node {};
struct Part : Node {};

#define OROCHI_AST_FORWARD(Name, python, Base, fields) struct Name;
OROCHI_AST_NODES(OROCHI_AST_FORWARD, , , , , , , , , , , , , , )
#undef OROCHI_AST_FORWARD

#define OROCHI_AST_STRUCT(Name, python, Parent, fields)  \
  struct Name : Parent {                                 \
    using Base = Parent;                                 \
    static constexpr NodeKind kKind = NodeKind::k##Name; \
    fields                                               \
  };
#define OROCHI_AST_ONE(Type, name) Type* name;
#define OROCHI_AST_MANY(Type, name) Sequence<Type*> name;
#define OROCHI_AST_ID(name) Identifier name;
#define OROCHI_AST_IDS(name) Sequence<Identifier> name;
#define OROCHI_AST_WORD(Type, name) Type name;
#define OROCHI_AST_WORDS(Type, name) Sequence<Type> name;
#define OROCHI_AST_NUMBER(name) std::int32_t name;
#define OROCHI_AST_LITERAL(name) Literal name;
#define OROCHI_AST_BOOL(name) bool name;
OROCHI_AST_NODES(OROCHI_AST_STRUCT, OROCHI_AST_ONE, OROCHI_AST_ONE, OROCHI_AST_MANY,
                 OROCHI_AST_MANY, OROCHI_AST_ID, OROCHI_AST_ID, OROCHI_AST_IDS, OROCHI_AST_WORD,
                 OROCHI_AST_WORDS, OROCHI_AST_NUMBER, OROCHI_AST_LITERAL, OROCHI_AST_BOOL,
                 OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD)
#undef OROCHI_AST_STRUCT
#undef OROCHI_AST_ONE
#undef OROCHI_AST_MANY
#undef OROCHI_AST_ID
#undef OROCHI_AST_IDS
#undef OROCHI_AST_WORD
#undef OROCHI_AST_WORDS
#undef OROCHI_AST_NUMBER
#undef OROCHI_AST_LITERAL
#undef OROCHI_AST_BOOL

// Calls `visit` with each child that is there, in the order of the fields.
#define OROCHI_AST_VISIT(Name, python, Base, fields)                                            \
  template <class Visit>                                                                        \
  void visit_children([[maybe_unused]] const Name& node, [[maybe_unused]] const Visit& visit) { \
    fields                                                                                      \
  }
#define OROCHI_AST_ONE(Type, name) \
  if (node.name != nullptr) visit(*node.name);
// By number: GCC warns of walking from null to null, as an empty sequence has it.
#define OROCHI_AST_MANY(Type, name)                                \
  for (std::size_t i = 0; i < node.name.size; ++i) {               \
    if (node.name.items[i] != nullptr) visit(*node.name.items[i]); \
  }
OROCHI_AST_NODES(OROCHI_AST_VISIT, OROCHI_AST_ONE, OROCHI_AST_ONE, OROCHI_AST_MANY, OROCHI_AST_MANY,
                 OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD,
                 OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD,
                 OROCHI_AST_NO_FIELD, OROCHI_AST_NO_FIELD)
#undef OROCHI_AST_VISIT
#undef OROCHI_AST_ONE
#undef OROCHI_AST_MANY

template <class T>
[[nodiscard]] bool is(const Node* node) noexcept {
  return node->kind == T::kKind;
}
// Requires: is<T>(node).
template <class T>
[[nodiscard]] T* as(Node* node) noexcept {
  return static_cast<T*>(node);
}
template <class T>
[[nodiscard]] const T* as(const Node* node) noexcept {
  return static_cast<const T*>(node);
}
// Null: it is something else.
template <class T>
[[nodiscard]] T* if_is(Node* node) noexcept {
  return is<T>(node) ? as<T>(node) : nullptr;
}

// The name of the class in Python's module `ast`.
[[nodiscard]] std::string_view name_of(NodeKind kind) noexcept;

// Calls `visit` with the node as its own type.
template <class Visit>
decltype(auto) dispatch(const Node& node, const Visit& visit) {
  switch (node.kind) {
#define OROCHI_AST_CASE(Name, python, Base, fields) \
  case NodeKind::k##Name:                           \
    return visit(static_cast<const Name&>(node));
    OROCHI_AST_NODES(OROCHI_AST_CASE, , , , , , , , , , , , , , )
#undef OROCHI_AST_CASE
  }
  __builtin_unreachable();
}

}  // namespace orochi::inline OROCHI_DESIGN::ast
