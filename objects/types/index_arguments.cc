#include "objects/types/index_arguments.h"

#include "objects/model/error.h"
#include "objects/model/recursion.h"
#include "objects/model/type.h"
#include "objects/types/index.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_too_large() noexcept {
  return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ssize_t"});
}

Status read_integer(Value value, Index& index) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  index = index_of(number.value());
  return Status::kDone;
}

}  // namespace

Status find_index(Value value, Ref<>& number) noexcept {
  const UnaryFunction ask = type_of(value).block().protocols().index;
  const bool is_one = is_int(value);
  if (is_one) number = Ref<>::of(value);
  if (is_one || ask == nullptr) return Status::kDone;
  const RecursionGuard guard;
  if (!guard) return kRaised;
  number = ask(value);
  if (!number) return kRaised;
  if (is_int(number.value())) return Status::kDone;
  return raise(ErrorKind::kType,
               {"__index__ returned non-int (type ", type_of(number.value()).name(), ")"});
}

Ref<> to_index(Value value) noexcept {
  Ref<> number;
  if (failed(find_index(value, number))) return kRaised;
  if (number) return number;
  return raise(ErrorKind::kType,
               {"'", type_of(value).name(), "' object cannot be interpreted as an integer"});
}

Status read_index(Value value, std::int64_t& index) noexcept {
  Index found;
  if (failed(read_integer(value, found))) return kRaised;
  if (found.kind == IndexKind::kTooLarge) return raise_too_large();
  index = found.number;
  return Status::kDone;
}

Status read_bound(Value value, std::int64_t& bound) noexcept {
  if (!is_int(value) && type_of(value).block().protocols().index == nullptr)
    return raise(ErrorKind::kType, {"slice indices must be integers or have an __index__ method"});
  Index found;
  if (failed(read_integer(value, found))) return kRaised;
  bound = found.number;
  return Status::kDone;
}

Status read_flag(Value value, bool& flag) noexcept {
  Index found;
  if (failed(read_integer(value, found))) return kRaised;
  flag = found.number != 0;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
