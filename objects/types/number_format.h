// objects/types/number_format.h: what __format__ of int, float, complex and str does.
//
// A specifier is in the mini-language of objects/text/format_spec.h. Of an empty one these are
// str(). An empty Ref: an exception is pending; ValueErrors are in CPython's words.
//
// Attached threads. Nothing here runs code of others, unless `self` is of a class that a program
// has made and the specifier is empty.
// Tests: tests/objects/types/number_format_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/text/format_layout.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// As a slot of Protocols. Requires: `self` is of that type or a subtype.
[[nodiscard]] Ref<> format_int(Value self, Value spec) noexcept;
[[nodiscard]] Ref<> format_float(Value self, Value spec) noexcept;
[[nodiscard]] Ref<> format_complex(Value self, Value spec) noexcept;
[[nodiscard]] Ref<> format_str(Value self, Value spec) noexcept;

// --- For whoever has a specifier that was read already. ---

[[nodiscard]] Ref<Str> lay_out_number(const text::FormatSpec& spec,
                                      const text::NumberText& number) noexcept;
[[nodiscard]] Ref<Str> lay_out_text(const text::FormatSpec& spec, const Str& str) noexcept;
// With a specifier that is good for floats.
[[nodiscard]] Ref<Str> lay_out_double(const text::FormatSpec& spec, double number) noexcept;

// The specifier as a text; null: it is none, and a TypeError is pending.
[[nodiscard]] const Str* read_spec_text(Value spec) noexcept;
// False: a ValueError is pending.
[[nodiscard]] bool read_format_spec(Value self, const Str& spec, char type, char align,
                                    text::FormatSpec& read) noexcept;
// What is wrong with a specifier for a value of this type.
Raised raise_format_fault(text::FormatFault fault, const text::FormatSpec& spec,
                          Value self) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
