// objects/types/drop_later.h: references that are unlinked under a lock and dropped after it (rule
// 17), where there may be many.
//
//     DropLater removed;                       // before the lock, so that it ends after it
//     const Locked lock(set);
//     if (!removed.reserve(most)) ...          // before the first write
//     removed.keep(entry.kill(lock.held()));
//
// Attached threads, each its own. Its end may run destructors.
// Tests: tests/objects/types/dict_test.cc, tests/objects/types/set_algebra_test.cc
#pragma once

#include <cassert>
#include <cstddef>

#include "memory/buffer.h"
#include "objects/model/ref.h"

namespace orochi::inline OROCHI_DESIGN {

class DropLater {
 public:
  DropLater() noexcept = default;
  DropLater(const DropLater&) = delete;
  DropLater& operator=(const DropLater&) = delete;
  ~DropLater() {
    for (std::size_t i = 0; i < count_; ++i) drop(values_[i]);
    free_buffer(values_);
  }

  // Room for so many more. False without memory; what it has it keeps.
  [[nodiscard]] bool reserve(std::size_t more) noexcept {
    if (more <= room_ - count_) return true;
    if (more > PTRDIFF_MAX / sizeof(Value) - count_) return false;
    void* const values = reallocate_buffer(values_, (count_ + more) * sizeof(Value));
    if (values == nullptr) return false;
    values_ = static_cast<Value*>(values);
    room_ = count_ + more;
    return true;
  }
  // Requires: there is room.
  void keep(Ref<> value) noexcept {
    assert(count_ < room_);
    values_[count_++] = value.release();
  }

 private:
  Value* values_ = nullptr;
  std::size_t count_ = 0;
  std::size_t room_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
