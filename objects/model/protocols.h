// objects/model/protocols.h: what the values of a type can do, as a table of native functions.
//
// A slot takes what it works on as Value, borrowed: the caller counts it for the length of the
// call. That an object counts it which others can reach is not enough: a slot may ask whether what
// it works on is unique, and then takes it for its caller's alone. It returns as
// objects/model/status.h says. A slot that a type does not fill is null, and it then has that of
// the first ancestor that does. Slots may run any code; callers hold no lock that does not detach,
// and after a call everything read without counting is read anew (rule 9).
//
// Slots are called through the functions of objects/model/operations.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

class Type;

enum class UnaryOp : std::uint8_t { kNegative, kPositive, kInvert, kAbsolute };
inline constexpr std::size_t kUnaryOps = 4;

enum class BinaryOp : std::uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kMatrixMultiply,
  kTrueDivide,
  kFloorDivide,
  kModulo,
  kDivmod,
  kPower,
  kLeftShift,
  kRightShift,
  kAnd,
  kXor,
  kOr,
};
inline constexpr std::size_t kBinaryOps = 14;

enum class CompareOp : std::uint8_t {
  kLess,
  kLessEqual,
  kEqual,
  kNotEqual,
  kGreater,
  kGreaterEqual,
};

// What a call passes, borrowed: `positional` values, then one for each keyword. `keywords` is the
// tuple of their names; null: there are none.
struct Arguments {
  const Value* values = nullptr;
  std::size_t positional = 0;
  Object* keywords = nullptr;
};

using UnaryFunction = Ref<> (*)(Value self) noexcept;
// NotImplemented: ask the other one.
using BinaryFunction = Ref<> (*)(Value self, Value other) noexcept;
using CompareFunction = Ref<> (*)(CompareOp op, Value self, Value other) noexcept;
using TruthFunction = Truth (*)(Value self) noexcept;
using HashFunction = Status (*)(Value self, std::int64_t& hash) noexcept;
using LengthFunction = Status (*)(Value self, std::size_t& length) noexcept;
// Done and nothing in `item`: there are no more.
using NextFunction = Status (*)(Value self, Ref<>& item) noexcept;
using CallFunction = Ref<> (*)(Value self, const Arguments& arguments) noexcept;
using GetAttribute = Ref<> (*)(Value self, Object& name) noexcept;
// Nothing as value: delete it. Both.
using SetAttribute = Status (*)(Value self, Object& name, Ref<> value) noexcept;
using SetItem = Status (*)(Value self, Value key, Ref<> value) noexcept;
using ContainsFunction = Truth (*)(Value self, Value item) noexcept;
// What an attribute of a type, `self`, is as an attribute of its instance; of none where it is
// asked through `owner`, a type, itself.
using DescriptorGet = Ref<> (*)(Value self, Value instance, Value owner) noexcept;
using DescriptorSet = Status (*)(Value self, Value instance, Ref<> value) noexcept;
// A new instance of `type`, which has the slot or inherits it; and what is done to that next.
using ConstructFunction = Ref<> (*)(Type& type, const Arguments& arguments) noexcept;
using InitialiseFunction = Status (*)(Value self, const Arguments& arguments) noexcept;

// Bytes that an object lends, and that stay where they are until they are given back.
struct LentBytes {
  std::uint8_t* data = nullptr;
  std::size_t size = 0;
  Object* guard = nullptr;  // whose lock is held to read or write them; null: they never change
  bool is_readonly = true;
};
// Through objects/types/bytes_like.h alone: each success is given back once.
using LendBytes = Status (*)(Value self, LentBytes& lent) noexcept;
using GiveBackBytes = void (*)(Value self) noexcept;

struct Protocols {
  TruthFunction truth = nullptr;
  HashFunction hash = nullptr;
  CompareFunction compare = nullptr;
  UnaryFunction repr = nullptr;
  UnaryFunction str = nullptr;
  BinaryFunction format = nullptr;  // self, and a specifier, which is a str
  UnaryFunction iter = nullptr;
  NextFunction next = nullptr;
  CallFunction call = nullptr;
  GetAttribute get_attribute = nullptr;
  SetAttribute set_attribute = nullptr;
  LengthFunction length = nullptr;
  BinaryFunction get_item = nullptr;
  SetItem set_item = nullptr;
  ContainsFunction contains = nullptr;
  DescriptorGet descriptor_get = nullptr;
  DescriptorSet descriptor_set = nullptr;
  ConstructFunction construct = nullptr;
  InitialiseFunction initialise = nullptr;
  UnaryFunction finalize = nullptr;  // before its end: objects/model/finalize.h
  // As an integer without loss; as one that may lose; as a float.
  UnaryFunction index = nullptr;
  UnaryFunction to_int = nullptr;
  UnaryFunction to_float = nullptr;
  UnaryFunction await = nullptr;
  UnaryFunction async_iter = nullptr;
  UnaryFunction async_next = nullptr;
  LendBytes lend_bytes = nullptr;
  GiveBackBytes give_back_bytes = nullptr;  // null: nothing is to be done
  std::array<UnaryFunction, kUnaryOps> unary{};
  // self OP other, and other OP self.
  std::array<BinaryFunction, kBinaryOps> binary{};
  std::array<BinaryFunction, kBinaryOps> reflected{};
  // self OP= other. NotImplemented: as self OP other.
  std::array<BinaryFunction, kBinaryOps> in_place{};
  // Whose attribute `reflected` is: a subtype's goes first only if it is its own.
  std::array<const Type*, kBinaryOps> reflected_home{};
  // Reading such a value as an attribute of an instance gives a method, and to call that is to call
  // the value with the instance as the first argument. So nobody has to make the method.
  bool takes_self = false;

  // Has what `base` has where it has nothing itself.
  void inherit(const Protocols& base) noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
