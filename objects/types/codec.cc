#include "objects/types/codec.h"

#include <algorithm>
#include <array>
#include <optional>

#include "objects/model/error.h"
#include "objects/text/narrow_codec.h"
#include "objects/text/utf8.h"
#include "objects/types/codec_errors.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::DecodeErrors;
using text::EncodeErrors;

// --- Names of encodings. ---

struct EncodingName {
  std::string_view name;
  Encoding encoding;
};
// As written below: lower case, with - between words.
constexpr EncodingName kEncodings[] = {
    {"utf-8", Encoding::kUtf8},        {"utf8", Encoding::kUtf8},
    {"u8", Encoding::kUtf8},           {"utf", Encoding::kUtf8},
    {"cp65001", Encoding::kUtf8},      {"ascii", Encoding::kAscii},
    {"us-ascii", Encoding::kAscii},    {"646", Encoding::kAscii},
    {"latin-1", Encoding::kLatin1},    {"latin1", Encoding::kLatin1},
    {"latin", Encoding::kLatin1},      {"l1", Encoding::kLatin1},
    {"iso-8859-1", Encoding::kLatin1}, {"iso8859-1", Encoding::kLatin1},
    {"8859", Encoding::kLatin1},       {"cp819", Encoding::kLatin1},
};
constexpr std::size_t kLongestName = 16;

[[nodiscard]] constexpr std::string_view name_of(Encoding encoding) noexcept {
  if (encoding == Encoding::kUtf8) return "utf-8";
  return encoding == Encoding::kAscii ? "ascii" : "latin-1";
}

[[nodiscard]] char normalized(char c) noexcept {
  if (c == '_' || c == ' ') return '-';
  return static_cast<char>(text::to_ascii_lower(static_cast<std::uint8_t>(c)));
}

[[nodiscard]] std::optional<Encoding> find_encoding(std::string_view written) noexcept {
  std::array<char, kLongestName> letters{};
  if (written.size() > letters.size()) return std::nullopt;
  std::ranges::transform(written, letters.begin(), normalized);
  const std::string_view name(letters.data(), written.size());
  const auto* const found = std::ranges::find(kEncodings, name, &EncodingName::name);
  if (found == std::end(kEncodings)) return std::nullopt;
  return found->encoding;
}

[[nodiscard]] Status check_text(Value value, std::string_view function,
                                std::string_view parameter) noexcept {
  if (value.is_empty() || as_str(value) != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {function, "() argument '", parameter, "' must be str, not ",
                                  type_of(value).name()});
}

// --- Names of handlers. ---

template <class Errors>
struct HandlerName {
  std::string_view name;
  Errors errors;
};
constexpr HandlerName<DecodeErrors> kDecodeHandlers[] = {
    {"strict", DecodeErrors::kStrict},
    {"ignore", DecodeErrors::kIgnore},
    {"replace", DecodeErrors::kReplace},
    {"backslashreplace", DecodeErrors::kBackslashReplace},
    {"surrogateescape", DecodeErrors::kSurrogateEscape},
    {"surrogatepass", DecodeErrors::kSurrogatePass},
};
constexpr HandlerName<EncodeErrors> kEncodeHandlers[] = {
    {"strict", EncodeErrors::kStrict},
    {"ignore", EncodeErrors::kIgnore},
    {"replace", EncodeErrors::kReplace},
    {"backslashreplace", EncodeErrors::kBackslashReplace},
    {"xmlcharrefreplace", EncodeErrors::kXmlCharRefReplace},
    {"surrogateescape", EncodeErrors::kSurrogateEscape},
    {"surrogatepass", EncodeErrors::kSurrogatePass},
};

[[nodiscard]] std::string_view ascii_of(const Str& name) noexcept {
  return name.is_ascii() ? name.ascii() : std::string_view();
}

// Strict if there is no name; nothing: there is no such handler.
template <class Handlers>
[[nodiscard]] auto find_handler(const Str* name, const Handlers& handlers) noexcept {
  using Errors = decltype(handlers[0].errors);
  if (name == nullptr) return std::optional<std::remove_cv_t<Errors>>(handlers[0].errors);
  for (const auto& handler : handlers) {
    if (handler.name == ascii_of(*name))
      return std::optional<std::remove_cv_t<Errors>>(handler.errors);
  }
  return std::optional<std::remove_cv_t<Errors>>();
}

// Of a text in which there is something to be handled.
Raised raise_no_handler(const Str& name, std::string_view error) noexcept {
  const bool is_for_others =
      std::ranges::find(kEncodeHandlers, ascii_of(name), &HandlerName<EncodeErrors>::name) !=
      std::end(kEncodeHandlers);
  if (is_for_others)
    return raise(ErrorKind::kType, {"don't know how to handle ", error, " in error callback"});
  return raise(ErrorKind::kLookup, {"unknown error handler name '", Utf8Text(name).view(), "'"});
}

}  // namespace

