// objects/types/str_join.h: strs put together in one allocation, wherever they lie.
//
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/format_test.cc
#pragma once

#include <algorithm>
#include <cstddef>

#include "objects/model/error.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// part_at(0) to part_at(count - 1), which are const Str&, with the separator between them. Empty:
// an exception is pending.
template <class PartAt>
[[nodiscard]] Ref<Str> join_parts(const Str& separator, std::size_t count,
                                  PartAt part_at) noexcept {
  if (count == 0) return Str::empty();
  std::size_t size = 0;
  bool fits = !__builtin_mul_overflow(count - 1, separator.size(), &size);
  text::Repertoire widest = count > 1 ? separator.repertoire() : text::Repertoire::kAscii;
  for (std::size_t i = 0; i < count; ++i) {
    const Str& part = part_at(i);
    fits = fits && !__builtin_add_overflow(size, part.size(), &size);
    widest = std::max(widest, part.repertoire());
  }
  if (!fits) return raise(ErrorKind::kOverflow, {"join() result is too long for a Python string"});
  if (size == 0) return Str::empty();
  Ref<Str> made = Str::make_blank(size, widest);
  if (!made) return kRaised;
  const std::size_t width = made->width();
  auto* out = static_cast<std::uint8_t*>(made->writable());
  const auto add = [&](const Str& part) {
    text::copy_points(out, width, part.view());
    out += part.size() * width;
  };
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) add(separator);
    add(part_at(i));
  }
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
