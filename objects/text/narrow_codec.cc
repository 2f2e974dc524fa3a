#include "objects/text/narrow_codec.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

constexpr CodePoint kReplacement = 0xFFFD;
constexpr CodePoint kEscapedBytes = 0xDC00;
constexpr char kHex[] = "0123456789abcdef";

[[nodiscard]] constexpr const char* reason_of(NarrowLimit limit) noexcept {
  return limit == NarrowLimit::kAscii ? "ordinal not in range(128)" : "ordinal not in range(256)";
}

// What stands for something that a codec has not; of size 0: nothing.
template <class Unit>
struct Stand {
  std::array<Unit, 10> units{};
  std::size_t size = 0;

  void add(Unit unit) noexcept { units[size++] = unit; }
  // In hexadecimal, so many digits.
  void add_digits(CodePoint number, unsigned digits) noexcept {
    while (digits-- != 0) add(static_cast<Unit>(kHex[number >> 4 * digits & 0xF]));
  }
};

// --- Decoding. ---

[[nodiscard]] bool can_decode(DecodeErrors errors) noexcept {
  return errors != DecodeErrors::kStrict && errors != DecodeErrors::kSurrogatePass;
}

[[nodiscard]] Stand<CodePoint> stand_for(std::uint8_t byte, DecodeErrors errors) noexcept {
  Stand<CodePoint> stand;
  if (errors == DecodeErrors::kReplace) stand.add(kReplacement);
  if (errors == DecodeErrors::kSurrogateEscape) stand.add(kEscapedBytes + byte);
  if (errors == DecodeErrors::kBackslashReplace) {
    stand.add('\\');
    stand.add('x');
    stand.add_digits(byte, 2);
  }
  return stand;
}

template <class Unit>
void decode(void* out, std::span<const std::uint8_t> bytes, DecodeErrors errors) noexcept {
  auto* next = static_cast<Unit*>(out);
  for (const std::uint8_t byte : bytes) {
    if (byte < 0x80) {
      *next++ = byte;
      continue;
    }
    const Stand<CodePoint> stand = stand_for(byte, errors);
    for (std::size_t i = 0; i < stand.size; ++i) *next++ = static_cast<Unit>(stand.units[i]);
  }
}

}  // namespace

AsciiMeasure measure_ascii(std::span<const std::uint8_t> bytes, DecodeErrors errors) noexcept {
  AsciiMeasure measure;
  CodePoint widest = 0;
  for (std::size_t at = ascii_prefix(bytes); at < bytes.size(); ++at) {
    if (bytes[at] < 0x80) continue;
    if (!can_decode(errors)) {
      measure.fault = {at, at + 1, reason_of(NarrowLimit::kAscii)};
      measure.size = at;
      return measure;
    }
    const Stand<CodePoint> stand = stand_for(bytes[at], errors);
    measure.size += stand.size - 1;  // added up, it is how many more there are than bytes
    for (std::size_t i = 0; i < stand.size; ++i) widest = std::max(widest, stand.units[i]);
  }
  measure.size += bytes.size();
  measure.repertoire = repertoire_of(widest);
  return measure;
}

void decode_ascii(void* out, const AsciiMeasure& measure, std::span<const std::uint8_t> bytes,
                  DecodeErrors errors) noexcept {
  if (bytes_per_point(measure.repertoire) == 1)
    decode<std::uint8_t>(out, bytes, errors);
  else
    decode<std::uint16_t>(out, bytes, errors);
}

// --- Encoding. ---

namespace {

[[nodiscard]] Stand<std::uint8_t> in_backslashes(CodePoint point) noexcept {
  Stand<std::uint8_t> stand;
  stand.add('\\');
  stand.add(point < 0x100 ? 'x' : point < 0x10000 ? 'u' : 'U');
  stand.add_digits(point, point < 0x100 ? 2 : point < 0x10000 ? 4 : 8);
  return stand;
}

[[nodiscard]] Stand<std::uint8_t> as_reference(CodePoint point) noexcept {
  std::array<char, 8> digits{};
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), point).ptr;
  Stand<std::uint8_t> stand;
  stand.add('&');
  stand.add('#');
  for (const char* digit = digits.data(); digit != end; ++digit)
    stand.add(static_cast<std::uint8_t>(*digit));
  stand.add(';');
  return stand;
}

[[nodiscard]] bool can_encode(CodePoint point, EncodeErrors errors) noexcept {
  if (errors == EncodeErrors::kSurrogateEscape) return point >= 0xDC80 && point <= 0xDCFF;
  return errors != EncodeErrors::kStrict && errors != EncodeErrors::kSurrogatePass;
}

[[nodiscard]] Stand<std::uint8_t> stand_for(CodePoint point, EncodeErrors errors) noexcept {
  if (errors == EncodeErrors::kBackslashReplace) return in_backslashes(point);
  if (errors == EncodeErrors::kXmlCharRefReplace) return as_reference(point);
  Stand<std::uint8_t> stand;
  if (errors == EncodeErrors::kReplace) stand.add('?');
  if (errors == EncodeErrors::kSurrogateEscape)
    stand.add(static_cast<std::uint8_t>(point - kEscapedBytes));
  return stand;
}

// A fault is all that the codec has not, from there on.
[[nodiscard]] Fault fault_at(View text, std::size_t begin, NarrowLimit limit) noexcept {
  std::size_t end = begin;
  while (end < text.size && text[end] >= static_cast<CodePoint>(limit)) ++end;
  return {begin, end, reason_of(limit)};
}

}  // namespace

NarrowSize measure_narrow(View text, NarrowLimit limit, EncodeErrors errors) noexcept {
  NarrowSize size;
  for (std::size_t at = 0; at < text.size; ++at) {
    const CodePoint point = text[at];
    if (point < static_cast<CodePoint>(limit)) {
      ++size.bytes;
    } else if (can_encode(point, errors)) {
      size.bytes += stand_for(point, errors).size;
    } else {
      size.fault = fault_at(text, at, limit);
      return size;
    }
  }
  return size;
}

std::uint8_t* encode_narrow(std::uint8_t* out, View text, NarrowLimit limit,
                            EncodeErrors errors) noexcept {
  for (std::size_t at = 0; at < text.size; ++at) {
    const CodePoint point = text[at];
    if (point < static_cast<CodePoint>(limit)) {
      *out++ = static_cast<std::uint8_t>(point);
      continue;
    }
    const Stand<std::uint8_t> stand = stand_for(point, errors);
    out = std::copy_n(stand.units.begin(), stand.size, out);
  }
  return out;
}

}  // namespace orochi::inline OROCHI_DESIGN::text