Status Codec::check(Value encoding, Value errors, std::string_view function) noexcept {
  if (failed(check_text(encoding, function, "encoding"))) return kRaised;
  return check_text(errors, function, "errors");
}

Status Codec::take(Value encoding, Value errors, std::string_view function) noexcept {
  if (failed(check(encoding, errors, function))) return kRaised;
  errors_ = as_str(errors);
  const Str* const name = as_str(encoding);
  if (name == nullptr) return Status::kDone;
  const std::optional<Encoding> found = find_encoding(ascii_of(*name));
  if (!found) return raise(ErrorKind::kLookup, {"unknown encoding: ", Utf8Text(*name).view()});
  encoding_ = *found;
  return Status::kDone;
}

// --- Decoding. ---

Ref<Str> Codec::decode(ByteSpan bytes) const noexcept {
  switch (encoding_) {
    case Encoding::kUtf8:
      return decode_utf8(bytes);
    case Encoding::kAscii:
      return decode_ascii(bytes);
    case Encoding::kLatin1:
      break;
  }
  return Str::of_latin1(bytes);
}

Ref<Str> Codec::decode_utf8(ByteSpan bytes) const noexcept {
  const auto handler = find_handler(errors_, kDecodeHandlers);
  const DecodeErrors errors = handler.value_or(DecodeErrors::kStrict);
  const text::Utf8Measure measure = text::measure_utf8(bytes, errors);
  if (measure.fault.reason != nullptr) {
    if (!handler) return raise_no_handler(*errors_, "UnicodeDecodeError");
    return raise_cannot_decode("utf-8", bytes, measure.fault);
  }
  if (measure.size == 0) return Str::empty();
  Ref<Str> made = Str::make_blank(measure.size, measure.repertoire);
  if (made) text::decode_utf8(made->writable(), measure, bytes, errors);
  return made;
}

Ref<Str> Codec::decode_ascii(ByteSpan bytes) const noexcept {
  const auto handler = find_handler(errors_, kDecodeHandlers);
  const DecodeErrors errors = handler.value_or(DecodeErrors::kStrict);
  const text::AsciiMeasure measure = text::measure_ascii(bytes, errors);
  if (measure.fault.reason != nullptr) {
    if (!handler) return raise_no_handler(*errors_, "UnicodeDecodeError");
    return raise_cannot_decode("ascii", bytes, measure.fault);
  }
  if (measure.size == 0) return Str::empty();
  Ref<Str> made = Str::make_blank(measure.size, measure.repertoire);
  if (made) text::decode_ascii(made->writable(), measure, bytes, errors);
  return made;
}

// --- Encoding. ---

Ref<Bytes> Codec::encode(const Str& text) const noexcept {
  const bool is_latin1 = encoding_ == Encoding::kLatin1 && text.width() == 1;
  if (text.is_ascii() || is_latin1) return Bytes::of(text.bytes());
  return encoding_ == Encoding::kUtf8 ? encode_utf8(text) : encode_narrow(text);
}

Ref<Bytes> Codec::encode_utf8(const Str& text) const noexcept {
  const auto handler = find_handler(errors_, kEncodeHandlers);
  const EncodeErrors errors = handler.value_or(EncodeErrors::kStrict);
  const text::Utf8Size size = text::measure_encoded(text.view(), errors);
  if (size.fault.reason != nullptr) {
    if (!handler) return raise_no_handler(*errors_, "UnicodeEncodeError");
    return raise_cannot_encode("utf-8", text.view(), size.fault);
  }
  Ref<Bytes> made = Bytes::make_blank(size.bytes);
  if (made) text::encode_utf8(made->writable(), text.view(), errors);
  return made;
}

Ref<Bytes> Codec::encode_narrow(const Str& text) const noexcept {
  const auto handler = find_handler(errors_, kEncodeHandlers);
  const EncodeErrors errors = handler.value_or(EncodeErrors::kStrict);
  const auto limit =
      encoding_ == Encoding::kAscii ? text::NarrowLimit::kAscii : text::NarrowLimit::kLatin1;
  const text::NarrowSize size = text::measure_narrow(text.view(), limit, errors);
  if (size.fault.reason != nullptr) {
    if (!handler) return raise_no_handler(*errors_, "UnicodeEncodeError");
    return raise_cannot_encode(name_of(encoding_), text.view(), size.fault);
  }
  Ref<Bytes> made = Bytes::make_blank(size.bytes);
  if (made) text::encode_narrow(made->writable(), text.view(), limit, errors);
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
