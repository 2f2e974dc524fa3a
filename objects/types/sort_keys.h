// objects/types/sort_keys.h: values put in order by `<`, stably: without calling anybody if they
// are all numbers of one kind, or all strs; else by asking them.
//
//     T           sorted by
//     Value       itself
//     KeyedValue  its key
//
// Attached threads. Sorting values that must be asked may run any code. The values are borrowed.
// Tests: tests/objects/types/list_sort_test.cc   Bench: bench/objects/types/list_bench.cc
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "objects/model/operations.h"
#include "objects/sequence/sort.h"
#include "objects/types/float.h"
#include "objects/types/int_arithmetic.h"

namespace orochi::inline OROCHI_DESIGN {

struct KeyedValue {
  Value key;
  Value value;
};

enum class SortKind : std::uint8_t {
  kNothing,  // there are no values
  kSmallInts,
  kInts,
  kFloats,
  kStrs,
  kAsk,
};
[[nodiscard]] SortKind sort_kind(Value value) noexcept;
// Of values of both kinds.
[[nodiscard]] constexpr SortKind both(SortKind a, SortKind b) noexcept {
  if (a == b || b == SortKind::kNothing) return a;
  if (a == SortKind::kNothing) return b;
  const bool ints = std::max(a, b) == SortKind::kInts;
  return ints ? SortKind::kInts : SortKind::kAsk;
}

// --- What is less. ---

namespace detail {

[[nodiscard]] inline Value sort_key(Value value) noexcept { return value; }
[[nodiscard]] inline Value sort_key(const KeyedValue& pair) noexcept { return pair.key; }

[[nodiscard]] constexpr Answer answer(bool less) noexcept {
  return less ? Answer::kYes : Answer::kNo;
}

struct LessSmallInt {
  Answer operator()(Value a, Value b) const noexcept { return answer(a.as_int() < b.as_int()); }
};
struct LessInt {
  Answer operator()(Value a, Value b) const noexcept { return answer(int_order(a, b) < 0); }
};
struct LessFloat {
  Answer operator()(Value a, Value b) const noexcept { return answer(as_float(a) < as_float(b)); }
};
struct LessStr {
  Answer operator()(Value a, Value b) const noexcept;
};
struct LessAsked {
  Answer operator()(Value a, Value b) const noexcept {
    const Truth less = compare_truth(CompareOp::kLess, a, b);
    return failed(less) ? Answer::kFailed : answer(less == Truth::kTrue);
  }
};

template <class T, class Less>
[[nodiscard]] bool sort_by(std::span<T> items, std::span<T> scratch, Less less) noexcept {
  return stable_sort(items, scratch, [less](const T& a, const T& b) noexcept {
    return less(sort_key(a), sort_key(b));
  });
}

template <class T>
[[nodiscard]] bool sort_rising(std::span<T> items, std::span<T> scratch, SortKind kind) noexcept {
  switch (kind) {
    case SortKind::kNothing:
      return true;
    case SortKind::kSmallInts:
      return sort_by(items, scratch, LessSmallInt());
    case SortKind::kInts:
      return sort_by(items, scratch, LessInt());
    case SortKind::kFloats:
      return sort_by(items, scratch, LessFloat());
    case SortKind::kStrs:
      return sort_by(items, scratch, LessStr());
    case SortKind::kAsk:
      return sort_by(items, scratch, LessAsked());
  }
  return true;
}

}  // namespace detail

// False: a comparison raised; the items are in some order then. `kind`: of all keys. `scratch` has
// sort_scratch(items) elements.
template <class T>
[[nodiscard]] bool sort_values(std::span<T> items, std::span<T> scratch, SortKind kind,
                               bool falling) noexcept {
  // Equal ones stay as they are: they are turned around twice.
  if (falling) std::reverse(items.begin(), items.end());
  const bool sorted = detail::sort_rising(items, scratch, kind);
  if (falling) std::reverse(items.begin(), items.end());
  return sorted;
}

}  // namespace orochi::inline OROCHI_DESIGN
