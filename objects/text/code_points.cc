#include "objects/text/code_points.h"

#include <algorithm>
#include <cstring>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

// The bits that no ASCII character has.
constexpr std::uint64_t kHighBits = 0x8080808080808080;
constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kBlock = 4 * kWord;

std::uint64_t word_at(const std::uint8_t* bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, kWord);
  return word;
}

bool block_is_ascii(const std::uint8_t* bytes) noexcept {
  const std::uint64_t any = word_at(bytes) | word_at(bytes + kWord) | word_at(bytes + 2 * kWord) |
                            word_at(bytes + 3 * kWord);
  return (any & kHighBits) == 0;
}

// How many code points are looked at between two questions whether the answer is known.
constexpr std::size_t kStride = 64;

template <class Unit>
Repertoire widest_of(std::span<const Unit> units) noexcept {
  constexpr Repertoire kMost = sizeof(Unit) == 1   ? Repertoire::kLatin1
                               : sizeof(Unit) == 2 ? Repertoire::kUcs2
                                                   : Repertoire::kUcs4;
  CodePoint bits = 0;  // of all of them; all that counts is which is the highest
  for (std::size_t i = 0; i < units.size();) {
    const std::size_t end = std::min(units.size(), i + kStride);
    for (; i < end; ++i) bits |= units[i];
    if (repertoire_of(bits) == kMost) break;
  }
  return repertoire_of(bits);
}

template <class Out, class In>
void copy_units(Out* out, std::span<const In> in) noexcept {
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = static_cast<Out>(in[i]);
}

}  // namespace

std::size_t ascii_prefix(std::span<const std::uint8_t> bytes) noexcept {
  const std::uint8_t* at = bytes.data();
  const std::uint8_t* const end = at + bytes.size();
  while (static_cast<std::size_t>(end - at) >= kBlock && block_is_ascii(at)) at += kBlock;
  while (static_cast<std::size_t>(end - at) >= kWord && (word_at(at) & kHighBits) == 0) at += kWord;
  while (at != end && *at < 0x80) ++at;
  return static_cast<std::size_t>(at - bytes.data());
}

Repertoire repertoire_of(View text) noexcept {
  if (text.width == 1)
    return is_ascii(text.units<std::uint8_t>()) ? Repertoire::kAscii : Repertoire::kLatin1;
  return with_units(text, [](auto units) { return widest_of(units); });
}

void copy_points(void* out, std::size_t out_width, View text) noexcept {
  if (text.size == 0) return;
  if (out_width == text.width) {
    std::memcpy(out, text.data, text.size * text.width);
    return;
  }
  with_units(text, [&](auto units) {
    if (out_width == 1)
      copy_units(static_cast<std::uint8_t*>(out), units);
    else if (out_width == 2)
      copy_units(static_cast<std::uint16_t*>(out), units);
    else
      copy_units(static_cast<std::uint32_t*>(out), units);
  });
}

}  // namespace orochi::inline OROCHI_DESIGN::text
