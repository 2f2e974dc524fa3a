// memory/door/sys_atomic.h: the real atomic, in every design.
//
// This folder is the door between the product and the machine: everything by which one thread can
// see another, or time passing, goes through it (this file and platform.h). A build that puts its
// own `memory/door/` first on the include path drives every access and every wait of the shipped
// source; nothing else has to change.
//
// Every access spells its order; there are no defaults. There are no standalone fences, because
// ThreadSanitizer does not see them.
#pragma once

#include <atomic>

namespace orochi::inline OROCHI_DESIGN {

using Order = std::memory_order;
inline constexpr Order kRelaxed = std::memory_order_relaxed;
inline constexpr Order kAcquire = std::memory_order_acquire;
inline constexpr Order kRelease = std::memory_order_release;
inline constexpr Order kAcqRel = std::memory_order_acq_rel;
inline constexpr Order kSeqCst = std::memory_order_seq_cst;

// For what detached or internal threads touch too: the runtime's own locks, parking, attach and
// the GIL itself. State that only attached threads touch is `Atomic` (memory/atomic.h).
template <class T>
class SysAtomic {
 public:
  constexpr SysAtomic() noexcept : word_{} {}
  constexpr explicit SysAtomic(T value) noexcept : word_{value} {}
  SysAtomic(const SysAtomic&) = delete;
  SysAtomic& operator=(const SysAtomic&) = delete;

  [[nodiscard]] T load(Order order) const noexcept { return word_.load(order); }
  void store(T value, Order order) noexcept { word_.store(value, order); }
  T exchange(T value, Order order) noexcept { return word_.exchange(value, order); }

  // On failure `seen` becomes the value found.
  bool compare_exchange(T& seen, T next, Order success, Order failure) noexcept {
    return word_.compare_exchange_strong(seen, next, success, failure);
  }
  // May fail for no reason; for loops.
  bool compare_exchange_weak(T& seen, T next, Order success, Order failure) noexcept {
    return word_.compare_exchange_weak(seen, next, success, failure);
  }

  // Each returns the value before.
  template <class Delta>
  T fetch_add(Delta delta, Order order) noexcept {
    return word_.fetch_add(delta, order);
  }
  template <class Delta>
  T fetch_sub(Delta delta, Order order) noexcept {
    return word_.fetch_sub(delta, order);
  }
  T fetch_or(T bits, Order order) noexcept { return word_.fetch_or(bits, order); }
  T fetch_and(T bits, Order order) noexcept { return word_.fetch_and(bits, order); }

  // Where the value lies, for a futex. Never for an access.
  [[nodiscard]] const void* address() const noexcept { return &word_; }

  static_assert(std::atomic<T>::is_always_lock_free, "the protocols need a lock-free word");

 private:
  std::atomic<T> word_;
};

}  // namespace orochi::inline OROCHI_DESIGN
