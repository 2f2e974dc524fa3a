#include "python/compiler/ast_dump.h"

#include <charconv>

#include "python/compiler/literal_text.h"

namespace orochi::inline OROCHI_DESIGN::ast {
namespace {

std::string_view name_of(Context word) {
  constexpr std::string_view kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<int>(word)];
}
std::string_view name_of(BoolOperator word) { return word == BoolOperator::kAnd ? "And" : "Or"; }
std::string_view name_of(UnaryOperator word) {
  constexpr std::string_view kNames[] = {"Invert", "Not", "UAdd", "USub"};
  return kNames[static_cast<int>(word)];
}
std::string_view name_of(Operator word) {
  constexpr std::string_view kNames[] = {"Add",      "Sub",    "Mult",   "Pow",    "Div",
                                         "FloorDiv", "Mod",    "LShift", "RShift", "BitAnd",
                                         "BitOr",    "BitXor", "MatMult"};
  return kNames[static_cast<int>(word)];
}
std::string_view name_of(Comparison word) {
  constexpr std::string_view kNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                         "GtE", "Is",    "IsNot", "In",  "NotIn"};
  return kNames[static_cast<int>(word)];
}

constexpr bool has_place(const Stmt*) { return true; }
constexpr bool has_place(const Expr*) { return true; }
constexpr bool has_place(const Pattern*) { return true; }
constexpr bool has_place(const PlacedPart*) { return true; }
constexpr bool has_place(const Node*) { return false; }

class Dumper {
 public:
  explicit Dumper(FunctionRef<void(std::string_view)> write) : write_(write) {}

  void node(const Node& tree) {
    dispatch(tree, [this](const auto& typed) { this->typed(typed); });
  }
  [[nodiscard]] bool had_memory() const { return had_memory_; }

 private:
  template <class T>
  void typed(const T& node) {
    write_(ast::name_of(T::kKind));
    write_("(");
    first_ = true;
    fields(node);
    if constexpr (has_place(static_cast<const T*>(nullptr))) place(node.place);
    write_(")");
    first_ = false;
  }

#define OROCHI_AST_FIELDS(Name, python, Base, list) \
  void fields([[maybe_unused]] const Name& node) { list }
#define OROCHI_AST_ONE(Type, name) field(#name), one(node.name);
#define OROCHI_AST_OPT(Type, name) \
  if (node.name != nullptr) field(#name), one(node.name);
#define OROCHI_AST_MANY(Type, name) field(#name), many(node.name);
#define OROCHI_AST_ID(name) field(#name), one(node.name);
#define OROCHI_AST_OPT_ID(name) \
  if (!node.name.empty()) field(#name), one(node.name);
#define OROCHI_AST_WORD(Type, name) field(#name), one(node.name);
#define OROCHI_AST_NUMBER(name) field(#name), number(node.name);
#define OROCHI_AST_LITERAL(name) field(#name), literal(node.name);
#define OROCHI_AST_KIND(name) \
  if (node.name) field("kind"), write_("'u'");
#define OROCHI_AST_NOTHING(name) field(#name), write_("[]");
#define OROCHI_AST_IDS(name) OROCHI_AST_MANY(Identifier, name)
  OROCHI_AST_NODES(OROCHI_AST_FIELDS, OROCHI_AST_ONE, OROCHI_AST_OPT, OROCHI_AST_MANY,
                   OROCHI_AST_MANY, OROCHI_AST_ID, OROCHI_AST_OPT_ID, OROCHI_AST_IDS,
                   OROCHI_AST_WORD, OROCHI_AST_MANY, OROCHI_AST_NUMBER, OROCHI_AST_LITERAL,
                   OROCHI_AST_KIND, OROCHI_AST_NO_FIELD, OROCHI_AST_NOTHING)
#undef OROCHI_AST_FIELDS
#undef OROCHI_AST_ONE
#undef OROCHI_AST_OPT
#undef OROCHI_AST_MANY
#undef OROCHI_AST_ID
#undef OROCHI_AST_OPT_ID
#undef OROCHI_AST_IDS
#undef OROCHI_AST_WORD
#undef OROCHI_AST_NUMBER
#undef OROCHI_AST_LITERAL
#undef OROCHI_AST_KIND
#undef OROCHI_AST_NOTHING

  void field(std::string_view name) {
    if (!first_) write_(", ");
    first_ = false;
    write_(name);
    write_("=");
  }

  void one(const Node* child) {
    if (child == nullptr) return write_("None");
    node(*child);
  }
  void one(Identifier name) { compiler::write_str(name, write_); }
  template <class Word>
  requires std::is_enum_v<Word>
  void one(Word word) {
    write_(name_of(word));
    write_("()");
  }

  template <class T>
  void many(const Sequence<T>& sequence) {
    write_("[");
    bool first = true;
    for (const T& item : sequence) {
      if (!first) write_(", ");
      first = false;
      one(item);
    }
    write_("]");
    first_ = false;
  }

  void literal(const Literal& literal) {
    had_memory_ = compiler::write_literal(literal, write_) && had_memory_;
  }

  void number(std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    write_({digits, static_cast<std::size_t>(end - digits)});
  }

  void place(const Place& place) {
    field("lineno"), number(place.line);
    field("col_offset"), number(place.column);
    field("end_lineno"), number(place.end_line);
    field("end_col_offset"), number(place.end_column);
  }

  FunctionRef<void(std::string_view)> write_;
  bool first_ = true;
  bool had_memory_ = true;
};

}  // namespace

bool dump(const Node& tree, FunctionRef<void(std::string_view)> write) noexcept {
  Dumper dumper(write);
  dumper.node(tree);
  return dumper.had_memory();
}

}  // namespace orochi::inline OROCHI_DESIGN::ast
