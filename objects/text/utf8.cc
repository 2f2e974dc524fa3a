#include "objects/text/utf8.h"

#include <algorithm>
#include <cstring>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr const char* kInvalidStart = "invalid start byte";
constexpr const char* kInvalidContinuation = "invalid continuation byte";
constexpr const char* kUnexpectedEnd = "unexpected end of data";
constexpr CodePoint kReplacement = 0xFFFD;
constexpr CodePoint kByteSurrogates = 0xDC00;

// One sequence: a code point, or how many bytes are at fault and why.
struct Sequence {
  CodePoint point;
  std::size_t size;
  const char* fault = nullptr;
};

// Which second bytes follow a first one; the rest are 80 to BF always. Empty: it starts nothing.
struct SecondBytes {
  std::uint8_t low;
  std::uint8_t high;
  std::size_t size;  // of the whole sequence
};

constexpr SecondBytes second_bytes(std::uint8_t first) noexcept {
  if (first < 0xC2) return {1, 0, 1};
  if (first < 0xE0) return {0x80, 0xBF, 2};
  if (first == 0xE0) return {0xA0, 0xBF, 3};  // below: overlong
  if (first == 0xED) return {0x80, 0x9F, 3};  // above: surrogates
  if (first < 0xF0) return {0x80, 0xBF, 3};
  if (first == 0xF0) return {0x90, 0xBF, 4};  // below: overlong
  if (first < 0xF4) return {0x80, 0xBF, 4};
  if (first == 0xF4) return {0x80, 0x8F, 4};  // above: beyond U+10FFFF
  return {1, 0, 1};
}

constexpr bool is_continuation(std::uint8_t byte) noexcept { return (byte & 0xC0) == 0x80; }

// Reads a sequence that does not begin with an ASCII character.
Sequence read_sequence(Bytes bytes) noexcept {
  const std::uint8_t first = bytes[0];
  const SecondBytes second = second_bytes(first);
  if (second.low > second.high) return {0, 1, kInvalidStart};
  if (bytes.size() < 2) return {0, 1, kUnexpectedEnd};
  if (bytes[1] < second.low || bytes[1] > second.high) return {0, 1, kInvalidContinuation};
  // A first byte of n has 7 - n bits of the code point.
  CodePoint point = first & (0x7FU >> second.size);
  point = point << 6 | (bytes[1] & 0x3FU);
  for (std::size_t i = 2; i < second.size; ++i) {
    if (i == bytes.size()) return {0, i, kUnexpectedEnd};
    if (!is_continuation(bytes[i])) return {0, i, kInvalidContinuation};
    point = point << 6 | (bytes[i] & 0x3FU);
  }
  return {point, second.size};
}

bool begins_with_surrogate(Bytes bytes) noexcept {
  return bytes.size() >= 3 && bytes[0] == 0xED && bytes[1] >= 0xA0 && bytes[1] <= 0xBF &&
         is_continuation(bytes[2]);
}

CodePoint surrogate_at(Bytes bytes) noexcept {
  return 0xD000 | (bytes[1] & 0x3FU) << 6 | (bytes[2] & 0x3FU);
}

// Handles the fault at the front of `bytes`: returns how many were dealt with, 0 if none.
template <class Sink>
std::size_t handle(Bytes bytes, std::size_t faulty, DecodeErrors errors, Sink& sink) noexcept {
  const Bytes fault = bytes.first(faulty);
  switch (errors) {
    case DecodeErrors::kStrict:
      return 0;
    case DecodeErrors::kIgnore:
      return faulty;
    case DecodeErrors::kReplace:
      sink.point(kReplacement);
      return faulty;
    case DecodeErrors::kBackslashReplace:
      for (const std::uint8_t byte : fault) {
        const auto digits = "0123456789abcdef";
        for (const char c : {'\\', 'x', digits[byte >> 4], digits[byte & 0xF]})
          sink.point(static_cast<CodePoint>(c));
      }
      return faulty;
    case DecodeErrors::kSurrogateEscape:
      for (const std::uint8_t byte : fault) sink.point(kByteSurrogates + byte);
      return faulty;
    case DecodeErrors::kSurrogatePass:
      if (!begins_with_surrogate(bytes)) return 0;
      sink.point(surrogate_at(bytes));
      return 3;
  }
  return 0;
}

constexpr CodePoint two_bytes(const std::uint8_t* at) noexcept {
  return (at[0] & 0x1FU) << 6 | (at[1] & 0x3FU);
}
constexpr CodePoint three_bytes(const std::uint8_t* at) noexcept {
  return (at[0] & 0xFU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU);
}
constexpr CodePoint four_bytes(const std::uint8_t* at) noexcept {
  return (at[0] & 0x7U) << 18 | (at[1] & 0x3FU) << 12 | (at[2] & 0x3FU) << 6 | (at[3] & 0x3FU);
}

