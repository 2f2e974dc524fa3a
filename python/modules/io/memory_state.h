// python/modules/io/memory_state.h: how streams in memory are copied: what __getstate__ gives and
// __setstate__ takes.
//
// Attached threads. Tests: tests/python/modules/io/bytes_io_test.cc, string_io_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// A copy of what the program has set on it, as a dict; None: nothing.
[[nodiscard]] Ref<> attributes_of_stream(Object& stream) noexcept;
// `which` item of the state it is, for the TypeError.
[[nodiscard]] Status set_stream_attributes(Object& stream, Value attributes,
                                           std::string_view which) noexcept;
[[nodiscard]] Status read_state_place(Value value, std::string_view which,
                                      std::size_t& place) noexcept;
// BytesIO.__setstate__ argument should be 3-tuple, got int
Raised raise_wrong_state(Value stream, std::string_view wanted, Value state) noexcept;
// A ValueError with a number in it.
Raised raise_number(std::string_view before, std::int64_t number, std::string_view after) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
