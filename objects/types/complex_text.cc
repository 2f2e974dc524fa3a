#include "objects/types/complex_text.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/number/float_text.h"
#include "objects/types/char_room.h"
#include "objects/types/number_format.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] bool is_sign(char c) noexcept { return c == '+' || c == '-'; }

// --- Reading. ---

// Each between two digits.
[[nodiscard]] bool has_good_underscores(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') continue;
    const bool is_between =
        i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (!is_between) return false;
  }
  return true;
}

// Reads a text from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }
  [[nodiscard]] char peek() const noexcept { return at_end() ? '\0' : text_.front(); }
  bool take_if(char wanted) noexcept {
    if (peek() != wanted || at_end()) return false;
    text_.remove_prefix(1);
    return true;
  }
  void skip_spaces() noexcept {
    while (!at_end() && (peek() == ' ' || (peek() >= '\t' && peek() <= '\r')))
      text_.remove_prefix(1);
  }
  [[nodiscard]] bool take_j() noexcept { return take_if('j') || take_if('J'); }
  // 1 or -1, by the sign that may stand there.
  [[nodiscard]] double take_sign() noexcept {
    const bool negative = take_if('-');
    if (!negative) static_cast<void>(take_if('+'));
    return negative ? -1 : 1;
  }

  // As much as makes a float; nothing: none begins here.
  [[nodiscard]] std::optional<double> take_float() noexcept {
    const std::string_view number = text_.substr(0, float_size());
    if (number.empty()) return std::nullopt;
    const CharRoom room(parse_double_scratch(number));
    if (!room) return std::nullopt;
    text_.remove_prefix(number.size());
    return parse_double(number, {room.data(), parse_double_scratch(number)});
  }

 private:
  [[nodiscard]] std::size_t digits_from(std::size_t at) const noexcept {
    while (at < text_.size() && (is_digit(text_[at]) || text_[at] == '_')) ++at;
    return at;
  }
  // "inf", "infinity" or "nan" in any case at this place: behind it; or the place itself.
  [[nodiscard]] std::size_t named_from(std::size_t at) const noexcept {
    for (const std::string_view name :
         {std::string_view("infinity"), std::string_view("inf"), std::string_view("nan")}) {
      const std::string_view here = text_.substr(at, name.size());
      const bool is_it = std::ranges::equal(here, name, {}, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      });
      if (is_it) return at + name.size();
    }
    return at;
  }
  // 0: none.
  [[nodiscard]] std::size_t float_size() const noexcept {
    const std::size_t begin = is_sign(peek()) ? 1 : 0;
    if (const std::size_t end = named_from(begin); end != begin) return end;
    std::size_t end = digits_from(begin);
    std::size_t digits = end - begin;
    if (end < text_.size() && text_[end] == '.') {
      const std::size_t fraction = digits_from(end + 1);
      digits += fraction - end - 1;
      end = fraction;
    }
    return digits == 0 ? 0 : with_exponent(end);
  }
  [[nodiscard]] std::size_t with_exponent(std::size_t end) const noexcept {
    if (end == text_.size() || (text_[end] != 'e' && text_[end] != 'E')) return end;
    std::size_t at = end + 1;
    if (at < text_.size() && is_sign(text_[at])) ++at;
    const std::size_t digits = digits_from(at);
    return digits == at ? end : digits;
  }

  std::string_view text_;
};

// What stands between the brackets. Nothing: it is no complex number.
[[nodiscard]] std::optional<ComplexNumber> read_parts(Reader& reader) noexcept {
  const std::optional<double> first = reader.take_float();
  if (!first) {
    const double sign = reader.take_sign();
    return reader.take_j() ? std::optional(ComplexNumber{0, sign}) : std::nullopt;
  }
  if (reader.take_j()) return ComplexNumber{0, *first};
  if (!is_sign(reader.peek())) return ComplexNumber{*first, 0};
  std::optional<double> second = reader.take_float();
  if (!second) second = reader.take_sign();
  return reader.take_j() ? std::optional(ComplexNumber{*first, *second}) : std::nullopt;
}

