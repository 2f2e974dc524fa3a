#include "objects/types/sequence_key.h"

#include "objects/model/error.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"

namespace orochi::inline OROCHI_DESIGN {

Status SequenceKey::read(Value key, std::string_view kind) noexcept {
  const Index found = index_of(key);
  if (found.kind == IndexKind::kInside) {
    index = found.number;
    return Status::kDone;
  }
  const Slice* const slice = as_slice(key);
  if (slice == nullptr) return ask(key, kind);
  is_slice = true;
  return bounds.read(*slice);
}

// What may say its number, or has one that is too large.
Status SequenceKey::ask(Value key, std::string_view kind) noexcept {
  Ref<> number;
  if (failed(find_index(key, number))) return kRaised;
  if (!number)
    return raise(ErrorKind::kType,
                 {kind, " indices must be integers or slices, not ", type_of(key).name()});
  const Index found = index_of(number.value());
  index = found.number;
  if (found.kind == IndexKind::kInside) return Status::kDone;
  return raise(ErrorKind::kIndex,
               {"cannot fit '", type_of(key).name(), "' into an index-sized integer"});
}

Status read_count(Value value, std::int64_t& count) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  const Index found = index_of(number.value());
  if (found.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow,
                 {"cannot fit '", type_of(value).name(), "' into an index-sized integer"});
  count = found.number;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
