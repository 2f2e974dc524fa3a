// stress/explorer/fiber_sanitizer.h: what AddressSanitizer must be told about a change of stacks.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OROCHI_FIBERS_UNDER_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define OROCHI_FIBERS_UNDER_ASAN 1
#endif

#ifdef OROCHI_FIBERS_UNDER_ASAN
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace orochi::explorer {

#ifdef OROCHI_FIBERS_UNDER_ASAN

// Before the switch to a stack; null means the OS thread's own.
inline void announce_switch(const char* base, std::size_t bytes) noexcept {
  static const void* main_base = nullptr;
  static std::size_t main_bytes = 0;
  if (main_base == nullptr) {
    pthread_attr_t attributes;
    void* lowest = nullptr;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &lowest, &main_bytes);
    pthread_attr_destroy(&attributes);
    main_base = lowest;
  }
  // Without a place to keep the fake stack in, fibers have none, and may be abandoned at any time.
  if (base == nullptr) {
    __sanitizer_start_switch_fiber(nullptr, main_base, main_bytes);
  } else {
    __sanitizer_start_switch_fiber(nullptr, base, bytes);
  }
}
inline void complete_switch() noexcept {
  __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
}
// A stack that was abandoned still has its frames' red zones.
inline void forget_frames(const char* base, std::size_t bytes) noexcept {
  __asan_unpoison_memory_region(base, bytes);
}

#else

inline void announce_switch(const char*, std::size_t) noexcept {}
inline void complete_switch() noexcept {}
inline void forget_frames(const char*, std::size_t) noexcept {}

#endif

}  // namespace orochi::explorer
