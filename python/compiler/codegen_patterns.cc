// match. The subject stays in a temporary; what a pattern takes out of it lies above. A pattern
// that does not match goes to a label where all of that is dropped; names are bound once it does.
#include <algorithm>
#include <utility>

#include "python/compiler/annotation_text.h"
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

bool is_wildcard(const Pattern& node) noexcept {
  if (is<MatchStar>(&node)) return as<MatchStar>(&node)->name.empty();
  return is<MatchAs>(&node) && as<MatchAs>(&node)->pattern == nullptr &&
         as<MatchAs>(&node)->name.empty();
}

// How many names it binds, each alternative of an `|` being as good as the first.
std::uint32_t count_names(const Node& node) noexcept {
  std::uint32_t count = 0;
  if (is<MatchOr>(&node)) return count_names(*as<MatchOr>(&node)->patterns[0]);
  if (is<MatchAs>(&node) && !as<MatchAs>(&node)->name.empty()) ++count;
  if (is<MatchStar>(&node) && !as<MatchStar>(&node)->name.empty()) ++count;
  if (is<ast::MatchMapping>(&node) && !as<ast::MatchMapping>(&node)->rest.empty()) ++count;
  dispatch(node, [&count](const auto& typed) {
    ast::visit_children(typed, [&count](const Node& child) { count += count_names(child); });
  });
  return count;
}

}  // namespace

void CodeGenerator::typed(const Match& node) noexcept {
  const Label end = assembler_.new_label();
  const Register subject = pushed(*node.subject);
  for (std::uint32_t i = 0; i < node.cases.size && !stopped(); ++i)
    match_case(*node.cases[i], subject, i + 1 == node.cases.size, end);
  drop(subject);
  assembler_.bind(end);
}

void CodeGenerator::match_case(const MatchCase& node, Register subject, bool is_last,
                               Label end) noexcept {
  const Label fail = assembler_.new_label();
  GrowingArray<Capture> captures;
  const std::uint32_t peak = std::exchange(peak_, next_temporary_);
  {
    const Temps temps(*this);
    const At at(*this, node.pattern->place);
    Matching matching{captures, fail, is_last || node.guard != nullptr};
    pattern(*node.pattern, subject, matching);
    bind_captures(captures);
  }
  if (node.guard != nullptr) jump_if(*node.guard, false, fail);
  const std::uint32_t highest = peak_;
  drop(subject);
  body(node.body);
  jump(end);
  assembler_.bind(fail);
  drop_between(static_cast<Register>(next_temporary_), highest);
  peak_ = std::max(peak_, peak);
}

void CodeGenerator::drop_between(Register first, std::uint32_t end) noexcept {
  for (std::uint32_t r = first; r < end; ++r) drop(static_cast<Register>(r));
}

void CodeGenerator::bind_captures(const GrowingArray<Capture>& captures) noexcept {
  for (std::size_t i = 0; i < captures.size() && !stopped(); ++i)
    store_name(context_.text(captures[i].name), captures[i].value);
}

void CodeGenerator::pattern(const Pattern& node, Register subject, Matching& matching) noexcept {
  if (stopped()) return;
  // Not put back: CPython says what is wrong with several patterns at the last one.
  assembler_.set_place(node.place);
  switch (node.kind) {
    case NodeKind::kMatchValue:
      return match(*as<MatchValue>(&node), subject, matching);
    case NodeKind::kMatchSingleton:
      return match(*as<MatchSingleton>(&node), subject, matching);
    case NodeKind::kMatchSequence:
      return match(*as<ast::MatchSequence>(&node), subject, matching);
    case NodeKind::kMatchMapping:
      return match(*as<ast::MatchMapping>(&node), subject, matching);
    case NodeKind::kMatchClass:
      return match(*as<ast::MatchClass>(&node), subject, matching);
    case NodeKind::kMatchStar:
      return capture(as<MatchStar>(&node)->name, subject, matching);
    case NodeKind::kMatchAs:
      return match(*as<MatchAs>(&node), subject, matching);
    default:
      return match(*as<MatchOr>(&node), subject, matching);
  }
}

// Inside of another pattern, where what matches everything hides nothing.
void CodeGenerator::part(const Pattern& node, Register subject, Matching& matching) noexcept {
  const bool before = std::exchange(matching.may_be_irrefutable, true);
  pattern(node, subject, matching);
  matching.may_be_irrefutable = before;
}

