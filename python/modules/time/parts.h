// python/modules/time/parts.h: what time is made of, by the files that have it.
//
// Tests: tests/python/modules/time_test.cc
#pragma once

#include <ctime>
#include <span>

#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::time {

[[nodiscard]] std::span<const NativeSpec> clock_functions() noexcept;
[[nodiscard]] std::span<const NativeSpec> calendar_functions() noexcept;
[[nodiscard]] std::span<const NativeSpec> text_functions() noexcept;
// Once, when the module is made.
[[nodiscard]] Status add_clocks(Module& module) noexcept;
[[nodiscard]] Status add_calendar(Module& module) noexcept;

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

// --- calendar.cc ---

// Seconds since the epoch: those that are given, or now for None and for nothing.
[[nodiscard]] Status read_seconds(Value value, time_t& seconds) noexcept;
// Of a tuple of nine numbers, or of a struct_time. `function`: for messages.
[[nodiscard]] Status read_time_tuple(Value value, std::string_view function,
                                     std::tm& parts) noexcept;
// ValueError for what no calendar has; zeros that stand for "not said" become ones.
[[nodiscard]] Status check_parts(std::tm& parts) noexcept;
// OSError: the year has no room.
[[nodiscard]] Status to_local(time_t seconds, std::tm& parts) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::time
