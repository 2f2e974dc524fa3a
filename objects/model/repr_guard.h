// objects/model/repr_guard.h: containers that contain themselves, and are printed.
//
//     const ReprGuard guard(list);
//     if (guard.is_inside()) return Str::of_ascii("[...]");
//
// A thread's guards are linked through its stack, the innermost first, so nothing is allocated.
//
// Attached threads.
// Tests: tests/objects/model/repr_guard_test.cc
#pragma once

#include "objects/model/thread_record.h"

namespace orochi::inline OROCHI_DESIGN {

class ReprGuard {
 public:
  [[nodiscard]] explicit ReprGuard(const Object& object) noexcept
      : object_(object),
        innermost_(ThreadRecord::mine().printing),
        around_(innermost_),
        is_inside_(is_printed_around()) {
    innermost_ = this;
  }
  ~ReprGuard() { innermost_ = around_; }
  ReprGuard(const ReprGuard&) = delete;
  ReprGuard& operator=(const ReprGuard&) = delete;

  // The calling thread is about to print the object inside of itself.
  [[nodiscard]] bool is_inside() const noexcept { return is_inside_; }

 private:
  [[nodiscard]] bool is_printed_around() const noexcept {
    for (const ReprGuard* guard = around_; guard != nullptr; guard = guard->around_)
      if (&guard->object_ == &object_) return true;
    return false;
  }

  const Object& object_;
  ReprGuard*& innermost_;
  ReprGuard* const around_;
  const bool is_inside_;
};

}  // namespace orochi::inline OROCHI_DESIGN