void CodeGenerator::capture(Identifier name, Register value, Matching& matching) noexcept {
  if (name.empty() || forbidden(name)) return;
  const NameId id = context_.intern(name);
  for (std::size_t i = 0; i < matching.captures.size(); ++i)
    if (matching.captures[i].name == id)
      return context_.error(assembler_.place(), "multiple assignments to name '", name,
                            "' in pattern");
  const Register kept = push();
  move(kept, value);
  if (!matching.captures.push({id, kept})) context_.out_of_memory();
}

// ---- values ----------------------------------------------------------------------------------

void CodeGenerator::match(const MatchValue& node, Register subject, Matching& matching) noexcept {
  const bool is_literal =
      is<ast::Constant>(node.value) || is<BinOp>(node.value) || is<UnaryOp>(node.value);
  if (!is_literal && !is<Attribute>(node.value))
    return error("patterns may only match literals and attribute lookups");
  const Temps temps(*this);
  test(Comparison::kEq, subject, right_operand(*node.value), false, matching.fail);
}

void CodeGenerator::match(const MatchSingleton& node, Register subject,
                          Matching& matching) noexcept {
  if (node.value.kind == Literal::Kind::kNone)
    return jump(Opcode::kJumpIfNotNone, subject, matching.fail);
  const Temps temps(*this);
  const Register singleton = push();
  load_constant(singleton, constant_of(node.value));
  test(Comparison::kIs, subject, {false, singleton}, false, matching.fail);
}

// ---- sequences -------------------------------------------------------------------------------

// The number of the starred pattern; the number of all if there is none.
std::uint32_t CodeGenerator::star_of(const ast::MatchSequence& node) noexcept {
  std::uint32_t star = node.patterns.size;
  for (std::uint32_t i = 0; i < node.patterns.size; ++i) {
    if (!is<MatchStar>(node.patterns[i])) continue;
    if (star != node.patterns.size) error("multiple starred names in sequence pattern");
    star = i;
  }
  return star;
}

void CodeGenerator::match(const ast::MatchSequence& node, Register subject,
                          Matching& matching) noexcept {
  const std::uint32_t size = node.patterns.size;
  const std::uint32_t star = star_of(node);
  const bool has_star = star < size;
  bool only_wildcards = true;
  for (std::uint32_t i = 0; i < size; ++i)
    only_wildcards = only_wildcards && is_wildcard(*node.patterns[i]);
  {
    const Temps temps(*this);
    const Register fits = push();
    emit(Opcode::kMatchSequence, fits, subject);
    jump(Opcode::kJumpIfFalse, fits, matching.fail);
  }
  if (!has_star || size > 1)
    check_length(subject, has_star ? size - 1 : size, !has_star, matching.fail);
  if (only_wildcards) return;
  if (has_star && is_wildcard(*node.patterns[star]))
    return match_by_index(node, subject, star, matching);
  const Register first = push_many(size);
  if (has_star) {
    emit(Opcode::kUnpackStar, first, subject, assembler_.shape(star, size - star - 1));
  } else {
    emit(Opcode::kUnpackSequence, first, subject, static_cast<std::uint16_t>(size));
  }
  match_window(node.patterns, first, matching);
}

void CodeGenerator::check_length(Register subject, std::uint32_t least, bool exact,
                                 Label fail) noexcept {
  const Temps temps(*this);
  const Register length = push();
  emit(Opcode::kLength, length, subject);
  const auto number = static_cast<std::uint16_t>(constant(int_constant(least)));
  test(exact ? Comparison::kEq : Comparison::kGtE, length, {true, number}, false, fail);
}

// Each item lies in the window; the patterns are asked in turn.
void CodeGenerator::match_window(const Sequence<Pattern*>& patterns, Register first,
                                 Matching& matching) noexcept {
  for (std::uint32_t i = 0; i < patterns.size && !stopped(); ++i) {
    const auto item = static_cast<Register>(first + i);
    if (!is_wildcard(*patterns[i])) part(*patterns[i], item, matching);
    drop(item);
  }
}

