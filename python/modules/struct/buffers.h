// python/modules/struct/buffers.h: all the values of a format, to and from bytes.
//
// Attached threads. Packing may run any code. Tests: tests/python/modules/struct_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/types/tuple.h"
#include "python/modules/struct/format.h"

namespace orochi::inline OROCHI_DESIGN::structs {

// The values of a tuple, those before `first` left out. `function`: for messages.
[[nodiscard]] Ref<Bytes> pack_all(const Format& format, const Tuple& values, std::size_t first,
                                  std::string_view function) noexcept;
// (buffer, offset, values...), those before `first` left out. None.
[[nodiscard]] Ref<> pack_into_all(const Format& format, const Tuple& given,
                                  std::size_t first) noexcept;

// A tuple. `bytes`: as many as the format has.
[[nodiscard]] Ref<> unpack_at(const Format& format, const std::uint8_t* bytes) noexcept;
// Of something bytes-like: of all of it, and from an offset on.
[[nodiscard]] Ref<> unpack_all(const Format& format, Value buffer) noexcept;
[[nodiscard]] Ref<> unpack_from_all(const Format& format, Value buffer, Value from) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::structs
