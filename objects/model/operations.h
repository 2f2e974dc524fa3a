// objects/model/operations.h: what can be done with any value.
//
// Each function finds the type's slot (objects/model/protocols.h) and calls it, and says by an
// exception that there is none. They may run any code. Arguments are borrowed: the caller counts
// them for the length of the call.
//
// Attached threads that hold no lock which does not detach.
// Tests: tests/objects/model/operations_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

// A value without an opinion is true; one with a length is true if that is not 0.
[[nodiscard]] Truth truth(Value value) noexcept;
[[nodiscard]] Status hash(Value value, std::int64_t& result) noexcept;
[[nodiscard]] Ref<> repr(Value value) noexcept;
[[nodiscard]] Ref<> str(Value value) noexcept;

// a OP b. A subtype's reflected operation goes before its supertype's own.
[[nodiscard]] Ref<> binary(BinaryOp op, Value a, Value b) noexcept;
// a OP= b: a itself, changed, or a new value.
[[nodiscard]] Ref<> in_place(BinaryOp op, Value a, Value b) noexcept;
[[nodiscard]] Ref<> unary(UnaryOp op, Value value) noexcept;

// Whatever the comparison returns; equality falls back on being the same.
[[nodiscard]] Ref<> compare(CompareOp op, Value a, Value b) noexcept;
[[nodiscard]] Truth compare_truth(CompareOp op, Value a, Value b) noexcept;
// As containers ask: the same, or equal.
[[nodiscard]] Truth same_or_equal(Value a, Value b) noexcept;

[[nodiscard]] Ref<> iterate(Value value) noexcept;
// Done and nothing in `item`: there are no more.
[[nodiscard]] Status next(Value iterator, Ref<>& item) noexcept;
[[nodiscard]] Status length(Value value, std::size_t& result) noexcept;
[[nodiscard]] Truth contains(Value container, Value item) noexcept;
[[nodiscard]] Ref<> get_item(Value container, Value key) noexcept;
// Nothing as value: delete it. Both.
[[nodiscard]] Status set_item(Value container, Value key, Ref<> value) noexcept;
[[nodiscard]] Status set_attribute(Value value, Object& name, Ref<> to) noexcept;
[[nodiscard]] Ref<> get_attribute(Value value, Object& name) noexcept;
[[nodiscard]] Ref<> call(Value callee, const Arguments& arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
