// python/modules/io/text_codec.h: the codec of a text stream, and what its names are borrowed from.
// For the files of TextIo.
#pragma once

#include "python/modules/io/text_io.h"

namespace orochi::inline OROCHI_DESIGN {

struct TextIo::LoadedCodec {
  [[nodiscard]] Status load(TextIo& text) noexcept {
    encoding = text.encoding();
    errors = text.errors();
    return codec.take(encoding.value(), errors.value(), "TextIOWrapper");
  }

  Ref<> encoding;
  Ref<> errors;
  Codec codec;
};

}  // namespace orochi::inline OROCHI_DESIGN
