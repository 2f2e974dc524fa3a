// memory/door/platform.h: clocks, sleeps, futex waits and time slices. The only file that asks the
// kernel for any of them, so that a controlled scheduler can run the product in virtual time.
//
// Callable from any thread, attached or not. Nothing here allocates or takes a lock.
#pragma once

#include <cstdint>
#include <limits>

#include "memory/door/sys_atomic.h"

namespace orochi::inline OROCHI_DESIGN::platform {

// A point on the monotonic clock, in nanoseconds.
using Nanos = std::int64_t;
inline constexpr Nanos kMicrosecond = 1'000;
inline constexpr Nanos kMillisecond = 1'000'000;
inline constexpr Nanos kSecond = 1'000'000'000;
// As a deadline: wait as long as it takes.
inline constexpr Nanos kNever = std::numeric_limits<Nanos>::max();

[[nodiscard]] Nanos now() noexcept;

// The deadline that lies `span` from now; a negative span is now, and a huge one is kNever.
[[nodiscard]] Nanos deadline_in(Nanos span) noexcept;

enum class Wait { kWoken, kTimedOut };

// Sleeps while `word` holds `expected`, until a wake or the deadline. May return kWoken for no
// reason: callers look at the word again.
Wait futex_wait(const SysAtomic<std::uint32_t>& word, std::uint32_t expected,
                Nanos deadline) noexcept;

void futex_wake_one(const SysAtomic<std::uint32_t>& word) noexcept;
void futex_wake_all(const SysAtomic<std::uint32_t>& word) noexcept;

// Lets another thread have the core.
void yield() noexcept;

// Tells the core that this is a spin loop.
inline void spin_pause() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

void sleep_for(Nanos span) noexcept;

// Tells threads apart, those included that the runtime does not know: never 0, and the thread's own
// for as long as it lives.
using ThreadToken = std::uintptr_t;
[[nodiscard]] ThreadToken this_thread() noexcept;

// Asks the kernel to let the calling thread run in slices of this length: it then waits less for a
// core when it wakes, and loses it sooner. False: the kernel does not do that.
[[nodiscard]] bool ask_for_time_slice(Nanos slice) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::platform
