#include "python/modules/struct/format.h"

#include <algorithm>
#include <bit>
#include <new>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::structs {
namespace {

constinit Type* g_format = nullptr;  // written by make_format_type

struct Code {
  char letter;
  std::uint8_t native;    // width and alignment in this system's own layout
  std::uint8_t standard;  // width everywhere; 0: only native
};

constexpr Code kCodes[] = {
    {'x', 1, 1},
    {'b', 1, 1},
    {'B', 1, 1},
    {'s', 1, 1},
    {'p', 1, 1},
    {'c', 1, 1},
    {'?', sizeof(bool), 1},
    {'h', sizeof(short), 2},
    {'H', sizeof(short), 2},
    {'i', sizeof(int), 4},
    {'I', sizeof(int), 4},
    {'l', sizeof(long), 4},
    {'L', sizeof(long), 4},
    {'q', sizeof(long long), 8},
    {'Q', sizeof(long long), 8},
    {'n', sizeof(std::size_t), 0},
    {'N', sizeof(std::size_t), 0},
    {'P', sizeof(void*), 0},
    {'e', 2, 2},
    {'f', sizeof(float), 4},
    {'d', sizeof(double), 8},
};

[[nodiscard]] bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

// Goes through a format twice: to count, and to write down.
class FormatReader {
 public:
  explicit FormatReader(std::string_view text) noexcept : text_(text) {
    if (text_.empty()) return;
    const char prefix = text_[0];
    if (prefix != '@' && prefix != '=' && prefix != '<' && prefix != '>' && prefix != '!') return;
    start_ = 1;
    is_native_ = prefix == '@';
    if (prefix == '<') is_big_ = false;
    if (prefix == '>' || prefix == '!') is_big_ = true;
  }

  [[nodiscard]] Ref<Format> compile() noexcept {
    if (failed(read(nullptr))) return kRaised;
    const std::size_t count = count_;
    Ref<Format> format = new_object_with_trailing<Format>(*g_format, count * sizeof(Item), count,
                                                          is_big_, is_native_);
    if (!format) return kRaised;
    if (failed(read(reinterpret_cast<Item*>(format.get() + 1)))) return kRaised;
    format->size_ = size_;
    format->values_ = values_;
    return format;
  }

 private:
  [[nodiscard]] Status read(Item* items) noexcept {
    count_ = size_ = values_ = 0;
    for (std::size_t i = start_; i < text_.size(); ++i) {
      if (is_space(text_[i])) continue;
      std::size_t times = 1;
      if (is_digit(text_[i]) && failed(read_times(i, times))) return kRaised;
      if (failed(add(text_[i], times, items))) return kRaised;
    }
    return Status::kDone;
  }

  // Leaves `i` at the letter.
  [[nodiscard]] Status read_times(std::size_t& i, std::size_t& times) noexcept {
    std::int64_t number = 0;
    for (; i < text_.size() && is_digit(text_[i]); ++i) {
      if (__builtin_mul_overflow(number, 10, &number) ||
          __builtin_add_overflow(number, text_[i] - '0', &number))
        return raise_error({"total struct size too long"});
    }
    if (i == text_.size()) return raise_error({"repeat count given without format specifier"});
    times = static_cast<std::size_t>(number);
    return Status::kDone;
  }

  [[nodiscard]] std::size_t width_of(char letter) const noexcept {
    for (const Code& code : kCodes)
      if (code.letter == letter) return is_native_ ? code.native : code.standard;
    return 0;
  }

  [[nodiscard]] bool is_host(char letter, std::size_t width) const noexcept {
    if (is_native_ || width == 1) return true;
    const bool has_host_order = is_big_ == (std::endian::native == std::endian::big);
    const auto* const code = std::ranges::find(kCodes, letter, &Code::letter);
    return has_host_order && code->native == width;
  }

  [[nodiscard]] Status add(char letter, std::size_t times, Item* items) noexcept {
    const std::size_t width = width_of(letter);
    if (width == 0) return raise_error({"bad char in struct format"});
    if (is_native_) size_ = (size_ + width - 1) / width * width;
    const Item item{letter, static_cast<std::uint8_t>(width), is_host(letter, width), size_, times};
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(times, width, &bytes) ||
        __builtin_add_overflow(size_, bytes, &size_) || size_ > INT64_MAX)
      return raise_error({"total struct size too long"});
    if (letter == 'x' || (times == 0 && !item.is_text())) return Status::kDone;
    if (items != nullptr) new (items + count_) Item(item);
    ++count_;
    values_ += item.values();
    return Status::kDone;
  }

  const std::string_view text_;
  std::size_t start_ = 0;
  bool is_native_ = true;
  bool is_big_ = std::endian::native == std::endian::big;
  std::size_t count_ = 0;
  std::size_t size_ = 0;
  std::size_t values_ = 0;
};

Ref<Format> Format::compile(std::string_view text) noexcept {
  if (text.find('\0') != std::string_view::npos) return raise_error({"embedded null character"});
  return FormatReader(text).compile();
}

Status make_format_type() noexcept {
  g_format = make_native_type({.name = "_struct.Format", .layout = &layout_of<Format>});
  return g_format == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::structs
