#include "objects/types/sequence_key.h"

#include "objects/model/error.h"
#include "objects/types/index.h"

namespace orochi::inline OROCHI_DESIGN {

Status SequenceKey::read(Value key, std::string_view kind) noexcept {
  const Index found = index_of(key);
  if (found.kind == IndexKind::kInside) {
    index = found.number;
    return Status::kDone;
  }
  if (found.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kIndex,
                 {"cannot fit '", type_of(key).name(), "' into an index-sized integer"});
  const Slice* const slice = as_slice(key);
  if (slice == nullptr)
    return raise(ErrorKind::kType,
                 {kind, " indices must be integers or slices, not ", type_of(key).name()});
  is_slice = true;
  return bounds.read(*slice);
}

Status read_count(Value value, std::int64_t& count) noexcept {
  const Index found = index_of(value);
  if (found.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow,
                 {"cannot fit '", type_of(value).name(), "' into an index-sized integer"});
  count = found.number;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
