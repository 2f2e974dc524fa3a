// python/modules/marshal/marshal.h: values as bytes, in the format of the module marshal: numbers,
// texts, bytes, and containers of them. Code has no such form here.
//
// What is written has no references back, so equal values are equal bytes; what is read may have
// them, as CPython writes them.
//
// Attached threads. Tests: tests/python/modules/marshaling.py
#pragma once

#include "objects/types/bytes.h"

namespace orochi::inline OROCHI_DESIGN::marshal {

inline constexpr int kVersion = 4;

// Deeper values are refused, in both directions.
inline constexpr int kMostDepth = 1000;

[[nodiscard]] Ref<Bytes> write(Value value) noexcept;
// The first value in the bytes; `used`: how many of them it took.
[[nodiscard]] Ref<> read(ByteSpan bytes, std::size_t& used) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::marshal
