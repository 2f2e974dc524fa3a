// python/modules/late_name.h: a name that native code asks for, interned at its first use.
//
//     constinit LateName g_write("write");
//     ...
//     Str* const write = g_write.get();
//     if (write == nullptr) return kRaised;
//
// Any attached thread: the name is interned for ever, so all of them find the same str, and it is
// no matter who stores it.
#pragma once

#include <string_view>

#include "memory/atomic.h"
#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {

class LateName {
 public:
  // The text lives for ever.
  constexpr explicit LateName(std::string_view text) noexcept : text_(text) {}

  // Null: a MemoryError is pending.
  [[nodiscard]] Str* get() noexcept {
    Str* const known = name_.load(kAcquire);  // pairs with the release below
    if (known != nullptr) [[likely]]
      return known;
    Str* const name = intern_for_ever(text_);
    name_.store(name, kRelease);  // whoever loads it finds the str whole
    return name;
  }

 private:
  const std::string_view text_;
  Atomic<Str*> name_{nullptr};
};

}  // namespace orochi::inline OROCHI_DESIGN
