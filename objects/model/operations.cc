#include "objects/model/operations.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "objects/model/error.h"
#include "objects/model/recursion.h"
#include "objects/model/sequence_iteration.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::array<std::string_view, kBinaryOps> kBinarySymbols{
    "+", "-", "*", "@", "/", "//", "%", "divmod()", "** or pow()", "<<", ">>", "&", "^", "|"};
constexpr std::array<std::string_view, kUnaryOps> kUnarySymbols{"unary -", "unary +", "unary ~",
                                                                "abs()"};
constexpr std::array<std::string_view, 6> kCompareSymbols{"<", "<=", "==", "!=", ">", ">="};
// What a < b is, seen from b.
constexpr std::array<CompareOp, 6> kMirrored{CompareOp::kGreater, CompareOp::kGreaterEqual,
                                             CompareOp::kEqual,   CompareOp::kNotEqual,
                                             CompareOp::kLess,    CompareOp::kLessEqual};

[[nodiscard]] constexpr std::size_t index_of(auto op) noexcept {
  return static_cast<std::size_t>(op);
}

// A slot of the value's type, copied out of the block at once: calling it ends the section.
template <class Function>
[[nodiscard]] Function slot_of(Value value, Function Protocols::*slot) noexcept {
  return type_of(value).block().protocols().*slot;
}

[[nodiscard]] std::string_view name_of_type(Value value) noexcept { return type_of(value).name(); }

Raised raise_has_no(Value value, std::string_view what) noexcept {
  return raise(ErrorKind::kType, {"'", name_of_type(value), "' object ", what});
}

[[nodiscard]] bool is_subtype_and_not_same(Value value, Value other) noexcept {
  const Type& type = type_of(value);
  const Type& base = type_of(other);
  return &type != &base && type.is_subtype_of(base);
}

constexpr std::string_view kInComparison = " in comparison";
constexpr std::string_view kInRepr = " while getting the repr of an object";
constexpr std::string_view kInStr = " while getting the str of an object";

// Calls a slot, if there is one, inside a guard. NotImplemented: there is none.
template <class... Parameters>
[[nodiscard]] Ref<> ask_in(std::string_view where, Ref<> (*slot)(Parameters...) noexcept,
                           std::type_identity_t<Parameters>... arguments) noexcept {
  if (slot == nullptr) return Special::kNotImplemented;
  const RecursionGuard guard(where);
  if (!guard) return kRaised;
  return slot(arguments...);
}
template <class... Parameters>
[[nodiscard]] Ref<> ask(Ref<> (*slot)(Parameters...) noexcept,
                        std::type_identity_t<Parameters>... arguments) noexcept {
  return ask_in({}, slot, arguments...);
}

[[nodiscard]] bool is_answer(const Ref<>& result) noexcept {
  return !result.value().is(Special::kNotImplemented);
}

[[nodiscard]] Ref<> unary_or_raise(Value value, UnaryFunction slot,
                                   std::string_view what) noexcept {
  if (slot == nullptr) return raise_has_no(value, what);
  return ask(slot, value);
}

}  // namespace

// --- Truth, hash, text. ---

Truth truth(Value value) noexcept {
  if (value.is_bool()) return truth_of(value.is(Special::kTrue));
  if (value.is_none()) return Truth::kFalse;
  if (const TruthFunction slot = slot_of(value, &Protocols::truth)) {
    const RecursionGuard guard;
    return guard ? slot(value) : Truth{kRaised};
  }
  if (slot_of(value, &Protocols::length) == nullptr) return Truth::kTrue;
  std::size_t size = 0;
  if (failed(length(value, size))) return kRaised;
  return truth_of(size != 0);
}

Status hash(Value value, std::int64_t& result) noexcept {
  const HashFunction slot = slot_of(value, &Protocols::hash);
  if (slot == nullptr)
    return raise(ErrorKind::kType, {"unhashable type: '", name_of_type(value), "'"});
  const RecursionGuard guard;
  return guard ? slot(value, result) : Status{kRaised};
}

Ref<> repr(Value value) noexcept {
  const UnaryFunction slot = slot_of(value, &Protocols::repr);
  return slot == nullptr ? Ref<>(raise_has_no(value, "has no representation"))
                         : ask_in(kInRepr, slot, value);
}

Ref<> str(Value value) noexcept {
  const UnaryFunction slot = slot_of(value, &Protocols::str);
  return slot == nullptr ? repr(value) : ask_in(kInStr, slot, value);
}

// --- Arithmetic. ---

