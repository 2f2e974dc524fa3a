// objects/text/escape.h: texts and bytes as repr() and ascii() show them, between quotes, with
// escapes for what cannot be seen.
//
// In two passes, so that the caller allocates in between:
//
//     const ReprMeasure measure = measure_repr(text, Escapes::kUnprintable);
//     write_repr(out, measure, text, Escapes::kUnprintable);
//
// The quotes are ' unless the text has that and no ".
// Pure functions; any thread. Tests: tests/objects/text/escape_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

enum class Escapes : std::uint8_t {
  kUnprintable,  // repr()
  kNonAscii,     // ascii(): and all that is not ASCII
};

struct ReprMeasure {
  std::size_t size = 0;  // code points, with the quotes
  Repertoire repertoire = Repertoire::kAscii;
  char quote = '\'';
};
[[nodiscard]] ReprMeasure measure_repr(View text, Escapes escapes) noexcept;
// Requires: `out` has room for the measured code points of the measured width.
void write_repr(void* out, const ReprMeasure& measure, View text, Escapes escapes) noexcept;

// Of bytes, with the b. Every byte that is not printable ASCII is an escape; bytearrays escape a '
// between any quotes.
enum class ByteQuotes : bool { kOfBytes, kOfBytearrays };
[[nodiscard]] std::size_t measure_bytes_repr(std::span<const std::uint8_t> bytes,
                                             ByteQuotes quotes = ByteQuotes::kOfBytes) noexcept;
// Returns the end.
char* write_bytes_repr(char* out, std::span<const std::uint8_t> bytes,
                       ByteQuotes quotes = ByteQuotes::kOfBytes) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
