#include "objects/types/sequence_operands.h"

#include "objects/model/error.h"
#include "objects/model/type.h"
#include "objects/types/int.h"
#include "objects/types/sequence_key.h"

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

bool read_repeats(Value self, Value other, std::int64_t& times, Ref<>& answer) noexcept {
  const bool is_number = is_int(other);
  if (!is_number && type_of(other).block().protocols().index == nullptr) {
    answer = refuse_repeat(self, other);
    return false;
  }
  // It may know better than to be a number.
  if (!is_number && !is_repeated_itself(other)) {
    answer = ask_other(BinaryOp::kMultiply, self, other);
    if (!answer || !answer.value().is(Special::kNotImplemented)) return false;
    answer = Ref<>();
  }
  return !failed(read_count(other, times));
}

}  // namespace orochi::inline OROCHI_DESIGN
