// objects/types/dict_repr.h: dicts and their views as text.
//
// Each item is shown as it is at its moment. Attached threads. May run any code.
// Tests: tests/objects/types/dict_methods_test.cc
#pragma once

#include "objects/types/dict_view.h"

namespace orochi::inline OROCHI_DESIGN {

// {1: 'one'}. A dict inside of itself is {...}.
[[nodiscard]] Ref<> dict_repr(Value self) noexcept;
// dict_keys([1]).
[[nodiscard]] Ref<> dict_view_repr(Value self) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
