// stress/explorer/door/memory/door/platform.h: clocks, sleeps and futexes in virtual time.
//
// Stands before the product's own file of this name on the include path and offers the same
// interface.
#pragma once

#include <cstdint>
#include <limits>

#include "memory/door/sys_atomic.h"
#include "stress/explorer/engine.h"

namespace orochi::inline OROCHI_DESIGN::platform {

using Nanos = std::int64_t;
inline constexpr Nanos kMicrosecond = 1'000;
inline constexpr Nanos kMillisecond = 1'000'000;
inline constexpr Nanos kSecond = 1'000'000'000;
inline constexpr Nanos kNever = std::numeric_limits<Nanos>::max();

namespace detail {
using explorer::Where;
}  // namespace detail

[[nodiscard]] inline Nanos now(detail::Where where = detail::Where::here()) noexcept {
  return explorer::clock_read(where);
}

[[nodiscard]] inline Nanos deadline_in(Nanos span,
                                       detail::Where where = detail::Where::here()) noexcept {
  const Nanos start = now(where);
  if (span <= 0) return start;
  return span >= kNever - start ? kNever : start + span;
}

enum class Wait { kWoken, kTimedOut };

inline Wait futex_wait(const SysAtomic<std::uint32_t>& word, std::uint32_t expected, Nanos deadline,
                       detail::Where where = detail::Where::here()) noexcept {
  const bool woken = explorer::futex_sleep({word.address(), 4, where}, expected, deadline);
  return woken ? Wait::kWoken : Wait::kTimedOut;
}

inline void futex_wake_one(const SysAtomic<std::uint32_t>& word,
                           detail::Where where = detail::Where::here()) noexcept {
  explorer::futex_wake({word.address(), 4, where}, 1);
}

inline void futex_wake_all(const SysAtomic<std::uint32_t>& word,
                           detail::Where where = detail::Where::here()) noexcept {
  explorer::futex_wake({word.address(), 4, where}, ~0U);
}

inline void yield(detail::Where where = detail::Where::here()) noexcept { explorer::spin(where); }

inline void spin_pause(detail::Where where = detail::Where::here()) noexcept {
  explorer::spin(where);
}

inline void sleep_for(Nanos span, detail::Where where = detail::Where::here()) noexcept {
  explorer::sleep_until(deadline_in(span, where), where);
}

using ThreadToken = std::uintptr_t;
[[nodiscard]] inline ThreadToken this_thread() noexcept { return explorer::this_thread(); }

// Slices are the explorer's to make.
[[nodiscard]] inline bool ask_for_time_slice(Nanos) noexcept { return false; }

}  // namespace orochi::inline OROCHI_DESIGN::platform
