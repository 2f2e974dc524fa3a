// memory/poison.h: tells AddressSanitizer which of our bytes nobody may touch. Does nothing in
// other builds.
#pragma once

#include <cstddef>

#include "memory/policy.h"

extern "C" {
// AddressSanitizer's interface, declared here because only its own compilers bring the header.
void __asan_poison_memory_region(const volatile void* begin, std::size_t bytes);
void __asan_unpoison_memory_region(const volatile void* begin, std::size_t bytes);
}

namespace orochi::inline OROCHI_DESIGN {

inline void poison([[maybe_unused]] const void* begin,
                   [[maybe_unused]] std::size_t bytes) noexcept {
  if constexpr (kAddressSanitizer) __asan_poison_memory_region(begin, bytes);
}

inline void unpoison([[maybe_unused]] const void* begin,
                     [[maybe_unused]] std::size_t bytes) noexcept {
  if constexpr (kAddressSanitizer) __asan_unpoison_memory_region(begin, bytes);
}

}  // namespace orochi::inline OROCHI_DESIGN
