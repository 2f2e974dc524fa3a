// What int(), float() and complex() make of their arguments.
#include <optional>

#include "objects/model/error.h"
#include "objects/model/recursion.h"
#include "objects/number/float_text.h"
#include "objects/number/int_text.h"
#include "objects/text/unicode.h"
#include "objects/types/bytes_like.h"
#include "objects/types/char_room.h"
#include "objects/types/complex.h"
#include "objects/types/complex_text.h"
#include "objects/types/float.h"
#include "objects/types/float_conversion.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/number_methods.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A text with the digits and spaces of all scripts as those of ASCII.
class AsciiNumber {
 public:
  explicit AsciiNumber(const Str& text) noexcept : size_(text.size()), room_(text.size() + 1) {
    if (room_) text::to_ascii_number(room_.data(), text.view());
  }
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(room_); }
  [[nodiscard]] std::string_view view() const noexcept { return {room_.data(), size_}; }

 private:
  std::size_t size_;
  CharRoom room_;
};

[[nodiscard]] std::string_view chars_of(ByteSpan bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// --- int. ---

Raised raise_no_int(Value shown, std::int64_t base) noexcept {
  constexpr std::size_t kMostShown = 200;
  StrBuilder message;
  message.add("invalid literal for int() with base ");
  message.add_number(base);
  message.add(": ");
  const std::size_t size = message.size();
  if (failed(message.add_repr(shown))) return kRaised;
  if (message.size() > size + kMostShown) message.cut(size + kMostShown);
  return raise(ErrorKind::kValue, message);
}

// `shown`: what it was, for whoever reads the message.
[[nodiscard]] Ref<> int_from_ascii(std::string_view ascii, Value shown,
                                   std::int64_t base) noexcept {
  const int small_base = static_cast<int>(base);
  if (!integer::scan_int_text(ascii, small_base)) return raise_no_int(shown, base);
  return parse_int(ascii, small_base);
}

// Nothing, and no exception: it is neither a text nor bytes.
struct FromText {
  Ref<> number;
  bool is_text = false;
};
[[nodiscard]] FromText int_from_text(Value x, std::int64_t base) noexcept {
  if (const Str* const text = as_str(x)) {
    const AsciiNumber ascii(*text);
    return {ascii ? int_from_ascii(ascii.view(), x, base) : Ref<>(), true};
  }
  if (!is_bytes_like(x)) return {};
  BytesLike bytes;
  if (failed(bytes.take(x))) return {Ref<>(), true};
  return {int_from_ascii(chars_of(bytes.span()), bytes.bytes().value(), base), true};
}

[[nodiscard]] Status read_base(Value value, std::int64_t& base) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  base = index_of(number.value()).number;
  if (base == 0 || (base >= 2 && base <= integer::kMaxBase)) return Status::kDone;
  return raise(ErrorKind::kValue, {"int() base must be >= 2 and <= 36, or 0"});
}

// What x says that it is as an integer, or as a float. Requires: the slot is there.
[[nodiscard]] Ref<> ask_for(Value x, UnaryFunction slot, std::string_view method,
                            bool (*is_right)(Value) noexcept, std::string_view what) noexcept {
  const RecursionGuard guard;
  if (!guard) return kRaised;
  Ref<> answer = slot(x);
  if (!answer || is_right(answer.value())) return answer;
  return raise(ErrorKind::kType, {type_of(x).name(), ".", method, " returned non-", what, " (type ",
                                  type_of(answer.value()).name(), ")"});
}

[[nodiscard]] Ref<> ask_for_int(Value x, UnaryFunction slot, std::string_view method) noexcept {
  const Ref<> answer = ask_for(x, slot, method, is_int, "int");
  return answer ? int_positive(answer.value()) : Ref<>();
}

[[nodiscard]] Ref<> int_from_number(Value x) noexcept {
  const Protocols& slots = type_of(x).block().protocols();
  if (slots.to_int != nullptr) return ask_for_int(x, slots.to_int, "__int__");
  if (slots.index != nullptr) return ask_for_int(x, slots.index, "__index__");
  FromText read = int_from_text(x, 10);
  if (read.is_text) return std::move(read.number);
  return raise(ErrorKind::kType,
               {"int() argument must be a string, a bytes-like object or a real number, not '",
                type_of(x).name(), "'"});
}

// --- float. ---

