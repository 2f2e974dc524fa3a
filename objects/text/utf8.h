// objects/text/utf8.h: UTF-8 to code points and back, with Python's error handlers.
//
// Both directions take two passes, so that the caller allocates in between, exactly:
//
//     const Utf8Measure measure = measure_utf8(bytes, DecodeErrors::kStrict);
//     if (measure.fault.reason != nullptr) ...        // UnicodeDecodeError, with its positions
//     void* out = ...;                                // measure.size times measure.width() bytes
//     decode_utf8(out, measure, bytes, DecodeErrors::kStrict);
//
// A handler written in Python takes over at a fault: measure the bytes before it, ask the handler,
// go on where it says.
//
// U1  What is decoded is well-formed as Unicode defines it: no overlong forms, no surrogates,
//     nothing above U+10FFFF. A fault is a maximal part of a well-formed sequence, or one byte.
//
// Pure functions; any thread.
// Tests: tests/objects/text/utf8_test.cc   Cost: bench/objects/text/utf8_bench.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

enum class DecodeErrors : std::uint8_t {
  kStrict,
  kIgnore,            // nothing
  kReplace,           // U+FFFD
  kBackslashReplace,  // \xhh for each byte
  kSurrogateEscape,   // U+DC80 to U+DCFF for each byte
  kSurrogatePass,     // surrogates are decoded; the rest is strict
};

enum class EncodeErrors : std::uint8_t {
  kStrict,
  kIgnore,             // nothing
  kReplace,            // ?
  kBackslashReplace,   // \uhhhh
  kXmlCharRefReplace,  // &#ddddd;
  kSurrogateEscape,    // U+DC80 to U+DCFF is the byte that it was; the rest is strict
  kSurrogatePass,      // as if surrogates were characters
};

// What neither the rules nor the handler allow: bytes or code points from `begin` to `end`.
struct Fault {
  std::size_t begin = 0;
  std::size_t end = 0;
  const char* reason = nullptr;  // as UnicodeError has it; null: there is no fault
};

// "unexpected end of data": more bytes may still come.
[[nodiscard]] bool is_incomplete(const Fault& fault) noexcept;

struct Utf8Measure {
  std::size_t size = 0;  // code points, up to the fault
  Repertoire repertoire = Repertoire::kAscii;
  bool well_formed = true;  // no handler had to help
  Fault fault;

  [[nodiscard]] std::size_t width() const noexcept { return bytes_per_point(repertoire); }
};
[[nodiscard]] Utf8Measure measure_utf8(std::span<const std::uint8_t> bytes,
                                       DecodeErrors errors) noexcept;

// The code points up to the fault, if there is one.
// Requires: `measure` is of the same bytes and handler; `out` has its size and width.
void decode_utf8(void* out, const Utf8Measure& measure, std::span<const std::uint8_t> bytes,
                 DecodeErrors errors) noexcept;

struct Utf8Size {
  std::size_t bytes = 0;  // up to the fault
  Fault fault;
};
[[nodiscard]] Utf8Size measure_encoded(View text, EncodeErrors errors) noexcept;
// Returns the end of the bytes. Requires: no fault; `out` has room for the measured bytes.
std::uint8_t* encode_utf8(std::uint8_t* out, View text, EncodeErrors errors) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
