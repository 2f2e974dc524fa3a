#include "objects/types/index_arguments.h"

#include "objects/model/error.h"
#include "objects/model/type.h"
#include "objects/types/index.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_too_large() noexcept {
  return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ssize_t"});
}

Status read_integer(Value value, Index& index) noexcept {
  index = index_of(value);
  if (index.kind != IndexKind::kNone) return Status::kDone;
  return raise(ErrorKind::kType,
               {"'", type_of(value).name(), "' object cannot be interpreted as an integer"});
}

}  // namespace

Status read_index(Value value, std::int64_t& index) noexcept {
  Index found;
  if (failed(read_integer(value, found))) return kRaised;
  if (found.kind == IndexKind::kTooLarge) return raise_too_large();
  index = found.number;
  return Status::kDone;
}

Status read_bound(Value value, std::int64_t& bound) noexcept {
  const Index found = index_of(value);
  if (found.kind == IndexKind::kNone)
    return raise(ErrorKind::kType, {"slice indices must be integers or have an __index__ method"});
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
