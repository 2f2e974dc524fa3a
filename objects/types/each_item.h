// objects/types/each_item.h: doing something with all that an iterable gives.
//
//     return for_each_item(keys, [&](Value key) noexcept { return set.add(key); });
//
// Attached threads, in no section of their own. Runs the iterable's code.
// Tests: tests/objects/types/dict_test.cc, tests/objects/types/set_test.cc
#pragma once

#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {

// True: act(item), a Truth, was true of each; false: not of the last that was asked for.
template <class Act>
[[nodiscard]] Truth for_all_items(Value iterable, Act act) noexcept {
  const Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  for (;;) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return kRaised;
    if (!item) return Truth::kTrue;
    const Truth answer = act(item.value());
    if (answer != Truth::kTrue) return answer;
  }
}

// act(item) for each, which is borrowed; stops where it fails.
template <class Act>
[[nodiscard]] Status for_each_item(Value iterable, Act act) noexcept {
  const Truth all = for_all_items(iterable, [&act](Value item) noexcept {
    return failed(act(item)) ? Truth::kFailed : Truth::kTrue;
  });
  return failed(all) ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
