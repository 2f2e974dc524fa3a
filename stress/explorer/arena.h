// stress/explorer/arena.h: the memory of one schedule.
//
// While a scenario runs, every allocation of the program comes from here, at the same address in
// each run, and is gone with the schedule: a schedule may be abandoned anywhere, and what hashes an
// address finds the same bucket again. A freed block is never used again in its schedule, so
// touching it can be told from everything else.
#pragma once

#include <cstddef>

namespace orochi::explorer::arena {

// Forgets all blocks. Allocations come from here from now on.
void open() noexcept;
// Allocations come from the system again.
void close() noexcept;
[[nodiscard]] bool is_open() noexcept;

// Null: the arena is full.
[[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment) noexcept;
void free(void* block) noexcept;
[[nodiscard]] std::size_t size_of(const void* block) noexcept;

[[nodiscard]] bool contains(const void* address) noexcept;
// True if the address lies in a block that was freed in this schedule.
[[nodiscard]] bool is_freed(const void* address) noexcept;

// Memory that lives as long as the process, at an address that is the same in each run.
[[nodiscard]] char* reserve_stacks(std::size_t bytes) noexcept;

}  // namespace orochi::explorer::arena
