// objects/model/status.h: how functions say that they failed.
//
// A function that can fail returns one of four types, and after a failure an exception is pending
// in its thread (objects/model/error.h):
//
//   returns         success                 failure
//   Ref<T>, Ref<>   a reference, owned      empty
//   Status          kDone                   kFailed
//   Truth           kFalse, kTrue           kFailed
//
// No type stands for "nothing, but no failure"; where that exists, a `bool` of its own says so.
// Whoever raises returns what `raise` returns, whatever the function's type is:
//
//     if (divisor == 0) return raise(ErrorKind::kZeroDivision, {"division by zero"});
//
// and whoever calls passes a failure on, with one branch:
//
//     Ref<> sum = add(a, b);
//     if (!sum) return kRaised;
#pragma once

#include "objects/model/ref.h"

namespace orochi::inline OROCHI_DESIGN {

enum class [[nodiscard]] Status : bool{kFailed, kDone};
[[nodiscard]] constexpr bool failed(Status status) noexcept { return status == Status::kFailed; }

enum class [[nodiscard]] Truth : signed char{kFailed = -1, kFalse, kTrue};
[[nodiscard]] constexpr bool failed(Truth truth) noexcept { return truth == Truth::kFailed; }
constexpr Truth truth_of(bool truth) noexcept { return truth ? Truth::kTrue : Truth::kFalse; }

// "An exception is pending", as any of the results above.
struct Raised {
  template <class T>
  operator Ref<T>() const noexcept {  // NOLINT(*-explicit-*): it is the failure of each type
    return {};
  }
  constexpr operator Status() const noexcept { return Status::kFailed; }  // NOLINT(*-explicit-*)
  constexpr operator Truth() const noexcept { return Truth::kFailed; }    // NOLINT(*-explicit-*)
};
inline constexpr Raised kRaised;

}  // namespace orochi::inline OROCHI_DESIGN