[[nodiscard]] std::optional<ComplexNumber> read_complex(std::string_view text) noexcept {
  Reader reader(text);
  reader.skip_spaces();
  const bool has_bracket = reader.take_if('(');
  if (has_bracket) reader.skip_spaces();
  const std::optional<ComplexNumber> number = read_parts(reader);
  reader.skip_spaces();
  if (has_bracket && !reader.take_if(')')) return std::nullopt;
  reader.skip_spaces();
  return reader.at_end() ? number : std::nullopt;
}

// --- Writing. ---

// Without the ".0" that a float would have.
void add_part(StrBuilder& out, double part, bool has_sign) noexcept {
  std::array<char, kDoubleReprRoom> text;
  const char* const end = print_double(text.data(), part);
  std::string_view shown(text.data(), static_cast<std::size_t>(end - text.data()));
  if (shown.ends_with(".0")) shown.remove_suffix(2);
  if (has_sign && shown.front() != '-') out.add("+");
  out.add(shown);
}

}  // namespace

Ref<> parse_complex(std::string_view text) noexcept {
  if (!has_good_underscores(text)) {
    const Ref<Str> shown = Str::of_ascii(text);
    StrBuilder message;
    message.add("could not convert string to complex: ");
    if (!shown || failed(message.add_repr(shown.value()))) return kRaised;
    return raise(ErrorKind::kValue, message);
  }
  const std::optional<ComplexNumber> number = read_complex(text);
  if (number) return make_complex(*number);
  if (pending_kind() == ErrorKind::kMemory) return kRaised;
  return raise(ErrorKind::kValue, {"complex() arg is a malformed string"});
}

Ref<Str> complex_repr(ComplexNumber number) noexcept {
  const bool is_imaginary = number.real == 0 && !std::signbit(number.real);
  StrBuilder out;
  if (!is_imaginary) {
    out.add("(");
    add_part(out, number.real, false);
  }
  add_part(out, number.imag, !is_imaginary);
  out.add(is_imaginary ? "j" : "j)");
  return out.finish();
}

// --- format(). ---

namespace {

// One part, with a sign and nothing around it.
[[nodiscard]] Ref<Str> formatted_part(const text::FormatSpec& spec, double part,
                                      char sign) noexcept {
  text::FormatSpec alone = spec;
  alone.fill = ' ';
  alone.align = '<';
  alone.width = -1;
  alone.sign = sign;
  if (alone.type == '\0' && alone.precision >= 0) alone.type = 'g';
  Ref<Str> shown = lay_out_double(alone, part);
  if (!shown || alone.type != '\0' || !shown->ascii().ends_with(".0")) return shown;
  const std::size_t cut = alone.alternate ? 1 : 2;  // # keeps the point
  return Str::of_ascii(shown->ascii().substr(0, shown->size() - cut));
}

}  // namespace

Ref<> format_complex(Value self, Value spec) noexcept {
  const Str* const text = read_spec_text(spec);
  if (text == nullptr) return kRaised;
  if (text->size() == 0) return str(self);
  text::FormatSpec read;
  if (!read_format_spec(self, *text, '\0', '>', read)) return kRaised;
  const text::FormatFault fault = text::check_complex_spec(read);
  if (fault != text::FormatFault::kNone) return raise_format_fault(fault, read, self);
  const ComplexNumber number = as_complex(self);
  const bool is_plain = read.type == '\0';
  const bool has_real = !is_plain || number.real != 0 || std::signbit(number.real);
  const Ref<Str> real = formatted_part(read, number.real, read.sign);
  if (!real) return kRaised;
  const Ref<Str> imag = formatted_part(read, number.imag, has_real ? '+' : read.sign);
  if (!imag) return kRaised;
  StrBuilder out;
  if (is_plain && has_real) out.add("(");
  if (has_real) out.add(*real);
  out.add(*imag);
  out.add(is_plain && has_real ? "j)" : "j");
  const Ref<Str> whole = out.finish();
  read.precision = -1;
  return whole ? Ref<>(lay_out_text(read, *whole)) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
