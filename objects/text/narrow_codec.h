// objects/text/narrow_codec.h: ASCII and Latin-1, in which a byte is a character, with Python's
// error handlers.
//
// Both directions take two passes, as those of utf8.h do. What Latin-1 decodes has no faults.
//
// Pure functions; any thread. Tests: tests/objects/types/codec_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "objects/text/code_points.h"
#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN::text {

// Of bytes that are to be ASCII.
struct AsciiMeasure {
  std::size_t size = 0;  // code points, up to the fault
  Repertoire repertoire = Repertoire::kAscii;
  Fault fault;
};
[[nodiscard]] AsciiMeasure measure_ascii(std::span<const std::uint8_t> bytes,
                                         DecodeErrors errors) noexcept;
// Requires: `measure` is of the same bytes and handler and has no fault; `out` has room for its
// size, in the width of its repertoire.
void decode_ascii(void* out, const AsciiMeasure& measure, std::span<const std::uint8_t> bytes,
                  DecodeErrors errors) noexcept;

// How many characters a codec has.
enum class NarrowLimit : CodePoint { kAscii = 0x80, kLatin1 = 0x100 };

struct NarrowSize {
  std::size_t bytes = 0;  // up to the fault
  Fault fault;
};
[[nodiscard]] NarrowSize measure_narrow(View text, NarrowLimit limit, EncodeErrors errors) noexcept;
// Returns the end of the bytes. Requires: no fault; `out` has room for the measured bytes.
std::uint8_t* encode_narrow(std::uint8_t* out, View text, NarrowLimit limit,
                            EncodeErrors errors) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
