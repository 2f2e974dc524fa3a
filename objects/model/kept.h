// objects/model/kept.h: what lives for ever, in lists, so that whoever looks for leaks finds it.
//
//     constinit KeptList<Definition> g_definitions;
//     Definition* const made = g_definitions.make(Definition{...});      // null: no memory
//
// Any thread. Nothing is ever taken out, and what is kept is changed by nobody here.
// Tests: tests/objects/types/native_function_test.cc, tests/objects/types/class_test.cc
#pragma once

#include <new>
#include <utility>

#include "memory/buffer.h"
#include "memory/door/sys_atomic.h"

namespace orochi::inline OROCHI_DESIGN {

template <class T>
class KeptList {
 public:
  // Null without memory; nothing is raised.
  [[nodiscard]] T* make(T value) noexcept {
    void* const buffer = allocate_buffer(sizeof(Kept));
    if (buffer == nullptr) return nullptr;
    // relaxed: a guess, which the exchange checks.
    auto* const kept = new (buffer) Kept{std::move(value), last_.load(kRelaxed)};
    // release: for whoever goes through the list. relaxed: it is tried again.
    while (!last_.compare_exchange_weak(kept->before, kept, kRelease, kRelaxed)) continue;
    return &kept->value;
  }

 private:
  struct Kept {
    T value;
    Kept* before;
  };

  SysAtomic<Kept*> last_{nullptr};
};

}  // namespace orochi::inline OROCHI_DESIGN
