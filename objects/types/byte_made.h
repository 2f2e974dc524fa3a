// objects/types/byte_made.h: what an edit of objects/types/byte_edit.h makes, as bytes or as a
// bytearray.
//
//     return made<Kind>([&](ByteRoom room) { return concat(a, b, room); });
//
// Attached threads.
#pragma once

#include "objects/types/byte_edit.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"

namespace orochi::inline OROCHI_DESIGN {

// Empty: an exception is pending.
template <class Kind, class Edit>
[[nodiscard]] Ref<Kind> made(Edit edit) noexcept {
  Ref<Kind> result;
  std::uint8_t nothing = 0;  // where no bytes go
  const auto make_room = [&](std::size_t size) -> std::uint8_t* {
    result = Kind::make_blank(size);
    if (!result) return nullptr;
    return size == 0 ? &nothing : result->writable();
  };
  return failed(edit(ByteRoom(make_room))) ? Ref<Kind>() : std::move(result);
}

// read(ByteSpan) of either kind, in a hold of its lock if it has bytes that change.
template <class Read>
decltype(auto) read_bytes(Bytes& bytes, Read read) noexcept {
  return read(bytes.span());
}
template <class Read>
decltype(auto) read_bytes(Bytearray& bytes, Read read) noexcept {
  return bytes.read(read);
}

// An edit of all that `self` has.
template <class Kind, class Edit>
[[nodiscard]] Ref<Kind> made_of(Kind& self, Edit edit) noexcept {
  return read_bytes(self, [&](ByteSpan bytes) {
    return made<Kind>([&](ByteRoom room) { return edit(bytes, room); });
  });
}

}  // namespace orochi::inline OROCHI_DESIGN
