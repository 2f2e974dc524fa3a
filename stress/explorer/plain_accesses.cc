// Plain memory, watched without a change to the source.
//
// The product and the scenarios are compiled with ThreadSanitizer's instrumentation and linked with
// this file instead of its runtime, so that every plain load and store calls here. What races is
// then decided by the explorer's own model, which knows all interleavings and weak memory.

#include <cstddef>
#include <cstdint>

#include "stress/explorer/engine.h"

namespace {

using orochi::explorer::Access;
using orochi::explorer::Where;

void read(const void* address, unsigned size, const void* pc) noexcept {
  orochi::explorer::watch_read(Access{address, size, Where::at(pc)});
}
void write(const void* address, unsigned size, const void* pc) noexcept {
  orochi::explorer::watch_write(Access{address, size, Where::at(pc)});
}

}  // namespace

#define OROCHI_PC __builtin_return_address(0)
#define OROCHI_SIZED(size)                                                                     \
  void __tsan_read##size(void* address) { read(address, size, OROCHI_PC); }                    \
  void __tsan_write##size(void* address) { write(address, size, OROCHI_PC); }                  \
  void __tsan_unaligned_read##size(void* address) { read(address, size, OROCHI_PC); }          \
  void __tsan_unaligned_write##size(void* address) { write(address, size, OROCHI_PC); }        \
  void __tsan_volatile_read##size(void* address) { read(address, size, OROCHI_PC); }           \
  void __tsan_volatile_write##size(void* address) { write(address, size, OROCHI_PC); }         \
  void __tsan_unaligned_volatile_read##size(void* address) { read(address, size, OROCHI_PC); } \
  void __tsan_unaligned_volatile_write##size(void* address) { write(address, size, OROCHI_PC); }

// The test framework's own atomics, which are nobody's business here.
#define OROCHI_ATOMIC(bits, type)                                                                  \
  type __tsan_atomic##bits##_load(const volatile type* a, int) {                                   \
    return __atomic_load_n(a, __ATOMIC_SEQ_CST);                                                   \
  }                                                                                                \
  void __tsan_atomic##bits##_store(volatile type* a, type v, int) {                                \
    __atomic_store_n(a, v, __ATOMIC_SEQ_CST);                                                      \
  }                                                                                                \
  type __tsan_atomic##bits##_exchange(volatile type* a, type v, int) {                             \
    return __atomic_exchange_n(a, v, __ATOMIC_SEQ_CST);                                            \
  }                                                                                                \
  type __tsan_atomic##bits##_fetch_add(volatile type* a, type v, int) {                            \
    return __atomic_fetch_add(a, v, __ATOMIC_SEQ_CST);                                             \
  }                                                                                                \
  type __tsan_atomic##bits##_fetch_sub(volatile type* a, type v, int) {                            \
    return __atomic_fetch_sub(a, v, __ATOMIC_SEQ_CST);                                             \
  }                                                                                                \
  int __tsan_atomic##bits##_compare_exchange_strong(volatile type* a, type* c, type v, int, int) { \
    return __atomic_compare_exchange_n(a, c, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);        \
  }

extern "C" {

// NOLINTBEGIN: the names are the compiler's.
OROCHI_SIZED(1)
OROCHI_SIZED(2)
OROCHI_SIZED(4)
OROCHI_SIZED(8)
OROCHI_SIZED(16)
OROCHI_ATOMIC(8, std::uint8_t)
OROCHI_ATOMIC(32, std::uint32_t)
OROCHI_ATOMIC(64, std::uint64_t)

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_read_range(void* address, std::size_t) { read(address, 1, OROCHI_PC); }
void __tsan_write_range(void* address, std::size_t) { write(address, 1, OROCHI_PC); }
void __tsan_vptr_read(void** address) { read(address, 8, OROCHI_PC); }
void __tsan_vptr_update(void** address, void*) { write(address, 8, OROCHI_PC); }
// NOLINTEND
}
