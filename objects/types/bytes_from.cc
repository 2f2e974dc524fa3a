#include "objects/types/bytes_from.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/byte_operands.h"
#include "objects/types/codec.h"
#include "objects/types/digits.h"
#include "objects/types/each_item.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/intern.h"
#include "objects/types/memoryview.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What differs between the two types.
struct Words {
  std::string_view kind;
  std::string_view range_error;
  bool asks_for_bytes;
};
constexpr Words kOfBytes{"bytes", "bytes must be in range(0, 256)", true};
constexpr Words kOfBytearrays{"bytearray", "byte must be in range(0, 256)", false};

[[nodiscard]] Ref<Bytes> bytes_of_numbers(Value iterable, std::string_view range_error) noexcept {
  const Ref<Bytearray> all = Bytearray::make(bytearray_type());
  if (!all) return kRaised;
  const Status done = for_each_item(iterable, [&](Value item) noexcept -> Status {
    std::uint8_t byte = 0;
    if (failed(read_byte(item, byte))) {
      if (pending_kind() == ErrorKind::kValue) return raise(ErrorKind::kValue, {range_error});
      return kRaised;
    }
    return all->append(byte);
  });
  if (failed(done)) return kRaised;
  return all->read([](ByteSpan bytes) { return Bytes::of(bytes); });
}

[[nodiscard]] bool is_iterable(Value value) noexcept {
  return type_of(value).block().protocols().iter != nullptr;
}

// So many zeros.
[[nodiscard]] Ref<Bytes> zeros(const Index& count) noexcept {
  if (count.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"cannot fit 'int' into an index-sized integer"});
  if (count.number < 0) return raise(ErrorKind::kValue, {"negative count"});
  Ref<Bytes> made = Bytes::make_blank(static_cast<std::size_t>(count.number));
  if (made) std::fill_n(made->writable(), made->size(), std::uint8_t{0});
  return made;
}

// What it says that its bytes are; nothing and not failed: it says nothing.
[[nodiscard]] Status ask_for_bytes(Value source, Ref<Bytes>& bytes) noexcept {
  const Ref<Str> name = intern("__bytes__");
  if (!name) return kRaised;
  const Ref<> method = type_of(source).find(*name);
  if (!method) return Status::kDone;
  Ref<> answer = call(method.value(), {&source, 1, nullptr});
  if (!answer) return kRaised;
  if (as_bytes(answer.value()) == nullptr)
    return raise(ErrorKind::kType,
                 {"__bytes__ returned non-bytes (type ", type_of(answer.value()).name(), ")"});
  bytes = std::move(answer).cast<Bytes>();
  return Status::kDone;
}

[[nodiscard]] Ref<Bytes> without_encoding(Value source, const Words& words) noexcept {
  if (source.is_empty()) return Bytes::empty();
  if (words.asks_for_bytes && as_exact_bytes(source) == nullptr) {
    Ref<Bytes> bytes;
    if (failed(ask_for_bytes(source, bytes)) || bytes) return bytes;
  }
  if (as_str(source) != nullptr)
    return raise(ErrorKind::kType, {"string argument without an encoding"});
  Ref<> count;
  if (failed(find_index(source, count))) return kRaised;
  if (count) return zeros(index_of(count.value()));
  return bytes_of_any(source, words.range_error, words.kind);
}

[[nodiscard]] Ref<Bytes> from(Value source, Value encoding, Value errors,
                              const Words& words) noexcept {
  if (encoding.is_empty() && errors.is_empty()) return without_encoding(source, words);
  if (failed(Codec::check(encoding, errors, words.kind))) return kRaised;
  Str* const text = as_str(source);
  if (text == nullptr) {
    const std::string_view what = encoding.is_empty() ? "errors" : "encoding";
    return raise(ErrorKind::kType, {what, " without a string argument"});
  }
  if (encoding.is_empty()) return raise(ErrorKind::kType, {"string argument without an encoding"});
  Codec codec;
  if (failed(codec.take(encoding, errors, words.kind))) return kRaised;
  return codec.encode(*text);
}

}  // namespace

Ref<Bytes> bytes_of_any(Value source, std::string_view range_error,
                        std::string_view kind) noexcept {
  if (Memoryview* const view = as_memoryview(source)) return view->to_bytes();
  BytesLike bytes;
  if (is_bytes_like(source))
    return failed(bytes.take(source)) ? Ref<Bytes>() : std::move(bytes.bytes());
  if (is_iterable(source)) return bytes_of_numbers(source, range_error);
  return raise(ErrorKind::kType,
               {"cannot convert '", type_of(source).name(), "' object to ", kind});
}

Ref<Bytes> bytes_from(Value source, Value encoding, Value errors) noexcept {
  return from(source, encoding, errors, kOfBytes);
}

Ref<Bytes> bytes_for_bytearray(Value source, Value encoding, Value errors) noexcept {
  return from(source, encoding, errors, kOfBytearrays);
}

// --- Hexadecimal. ---

namespace {

Raised raise_no_digit(std::size_t at) noexcept {
  return raise(ErrorKind::kValue,
               {"non-hexadecimal number found in fromhex() arg at position ", Digits(at).text()});
}

// 16: none, or there is none any more.
[[nodiscard]] unsigned digit_at(text::View text, std::size_t at) noexcept {
  return at < text.size && text[at] < 0x80 ? text::hex_value(static_cast<std::uint8_t>(text[at]))
                                           : 16;
}

}  // namespace

Ref<Bytes> bytes_from_hex(const Str& digits) noexcept {
  const text::View text = digits.view();
  const Ref<Bytearray> all = Bytearray::make_blank(text.size / 2);
  if (!all) return kRaised;
  std::uint8_t* out = all->writable();
  for (std::size_t at = 0;;) {
    while (at < text.size && text[at] < 0x80 &&
           text::is_ascii_space(static_cast<std::uint8_t>(text[at])))
      ++at;
    if (at == text.size) break;
    const unsigned high = digit_at(text, at);
    if (high == 16) return raise_no_digit(at);
    const unsigned low = digit_at(text, at + 1);
    if (low == 16) return raise_no_digit(at + 1);
    *out++ = static_cast<std::uint8_t>(high << 4 | low);
    at += 2;
  }
  return Bytes::of({all->writable(), out});
}

}  // namespace orochi::inline OROCHI_DESIGN
