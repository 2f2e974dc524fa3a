// stress/explorer/engine.h: what the explorer's door (door/memory/door/) leads to.
//
// Every access of the product to an atomic, a clock or a futex arrives here, with its place in the
// source. While no schedule runs it is done as it stands; within a schedule others may run first,
// and a load may return what is not newest.
#pragma once

#include <atomic>
#include <cstdint>

#include "stress/explorer/limits.h"
#include "stress/explorer/where.h"

namespace orochi::explorer {

using Order = std::memory_order;

// Read at every access, so they stand alone.
namespace live {
inline constinit bool schedule = false;  // a schedule runs
inline constinit bool actors = false;    // and one of its actors does
}  // namespace live

// A word of 1 to 8 bytes, and who asks. Passed by value, so that calls leave no stores for the
// instrumentation to see.
struct Access {
  const void* address;
  unsigned size;
  Where where;
};

[[nodiscard]] std::uint64_t atomic_load(Access access, Order order) noexcept;
void atomic_store(Access access, std::uint64_t value, Order order) noexcept;
// A read-modify-write: begin returns the value, end stores the next one. Nobody runs between.
[[nodiscard]] std::uint64_t atomic_begin(Access access, Order order) noexcept;
void atomic_end(Access access, std::uint64_t next, Order order) noexcept;
struct Exchanged {
  std::uint64_t found;
  bool done;
};
[[nodiscard]] Exchanged atomic_exchange_if(Access access, std::uint64_t expected,
                                           std::uint64_t next, Order success, Order failure,
                                           bool weak) noexcept;
// An atomic comes into being where something else may have been. Not called for constants.
void atomic_construct(Access access, std::uint64_t value) noexcept;

// Plain memory that threads share: reports a race unless something orders the accesses.
void plain_read(Access access) noexcept;
void plain_write(Access access) noexcept;

// The same for all plain memory of the product: found by the compiler's instrumentation, and only
// spoken of when it fails.
void watch_read(Access access) noexcept;
void watch_write(Access access) noexcept;

// Clocks and futexes, in virtual time.
[[nodiscard]] std::int64_t clock_read(Where where) noexcept;
// Tells the threads of a scenario apart; never 0.
[[nodiscard]] std::uintptr_t this_thread() noexcept;
// False if the deadline passed.
bool futex_sleep(Access access, std::uint32_t expected, std::int64_t deadline) noexcept;
void futex_wake(Access access, unsigned at_most) noexcept;
void spin(Where where) noexcept;
void sleep_until(std::int64_t deadline, Where where) noexcept;

// For scenarios.
void check(bool holds, const char* what, Where where) noexcept;
void name(const void* address, std::size_t bytes, const char* text) noexcept;

}  // namespace orochi::explorer
