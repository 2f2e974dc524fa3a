// objects/types/binding.h: what a call passes, matched with the parameters of a native function.
//
//     Binding binding(signature);
//     if (failed(binding.bind(receiver, arguments))) return kRaised;
//     return function(binding.values());
//
// The values are borrowed from the caller, but for *rest, a tuple, and **rest, a dict, which the
// binding owns. A **rest that takes nothing is empty. What does not fit is a TypeError, in the
// words of CPython (objects/types/argument_errors.h). Nothing is allocated but the two.
//
// One thread, for the length of one call. `bind` may run code of others only where a keyword is of
// a subtype of str.
// Tests: tests/objects/types/native_function_test.cc
#pragma once

#include <array>

#include "objects/model/protocols.h"
#include "objects/types/dict.h"
#include "objects/types/signature.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

class Binding {
 public:
  explicit Binding(const Signature& signature) noexcept : signature_(signature) {}

  // Once. `receiver` is empty where the signature has none.
  [[nodiscard]] Status bind(Value receiver, const Arguments& arguments) noexcept;

  [[nodiscard]] const Value* values() const noexcept { return values_.data(); }

 private:
  [[nodiscard]] Status place_positional(std::span<const Value> given) noexcept;
  [[nodiscard]] Status place_named(Str& name, Value value) noexcept;
  [[nodiscard]] Status place_all_named(const Arguments& arguments) noexcept;
  [[nodiscard]] Status keep_in_rest(Str& name, Value value) noexcept;
  [[nodiscard]] Status fill_in() noexcept;

  const Signature& signature_;
  std::array<Value, Signature::kMostParameters> values_;
  Ref<Tuple> rest_;
  Ref<Dict> named_rest_;
};

}  // namespace orochi::inline OROCHI_DESIGN
