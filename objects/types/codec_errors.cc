#include "objects/types/codec_errors.h"

#include <array>

#include "objects/model/error.h"
#include "objects/types/digits.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// In hexadecimal, with zeros up to `digits`.
class Hex {
 public:
  Hex(std::string_view before, text::CodePoint number, unsigned digits) noexcept {
    for (const char c : before) text_[size_++] = c;
    while (digits-- != 0) text_[size_++] = "0123456789abcdef"[number >> 4 * digits & 0xF];
  }
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

 private:
  std::array<char, 12> text_{};
  std::size_t size_ = 0;
};

[[nodiscard]] Hex escaped(text::CodePoint point) noexcept {
  if (point < 0x100) return {"\\x", point, 2};
  return point < 0x10000 ? Hex("\\u", point, 4) : Hex("\\U", point, 8);
}

}  // namespace

Raised raise_cannot_decode(std::string_view codec, text::ByteSpan bytes,
                           const text::Fault& fault) noexcept {
  const Digits begin(fault.begin);
  if (fault.end - fault.begin > 1)
    return raise(ErrorKind::kUnicodeDecode,
                 {"'", codec, "' codec can't decode bytes in position ", begin.text(), "-",
                  Digits(fault.end - 1).text(), ": ", fault.reason});
  return raise(ErrorKind::kUnicodeDecode,
               {"'", codec, "' codec can't decode byte ", Hex("0x", bytes[fault.begin], 2).text(),
                " in position ", begin.text(), ": ", fault.reason});
}

Raised raise_cannot_encode(std::string_view codec, text::View text,
                           const text::Fault& fault) noexcept {
  const Digits begin(fault.begin);
  if (fault.end - fault.begin > 1)
    return raise(ErrorKind::kUnicodeEncode,
                 {"'", codec, "' codec can't encode characters in position ", begin.text(), "-",
                  Digits(fault.end - 1).text(), ": ", fault.reason});
  return raise(ErrorKind::kUnicodeEncode,
               {"'", codec, "' codec can't encode character '", escaped(text[fault.begin]).text(),
                "' in position ", begin.text(), ": ", fault.reason});
}

}  // namespace orochi::inline OROCHI_DESIGN
