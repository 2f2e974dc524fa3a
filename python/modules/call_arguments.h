// python/modules/call_arguments.h: a call whose arguments lie in tuples and dicts.
//
//     CallArguments arguments;
//     if (failed(arguments.add_all(*values))) return kRaised;
//     return call(callee, arguments.all());
//
// Attached threads; one belongs to one.
// Tests: tests/python/modules/builtins_text_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/types/dict.h"
#include "objects/types/owned_values.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

class CallArguments {
 public:
  // By position; before those with names.
  [[nodiscard]] Status add(Ref<> value) noexcept;
  [[nodiscard]] Status add_all(const Tuple& values) noexcept;
  // Once: of a dict whose keys are strs.
  [[nodiscard]] Status add_named(Dict& values) noexcept;

  // Borrowed from this.
  [[nodiscard]] Arguments all() const noexcept;

 private:
  OwnedValues values_;
  Ref<Tuple> names_;
};

}  // namespace orochi::inline OROCHI_DESIGN
