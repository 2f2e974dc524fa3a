#include "python/compiler/source.h"

#include <algorithm>
#include <cstring>

#include "objects/text/utf8.h"
#include "python/compiler/encoding.h"
#include "python/compiler/number_text.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Places in the text are 32 bits wide, and a newline and a NUL are still to come.
constexpr std::size_t kLargestSource = std::size_t{0xFFFF'FFF0};

class Decoder {
 public:
  Decoder(std::string_view bytes, Arena& arena, Diagnostics& diagnostics) noexcept
      : bytes_(bytes), arena_(arena), diagnostics_(diagnostics) {}

  bool decode(Source& source) {
    const bool marked = bytes_.substr(0, 3) == kByteOrderMark;
    if (marked) bytes_.remove_prefix(3);
    if (bytes_.find('\0') != std::string_view::npos)
      return refuse(ErrorKind::kValue, "source code string cannot contain null bytes");
    const std::string_view name = declared_encoding(bytes_);
    switch (encoding_by_name(name)) {
      case Encoding::kUtf8:
        return check_utf8() && copy(1, source);
      case Encoding::kAscii:
        return !clashes(marked, name) && check_ascii() && copy(1, source);
      case Encoding::kLatin1:
        return !clashes(marked, name) && copy(2, source);
      case Encoding::kUnknown:
        break;
    }
    return refuse(ErrorKind::kSyntax, arena_.join({"unknown encoding: ", name}));
  }

 private:
  bool refuse(ErrorKind kind, std::string_view message) {
    diagnostics_.set_error({kind, message, {}, 0, kind == ErrorKind::kSyntax ? -1 : 0, 0, 0});
    if (arena_.exhausted()) diagnostics_.out_of_memory();
    return false;
  }

  bool clashes(bool marked, std::string_view name) {
    if (!marked) return false;
    refuse(ErrorKind::kSyntax, arena_.join({"encoding problem: ", name, " with BOM"}));
    return true;
  }

  bool check_utf8() {
    const void* const bytes = bytes_.data();
    const text::Utf8Measure measure = text::measure_utf8(
        {static_cast<const std::uint8_t*>(bytes), bytes_.size()}, text::DecodeErrors::kStrict);
    if (measure.fault.reason == nullptr) return true;
    report_fault(measure.fault);
    return false;
  }

  void report_fault(const text::Fault& fault) {
    const std::string_view before = bytes_.substr(0, fault.begin);
    const std::size_t newline = before.rfind('\n');
    const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
    std::int32_t line = 1;
    for (const char byte : before) line += byte == '\n' ? 1 : 0;
    const Digits position(fault.begin - start);
    const Hex byte(static_cast<unsigned char>(bytes_[fault.begin]));
    const std::string_view message =
        arena_.join({"(unicode error) 'utf-8' codec can't decode byte 0x", byte.text(),
                     " in position ", position.text(), ": ", fault.reason});
    const auto column = static_cast<std::int32_t>(utf8::length(before.substr(start)));
    diagnostics_.set_error({ErrorKind::kSyntax, message, {}, line, column + 1, line, -1});
    if (arena_.exhausted()) diagnostics_.out_of_memory();
  }

  bool check_ascii() {
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      if (utf8::is_ascii(bytes_[i])) continue;
      const Digits position(i);
      const Hex byte(static_cast<unsigned char>(bytes_[i]));
      return refuse(ErrorKind::kSyntax,
                    arena_.join({"'ascii' codec can't decode byte 0x", byte.text(), " in position ",
                                 position.text(), ": ordinal not in range(128)"}));
    }
    return true;
  }

  // Lines end with \n from here on. `widest`: how many bytes a byte may become.
  bool copy(std::size_t widest, Source& source) {
    if (bytes_.size() > kLargestSource / widest) return out_of_memory();
    char* const text = arena_.allocate_array<char>(bytes_.size() * widest + 2);
    if (text == nullptr) return out_of_memory();
    char* end = widest == 1 ? copy_lines(text) : widen_lines(text);
    if (end != text && end[-1] != '\n') *end++ = '\n';
    *end = '\0';
    source.text = {text, static_cast<std::size_t>(end - text)};
    return true;
  }

  char* copy_lines(char* to) {
    std::string_view rest = bytes_;
    while (!rest.empty()) {
      const std::size_t line = std::min(rest.find('\r'), rest.size());
      std::memcpy(to, rest.data(), line);
      to += line;
      if (line == rest.size()) break;
      *to++ = '\n';
      rest.remove_prefix(line + (rest.substr(line, 2) == "\r\n" ? 2 : 1));
    }
    return to;
  }

  char* widen_lines(char* to) {
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      if (bytes_[i] == '\n' && i > 0 && bytes_[i - 1] == '\r') continue;
      const char byte = bytes_[i] == '\r' ? '\n' : bytes_[i];
      to += utf8::encode(static_cast<unsigned char>(byte), to);
    }
    return to;
  }

  bool out_of_memory() {
    diagnostics_.out_of_memory();
    return false;
  }

  std::string_view bytes_;
  Arena& arena_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool decode_source(std::string_view bytes, Arena& arena, Diagnostics& diagnostics,
                   Source& source) noexcept {
  return Decoder(bytes, arena, diagnostics).decode(source);
}

std::string_view line_of(std::string_view text, std::uint32_t number) noexcept {
  std::size_t start = 0;
  for (std::uint32_t line = 1; line < number; ++line) {
    const std::size_t newline = text.find('\n', start);
    if (newline == std::string_view::npos) return {};
    start = newline + 1;
  }
  const std::size_t newline = text.find('\n', start);
  return text.substr(start, newline == std::string_view::npos ? newline : newline + 1 - start);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
