// objects/types/ordering.h: what a comparison operator says of two values whose order is known.
//
// Tests: tests/objects/types/ordering_test.cc
#pragma once

#include <compare>

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

// Unordered values (a nan among them) differ, and nothing else can be said of them.
[[nodiscard]] constexpr bool holds(CompareOp op, std::partial_ordering order) noexcept {
  switch (op) {
    case CompareOp::kLess:
      return order < 0;
    case CompareOp::kLessEqual:
      return order <= 0;
    case CompareOp::kEqual:
      return order == 0;
    case CompareOp::kNotEqual:
      return order != 0;
    case CompareOp::kGreater:
      return order > 0;
    case CompareOp::kGreaterEqual:
      return order >= 0;
  }
  return false;
}

[[nodiscard]] inline Ref<> bool_of(bool truth) noexcept {
  return truth ? Special::kTrue : Special::kFalse;
}

}  // namespace orochi::inline OROCHI_DESIGN
