// python/modules/struct_field.h: the fields of struct sequences as attributes, and which types are
// such sequences: the inside of struct_sequence.cc.
//
// Attached threads. Tests: tests/python/modules/struct_sequence_test.cc
#pragma once

#include "objects/model/layout.h"
#include "python/modules/struct_sequence.h"

namespace orochi::inline OROCHI_DESIGN {

// Once for each type, before there are objects of it. Failed: a MemoryError is pending.
[[nodiscard]] Status keep_struct_spec(const Type& type, const StructSequenceSpec& spec) noexcept;
// Of the type or the first of its ancestors that has one; null: none.
[[nodiscard]] const StructSequenceSpec* spec_of_struct_sequence(const Type& type) noexcept;

// What an object has in the field of that number; a field that was never filled has None.
[[nodiscard]] Ref<> load_struct_field(Object& object, const StructSequenceSpec& spec,
                                      std::size_t index) noexcept;
// Gives the type an attribute for each field that has a name.
[[nodiscard]] Status add_struct_fields(Type& type, const StructSequenceSpec& spec) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
