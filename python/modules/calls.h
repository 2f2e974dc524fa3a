// python/modules/calls.h: calling with values that are gathered from here and there.
//
//     call_with(function, {a, b})
//     call_with_all(function, tuple)
//
//     GatheredCall gathered;                                  // f(*prefix, *rest, **more)
//     if (failed(gathered.reserve(prefix.size() + ...))) return kRaised;
//     gathered.add_all(prefix);
//     return gathered.call(function, keywords);
//
// Values are borrowed: the caller counts them for the length of the call.
//
// Attached threads. May run any code. Tests: tests/python/modules/itertools_test.cc
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <span>

#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] inline Ref<> call_with(Value callee, std::initializer_list<Value> values) noexcept {
  return call(callee, {values.begin(), values.size()});
}

class GatheredCall {
 public:
  GatheredCall() noexcept = default;
  ~GatheredCall();
  GatheredCall(const GatheredCall&) = delete;
  GatheredCall& operator=(const GatheredCall&) = delete;

  // Room for so many in all. Once, first.
  [[nodiscard]] Status reserve(std::size_t room) noexcept;
  // Requires: there is room.
  void add(Value value) noexcept {
    assert(size_ < room_);
    values_[size_++] = value;
  }
  void add_all(const Tuple& values) noexcept;
  void add_all(const Value* values, std::size_t count) noexcept;

  [[nodiscard]] std::span<const Value> values() const noexcept { return {values_, size_}; }
  // The last ones are those of `keywords`, a tuple of names; null: there are none.
  [[nodiscard]] Ref<> call(Value callee, Object* keywords = nullptr) const noexcept;

 private:
  static constexpr std::size_t kFew = 8;

  std::array<Value, kFew> few_;
  Value* values_ = few_.data();
  std::size_t size_ = 0;
  std::size_t room_ = kFew;
};

[[nodiscard]] Ref<> call_with_all(Value callee, const Tuple& values) noexcept;
// callee(*values, **named); `named`: a dict with strs as keys, or empty.
[[nodiscard]] Ref<> call_with_all(Value callee, const Tuple& values, Value named) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
