#include "python/compiler/annotation_text.h"

#include <cmath>
#include <cstring>

#include "objects/text/unicode.h"
#include "python/compiler/growing_array.h"
#include "python/compiler/literal_text.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using namespace ast;  // NOLINT(google-build-using-namespace): this file walks the tree

// How tightly what is written binds; what binds more loosely than its surroundings ask for is put
// in parentheses.
enum Level : int {
  kTupleLevel,
  kTestLevel,
  kOrLevel,
  kAndLevel,
  kNotLevel,
  kCompareLevel,
  kBitOrLevel,
  kBitXorLevel,
  kBitAndLevel,
  kShiftLevel,
  kSumLevel,
  kTermLevel,
  kFactorLevel,
  kPowerLevel,
  kAwaitLevel,
  kAtomLevel,
};

struct OperatorText {
  std::string_view text;
  Level level;
};
constexpr OperatorText kOperators[] = {
    {" + ", kSumLevel},    {" - ", kSumLevel},    {" * ", kTermLevel},  {" ** ", kPowerLevel},
    {" / ", kTermLevel},   {" // ", kTermLevel},  {" % ", kTermLevel},  {" << ", kShiftLevel},
    {" >> ", kShiftLevel}, {" & ", kBitAndLevel}, {" | ", kBitOrLevel}, {" ^ ", kBitXorLevel},
    {" @ ", kTermLevel},
};
constexpr std::string_view kComparisons[] = {" == ", " != ", " < ",      " <= ", " > ",
                                             " >= ", " is ", " is not ", " in ", " not in "};
constexpr OperatorText kUnary[] = {
    {"~", kFactorLevel}, {"not ", kNotLevel}, {"+", kFactorLevel}, {"-", kFactorLevel}};

class Writer {
 public:
  explicit Writer(Arena& arena) noexcept : arena_(arena) {}

  void write(const Expr& node, int level) noexcept {
    dispatch(node, [this, level](const auto& typed) { this->typed(typed, level); });
  }
  [[nodiscard]] std::string_view finish() noexcept {
    char* const text = arena_.allocate_array<char>(text_.size() + 1);
    if (text == nullptr || failed_) return {};
    std::memcpy(text, text_.data(), text_.size());
    return {text, text_.size()};
  }

 private:
  void put(std::string_view text) noexcept {
    if (!text_.append(text.data(), text.size())) failed_ = true;
  }
  // Calls `inside`, in parentheses if `needed`.
  template <class Inside>
  void group(bool needed, const Inside& inside) noexcept {
    if (needed) put("(");
    inside();
    if (needed) put(")");
  }
  template <class T>
  void list(const Sequence<T*>& items, int level) noexcept {
    for (std::uint32_t i = 0; i < items.size; ++i) {
      if (i > 0) put(", ");
      write(*items[i], level);
    }
  }

  // Parts of statements, which no expression is.
  template <class T>
  void typed(const T&, int) noexcept {}

  void typed(const BoolOp& node, int level) noexcept {
    const bool is_and = node.op == BoolOperator::kAnd;
    const int own = is_and ? kAndLevel : kOrLevel;
    group(level > own, [&] {
      for (std::uint32_t i = 0; i < node.values.size; ++i) {
        if (i > 0) put(is_and ? " and " : " or ");
        write(*node.values[i], own + 1);
      }
    });
  }
  void typed(const BinOp& node, int level) noexcept {
    const OperatorText& op = kOperators[static_cast<int>(node.op)];
    const int from_right = node.op == Operator::kPow ? 1 : 0;
    group(level > op.level, [&] {
      write(*node.left, op.level + from_right);
      put(op.text);
      write(*node.right, op.level + 1 - from_right);
    });
  }
  void typed(const UnaryOp& node, int level) noexcept {
    const OperatorText& op = kUnary[static_cast<int>(node.op)];
    group(level > op.level, [&] {
      put(op.text);
      write(*node.operand, op.level);
    });
  }
  void typed(const IfExp& node, int level) noexcept {
    group(level > kTestLevel, [&] {
      write(*node.body, kTestLevel + 1);
      put(" if ");
      write(*node.test, kTestLevel + 1);
      put(" else ");
      write(*node.orelse, kTestLevel);
    });
  }
  void typed(const Compare& node, int level) noexcept {
    group(level > kCompareLevel, [&] {
      write(*node.left, kCompareLevel + 1);
      for (std::uint32_t i = 0; i < node.ops.size; ++i) {
        put(kComparisons[static_cast<int>(node.ops[i])]);
        write(*node.comparators[i], kCompareLevel + 1);
      }
    });
  }

