// objects/model/recursion.h: native code that calls itself through values, bounded.
//
// A list that contains a list ... a thousand deep is compared, hashed or printed by as many frames
// of C++. Each such call begins with
//
//     const RecursionGuard guard;
//     if (!guard) return kRaised;
//
// Who is refused may say at what, for the message: RecursionGuard guard(" in comparison").
//
// Attached threads.
// Tests: tests/objects/model/operations_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/model/thread_record.h"

namespace orochi::inline OROCHI_DESIGN {

class RecursionGuard {
 public:
  // Frames of at most a few hundred bytes each, in stacks of some megabytes.
  static constexpr std::uint32_t kMostCalls = 1000;

  [[nodiscard]] RecursionGuard() noexcept : RecursionGuard(std::string_view()) {}
  [[nodiscard]] explicit RecursionGuard(std::string_view where) noexcept
      : calls_(ThreadRecord::mine().calls) {
    if (++calls_ > kMostCalls) [[unlikely]]
      refuse(where);
  }
  ~RecursionGuard() { --calls_; }
  RecursionGuard(const RecursionGuard&) = delete;
  RecursionGuard& operator=(const RecursionGuard&) = delete;

  // False: it is too deep, and a RecursionError is pending.
  [[nodiscard]] explicit operator bool() const noexcept { return calls_ <= kMostCalls; }

 private:
  static void refuse(std::string_view where) noexcept;

  std::uint32_t& calls_;
};

}  // namespace orochi::inline OROCHI_DESIGN