// Well-formed sequences of two and three bytes, which most are; size 0: look more carefully.
Sequence read_common(Bytes bytes) noexcept {
  const std::uint8_t* const at = bytes.data();
  if (bytes.size() < 3 || !is_continuation(at[1])) return {0, 0};
  if (at[0] >= 0xC2 && at[0] < 0xE0) return {two_bytes(at), 2};
  if ((at[0] & 0xF0) != 0xE0 || !is_continuation(at[2])) return {0, 0};
  const CodePoint point = three_bytes(at);
  if (point < 0x800 || is_surrogate(point)) return {0, 0};
  return {point, 3};
}

// Between letters of other scripts stand single spaces: only what is longer is worth a call.
std::size_t ascii_run(Bytes bytes) noexcept {
  constexpr std::size_t kShort = 8;
  std::size_t run = 1;
  while (run < bytes.size() && bytes[run] < 0x80) {
    if (++run == kShort) return run + ascii_prefix(bytes.subspan(run));
  }
  return run;
}

// Gives `sink` all of the text, in runs of ASCII and single code points; returns the fault.
template <class Sink>
Fault decode(Bytes bytes, DecodeErrors errors, Sink& sink) noexcept {
  std::size_t at = 0;
  while (at != bytes.size()) {
    const Bytes rest = bytes.subspan(at);
    if (rest[0] < 0x80) {
      const std::size_t run = ascii_run(rest);
      sink.ascii(rest.first(run));
      at += run;
      continue;
    }
    Sequence sequence = read_common(rest);
    if (sequence.size == 0) sequence = read_sequence(rest);
    if (sequence.fault == nullptr) {
      sink.point(sequence.point);
      at += sequence.size;
      continue;
    }
    const std::size_t handled = handle(rest, sequence.size, errors, sink);
    sink.handled();
    if (handled == 0) return {at, at + sequence.size, sequence.fault};
    at += handled;
  }
  return {};
}

// What was found to be well-formed is not looked at again.
template <class Unit>
void write_well_formed(Unit* out, Bytes bytes) noexcept {
  const std::uint8_t* at = bytes.data();
  const std::uint8_t* const end = at + bytes.size();
  while (at != end) {
    if (*at < 0x80) {
      const std::size_t run = ascii_run({at, end});
      out = std::copy_n(at, run, out);
      at += run;
    } else if (*at < 0xE0) {
      *out++ = static_cast<Unit>(two_bytes(at));
      at += 2;
    } else if (*at < 0xF0) {
      *out++ = static_cast<Unit>(three_bytes(at));
      at += 3;
    } else {
      *out++ = static_cast<Unit>(four_bytes(at));
      at += 4;
    }
  }
}

class Counter {
 public:
  void ascii(Bytes run) noexcept { size_ += run.size(); }
  void point(CodePoint point) noexcept {
    ++size_;
    bits_ |= point;
  }
  void handled() noexcept { well_formed_ = false; }
  [[nodiscard]] Utf8Measure measure(const Fault& fault) const noexcept {
    return {size_, repertoire_of(bits_), well_formed_, fault};
  }

 private:
  std::size_t size_ = 0;
  CodePoint bits_ = 0;  // of all of them; all that counts is which is the highest
  bool well_formed_ = true;
};

template <class Unit>
class Writer {
 public:
  explicit Writer(void* out) noexcept : at_(static_cast<Unit*>(out)) {}
  void ascii(Bytes run) noexcept { at_ = std::copy(run.begin(), run.end(), at_); }
  void point(CodePoint point) noexcept { *at_++ = static_cast<Unit>(point); }
  void handled() noexcept {}

 private:
  Unit* at_;
};

template <class Unit>
void write(void* out, const Utf8Measure& measure, Bytes bytes, DecodeErrors errors) noexcept {
  if (measure.well_formed) return write_well_formed(static_cast<Unit*>(out), bytes);
  Writer<Unit> writer{out};
  decode(bytes, errors, writer);
}

}  // namespace

bool is_incomplete(const Fault& fault) noexcept { return fault.reason == kUnexpectedEnd; }

Utf8Measure measure_utf8(Bytes bytes, DecodeErrors errors) noexcept {
  Counter counter;
  const Fault fault = decode(bytes, errors, counter);
  return counter.measure(fault);
}

void decode_utf8(void* out, const Utf8Measure& measure, Bytes bytes, DecodeErrors errors) noexcept {
  if (measure.fault.reason != nullptr) bytes = bytes.first(measure.fault.begin);
  if (measure.width() == 1)
    write<std::uint8_t>(out, measure, bytes, errors);
  else if (measure.width() == 2)
    write<std::uint16_t>(out, measure, bytes, errors);
  else
    write<std::uint32_t>(out, measure, bytes, errors);
}

}  // namespace orochi::inline OROCHI_DESIGN::text
