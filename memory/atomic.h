// memory/atomic.h: words that several threads touch.
//
//   SysAtomic<T>    a real atomic in every design (memory/door/sys_atomic.h): for locks of the
//                   runtime, parking, attach and the GIL itself.
//   PlainAtomic<T>  the same interface over a plain word: for one thread at a time.
//   Atomic<T>       whichever of the two the design needs, for state that attached threads alone
//                   touch. Under an always-on GIL that is a plain word, and the GIL's own handoff
//                   orders it.
//
// Vocabulary for reasons in comments: an acquire names the release it pairs with; "relaxed" says
// why nothing has to be ordered. A field that is only ever touched under a lock stays a plain
// member, so that ThreadSanitizer can see a forgotten lock.
#pragma once

#include <type_traits>

#include "memory/door/sys_atomic.h"
#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

template <class T>
class PlainAtomic {
 public:
  constexpr PlainAtomic() noexcept : word_{} {}
  constexpr explicit PlainAtomic(T value) noexcept : word_{value} {}
  PlainAtomic(const PlainAtomic&) = delete;
  PlainAtomic& operator=(const PlainAtomic&) = delete;

  [[nodiscard]] T load(Order) const noexcept { return word_; }
  void store(T value, Order) noexcept { word_ = value; }
  T exchange(T value, Order) noexcept {
    const T before = word_;
    word_ = value;
    return before;
  }
  bool compare_exchange(T& seen, T next, Order, Order) noexcept {
    if (word_ != seen) {
      seen = word_;
      return false;
    }
    word_ = next;
    return true;
  }
  bool compare_exchange_weak(T& seen, T next, Order success, Order failure) noexcept {
    return compare_exchange(seen, next, success, failure);
  }
  template <class Delta>
  T fetch_add(Delta delta, Order) noexcept {
    const T before = word_;
    word_ = static_cast<T>(word_ + delta);
    return before;
  }
  template <class Delta>
  T fetch_sub(Delta delta, Order) noexcept {
    const T before = word_;
    word_ = static_cast<T>(word_ - delta);
    return before;
  }
  T fetch_or(T bits, Order) noexcept {
    const T before = word_;
    word_ = static_cast<T>(word_ | bits);
    return before;
  }
  T fetch_and(T bits, Order) noexcept {
    const T before = word_;
    word_ = static_cast<T>(word_ & bits);
    return before;
  }

 private:
  T word_;
};

template <class T>
using Atomic = std::conditional_t<kPolicy.parallel, SysAtomic<T>, PlainAtomic<T>>;

static_assert(sizeof(SysAtomic<char>) == 1 && sizeof(PlainAtomic<char>) == 1,
              "headers count on atomics adding no bytes");

}  // namespace orochi::inline OROCHI_DESIGN
