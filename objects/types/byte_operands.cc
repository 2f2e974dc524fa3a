#include "objects/types/byte_operands.h"

#include "objects/model/error.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"

namespace orochi::inline OROCHI_DESIGN {

Status read_byte(Value value, std::uint8_t& byte) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  const Index index = index_of(number.value());
  if (index.kind == IndexKind::kTooLarge || index.number < 0 || index.number > 255)
    return raise(ErrorKind::kValue, {"byte must be in range(0, 256)"});
  byte = static_cast<std::uint8_t>(index.number);
  return Status::kDone;
}

Status read_bound(Value value, std::int64_t standard, std::int64_t& bound) noexcept {
  bound = standard;
  if (value.is_empty() || value.is_none()) return Status::kDone;
  Ref<> number;
  if (failed(find_index(value, number))) return kRaised;
  if (!number)
    return raise(ErrorKind::kType,
                 {"slice indices must be integers or None or have an __index__ method"});
  bound = index_of(number.value()).number;  // of one that is too large: the last on its side
  return Status::kDone;
}

// --- What is looked for. ---

bool Needle::take(Value value, Status& status) noexcept {
  is_single_ = index_of(value).kind != IndexKind::kNone;
  if (is_single_) {
    status = read_byte(value, single_);
    return true;
  }
  if (!is_bytes_like(value)) return false;
  status = bytes_.take(value);
  return true;
}

Status Needle::take_argument(Value value) noexcept {
  Status status = Status::kDone;
  if (take(value, status)) return status;
  return raise(ErrorKind::kType, {"argument should be integer or bytes-like object, not '",
                                  type_of(value).name(), "'"});
}

Status Needle::take_operand(Value value) noexcept {
  Status status = Status::kDone;
  return take(value, status) ? status : Status{raise_not_bytes_like(value)};
}

// --- The last word. ---

Ref<> refuse_byte_concat(Value self, Value other) noexcept {
  const auto slots = type_of(other).block().protocols().reflected;
  const BinaryFunction slot = slots[static_cast<std::size_t>(BinaryOp::kAdd)];
  Ref<> answer = slot == nullptr ? Ref<>(Special::kNotImplemented) : slot(other, self);
  if (!answer.value().is(Special::kNotImplemented)) return answer;
  return raise(ErrorKind::kType,
               {"can't concat ", type_of(other).name(), " to ", type_of(self).name()});
}

}  // namespace orochi::inline OROCHI_DESIGN
