// objects/types/codec_errors.h: what to say of text that has no bytes, or bytes that are no text.
//
// Attached threads. Tests: tests/objects/types/codec_test.cc
#pragma once

#include <string_view>

#include "objects/model/status.h"
#include "objects/text/ascii.h"
#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN {

// 'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)
Raised raise_cannot_decode(std::string_view codec, text::ByteSpan bytes,
                           const text::Fault& fault) noexcept;
// 'ascii' codec can't encode character '\xff' in position 0: ordinal not in range(128)
Raised raise_cannot_encode(std::string_view codec, text::View text,
                           const text::Fault& fault) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