// The items that `*_` stands for are not looked at.
void CodeGenerator::match_by_index(const ast::MatchSequence& node, Register subject,
                                   std::uint32_t star, Matching& matching) noexcept {
  const std::uint32_t size = node.patterns.size;
  for (std::uint32_t i = 0; i < size && !stopped(); ++i) {
    if (is_wildcard(*node.patterns[i])) continue;
    const Register item = push();
    const auto constant_operand = [this](std::uint32_t number) {
      return static_cast<std::uint16_t>(constant(int_constant(number)));
    };
    if (i < star) {
      emit(Opcode::kSubscriptK, item, subject, constant_operand(i));
    } else {
      emit(Opcode::kLength, item, subject);
      emit(Opcode::kSubtractK, item, item, constant_operand(size - i));
      emit(Opcode::kSubscript, item, subject, item);
    }
    part(*node.patterns[i], item, matching);
    drop(item);
  }
}

// ---- mappings --------------------------------------------------------------------------------

void CodeGenerator::match(const ast::MatchMapping& node, Register subject,
                          Matching& matching) noexcept {
  {
    const Temps temps(*this);
    const Register fits = push();
    emit(Opcode::kMatchMapping, fits, subject);
    jump(Opcode::kJumpIfFalse, fits, matching.fail);
  }
  const std::uint32_t size = node.keys.size;
  if (size == 0 && node.rest.empty()) return;
  if (size != 0) check_length(subject, size, false, matching.fail);
  const Register keys = push();
  mapping_keys(node, keys);
  if (stopped()) return;
  const Register values = push();
  emit(Opcode::kMatchKeys, values, subject, keys);
  jump(Opcode::kJumpIfNone, values, matching.fail);
  match_items(node.patterns, {}, values, matching);
  if (!node.rest.empty()) mapping_rest(node, subject, keys, matching);
  drop(keys);
}

void CodeGenerator::mapping_keys(const ast::MatchMapping& node, Register to) noexcept {
  GrowingArray<bytecode::Constant> seen;
  const Temps temps(*this);
  const auto first = static_cast<Register>(next_temporary_);
  for (std::uint32_t i = 0; i < node.keys.size && !stopped(); ++i) {
    const Expr& key = *node.keys[i];
    bytecode::Constant value;
    if (folder_.fold(key, value)) {
      for (std::size_t k = 0; k < seen.size(); ++k)
        if (are_one_key(seen[k], value))
          return context_.error(assembler_.place(), "mapping pattern checks duplicate key (",
                                annotation_text(key, context_), ")");
      if (!seen.push(value)) context_.out_of_memory();
    } else if (!is<Attribute>(&key)) {
      return error("mapping pattern keys may only match literals and attribute lookups");
    }
    static_cast<void>(pushed(key));
  }
  emit(Opcode::kBuildTuple, to, first, static_cast<std::uint16_t>(node.keys.size));
}

// What the mapping has besides the keys.
void CodeGenerator::mapping_rest(const ast::MatchMapping& node, Register subject, Register keys,
                                 Matching& matching) noexcept {
  const Register rest = push();
  emit(Opcode::kBuildDict, rest, rest, 0);
  emit(Opcode::kDictUpdate, rest, subject);
  for (std::uint32_t i = 0; i < node.keys.size; ++i) {
    const Temps temps(*this);
    const Register key = push();
    emit(Opcode::kSubscriptK, key, keys, static_cast<std::uint16_t>(constant(int_constant(i))));
    emit(Opcode::kDeleteSubscript, rest, key);
  }
  capture(node.rest, rest, matching);
  drop(rest);
}

// The items of the tuple, for patterns of two lists.
void CodeGenerator::match_items(const Sequence<Pattern*>& first, const Sequence<Pattern*>& second,
                                Register tuple, Matching& matching) noexcept {
  const std::uint32_t size = first.size + second.size;
  const Register items = push_many(size);
  emit(Opcode::kUnpackSequence, items, tuple, static_cast<std::uint16_t>(size));
  match_window(first, items, matching);
  match_window(second, static_cast<Register>(items + first.size), matching);
}

// ---- classes ---------------------------------------------------------------------------------

