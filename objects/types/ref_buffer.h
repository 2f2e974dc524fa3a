// objects/types/ref_buffer.h: references that are collected before anybody knows how many they are.
//
//     RefBuffer items;
//     if (failed(items.add_all(iterable))) return kRaised;
//     return items.to_tuple();
//
// Attached threads; a buffer belongs to one, and its end may run destructors.
// Tests: tests/objects/types/ref_buffer_test.cc
#pragma once

#include <cstddef>

#include "objects/model/status.h"
#include "objects/types/owned_values.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

class RefBuffer {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  // Borrowed from the buffer.
  [[nodiscard]] Value operator[](std::size_t index) const noexcept { return values_[index]; }

  // Failed: a MemoryError is pending, and the value is dropped.
  [[nodiscard]] Status add(Ref<> value) noexcept;
  // What iterating gives. Runs any code.
  [[nodiscard]] Status add_all(Value iterable) noexcept;

  // Of what was added; the buffer is used up. Empty: a MemoryError is pending.
  [[nodiscard]] Ref<Tuple> to_tuple() noexcept;

 private:
  OwnedValues values_;
};

}  // namespace orochi::inline OROCHI_DESIGN
