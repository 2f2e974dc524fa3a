// objects/types/int_room.h: where the limbs of a result go, and those that a computation works on.
//
//     IntResult result(add_room(a, b));
//     if (!result) return kRaised;
//     return result.finish(add(result.limbs(), a, b));
//
// A result with room for a few limbs is computed on the stack; it mostly fits into a Value or is
// shorter than it could be. A longer one is computed in the object that it will be.
//
// For the files of int alone. Attached threads. Tests: tests/objects/types/int_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "objects/number/limbs.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {

class IntResult {
 public:
  // False afterwards: a MemoryError is pending.
  [[nodiscard]] explicit IntResult(std::size_t room) noexcept;
  [[nodiscard]] explicit operator bool() const noexcept { return limbs_ != nullptr; }

  [[nodiscard]] integer::Limb* limbs() noexcept { return limbs_; }
  // The value of these limbs, which lie in limbs(). Once.
  [[nodiscard]] Ref<> finish(integer::View number) noexcept;

 private:
  static constexpr std::size_t kFewLimbs = 8;

  integer::Limb* limbs_ = nullptr;
  std::size_t room_;
  Ref<BigInt> object_;
  std::array<integer::Limb, kFewLimbs> few_;
};

class IntScratch {
 public:
  // False afterwards: a MemoryError is pending.
  [[nodiscard]] explicit IntScratch(std::size_t limbs) noexcept;
  ~IntScratch();
  IntScratch(const IntScratch&) = delete;
  IntScratch& operator=(const IntScratch&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return limbs_.data() != nullptr; }
  [[nodiscard]] std::span<integer::Limb> limbs() const noexcept { return limbs_; }

 private:
  static constexpr std::size_t kFewLimbs = 32;

  std::span<integer::Limb> limbs_;
  void* buffer_ = nullptr;
  std::array<integer::Limb, kFewLimbs> few_;
};

}  // namespace orochi::inline OROCHI_DESIGN
