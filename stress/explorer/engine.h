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

// A word of 1 to 8 bytes, and who asks.
struct Access {
  const void* address;
  unsigned size;
  Where where;
};

[[nodiscard]] std::uint64_t atomic_load(const Access& access, Order order) noexcept;
void atomic_store(const Access& access, std::uint64_t value, Order order) noexcept;
// A read-modify-write: begin returns the value, end stores the next one. Nobody runs between.
[[nodiscard]] std::uint64_t atomic_begin(const Access& access, Order order) noexcept;
void atomic_end(const Access& access, std::uint64_t next, Order order) noexcept;
[[nodiscard]] bool atomic_exchange_if(const Access& access, std::uint64_t& seen, std::uint64_t next,
                                      Order success, Order failure, bool weak) noexcept;
// An atomic comes into being where something else may have been. Not called for constants.
void atomic_construct(const Access& access, std::uint64_t value) noexcept;

// Plain memory that threads share: reports a race unless something orders the accesses.
void plain_read(const Access& access) noexcept;
void plain_write(const Access& access) noexcept;

// Clocks and futexes, in virtual time.
[[nodiscard]] std::int64_t clock_read(const Where& where) noexcept;
// False if the deadline passed.
bool futex_sleep(const Access& access, std::uint32_t expected, std::int64_t deadline) noexcept;
void futex_wake(const Access& access, unsigned at_most) noexcept;
void spin(const Where& where) noexcept;
void sleep_until(std::int64_t deadline, const Where& where) noexcept;

// For scenarios.
void check(bool holds, const char* what, const Where& where) noexcept;
void name(const void* address, std::size_t bytes, const char* text) noexcept;

}  // namespace orochi::explorer