Ref<> unary(UnaryOp op, Value value) noexcept {
  const UnaryFunction slot = type_of(value).block().protocols().unary[index_of(op)];
  if (slot != nullptr) return ask(slot, value);
  return raise(ErrorKind::kType, {"bad operand type for ", kUnarySymbols[index_of(op)], ": '",
                                  name_of_type(value), "'"});
}

namespace {

constexpr std::array<std::string_view, kBinaryOps> kInPlaceSymbols{
    "+=", "-=", "*=", "@=", "/=", "//=", "%=", "divmod()", "**=", "<<=", ">>=", "&=", "^=", "|="};

Raised raise_unsupported(std::string_view symbol, Value a, Value b) noexcept {
  return raise(ErrorKind::kType, {"unsupported operand type(s) for ", symbol, ": '",
                                  name_of_type(a), "' and '", name_of_type(b), "'"});
}

// NotImplemented: neither has an opinion.
[[nodiscard]] Ref<> ask_operands(BinaryOp op, Value a, Value b) noexcept {
  const std::size_t i = index_of(op);
  const Protocols& of_a = type_of(a).block().protocols();
  const Protocols& of_b = type_of(b).block().protocols();
  const BinaryFunction forward = of_a.binary[i];
  const BinaryFunction backward = of_b.reflected[i];
  const bool same_type = &type_of(a) == &type_of(b);
  // A subtype that has the other's reflected operation has no opinion of its own.
  const bool b_first =
      (of_b.reflected_home[i] == nullptr || of_a.reflected_home[i] != of_b.reflected_home[i]) &&
      is_subtype_and_not_same(b, a);
  if (b_first) {
    Ref<> result = ask(backward, b, a);
    if (is_answer(result)) return result;
  }
  Ref<> result = ask(forward, a, b);
  if (is_answer(result)) return result;
  return b_first || same_type ? std::move(result) : ask(backward, b, a);
}

}  // namespace

Ref<> binary(BinaryOp op, Value a, Value b) noexcept {
  Ref<> result = ask_operands(op, a, b);
  if (is_answer(result)) [[likely]]
    return result;
  return raise_unsupported(kBinarySymbols[index_of(op)], a, b);
}

Ref<> in_place(BinaryOp op, Value a, Value b) noexcept {
  Ref<> result = ask(type_of(a).block().protocols().in_place[index_of(op)], a, b);
  if (is_answer(result)) return result;
  result = ask_operands(op, a, b);
  if (is_answer(result)) return result;
  return raise_unsupported(kInPlaceSymbols[index_of(op)], a, b);
}

// --- Comparison. ---

namespace {

// NotImplemented: neither has an opinion.
[[nodiscard]] Ref<> ask_both(CompareOp op, Value a, Value b) noexcept {
  const CompareFunction forward = slot_of(a, &Protocols::compare);
  const CompareFunction backward = slot_of(b, &Protocols::compare);
  const CompareOp mirrored = kMirrored[index_of(op)];
  const bool b_first = is_subtype_and_not_same(b, a);
  if (b_first) {
    Ref<> result = ask_in(kInComparison, backward, mirrored, b, a);
    if (is_answer(result)) return result;
  }
  Ref<> result = ask_in(kInComparison, forward, op, a, b);
  if (is_answer(result) || b_first) return result;
  return ask_in(kInComparison, backward, mirrored, b, a);
}

}  // namespace

Ref<> compare(CompareOp op, Value a, Value b) noexcept {
  Ref<> result = ask_both(op, a, b);
  if (is_answer(result)) return result;
  if (op == CompareOp::kEqual) return Value::of_bool(a == b).as_special();
  if (op == CompareOp::kNotEqual) return Value::of_bool(a != b).as_special();
  return raise(ErrorKind::kType,
               {"'", kCompareSymbols[index_of(op)], "' not supported between instances of '",
                name_of_type(a), "' and '", name_of_type(b), "'"});
}

Truth compare_truth(CompareOp op, Value a, Value b) noexcept {
  const Ref<> result = compare(op, a, b);
  return result ? truth(result.value()) : Truth{kRaised};
}

Truth same_or_equal(Value a, Value b) noexcept {
  return a == b ? Truth::kTrue : compare_truth(CompareOp::kEqual, a, b);
}

// --- Containers. ---

namespace {
constinit IterationRules g_rules;  // written once, before others iterate
}  // namespace

void set_iteration_rules(const IterationRules& rules) noexcept { g_rules = rules; }