  // ---- functions ----
  void typed(const Lambda& node, int level) noexcept {
    const Arguments& args = *node.args;
    const bool any = args.posonlyargs.size + args.args.size != 0;
    group(level > kTestLevel, [&] {
      put(any ? "lambda " : "lambda");
      parameters(args);
      put(": ");
      write(*node.body, kTestLevel);
    });
  }
  void parameters(const Arguments& args) noexcept {
    bool first = true;
    const auto comma = [&] {
      if (!first) put(", ");
      first = false;
    };
    const std::uint32_t count = args.posonlyargs.size + args.args.size;
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool before_slash = i < args.posonlyargs.size;
      comma();
      put((before_slash ? args.posonlyargs[i] : args.args[i - args.posonlyargs.size])->arg);
      if (i + args.defaults.size >= count) fallback(args.defaults[i + args.defaults.size - count]);
      if (before_slash && i + 1 == args.posonlyargs.size) put(", /");
    }
    if (args.vararg != nullptr || !args.kwonlyargs.empty()) comma(), put("*");
    if (args.vararg != nullptr) put(args.vararg->arg);
    for (std::uint32_t i = 0; i < args.kwonlyargs.size; ++i) {
      comma();
      put(args.kwonlyargs[i]->arg);
      fallback(args.kw_defaults[i]);
    }
    if (args.kwarg != nullptr) comma(), put("**"), put(args.kwarg->arg);
  }
  void fallback(const Expr* value) noexcept {
    if (value == nullptr) return;
    put("=");
    write(*value, kTestLevel);
  }
  void typed(const Call& node, int) noexcept {
    write(*node.func, kAtomLevel);
    const bool generator =
        node.args.size == 1 && node.keywords.empty() && is<GeneratorExp>(node.args[0]);
    if (generator) return write(*node.args[0], kTestLevel);
    put("(");
    list(node.args, kTestLevel);
    for (std::uint32_t i = 0; i < node.keywords.size; ++i) {
      if (i + node.args.size > 0) put(", ");
      put(node.keywords[i]->arg.empty() ? "**" : node.keywords[i]->arg);
      if (!node.keywords[i]->arg.empty()) put("=");
      write(*node.keywords[i]->value, kTestLevel);
    }
    put(")");
  }

  // ---- displays and comprehensions ----
  void typed(const Dict& node, int) noexcept {
    put("{");
    for (std::uint32_t i = 0; i < node.values.size; ++i) {
      if (i > 0) put(", ");
      if (node.keys[i] == nullptr) {
        put("**");
        write(*node.values[i], kBitOrLevel);
        continue;
      }
      write(*node.keys[i], kTestLevel);
      put(": ");
      write(*node.values[i], kTestLevel);
    }
    put("}");
  }
  void typed(const Set& node, int) noexcept {
    put("{");
    list(node.elts, kTestLevel);
    put("}");
  }
  void typed(const List& node, int) noexcept {
    put("[");
    list(node.elts, kTestLevel);
    put("]");
  }
  void typed(const Tuple& node, int level) noexcept {
    if (node.elts.empty()) return put("()");
    group(level > kTupleLevel, [&] {
      list(node.elts, kTestLevel);
      if (node.elts.size == 1) put(",");
    });
  }
  void typed(const ListComp& node, int) noexcept { comprehension("[", node, "]"); }
  void typed(const SetComp& node, int) noexcept { comprehension("{", node, "}"); }
  void typed(const GeneratorExp& node, int) noexcept { comprehension("(", node, ")"); }
  template <class T>
  void comprehension(std::string_view open, const T& node, std::string_view close) noexcept {
    put(open);
    write(*node.elt, kTestLevel);
    loops(node.generators);
    put(close);
  }
  void typed(const DictComp& node, int) noexcept {
    put("{");
    write(*node.key, kTestLevel);
    put(": ");
    write(*node.value, kTestLevel);
    loops(node.generators);
    put("}");
  }
  void loops(const Sequence<Comprehension*>& all) noexcept {
    for (std::uint32_t i = 0; i < all.size; ++i) {
      put(all[i]->is_async != 0 ? " async for " : " for ");
      write(*all[i]->target, kTupleLevel);
      put(" in ");
      write(*all[i]->iter, kTestLevel + 1);
      for (std::uint32_t k = 0; k < all[i]->ifs.size; ++k) {
        put(" if ");
        write(*all[i]->ifs[k], kTestLevel + 1);
      }
    }
  }

  // ---- what binds most tightly ----
  void typed(const Starred& node, int) noexcept {
    put("*");
    write(*node.value, kBitOrLevel);
  }
  void typed(const Attribute& node, int) noexcept {
    write(*node.value, kAtomLevel);
    const bool integer =
        is<Constant>(node.value) && as<Constant>(node.value)->value.kind == Literal::Kind::kInt;
    put(integer ? " ." : ".");
    put(node.attr);
  }
  void typed(const Subscript& node, int) noexcept {
    write(*node.value, kAtomLevel);
    put("[");
    write(*node.slice, kTupleLevel);
    put("]");
  }
  void typed(const Slice& node, int) noexcept {
    if (node.lower != nullptr) write(*node.lower, kTestLevel);
    put(":");
    if (node.upper != nullptr) write(*node.upper, kTestLevel);
    if (node.step == nullptr) return;
    put(":");
    write(*node.step, kTestLevel);
  }
  void typed(const Name& node, int) noexcept { put(node.id); }

  void typed(const Constant& node, int) noexcept {
    if (node.has_prefix_u) put("u");
    literal(node.value);
  }
  void literal(const Literal& value) noexcept {
    const bool is_number =
        value.kind == Literal::Kind::kFloat || value.kind == Literal::Kind::kComplex;
    if (value.kind == Literal::Kind::kEllipsis) return put("...");
    if (value.kind == Literal::Kind::kStr) return put_str(value.text);
    if (is_number && std::isinf(value.number))
      return put(value.kind == Literal::Kind::kComplex ? "1e309j" : "1e309");
    const auto write = [this](std::string_view piece) { put(piece); };
    if (!write_literal(value, write)) failed_ = true;
  }

  // As repr() has it: characters that can be printed stand for themselves.
  void put_str(std::string_view text) noexcept {
    const bool doubled =
        text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
    const std::string_view quote = doubled ? "\"" : "'";
    put(quote);
    while (!text.empty()) {
      const std::size_t size = std::min(utf8::size_of_first(text), text.size());
      const std::string_view one = text.substr(0, size);
      text.remove_prefix(size);
      put_character(one, quote);
    }
    put(quote);
  }
  void put_character(std::string_view one, std::string_view quote) noexcept {
    const bool plain = one.size() > 1 && text::is_printable(utf8::decode_first(one));
    if (plain || (one == "'" && quote != one)) return put(one);
    if (one == "'") return put("\\'");
    if (one == "\"") return put(one);
    // Written in quotes of its own, which are left out.
    GrowingArray<char> escaped;
    write_str(one, [&](std::string_view piece) {
      if (!escaped.append(piece.data(), piece.size())) failed_ = true;
    });
    if (escaped.size() > 2) put({escaped.data() + 1, escaped.size() - 2});
  }

  // An f-string: its text is written first, then quoted as a whole.
  void typed(const JoinedStr& node, int) noexcept {
    Writer inside(arena_);
    inside.pieces(node);
    put("f");
    put_str(inside.finish());
    failed_ = failed_ || inside.failed_;
  }
  void typed(const FormattedValue& node, int) noexcept {
    Writer inside(arena_);
    inside.field(node);
    put("f");
    put_str(inside.finish());
    failed_ = failed_ || inside.failed_;
  }
  void pieces(const JoinedStr& node) noexcept {
    for (std::uint32_t i = 0; i < node.values.size; ++i) piece(*node.values[i]);
  }
  void piece(const Expr& node) noexcept {
    if (is<FormattedValue>(&node)) return field(*as<FormattedValue>(&node));
    if (!is<Constant>(&node)) return pieces(*as<JoinedStr>(&node));
    for (const char& c : as<Constant>(&node)->value.text)
      put(c == '{' ? "{{" : c == '}' ? "}}" : std::string_view(&c, 1));
  }
  void field(const FormattedValue& node) noexcept {
    Writer value(arena_);
    value.write(*node.value, kTestLevel + 1);
    const std::string_view text = value.finish();
    put(text.starts_with('{') ? "{ " : "{");
    put(text);
    const char conversion = static_cast<char>(node.conversion);
    if (node.conversion > 0) put("!"), put({&conversion, 1});
    if (node.format_spec != nullptr) put(":"), piece(*node.format_spec);
    put("}");
  }

  Arena& arena_;
  GrowingArray<char> text_;
  bool failed_ = false;
};

}  // namespace

std::string_view annotation_text(const Expr& expression, CompileContext& context) noexcept {
  Writer writer(context.arena());
  writer.write(expression, kTestLevel);
  const std::string_view text = writer.finish();
  if (text.empty()) context.out_of_memory();
  return text;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
