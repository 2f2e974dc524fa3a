// objects/types/construct.h: how a call of a type makes an instance.
//
//     C(...)  -->  the metatype's __call__  -->  C.__new__(C, ...)  -->  its __init__(...)
//
// The last only if the first gave an instance of C. What `object` itself does in both is nothing:
// then arguments that nobody takes are an error, and which one depends on who of the two is whose.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/class_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// The slot `call` of `type`.
[[nodiscard]] Ref<> call_type(Value self, const Arguments& arguments) noexcept;

// The slots of `object`.
[[nodiscard]] Ref<> construct_plain(Type& type, const Arguments& arguments) noexcept;
[[nodiscard]] Status initialise_plain(Value self, const Arguments& arguments) noexcept;
// object.__new__(cls, *args, **kwargs), for objects/types/object_type.cc.
[[nodiscard]] Ref<> new_plain(const Value* arguments) noexcept;

// What the __new__ of `owner` says of keywords that `type`, itself or a subtype, is called with: an
// __init__ of its own may want them. `keywords`: empty if there are none.
[[nodiscard]] Status refuse_keywords(const Type& type, const Type& owner, Value keywords) noexcept;

// The slot `construct` of a type whose __new__ is that of the entry. Under the lock of all types.
[[nodiscard]] ConstructFunction construct_slot(const Type& type, const TypeEntry* entry) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