bool CodeGenerator::class_is_fine(const ast::MatchClass& node) noexcept {
  for (std::uint32_t i = 0; i < node.kwd_attrs.size && !stopped(); ++i) {
    const At at(*this, node.kwd_patterns[i]->place);
    if (forbidden(node.kwd_attrs[i])) return false;
    for (std::uint32_t k = i + 1; k < node.kwd_attrs.size; ++k)
      if (node.kwd_attrs[i] == node.kwd_attrs[k])
        context_.error(node.kwd_patterns[k]->place,
                       "attribute name repeated in class pattern: ", node.kwd_attrs[i], "");
  }
  return !stopped();
}

void CodeGenerator::match(const ast::MatchClass& node, Register subject,
                          Matching& matching) noexcept {
  if (!class_is_fine(node)) return;
  const Register attributes = push();
  {
    const Temps temps(*this);
    const Register window = push_many(3);
    into(*node.cls, static_cast<Register>(window + 1));
    move(window, subject);
    GrowingArray<Identifier> names;
    for (std::uint32_t i = 0; i < node.kwd_attrs.size; ++i)
      if (!names.push(node.kwd_attrs[i])) context_.out_of_memory();
    load_constant(static_cast<Register>(window + 2), names_constant(names));
    emit(Opcode::kMatchClass, attributes, window, static_cast<std::uint16_t>(node.patterns.size));
  }
  jump(Opcode::kJumpIfNone, attributes, matching.fail);
  match_items(node.patterns, node.kwd_patterns, attributes, matching);
}

// ---- names and alternatives ------------------------------------------------------------------

void CodeGenerator::match(const MatchAs& node, Register subject, Matching& matching) noexcept {
  if (node.pattern != nullptr) {
    pattern(*node.pattern, subject, matching);
    return capture(node.name, subject, matching);
  }
  if (matching.may_be_irrefutable) return capture(node.name, subject, matching);
  if (node.name.empty()) return error("wildcard makes remaining patterns unreachable");
  context_.error(assembler_.place(), "name capture '", node.name,
                 "' makes remaining patterns unreachable");
}

// Every alternative leaves what it captures in the same registers.
void CodeGenerator::match(const MatchOr& node, Register subject, Matching& matching) noexcept {
  const Label end = assembler_.new_label();
  const Register names = push_many(count_names(node));
  GrowingArray<NameId> wanted;
  for (std::uint32_t i = 0; i < node.patterns.size && !stopped(); ++i) {
    const bool is_last = i + 1 == node.patterns.size;
    const Label next = assembler_.new_label();
    GrowingArray<Capture> captures;
    Matching one{captures, next, is_last && matching.may_be_irrefutable};
    const std::uint32_t peak = std::exchange(peak_, next_temporary_);
    const auto first = static_cast<Register>(next_temporary_);
    alternative(*node.patterns[i], subject, one, names, wanted, i == 0);
    jump(end);
    assembler_.bind(next);
    drop_between(first, peak_);
    peak_ = std::max(peak_, peak);
  }
  jump(matching.fail);
  assembler_.bind(end);
  for (std::size_t i = 0; i < wanted.size() && !stopped(); ++i) {
    const auto value = static_cast<Register>(names + i);
    for (std::size_t k = 0; k < matching.captures.size(); ++k)
      if (matching.captures[k].name == wanted[i])
        return context_.error(assembler_.place(), "multiple assignments to name '",
                              context_.text(wanted[i]), "' in pattern");
    if (!matching.captures.push({wanted[i], value})) context_.out_of_memory();
  }
}

void CodeGenerator::alternative(const Pattern& node, Register subject, Matching& matching,
                                Register names, GrowingArray<NameId>& wanted,
                                bool is_first) noexcept {
  const Temps temps(*this);
  pattern(node, subject, matching);
  const GrowingArray<Capture>& captures = matching.captures;
  for (std::size_t i = 0; i < captures.size() && is_first; ++i)
    if (!wanted.push(captures[i].name)) context_.out_of_memory();
  if (stopped()) return;
  if (captures.size() != wanted.size()) return error("alternative patterns bind different names");
  for (std::size_t i = 0; i < captures.size(); ++i) {
    std::size_t at_wanted = 0;
    while (at_wanted < wanted.size() && wanted[at_wanted] != captures[i].name) ++at_wanted;
    if (at_wanted == wanted.size()) return error("alternative patterns bind different names");
    move(static_cast<Register>(names + at_wanted), captures[i].value);
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
