#include "objects/types/bytes_like.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

bool is_bytes_like(Value value) noexcept {
  return type_of(value).block().protocols().lend_bytes != nullptr;
}

Raised raise_not_bytes_like(Value value) noexcept {
  return raise(ErrorKind::kType,
               {"a bytes-like object is required, not '", type_of(value).name(), "'"});
}

Status BytesLease::take(Value value) noexcept {
  const LendBytes lend = type_of(value).block().protocols().lend_bytes;
  if (lend == nullptr) return raise_not_bytes_like(value);
  if (failed(lend(value, lent_))) return kRaised;
  owner_ = Ref<>::of(value);
  return Status::kDone;
}

void BytesLease::end() noexcept {
  if (!owner_) return;
  const GiveBackBytes give_back = type_of(owner_.value()).block().protocols().give_back_bytes;
  if (give_back != nullptr) give_back(owner_.value());
  owner_ = Ref<>();
}

Ref<Bytes> copy_of_bytes(Value value) noexcept {
  BytesLease lease;
  if (failed(lease.take(value))) return kRaised;
  Ref<Bytes> copy = Bytes::make_blank(lease.size());
  if (copy) lease.read([&](ByteSpan bytes) { std::ranges::copy(bytes, copy->writable()); });
  return copy;
}

Status BytesLike::take(Value value) noexcept {
  Bytes* const bytes = as_bytes(value);
  bytes_ = bytes != nullptr ? Ref<Bytes>::of(*bytes) : copy_of_bytes(value);
  return bytes_ ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
