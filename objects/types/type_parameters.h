// objects/types/type_parameters.h: the type variables in the arguments of generic types: which ones
// there are, and what is put in their place.
//
//     dict[K, list[V]]             parameters: K, V
//     dict[K, list[V]][int, str]   dict[int, list[str]]
//
// Variables are whatever has __typing_subst__, which is asked for what stands for them; what has
// __parameters__ has variables inside, and takes others for them by a subscript. All of it is the
// protocol of the module `typing`, which has the variables.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/generic_alias_test.cc
#pragma once

#include "objects/model/status.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// The variables in arguments, each once, in the order in which they occur.
[[nodiscard]] Ref<Tuple> collect_parameters(const Tuple& arguments) noexcept;

// The arguments with what is in `given`, one value or a tuple, for the parameters. `self`: whose
// arguments they are, for messages.
[[nodiscard]] Ref<Tuple> substitute(Value self, const Tuple& arguments, const Tuple& parameters,
                                    Value given) noexcept;

// As the arguments of types are shown: int, not <class 'int'>.
[[nodiscard]] Status add_type_text(StrBuilder& out, Value type) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
