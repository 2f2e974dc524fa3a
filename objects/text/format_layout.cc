#include "objects/text/format_layout.h"

#include <algorithm>

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

char sign_of(const FormatSpec& spec, bool negative) noexcept {
  if (negative) return '-';
  return spec.sign == '+' || spec.sign == ' ' ? spec.sign : '\0';
}

std::size_t separators(const FormatSpec& spec, std::size_t digits) noexcept {
  return spec.grouping == '\0' || digits == 0 ? 0 : (digits - 1) / spec.group_size();
}

std::size_t width_left(const FormatSpec& spec, std::size_t used) noexcept {
  const auto width = spec.width < 0 ? 0 : static_cast<std::size_t>(spec.width);
  return width > used ? width - used : 0;
}

// So many digits, with zeros before them, that with their separators they are not narrower than
// `width`; one wider, where a separator would be first.
std::size_t widened(const FormatSpec& spec, std::size_t digits, std::size_t width) noexcept {
  if (spec.grouping == '\0') return std::max(digits, width);
  const std::size_t period = spec.group_size() + 1;
  const std::size_t wanted = width - width / period + (width % period == 0 && width != 0 ? 1 : 0);
  return std::max(digits, wanted);
}

template <class Unit>
class Writer {
 public:
  explicit Writer(void* out) noexcept : out_(static_cast<Unit*>(out)) {}

  void put(CodePoint point) noexcept { *out_++ = static_cast<Unit>(point); }
  void put(CodePoint point, std::size_t count) noexcept {
    out_ = std::fill_n(out_, count, static_cast<Unit>(point));
  }
  void put(std::string_view text) noexcept {
    for (const char c : text) put(static_cast<unsigned char>(c));
  }
  // `count` digits, the missing ones zeros, with separators.
  void put_digits(const FormatSpec& spec, std::string_view digits, std::size_t count) noexcept {
    const std::size_t zeros = count - digits.size();
    for (std::size_t i = 0; i < count; ++i) {
      const bool begins_group = i != 0 && (count - i) % spec.group_size() == 0;
      if (spec.grouping != '\0' && begins_group) put(static_cast<unsigned char>(spec.grouping));
      put(i < zeros ? CodePoint{'0'} : static_cast<unsigned char>(digits[i - zeros]));
    }
  }

 private:
  Unit* out_;
};

template <class Unit>
void write(void* out, const NumberLayout& layout, const FormatSpec& spec,
           const NumberText& number) noexcept {
  Writer<Unit> writer{out};
  writer.put(spec.fill, layout.padding.left);
  if (layout.sign != '\0') writer.put(static_cast<unsigned char>(layout.sign));
  writer.put(number.prefix);
  writer.put(spec.fill, layout.inner);
  writer.put_digits(spec, number.digits, layout.digits);
  writer.put(number.rest);
  writer.put(spec.fill, layout.padding.right);
}

}  // namespace

Padding pad(const FormatSpec& spec, std::size_t size) noexcept {
  const std::size_t total = width_left(spec, size);
  if (spec.align == '<') return {0, total};
  if (spec.align == '^') return {total / 2, total - total / 2};
  return {total, 0};
}

NumberLayout lay_out(const FormatSpec& spec, const NumberText& number) noexcept {
  NumberLayout layout;
  layout.sign = sign_of(spec, number.negative);
  layout.digits = number.digits.size();
  const std::size_t beside =
      (layout.sign != '\0' ? 1 : 0) + number.prefix.size() + number.rest.size();
  const bool is_inner = spec.align == '=';
  if (is_inner && spec.fill == '0' && layout.digits != 0)
    layout.digits = widened(spec, layout.digits, width_left(spec, beside));
  layout.size = beside + layout.digits + separators(spec, layout.digits);
  if (is_inner)
    layout.inner = width_left(spec, layout.size);
  else
    layout.padding = pad(spec, layout.size);
  layout.size += layout.inner + layout.padding.left + layout.padding.right;
  return layout;
}

void write_number(void* out, std::size_t width, const NumberLayout& layout, const FormatSpec& spec,
                  const NumberText& number) noexcept {
  if (width == 1)
    write<std::uint8_t>(out, layout, spec, number);
  else if (width == 2)
    write<std::uint16_t>(out, layout, spec, number);
  else
    write<std::uint32_t>(out, layout, spec, number);
}

}  // namespace orochi::inline OROCHI_DESIGN::text
