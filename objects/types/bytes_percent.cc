#include "objects/types/bytes_percent.h"

#include "objects/model/error.h"
#include "objects/types/attribute.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/bytes_like.h"
#include "objects/types/format.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/percent_format.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Each byte as the code point of its number.
[[nodiscard]] Ref<Str> text_of(ByteSpan bytes) noexcept { return Str::of(text::view_of(bytes)); }

[[nodiscard]] Ref<Str> text_of_bytes_like(Value value) noexcept {
  BytesLike bytes;
  return failed(bytes.take(value)) ? Ref<Str>() : text_of(bytes.span());
}

[[nodiscard]] bool is_bytes_or_bytearray(Value value) noexcept {
  return as_bytes(value) != nullptr || as_bytearray(value) != nullptr;
}

// --- %b, which is %s too. ---

// Done and nothing: the value has no __bytes__.
[[nodiscard]] Status ask_for_bytes(Value value, Ref<>& bytes) noexcept {
  const Ref<Str> name = intern("__bytes__");
  bool found = false;
  if (!name) return kRaised;
  bytes = call_special({&value, 1}, *name, found);
  if (!found) return Status::kDone;
  if (!bytes || as_bytes(bytes.value()) != nullptr) return bytes ? Status::kDone : Status::kFailed;
  return raise(ErrorKind::kType,
               {"__bytes__ returned non-bytes (type ", type_of(bytes.value()).name(), ")"});
}

[[nodiscard]] Ref<Str> bytes_in(Value value) noexcept {
  if (is_bytes_or_bytearray(value)) return text_of_bytes_like(value);
  Ref<> bytes;
  if (failed(ask_for_bytes(value, bytes))) return kRaised;
  if (bytes) return text_of(as_bytes(bytes.value())->span());
  if (is_bytes_like(value)) return text_of_bytes_like(value);
  return raise(ErrorKind::kType,
               {"%b requires a bytes-like object, or an object that implements __bytes__, not '",
                type_of(value).name(), "'"});
}

// --- %c. ---

[[nodiscard]] Ref<Str> one_byte(Value value) noexcept {
  if (is_bytes_or_bytearray(value)) {
    Ref<Str> text = text_of_bytes_like(value);
    if (!text || text->size() == 1) return text;
  } else if (is_int(value)) {
    const Index index = index_of(value);
    if (index.number < 0 || index.number > 255)
      return raise(ErrorKind::kOverflow, {"%c arg not in range(256)"});
    return Str::of_character(static_cast<text::CodePoint>(index.number));
  }
  return raise(ErrorKind::kType, {"%c requires an integer in range(256) or a single byte"});
}

// --- All. ---

[[nodiscard]] Ref<Str> lay_out(const PercentSpec& spec, const Ref<Str>& text,
                               PercentText how) noexcept {
  return text ? lay_out_percent(spec, *text, how) : Ref<Str>();
}

[[nodiscard]] Ref<Str> format_one(const PercentReader& reader, const PercentSpec& spec,
                                  Value value) noexcept {
  if (is_percent_number(spec)) return format_percent_number(spec, value);
  switch (spec.type) {
    case 'b':
    case 's':
      return lay_out(spec, bytes_in(value), PercentText::kCut);
    case 'a':
    case 'r':
      return lay_out(spec, convert(value, Conversion::kAscii).cast<Str>(), PercentText::kCut);
    case 'c':
      return lay_out(spec, one_byte(value), PercentText::kWhole);
    default:
      return reader.raise_unsupported(spec);
  }
}

// Of a part of the format, which is bytes.
[[nodiscard]] Ref<> key_of(text::View name) noexcept {
  return Bytes::of({static_cast<const std::uint8_t*>(name.data), name.size});
}

}  // namespace

Ref<Str> format_bytes_percent(ByteSpan format, Value arguments) noexcept {
  return format_percent(text::view_of(format), {arguments, PercentArguments::Kind::kBytes}, key_of,
                        format_one);
}

}  // namespace orochi::inline OROCHI_DESIGN
