// objects/types/exception_group.h: exceptions that were raised together.
//
// A group has a message and one or more members, some of which may be groups. Neither changes. What
// is cut out of a group is made by the group's own `derive`, and has its cause, context, traceback
// and notes.
//
// Attached threads. Conditions and `derive` may run any code.
// Tests: tests/objects/types/exception_group_test.cc
#pragma once

#include "objects/types/exception.h"

namespace orochi::inline OROCHI_DESIGN {

// BaseExceptionGroup.__new__(type, message, exceptions).
[[nodiscard]] Ref<Exception> new_exception_group(Type& type, Tuple& args) noexcept;

// Null: it is none.
[[nodiscard]] Exception* as_exception_group(Value value) noexcept;
// Of a group.
[[nodiscard]] Ref<Tuple> members_of(Exception& group) noexcept;

// A new group of the same message, as BaseExceptionGroup.derive makes it.
[[nodiscard]] Ref<Exception> derive_group(Exception& group, Value members) noexcept;

// What of an exception fulfils a condition, and what does not; nothing where there is none.
struct SplitGroup {
  Ref<Exception> match;
  Ref<Exception> rest;
};
enum class SplitParts : bool { kMatch, kBoth };
// The condition is an exception type, a tuple of such, or a function of one exception. Members of
// groups are asked if the group itself does not fulfil it.
[[nodiscard]] Status split_group(Exception& group, Value condition, SplitParts parts,
                                 SplitGroup& result) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
