#include "python/modules/io/chunk_decoder.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/utf8.h"
#include "python/modules/io/byte_store.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr bool is_continuation(std::uint8_t byte) noexcept { return (byte & 0xC0) == 0x80; }

// A surrogate's first two bytes are no UTF-8; a handler may want them with the third.
[[nodiscard]] bool begins_surrogate(ByteSpan bytes) noexcept {
  return bytes.size() == 2 && bytes[0] == 0xED && bytes[1] >= 0xA0;
}

// How many bytes at the end begin a character that they do not end.
[[nodiscard]] std::size_t unfinished(ByteSpan bytes) noexcept {
  constexpr std::size_t kMost = 3;
  std::size_t count = 0;
  while (count < std::min(kMost, bytes.size())) {
    ++count;
    if (!is_continuation(bytes[bytes.size() - count])) break;
  }
  const ByteSpan tail = bytes.last(count);
  if (tail.empty()) return 0;
  const text::Utf8Measure measure = text::measure_utf8(tail, text::DecodeErrors::kStrict);
  const bool is_cut = measure.fault.begin == 0 && text::is_incomplete(measure.fault);
  return is_cut || begins_surrogate(tail) ? count : 0;
}

}  // namespace

Ref<Str> ChunkDecoder::decode(const Codec& codec, ByteSpan bytes, bool is_final) noexcept {
  if (held_count_ == 0) return decode_whole(codec, bytes, is_final);
  ByteBuilder joined;
  if (!joined.append(held()) || !joined.append(bytes)) return raise_memory_error();
  return decode_whole(codec, joined.span(), is_final);
}

Ref<Str> ChunkDecoder::decode_whole(const Codec& codec, ByteSpan bytes, bool is_final) noexcept {
  const bool may_be_cut = codec.encoding() == Encoding::kUtf8 && !is_final;
  const std::size_t rest = may_be_cut ? unfinished(bytes) : 0;
  Ref<Str> text = codec.decode(bytes.first(bytes.size() - rest));
  if (!text) return kRaised;
  std::ranges::copy(bytes.last(rest), held_.begin());
  held_count_ = static_cast<std::uint8_t>(rest);
  return filters_ ? filter_.filter(std::move(text), is_final) : std::move(text);
}

}  // namespace orochi::inline OROCHI_DESIGN
