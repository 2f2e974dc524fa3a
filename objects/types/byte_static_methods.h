// objects/types/byte_static_methods.h: what bytes and bytearray can do without an instance.
//
// Attached threads. Tests: tests/objects/types/bytes_methods_test.cc
#pragma once

#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN {

// bytes.maketrans(frm, to), of both types.
[[nodiscard]] Ref<> make_byte_translation(const Value* arguments) noexcept;
inline constexpr NativeSpec kByteStaticMethods[] = {
    {"maketrans(frm, to, /)", make_byte_translation}};

// fromhex() argument must be str, not bytes
Raised raise_not_hex(Value value) noexcept;
// What a class method returns that has made `base` itself: that, or what a subtype makes of it.
[[nodiscard]] Ref<> instance_of(Value wanted, const Type& base, Ref<> made) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
