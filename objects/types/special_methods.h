// objects/types/special_methods.h: which attribute names stand for which slots of a type. The one
// place that says it; both directions follow from the table here:
//
//     a native type's slot     -->  an attribute that calls it     (objects/types/slot_wrapper.h)
//     a class's attribute      -->  a slot that calls it           (objects/types/slot_functions.h)
//     such a wrapper, found    -->  the native slot itself
//
// The slots of a block follow its attributes alone, so that they change when those do: the model
// calls the rules made here for each new block (TypeRules in objects/model/type.h).
//
// Constant after start. Attached threads.
// Tests: tests/objects/types/special_methods_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "objects/model/type.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// How a slot is called by the attribute that stands for it.
enum class SlotForm : std::uint8_t {
  kUnary,
  kBinary,
  kFormat,
  kCompare,
  kTruth,
  kHash,
  kLength,
  kNext,
  kContains,
  kCall,
  kGetAttribute,
  kMissingAttribute,  // __getattr__, which no native slot stands for
  kSetAttribute,
  kDeleteAttribute,
  kSetItem,
  kDeleteItem,
  kGet,
  kSet,
  kDelete,
  kConstruct,
  kInitialise,
};

struct SpecialMethod {
  std::string_view name;
  std::size_t slot;  // where it is in Protocols; several names may stand for one
  SlotForm form;
  CompareOp compare = CompareOp::kEqual;  // of kCompare
};

namespace detail {

[[nodiscard]] constexpr std::size_t slot_of(UnaryOp op) noexcept {
  return offsetof(Protocols, unary) + static_cast<std::size_t>(op) * sizeof(UnaryFunction);
}
[[nodiscard]] constexpr std::size_t offset_of(BinaryOp op) noexcept {
  return static_cast<std::size_t>(op) * sizeof(BinaryFunction);
}
[[nodiscard]] constexpr std::size_t binary_slot(BinaryOp op) noexcept {
  return offsetof(Protocols, binary) + offset_of(op);
}
[[nodiscard]] constexpr std::size_t reflected_slot(BinaryOp op) noexcept {
  return offsetof(Protocols, reflected) + offset_of(op);
}
[[nodiscard]] constexpr std::size_t in_place_slot(BinaryOp op) noexcept {
  return offsetof(Protocols, in_place) + offset_of(op);
}

}  // namespace detail

