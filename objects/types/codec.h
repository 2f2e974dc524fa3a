// objects/types/codec.h: text to bytes and back: UTF-8, ASCII and Latin-1, with the error handlers
// that Python has built in.
//
//     Codec codec;
//     if (failed(codec.take(encoding, errors, "decode"))) return kRaised;
//     return codec.decode(bytes);
//
// An error handler is looked up by its name when there is an error, and not before: a wrong name
// is no error in a text that needs none.
//
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/codec_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/types/bytes.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// str.encode. Once, after make_native_function_types.
[[nodiscard]] Status define_codec_methods() noexcept;

enum class Encoding : std::uint8_t { kUtf8, kAscii, kLatin1 };

class Codec {
 public:
  // Are both values strs, or empty? Raises TypeError, as `take` does.
  [[nodiscard]] static Status check(Value encoding, Value errors,
                                    std::string_view function) noexcept;
  // Of values that are strs, or empty: then it is UTF-8, or strict. `function`: which takes them,
  // for whoever reads the error: decode() argument 'encoding' must be str, not int. The values are
  // borrowed for as long as this lives.
  [[nodiscard]] Status take(Value encoding, Value errors, std::string_view function) noexcept;

  [[nodiscard]] Encoding encoding() const noexcept { return encoding_; }

  // Empty: an exception is pending.
  [[nodiscard]] Ref<Bytes> encode(const Str& text) const noexcept;
  [[nodiscard]] Ref<Str> decode(ByteSpan bytes) const noexcept;

 private:
  [[nodiscard]] Ref<Str> decode_utf8(ByteSpan bytes) const noexcept;
  [[nodiscard]] Ref<Str> decode_ascii(ByteSpan bytes) const noexcept;
  [[nodiscard]] Ref<Bytes> encode_utf8(const Str& text) const noexcept;
  [[nodiscard]] Ref<Bytes> encode_narrow(const Str& text) const noexcept;

  Encoding encoding_ = Encoding::kUtf8;
  const Str* errors_ = nullptr;  // null: strict
};

}  // namespace orochi::inline OROCHI_DESIGN
