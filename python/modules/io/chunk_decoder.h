// python/modules/io/chunk_decoder.h: text from bytes that come in chunks.
//
// A character of UTF-8 that a chunk begins and does not end is held back until the next one; then,
// if wanted, newlines are filtered (newline_filter.h).
//
// Between two chunks its state is at most three bytes and one bit. Where no bytes are held, the
// state is `flags()`, and decoding can go on from there later: that is what positions in text files
// are made of (text_io_seek.cc).
//
// Part of what guards it; copied to try something out.
// Tests: tests/python/modules/io/chunk_decoder_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "objects/types/codec.h"
#include "python/modules/io/newline_filter.h"

namespace orochi::inline OROCHI_DESIGN {

class ChunkDecoder {
 public:
  constexpr ChunkDecoder() noexcept = default;
  // Without newlines' being looked at; with it, all become \n or stay as they are.
  enum class Newlines : std::uint8_t { kIgnored, kSeen, kTranslated };
  explicit constexpr ChunkDecoder(Newlines newlines) noexcept
      : filters_(newlines != Newlines::kIgnored), filter_(newlines == Newlines::kTranslated) {}

  // Final: nothing more comes. After a failure what was held before is held still.
  [[nodiscard]] Ref<Str> decode(const Codec& codec, ByteSpan bytes, bool is_final) noexcept;

  [[nodiscard]] ByteSpan held() const noexcept { return {held_.data(), held_count_}; }
  [[nodiscard]] int flags() const noexcept { return filter_.holds_return() ? 1 : 0; }
  // As it was where no bytes were held.
  void restore(int flags) noexcept {
    held_count_ = 0;
    filter_.hold_return(filters_ && (flags & 1) != 0);
  }
  void reset() noexcept {
    held_count_ = 0;
    filter_.reset();
  }
  // Which there were.
  [[nodiscard]] Ref<> newlines() const noexcept {
    return filters_ ? filter_.kinds() : Ref<>(Special::kNone);
  }

 private:
  [[nodiscard]] Ref<Str> decode_whole(const Codec& codec, ByteSpan bytes, bool is_final) noexcept;

  std::array<std::uint8_t, 4> held_{};
  std::uint8_t held_count_ = 0;
  bool filters_ = false;
  NewlineFilter filter_;
};

}  // namespace orochi::inline OROCHI_DESIGN
