// stress/explorer/door/memory/door/sys_atomic.h: the explorer's side of the door.
//
// Stands before the product's own file of this name on the include path and offers the same
// interface. Every access leads to the controlled scheduler, and brings its place in the source.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "stress/explorer/engine.h"

namespace orochi::inline OROCHI_DESIGN {

using Order = std::memory_order;
inline constexpr Order kRelaxed = std::memory_order_relaxed;
inline constexpr Order kAcquire = std::memory_order_acquire;
inline constexpr Order kRelease = std::memory_order_release;
inline constexpr Order kAcqRel = std::memory_order_acq_rel;
inline constexpr Order kSeqCst = std::memory_order_seq_cst;

template <class T>
class SysAtomic {
  using Where = explorer::Where;

 public:
  constexpr SysAtomic() noexcept : SysAtomic(T{}) {}
  constexpr explicit SysAtomic(T value) noexcept : word_{value} {
    if (!std::is_constant_evaluated())
      explorer::atomic_construct(access({nullptr, nullptr, 0}), pack(value));
  }
  SysAtomic(const SysAtomic&) = delete;
  SysAtomic& operator=(const SysAtomic&) = delete;

  [[nodiscard]] T load(Order order, Where where = Where::here()) const noexcept {
    return unpack(explorer::atomic_load(access(where), order));
  }
  void store(T value, Order order, Where where = Where::here()) noexcept {
    explorer::atomic_store(access(where), pack(value), order);
  }
  T exchange(T value, Order order, Where where = Where::here()) noexcept {
    return update(order, where, [value](T) { return value; });
  }
  bool compare_exchange(T& seen, T next, Order success, Order failure,
                        Where where = Where::here()) noexcept {
    return exchange_if(seen, next, success, failure, false, where);
  }
  bool compare_exchange_weak(T& seen, T next, Order success, Order failure,
                             Where where = Where::here()) noexcept {
    return exchange_if(seen, next, success, failure, true, where);
  }
  template <class Delta>
  T fetch_add(Delta delta, Order order, Where where = Where::here()) noexcept {
    return update(order, where, [delta](T value) { return static_cast<T>(value + delta); });
  }
  template <class Delta>
  T fetch_sub(Delta delta, Order order, Where where = Where::here()) noexcept {
    return update(order, where, [delta](T value) { return static_cast<T>(value - delta); });
  }
  T fetch_or(T bits, Order order, Where where = Where::here()) noexcept {
    return update(order, where, [bits](T value) { return static_cast<T>(value | bits); });
  }
  T fetch_and(T bits, Order order, Where where = Where::here()) noexcept {
    return update(order, where, [bits](T value) { return static_cast<T>(value & bits); });
  }

  [[nodiscard]] const void* address() const noexcept { return &word_; }

  static_assert(std::atomic<T>::is_always_lock_free, "the protocols need a lock-free word");
  static_assert(sizeof(T) <= sizeof(std::uint64_t), "the explorer's values are 64 bits");

 private:
  static std::uint64_t pack(T value) noexcept {
    std::uint64_t packed = 0;
    std::memcpy(&packed, &value, sizeof value);
    return packed;
  }
  static T unpack(std::uint64_t packed) noexcept {
    std::array<unsigned char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), &packed, sizeof bytes);
    return std::bit_cast<T>(bytes);
  }
  [[nodiscard]] explorer::Access access(Where where) const noexcept {
    return {&word_, sizeof(T), where};
  }

  template <class Step>
  T update(Order order, Where where, Step step) noexcept {
    const explorer::Access word = access(where);
    const T before = unpack(explorer::atomic_begin(word, order));
    explorer::atomic_end(word, pack(step(before)), order);
    return before;
  }
  bool exchange_if(T& seen, T next, Order success, Order failure, bool weak, Where where) noexcept {
    const explorer::Exchanged result =
        explorer::atomic_exchange_if(access(where), pack(seen), pack(next), success, failure, weak);
    if (!result.done) seen = unpack(result.found);
    return result.done;
  }

  T word_;
};

}  // namespace orochi::inline OROCHI_DESIGN
