// objects/types/item_equality.h: whether an item of a sequence is what somebody looks for: the
// same, or equal. Numbers and strs are compared without calling anybody.
//
// Attached threads. May run any code; both are borrowed.
// Tests: tests/objects/types/list_search_test.cc
#pragma once

#include "objects/model/operations.h"
#include "objects/types/key.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] inline Truth is_item(Value item, Value wanted) noexcept {
  if (item == wanted) return Truth::kTrue;
  switch (compare_keys(item, wanted)) {
    case Sameness::kSame:
      return Truth::kTrue;
    case Sameness::kDifferent:
      return Truth::kFalse;
    case Sameness::kAsk:
      break;
  }
  return compare_truth(CompareOp::kEqual, item, wanted);
}

}  // namespace orochi::inline OROCHI_DESIGN
