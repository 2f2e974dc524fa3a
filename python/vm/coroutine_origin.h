// python/vm/coroutine_origin.h: where a coroutine was made, for who has forgotten to await it:
// cr_origin.
//
// The machine's own thread. Tests: tests/python/language/coroutines.py
#pragma once

#include <cstdint>

#include "python/vm/frame.h"

namespace orochi::inline OROCHI_DESIGN {

// (file, line, function) of the frame and of its callers, at most `depth` of them, in a tuple.
// Empty: it raised.
[[nodiscard]] Ref<> coroutine_origin(const Frame* frame, std::uint32_t depth) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
