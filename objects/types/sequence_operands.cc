#include "objects/types/sequence_operands.h"

#include "objects/model/error.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// NotImplemented: it does not know either.
[[nodiscard]] Ref<> ask_other(BinaryOp op, Value self, Value other) noexcept {
  const auto slots = type_of(other).block().protocols().reflected;
  const BinaryFunction slot = slots[static_cast<std::size_t>(op)];
  return slot == nullptr ? Ref<>(Special::kNotImplemented) : slot(other, self);
}

// A sequence does the same from both sides: it has no opinion of its own, and would ask back.
[[nodiscard]] bool is_repeated_itself(Value value) noexcept {
  constexpr auto kMultiply = static_cast<std::size_t>(BinaryOp::kMultiply);
  const Protocols& protocols = type_of(value).block().protocols();
  return protocols.reflected[kMultiply] == protocols.binary[kMultiply];
}

}  // namespace

Ref<> refuse_concat(Value self, Value other) noexcept {
  Ref<> answer = ask_other(BinaryOp::kAdd, self, other);
  if (!answer.value().is(Special::kNotImplemented)) return answer;
  const std::string_view kind = type_of(self).name();
  return raise(ErrorKind::kType,
               {"can only concatenate ", kind, " (not \"", type_of(other).name(), "\") to ", kind});
}

Ref<> refuse_repeat(Value self, Value other) noexcept {
  if (!is_repeated_itself(other)) {
    Ref<> answer = ask_other(BinaryOp::kMultiply, self, other);
    if (!answer.value().is(Special::kNotImplemented)) return answer;
  }
  return raise(ErrorKind::kType,
               {"can't multiply sequence by non-int of type '", type_of(other).name(), "'"});
}

}  // namespace orochi::inline OROCHI_DESIGN
