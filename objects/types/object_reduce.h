// objects/types/object_reduce.h: how any object is copied and pickled: what `object` says in
// __reduce_ex__, __reduce__ and __getstate__.
//
//     copyreg.__newobj__, (type, arguments...), state, items, pairs        from protocol 2 on
//     what copyreg._reduce_ex says                                         before
//
// The arguments are what the object says in __getnewargs_ex__ or __getnewargs__, the state what
// __getstate__ says: its __dict__, and a dict of what its __slots__ hold. An object with a native
// part is refused unless it says arguments, or is a list or dict: nobody could make its like.
//
// Attached threads. May run any code, and imports `copyreg`.
// Tests: tests/objects/types/object_reduce_test.cc
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// value.__getstate__()
[[nodiscard]] Ref<> state_of(Value value) noexcept;

// Once, after make_object_methods.
[[nodiscard]] Status define_object_reduction() noexcept;
// How values of built-in types are made again. Once, with the above.
[[nodiscard]] Status define_value_reduction() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