[[nodiscard]] Ref<> float_of_int(Value number) noexcept {
  double nearest = 0;
  return failed(float_of(number, nearest)) ? Ref<>() : make_float(nearest);
}

[[nodiscard]] Ref<> float_from_ascii(std::string_view ascii, Value shown) noexcept {
  const std::size_t scratch = parse_double_scratch(ascii);
  const CharRoom room(scratch);
  if (!room) return kRaised;
  const std::optional<double> number = parse_double(ascii, {room.data(), scratch});
  if (number) return make_float(*number);
  StrBuilder message;
  message.add("could not convert string to float: ");
  if (failed(message.add_repr(shown))) return kRaised;
  return raise(ErrorKind::kValue, message);
}

[[nodiscard]] Ref<> float_from_bytes(Value x) noexcept {
  BytesLike bytes;
  if (failed(bytes.take(x))) return kRaised;
  return float_from_ascii(chars_of(bytes.span()), bytes.bytes().value());
}

[[nodiscard]] Ref<> float_from_text(const Str& text, Value x) noexcept {
  const AsciiNumber ascii(text);
  return ascii ? float_from_ascii(ascii.view(), x) : Ref<>();
}

// --- complex. ---

[[nodiscard]] Ref<> complex_from_text(const Str& text, Value imag) noexcept {
  if (!imag.is_empty())
    return raise(ErrorKind::kType, {"complex() can't take second arg if first is a string"});
  const AsciiNumber ascii(text);
  return ascii ? parse_complex(ascii.view()) : Ref<>();
}

[[nodiscard]] Status check_part(Value value, std::string_view refused) noexcept {
  if (value.is_empty() || is_number(value)) return Status::kDone;
  return raise(ErrorKind::kType, {refused, type_of(value).name(), "'"});
}
[[nodiscard]] Status read_part(Value value, ComplexNumber& part) noexcept {
  return value.is_empty() ? Status::kDone : complex_of(value, part);
}

}  // namespace

Ref<> int_from(Value x, Value base) noexcept {
  if (base.is_empty()) return x.is_empty() ? make_int(std::int64_t{0}) : int_from_number(x);
  if (x.is_empty()) return raise(ErrorKind::kType, {"int() missing string argument"});
  std::int64_t number = 0;
  if (failed(read_base(base, number))) return kRaised;
  FromText read = int_from_text(x, number);
  if (read.is_text) return std::move(read.number);
  return raise(ErrorKind::kType, {"int() can't convert non-string with explicit base"});
}

Ref<> float_from(Value x) noexcept {
  if (x.is_empty()) return make_float(0);
  if (const Str* const text = as_str(x)) return float_from_text(*text, x);
  const Protocols& slots = type_of(x).block().protocols();
  if (slots.to_float != nullptr) {
    const Ref<> answer = ask_for(x, slots.to_float, "__float__", is_float, "float");
    return answer ? make_float(as_float(answer.value())) : Ref<>();
  }
  if (slots.index != nullptr) {
    const Ref<> answer = ask_for_int(x, slots.index, "__index__");
    return answer ? float_of_int(answer.value()) : Ref<>();
  }
  if (is_bytes_like(x)) return float_from_bytes(x);
  return raise(ErrorKind::kType, {"float() argument must be a string or a real number, not '",
                                  type_of(x).name(), "'"});
}

// real + imag * 1j; a complex `imag` turns by a quarter.
Ref<> complex_from(Value real, Value imag) noexcept {
  const Str* const text = real.is_empty() ? nullptr : as_str(real);
  if (text != nullptr) return complex_from_text(*text, imag);
  if (!imag.is_empty() && as_str(imag) != nullptr)
    return raise(ErrorKind::kType, {"complex() second arg can't be a string"});
  if (failed(check_part(real, "complex() first argument must be a string or a number, not '")) ||
      failed(check_part(imag, "complex() second argument must be a number, not '")))
    return kRaised;
  ComplexNumber a;
  ComplexNumber b;
  if (failed(read_part(real, a)) || failed(read_part(imag, b))) return kRaised;
  if (imag.is_empty()) return make_complex(a);
  const bool is_turned = is_complex(imag);
  const bool has_imag = !real.is_empty() && is_complex(real);
  return make_complex({is_turned ? a.real - b.imag : a.real, has_imag ? b.real + a.imag : b.real});
}

}  // namespace orochi::inline OROCHI_DESIGN
