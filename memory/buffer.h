// memory/buffer.h: raw arrays: the items of a list, the table of a dict, the text of a long str.
//
// They come from mimalloc (memory/raw_memory.h) and have no owner. Before the payload stand the 16
// bytes of a BufferHead, so that a buffer whose readers are still about can be retired without
// allocating and without a store to the payload (rules 6, 11).
//
// A buffer that others may read without a lock is retired, not freed, and never reallocated.
//
// I1  Each slot counts the bytes that its thread allocated less those it freed; only that thread
//     writes the count, so the sum over all slots is right although one thread frees what another
//     allocated. Threads without a slot share one more count.
//
// Any thread. Failures are null. Payloads are aligned to 16 bytes.
// Tests: tests/memory/buffer_test.cc
#pragma once

#include <cstddef>

#include "memory/buffer_head.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] inline BufferHead& head_of_buffer(void* payload) noexcept {
  return static_cast<BufferHead*>(payload)[-1];
}
[[nodiscard]] inline void* payload_of(BufferHead& head) noexcept { return &head + 1; }

// Of the payload, as asked for.
[[nodiscard]] inline std::size_t buffer_bytes(const void* payload) noexcept {
  return static_cast<const BufferHead*>(payload)[-1].bytes - sizeof(BufferHead);
}

[[nodiscard]] void* allocate_buffer(std::size_t bytes) noexcept;
[[nodiscard]] void* allocate_zeroed_buffer(std::size_t bytes) noexcept;

// The buffer at its new size and perhaps its new place; null: `payload` is as it was. Null as
// `payload` allocates one. Requires: nobody else can reach it.
[[nodiscard]] void* reallocate_buffer(void* payload, std::size_t bytes) noexcept;

// Null does nothing. Requires: nobody else can reach it.
void free_buffer(void* payload) noexcept;

// Of all buffers, their heads and retired ones included: exact when nobody allocates or frees.
[[nodiscard]] std::size_t bytes_in_buffers() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
