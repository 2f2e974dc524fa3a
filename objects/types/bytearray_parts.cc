// Slices of bytearrays.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/byte_made.h"
#include "objects/types/digits.h"
#include "objects/types/index.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Bytearray> Bytearray::copy_part(const SliceBounds& bounds) noexcept {
  return made_of(*this, [&](ByteSpan bytes, ByteRoom room) {
    return slice(bytes, bounds.within(bytes.size()), room);
  });
}

Status Bytearray::replace_part(const SliceBounds& bounds, ByteSpan with) noexcept {
  const Locked lock(*this);
  const SlicePart part = bounds.within(size());
  if (part.step == 1) {
    const auto begin = static_cast<std::size_t>(part.start);
    return splice(lock.held(), begin, begin + part.count, with);
  }
  if (with.empty()) return remove_places(lock.held(), part);
  if (with.size() != part.count)
    return raise(ErrorKind::kValue, {"attempt to assign bytes of size ", Digits(with.size()).text(),
                                     " to extended slice of size ", Digits(part.count).text()});
  std::uint8_t* const bytes = data(lock.held());
  for (std::size_t i = 0; i < part.count; ++i) bytes[part.place(i)] = with[i];
  return Status::kDone;
}

Status Bytearray::remove_part(const SliceBounds& bounds) noexcept {
  const Locked lock(*this);
  return remove_places(lock.held(), bounds.within(size()));
}

Status Bytearray::remove_places(Held holder, const SlicePart& places) noexcept {
  const SlicePart part = places.ascending();
  if (part.count == 0) return Status::kDone;
  const auto begin = static_cast<std::size_t>(part.start);
  if (part.step == 1) return splice(holder, begin, begin + part.count, {});
  if (failed(refuse_if_exported())) return kRaised;
  // What stays between two places moves down, and then the end is cut off.
  std::uint8_t* const bytes = data(holder);
  std::uint8_t* out = bytes + begin;
  for (std::size_t i = 0; i < part.count; ++i) {
    const std::size_t next = i + 1 < part.count ? part.place(i + 1) : size();
    out = std::copy(bytes + part.place(i) + 1, bytes + next, out);
  }
  return splice(holder, size() - part.count, size(), {});
}

Status Bytearray::remove_at(std::int64_t index) noexcept {
  const Locked lock(*this);
  std::size_t place = 0;
  if (!find_position(index, size(), place))
    return raise(ErrorKind::kIndex, {"bytearray index out of range"});
  return splice(lock.held(), place, place + 1, {});
}

}  // namespace orochi::inline OROCHI_DESIGN
