// objects/types/owned_values.h: references that a function owns for a while: copied or unlinked
// while it has a lock, dropped after it (rule 17).
//
//     OwnedValues removed;                       // before the lock, so it ends after it
//     const Locked lock(list);
//     if (!removed.reserve(count)) return raise_memory_error();
//     removed.push(field.take(lock.held()));
//
// A few need no memory of their own.
//
// Belongs to one attached thread. Its end may run destructors; nothing else here runs code.
// Tests: tests/objects/types/owned_values_test.cc
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <span>
#include <utility>

#include "objects/model/ref.h"

namespace orochi::inline OROCHI_DESIGN {

class OwnedValues {
 public:
  OwnedValues() noexcept = default;
  ~OwnedValues();
  OwnedValues(const OwnedValues&) = delete;
  OwnedValues& operator=(const OwnedValues&) = delete;

  // Room for so many in all. False without memory: nothing has changed and nothing is raised.
  [[nodiscard]] bool reserve(std::size_t room) noexcept;
  // Requires: there is room.
  void push(Ref<> value) noexcept {
    assert(size_ < room_);
    values_[size_++] = value.release();
  }
  // Makes room, a little more each time. False without memory; the value stays with the caller.
  [[nodiscard]] bool add(Ref<>& value) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  // Borrowed. Requires: index < size().
  [[nodiscard]] Value operator[](std::size_t index) const noexcept {
    assert(index < size_);
    return values_[index];
  }
  [[nodiscard]] std::span<const Value> all() const noexcept { return {values_, size_}; }
  // It is the caller's from now on, and nothing is there any more.
  [[nodiscard]] Ref<> take(std::size_t index) noexcept {
    assert(index < size_);
    return Ref<>::adopt(std::exchange(values_[index], Value()));
  }

 private:
  static constexpr std::size_t kFew = 8;

  std::array<Value, kFew> few_;
  Value* values_ = few_.data();
  std::size_t size_ = 0;
  std::size_t room_ = kFew;
};

}  // namespace orochi::inline OROCHI_DESIGN
