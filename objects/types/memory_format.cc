#include "objects/types/memory_format.h"

#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytes.h"
#include "objects/types/float.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// act(Number{}), with what the items of an integer format are. Requires: it is one.
template <class Act>
decltype(auto) with_integer(char letter, Act act) noexcept {
  switch (letter) {
    case 'b':
      return act(static_cast<signed char>(0));
    case 'h':
      return act(short{0});
    case 'H':
      return act(static_cast<unsigned short>(0));
    case 'i':
      return act(0);
    case 'I':
      return act(0U);
    case 'l':
      return act(0L);
    case 'L':
      return act(0UL);
    case 'q':
      return act(0LL);
    case 'Q':
      return act(0ULL);
    case 'n':
      return act(std::ptrdiff_t{0});
    case 'N':
    case 'P':
      return act(std::size_t{0});
    default:
      return act(std::uint8_t{0});
  }
}

[[nodiscard]] std::size_t size_of(char letter) noexcept {
  constexpr std::string_view kIntegers = "BbHhIiLlQqNnP";
  if (kIntegers.find(letter) != std::string_view::npos)
    return with_integer(letter, [](auto number) { return sizeof number; });
  if (letter == 'c' || letter == '?') return 1;
  if (letter == 'f') return sizeof(float);
  return letter == 'd' ? sizeof(double) : 0;
}

template <class Number>
[[nodiscard]] Number load(const std::uint8_t* item) noexcept {
  Number number{};
  std::memcpy(&number, item, sizeof number);
  return number;
}

template <class Number>
[[nodiscard]] Ref<> read_integer(const std::uint8_t* item) noexcept {
  const Number number = load<Number>(item);
  if constexpr (std::is_signed_v<Number>) {
    return make_int(std::int64_t{number});
  } else {
    return make_size(number);
  }
}

// Nothing: it does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> narrowed(integer::View number) noexcept {
  const auto as_number = [](auto wide) -> std::optional<Number> {
    if (!wide || *wide < std::numeric_limits<Number>::min() ||
        *wide > std::numeric_limits<Number>::max())
      return std::nullopt;
    return static_cast<Number>(*wide);
  };
  if constexpr (std::is_signed_v<Number>) {
    return as_number(integer::to_int64(number));
  } else {
    return as_number(integer::to_uint64(number));
  }
}

// An address may be written as a negative number.
[[nodiscard]] bool is_negative(Value value) noexcept {
  if (!is_int(value)) return false;
  const IntView number(value);
  return number.view().negative;
}

}  // namespace

bool MemoryFormat::parse(const Str& text, MemoryFormat& format) noexcept {
  if (!text.is_ascii()) return false;
  std::string_view letters = text.ascii();
  format.has_at_ = letters.starts_with('@');
  if (format.has_at_) letters.remove_prefix(1);
  if (letters.size() != 1) return false;
  format.letter_ = format.with_at_[1] = letters[0];
  format.item_size_ = static_cast<std::uint8_t>(size_of(letters[0]));
  return format.item_size_ != 0;
}

Ref<> MemoryFormat::read(const std::uint8_t* item) const noexcept {
  switch (letter_) {
    case 'c':
      return Bytes::of_byte(*item);
    case '?':
      return Value::of_bool(*item != 0).as_special();
    case 'f':
      return make_float(double{load<float>(item)});
    case 'd':
      return make_float(load<double>(item));
    default:
      return with_integer(letter_,
                          [item](auto number) { return read_integer<decltype(number)>(item); });
  }
}

Status MemoryFormat::raise_invalid(std::string_view what) const noexcept {
  const ErrorKind kind = what == "type" ? ErrorKind::kType : ErrorKind::kValue;
  return raise(kind,
               {"memoryview: invalid ", what, " for format '", std::string_view(&letter_, 1), "'"});
}

template <class Number>
Status MemoryFormat::pack_integer(Value value, Packed& packed) const noexcept {
  if (!is_int(value)) return raise_invalid("type");
  const IntView view(value);
  const std::optional<Number> number = narrowed<Number>(view.view());
  if (!number) return raise_invalid("value");
  std::memcpy(packed.bytes, &*number, sizeof *number);
  return Status::kDone;
}

Status MemoryFormat::pack_float(Value value, Packed& packed) const noexcept {
  double number = 0;
  if (!is_float(value) && !is_int(value)) return raise_invalid("type");
  if (failed(float_of(value, number))) return kRaised;
  if (letter_ == 'd') {
    std::memcpy(packed.bytes, &number, sizeof number);
  } else {
    const auto narrow = static_cast<float>(number);
    std::memcpy(packed.bytes, &narrow, sizeof narrow);
  }
  return Status::kDone;
}

Status MemoryFormat::pack_character(Value value, Packed& packed) const noexcept {
  const Bytes* const bytes = as_bytes(value);
  if (bytes == nullptr) return raise_invalid("type");
  if (bytes->size() != 1) return raise_invalid("value");
  packed.bytes[0] = bytes->span()[0];
  return Status::kDone;
}

Status MemoryFormat::pack(Value value, Packed& packed) const noexcept {
  if (letter_ == 'c') return pack_character(value, packed);
  if (letter_ == 'f' || letter_ == 'd') return pack_float(value, packed);
  if (letter_ == 'P' && is_negative(value)) return pack_integer<std::ptrdiff_t>(value, packed);
  if (letter_ != '?')
    return with_integer(letter_,
                        [&](auto number) { return pack_integer<decltype(number)>(value, packed); });
  const Truth is_true = truth(value);
  packed.bytes[0] = is_true == Truth::kTrue ? 1 : 0;
  return failed(is_true) ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