// Those that stand for one slot follow each other.
inline constexpr SpecialMethod kSpecialMethods[] = {
    {"__repr__", offsetof(Protocols, repr), SlotForm::kUnary},
    {"__str__", offsetof(Protocols, str), SlotForm::kUnary},
    {"__format__", offsetof(Protocols, format), SlotForm::kFormat},
    {"__bool__", offsetof(Protocols, truth), SlotForm::kTruth},
    {"__hash__", offsetof(Protocols, hash), SlotForm::kHash},
    {"__lt__", offsetof(Protocols, compare), SlotForm::kCompare, CompareOp::kLess},
    {"__le__", offsetof(Protocols, compare), SlotForm::kCompare, CompareOp::kLessEqual},
    {"__eq__", offsetof(Protocols, compare), SlotForm::kCompare, CompareOp::kEqual},
    {"__ne__", offsetof(Protocols, compare), SlotForm::kCompare, CompareOp::kNotEqual},
    {"__gt__", offsetof(Protocols, compare), SlotForm::kCompare, CompareOp::kGreater},
    {"__ge__", offsetof(Protocols, compare), SlotForm::kCompare, CompareOp::kGreaterEqual},
    {"__iter__", offsetof(Protocols, iter), SlotForm::kUnary},
    {"__next__", offsetof(Protocols, next), SlotForm::kNext},
    {"__call__", offsetof(Protocols, call), SlotForm::kCall},
    {"__getattribute__", offsetof(Protocols, get_attribute), SlotForm::kGetAttribute},
    {"__getattr__", offsetof(Protocols, get_attribute), SlotForm::kMissingAttribute},
    {"__setattr__", offsetof(Protocols, set_attribute), SlotForm::kSetAttribute},
    {"__delattr__", offsetof(Protocols, set_attribute), SlotForm::kDeleteAttribute},
    {"__len__", offsetof(Protocols, length), SlotForm::kLength},
    {"__getitem__", offsetof(Protocols, get_item), SlotForm::kBinary},
    {"__setitem__", offsetof(Protocols, set_item), SlotForm::kSetItem},
    {"__delitem__", offsetof(Protocols, set_item), SlotForm::kDeleteItem},
    {"__contains__", offsetof(Protocols, contains), SlotForm::kContains},
    {"__get__", offsetof(Protocols, descriptor_get), SlotForm::kGet},
    {"__set__", offsetof(Protocols, descriptor_set), SlotForm::kSet},
    {"__delete__", offsetof(Protocols, descriptor_set), SlotForm::kDelete},
    {"__new__", offsetof(Protocols, construct), SlotForm::kConstruct},
    {"__init__", offsetof(Protocols, initialise), SlotForm::kInitialise},
    {"__del__", offsetof(Protocols, finalize), SlotForm::kUnary},
    {"__index__", offsetof(Protocols, index), SlotForm::kUnary},
    {"__int__", offsetof(Protocols, to_int), SlotForm::kUnary},
    {"__float__", offsetof(Protocols, to_float), SlotForm::kUnary},
    {"__await__", offsetof(Protocols, await), SlotForm::kUnary},
    {"__aiter__", offsetof(Protocols, async_iter), SlotForm::kUnary},
    {"__anext__", offsetof(Protocols, async_next), SlotForm::kUnary},
    {"__neg__", detail::slot_of(UnaryOp::kNegative), SlotForm::kUnary},
    {"__pos__", detail::slot_of(UnaryOp::kPositive), SlotForm::kUnary},
    {"__invert__", detail::slot_of(UnaryOp::kInvert), SlotForm::kUnary},
    {"__abs__", detail::slot_of(UnaryOp::kAbsolute), SlotForm::kUnary},
    {"__add__", detail::binary_slot(BinaryOp::kAdd), SlotForm::kBinary},
    {"__sub__", detail::binary_slot(BinaryOp::kSubtract), SlotForm::kBinary},
    {"__mul__", detail::binary_slot(BinaryOp::kMultiply), SlotForm::kBinary},
    {"__matmul__", detail::binary_slot(BinaryOp::kMatrixMultiply), SlotForm::kBinary},
    {"__truediv__", detail::binary_slot(BinaryOp::kTrueDivide), SlotForm::kBinary},
    {"__floordiv__", detail::binary_slot(BinaryOp::kFloorDivide), SlotForm::kBinary},
    {"__mod__", detail::binary_slot(BinaryOp::kModulo), SlotForm::kBinary},
    {"__divmod__", detail::binary_slot(BinaryOp::kDivmod), SlotForm::kBinary},
    {"__pow__", detail::binary_slot(BinaryOp::kPower), SlotForm::kBinary},
    {"__lshift__", detail::binary_slot(BinaryOp::kLeftShift), SlotForm::kBinary},
    {"__rshift__", detail::binary_slot(BinaryOp::kRightShift), SlotForm::kBinary},
    {"__and__", detail::binary_slot(BinaryOp::kAnd), SlotForm::kBinary},
    {"__xor__", detail::binary_slot(BinaryOp::kXor), SlotForm::kBinary},
    {"__or__", detail::binary_slot(BinaryOp::kOr), SlotForm::kBinary},
    {"__radd__", detail::reflected_slot(BinaryOp::kAdd), SlotForm::kBinary},
    {"__rsub__", detail::reflected_slot(BinaryOp::kSubtract), SlotForm::kBinary},
    {"__rmul__", detail::reflected_slot(BinaryOp::kMultiply), SlotForm::kBinary},
    {"__rmatmul__", detail::reflected_slot(BinaryOp::kMatrixMultiply), SlotForm::kBinary},
    {"__rtruediv__", detail::reflected_slot(BinaryOp::kTrueDivide), SlotForm::kBinary},
    {"__rfloordiv__", detail::reflected_slot(BinaryOp::kFloorDivide), SlotForm::kBinary},
    {"__rmod__", detail::reflected_slot(BinaryOp::kModulo), SlotForm::kBinary},
    {"__rdivmod__", detail::reflected_slot(BinaryOp::kDivmod), SlotForm::kBinary},
    {"__rpow__", detail::reflected_slot(BinaryOp::kPower), SlotForm::kBinary},
    {"__rlshift__", detail::reflected_slot(BinaryOp::kLeftShift), SlotForm::kBinary},
    {"__rrshift__", detail::reflected_slot(BinaryOp::kRightShift), SlotForm::kBinary},
    {"__rand__", detail::reflected_slot(BinaryOp::kAnd), SlotForm::kBinary},
    {"__rxor__", detail::reflected_slot(BinaryOp::kXor), SlotForm::kBinary},
    {"__ror__", detail::reflected_slot(BinaryOp::kOr), SlotForm::kBinary},
    {"__iadd__", detail::in_place_slot(BinaryOp::kAdd), SlotForm::kBinary},
    {"__isub__", detail::in_place_slot(BinaryOp::kSubtract), SlotForm::kBinary},
    {"__imul__", detail::in_place_slot(BinaryOp::kMultiply), SlotForm::kBinary},
    {"__imatmul__", detail::in_place_slot(BinaryOp::kMatrixMultiply), SlotForm::kBinary},
    {"__itruediv__", detail::in_place_slot(BinaryOp::kTrueDivide), SlotForm::kBinary},
    {"__ifloordiv__", detail::in_place_slot(BinaryOp::kFloorDivide), SlotForm::kBinary},
    {"__imod__", detail::in_place_slot(BinaryOp::kModulo), SlotForm::kBinary},
    {"__ipow__", detail::in_place_slot(BinaryOp::kPower), SlotForm::kBinary},
    {"__ilshift__", detail::in_place_slot(BinaryOp::kLeftShift), SlotForm::kBinary},
    {"__irshift__", detail::in_place_slot(BinaryOp::kRightShift), SlotForm::kBinary},
    {"__iand__", detail::in_place_slot(BinaryOp::kAnd), SlotForm::kBinary},
    {"__ixor__", detail::in_place_slot(BinaryOp::kXor), SlotForm::kBinary},
    {"__ior__", detail::in_place_slot(BinaryOp::kOr), SlotForm::kBinary},
};
inline constexpr std::size_t kSpecialMethodCount = std::size(kSpecialMethods);

// The place of a name there; a name that is none does not compile.
[[nodiscard]] consteval std::size_t special(std::string_view name) {
  std::size_t index = 0;
  while (kSpecialMethods[index].name != name) ++index;
  return index;
}
// The interned name of one. After start.
[[nodiscard]] Str& special_name(std::size_t index) noexcept;

// A slot, whatever its type.
using AnySlot = void (*)();
[[nodiscard]] AnySlot slot_at(const Protocols& slots, std::size_t slot) noexcept;

// Gives a native type the attributes that slots stand for, and so the slots.
[[nodiscard]] Status define_slots(Type& type, const Protocols& slots) noexcept;

// Once, after the first native types: gives them the attributes that their slots stand for, and
// tells the model the rules.
[[nodiscard]] Status start_special_methods() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
