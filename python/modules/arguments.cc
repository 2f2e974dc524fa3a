#include "python/modules/arguments.h"

#include <climits>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/index.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {

std::string_view type_name(Value value) noexcept { return type_of(value).name(); }

Ref<> integer_of(Value value) noexcept {
  if (is_int(value)) return Ref<>::of(value);
  const UnaryFunction index = type_of(value).block().protocols().index;
  if (index == nullptr)
    return raise(ErrorKind::kType,
                 {"'", type_name(value), "' object cannot be interpreted as an integer"});
  Ref<> number = index(value);
  if (!number || is_int(number.value())) return number;
  return raise(ErrorKind::kType,
               {"__index__ returned non-int (type ", type_name(number.value()), ")"});
}

Status read_integer(Value value, std::string_view c_type, std::int64_t& number) noexcept {
  const Ref<> integer = integer_of(value);
  if (!integer) return kRaised;
  const Index index = index_of(integer.value());
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to ", c_type});
  number = index.number;
  return Status::kDone;
}

Status read_c_int(Value value, int& number) noexcept {
  std::int64_t wide = 0;
  if (failed(read_integer(value, "C int", wide))) return kRaised;
  if (wide > INT_MAX || wide < INT_MIN)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C int"});
  number = static_cast<int>(wide);
  return Status::kDone;
}

Status read_optional_str(Value value, std::string_view name, Str*& text) noexcept {
  text = nullptr;
  if (value.is_empty() || value.is_none()) return Status::kDone;
  text = as_str(value);
  if (text != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {name, " must be None or a string, not ", type_name(value)});
}

}  // namespace orochi::inline OROCHI_DESIGN
