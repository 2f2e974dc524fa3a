#include "runtime/held_locks.h"

#include <algorithm>
#include <cassert>

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct List {
  const void* locks[HeldLocks::kMost];
  int count = 0;
  int beyond = 0;  // held, but not remembered

  [[nodiscard]] const void** end() noexcept { return locks + count; }
  [[nodiscard]] const void** find(const void* lock) noexcept {
    return std::find(locks, end(), lock);
  }
};

// Not in Current: nothing but assertions hangs on it, and release builds have no use for it.
constinit thread_local List t_held{};

}  // namespace

void HeldLocks::check_not_held(const void* lock) noexcept {
  static_cast<void>(lock);
  assert(t_held.find(lock) == t_held.end() &&
         "this thread holds the mutex already: a plain mutex is not recursive");
}

void HeldLocks::add(const void* lock) noexcept {
  if (t_held.count == kMost) {
    ++t_held.beyond;
  } else {
    *t_held.end() = lock;
    ++t_held.count;
  }
}

void HeldLocks::remove(const void* lock) noexcept {
  const void** const place = t_held.find(lock);
  if (place == t_held.end()) {
    assert(t_held.beyond > 0 && "unlock of a mutex that this thread does not hold");
    --t_held.beyond;
  } else {
    --t_held.count;
    *place = *t_held.end();
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