Ref<> iterate(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  const bool has_items_only = slots.iter == nullptr && slots.get_item != nullptr;
  const UnaryFunction slot = has_items_only ? g_rules.iterate_items : slots.iter;
  return unary_or_raise(value, slot, "is not iterable");
}

Status next(Value iterator, Ref<>& item) noexcept {
  const NextFunction slot = slot_of(iterator, &Protocols::next);
  if (slot == nullptr) return raise_has_no(iterator, "is not an iterator");
  const RecursionGuard guard;
  if (!guard) return kRaised;
  if (!failed(slot(iterator, item))) [[likely]]
    return Status::kDone;
  // Whoever ran inside may have said so with an exception: a generator that returns a value.
  if (g_rules.is_end == nullptr || !g_rules.is_end()) return kRaised;
  clear_error();
  return Status::kDone;
}

Status length(Value value, std::size_t& result) noexcept {
  const LengthFunction slot = slot_of(value, &Protocols::length);
  if (slot == nullptr)
    return raise(ErrorKind::kType, {"object of type '", name_of_type(value), "' has no len()"});
  const RecursionGuard guard;
  return guard ? slot(value, result) : Status{kRaised};
}

namespace {

// What has items by number, or comes from a program, is asked for an item; other values are not.
[[nodiscard]] bool seems_a_sequence(Value container, Value key) noexcept {
  const bool has_length = slot_of(container, &Protocols::length) != nullptr;
  return (has_length || type_of(container).is_class()) && (key.is_int() || key.is_bool());
}

Raised raise_not_assignable(Value container, Value key, bool deletes) noexcept {
  if (!deletes) return raise_has_no(container, "does not support item assignment");
  return raise_has_no(container, seems_a_sequence(container, key)
                                     ? "doesn't support item deletion"
                                     : "does not support item deletion");
}

}  // namespace

namespace {

// A TypeError says no more than that there is no way to look.
Truth raise_no_container(Value container) noexcept {
  const bool is_type_error = g_rules.is_type_error == nullptr ? pending_kind() == ErrorKind::kType
                                                              : g_rules.is_type_error();
  if (!is_type_error) return kRaised;
  return raise(ErrorKind::kType,
               {"argument of type '", name_of_type(container), "' is not iterable"});
}

}  // namespace

Truth contains(Value container, Value item) noexcept {
  if (const ContainsFunction slot = slot_of(container, &Protocols::contains)) {
    const RecursionGuard guard;
    return guard ? slot(container, item) : Truth{kRaised};
  }
  const Ref<> iterator = iterate(container);
  if (!iterator) return raise_no_container(container);
  for (;;) {
    Ref<> candidate;
    if (failed(next(iterator.value(), candidate))) return kRaised;
    if (!candidate) return Truth::kFalse;
    const Truth found = same_or_equal(candidate.value(), item);
    if (found != Truth::kFalse) return found;
  }
}

Ref<> get_item(Value container, Value key) noexcept {
  const BinaryFunction slot = slot_of(container, &Protocols::get_item);
  if (slot == nullptr) return raise_has_no(container, "is not subscriptable");
  return ask(slot, container, key);
}

Status set_item(Value container, Value key, Ref<> value) noexcept {
  const SetItem slot = slot_of(container, &Protocols::set_item);
  if (slot == nullptr) return raise_not_assignable(container, key, !value);
  const RecursionGuard guard;
  return guard ? slot(container, key, std::move(value)) : Status{kRaised};
}

// --- Attributes and calls. ---

Ref<> get_attribute(Value value, Object& name) noexcept {
  const GetAttribute slot = slot_of(value, &Protocols::get_attribute);
  if (slot == nullptr) return raise_has_no(value, "has no attributes");
  const RecursionGuard guard;
  if (!guard) return kRaised;
  return slot(value, name);
}

Status set_attribute(Value value, Object& name, Ref<> to) noexcept {
  const SetAttribute slot = slot_of(value, &Protocols::set_attribute);
  if (slot == nullptr) return raise_has_no(value, "has no attributes to change");
  const RecursionGuard guard;
  return guard ? slot(value, name, std::move(to)) : Status{kRaised};
}

Ref<> call(Value callee, const Arguments& arguments) noexcept {
  const CallFunction slot = slot_of(callee, &Protocols::call);
  if (slot == nullptr) return raise_has_no(callee, "is not callable");
  const RecursionGuard guard;
  if (!guard) return kRaised;
  return slot(callee, arguments);
}

}  // namespace orochi::inline OROCHI_DESIGN
