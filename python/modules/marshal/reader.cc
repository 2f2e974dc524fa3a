#include <bit>

#include "objects/model/error.h"
#include "objects/types/codec.h"
#include "objects/types/complex.h"
#include "objects/types/dict.h"
#include "objects/types/exception_type.h"
#include "objects/types/float.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/int_methods.h"
#include "objects/types/intern.h"
#include "objects/types/list.h"
#include "objects/types/set.h"
#include "objects/types/tuple.h"
#include "python/compiler/growing_array.h"
#include "python/modules/late_name.h"
#include "python/modules/marshal/marshal.h"

namespace orochi::inline OROCHI_DESIGN::marshal {
namespace {

constinit LateName g_surrogates("surrogatepass");

constexpr std::uint8_t kIsReferred = 0x80;  // other places may refer to the value

class Reader {
 public:
  explicit Reader(ByteSpan bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] Ref<> read_first() noexcept {
    seen_ = List::make();
    if (!seen_) return kRaised;
    Ref<> value = read();
    if (value || pending_kind() != ErrorKind::kNone) return value;
    return raise(ErrorKind::kType, {"NULL object in marshal data for object"});
  }
  [[nodiscard]] std::size_t used() const noexcept { return place_; }

 private:
  // Nothing, and no exception: the end of a dict.
  [[nodiscard]] Ref<> read() noexcept {
    if (++depth_ > kMostDepth) return raise(ErrorKind::kValue, {"recursion limit exceeded"});
    std::uint64_t code = 0;
    if (place_ == bytes_.size()) return raise(ErrorKind::kEof, {"EOF read where object expected"});
    if (failed(take_number(1, code))) return kRaised;
    const bool is_referred = (code & kIsReferred) != 0;
    const std::size_t number = seen_->size();
    if (is_referred && failed(seen_->append(Special::kNone))) return kRaised;
    Ref<> value = read_as(static_cast<char>(code & ~std::uint64_t{kIsReferred}));
    if (is_referred && value) static_cast<void>(seen_->set(signed_of(number), value.share()));
    --depth_;
    return value;
  }
  // One that has to be there.
  [[nodiscard]] Ref<> read_item() noexcept {
    Ref<> value = read();
    if (value || pending_kind() != ErrorKind::kNone) return value;
    return raise(ErrorKind::kType, {"NULL object in marshal data"});
  }

  [[nodiscard]] Ref<> read_as(char code) noexcept {
    switch (code) {
      case '0':
        return {};
      case 'N':
        return Special::kNone;
      case 'T':
        return Special::kTrue;
      case 'F':
        return Special::kFalse;
      case '.':
        return Special::kEllipsis;
      case 'S':
        return Ref<>::of(Value(&exception_type(BuiltinException::kStopIteration)));
      case 'i':
        return read_small();
      case 'l':
        return read_digits();
      case 'g':
        return read_float();
      case 'y':
        return read_complex();
      case 'r':
        return read_reference();
      case '{':
        return read_dict();
      default:
        return read_sized(code);
    }
  }

  [[nodiscard]] Ref<> read_sized(char code) noexcept {
    const bool is_short = code == 'z' || code == 'Z' || code == ')';
    std::uint64_t size = 0;
    if (std::string_view("suatAzZ()[<>").find(code) == std::string_view::npos)
      return refuse("unknown type code");
    if (failed(take_number(is_short ? 1 : 4, size))) return kRaised;
    if (size > INT32_MAX) return refuse("size out of range");
    switch (code) {
      case 's':
        return read_bytes(size);
      case 'u':
        return read_utf8(size, false);
      case 't':
        return read_utf8(size, true);
      case 'a':
      case 'z':
        return read_ascii(size, false);
      case 'A':
      case 'Z':
        return read_ascii(size, true);
      case '<':
      case '>':
        return read_set(size, code == '<' ? set_type() : frozenset_type());
      case '[':
        return read_list(size);
      default:
        return read_tuple(size);
    }
  }

  // --- Bytes. ---

  static Raised refuse(std::string_view why) noexcept {
    return raise(ErrorKind::kValue, {"bad marshal data (", why, ")"});
  }
  [[nodiscard]] static std::int64_t signed_of(std::size_t number) noexcept {
    return static_cast<std::int64_t>(number);
  }
  [[nodiscard]] Status take(std::size_t size, ByteSpan& part) noexcept {
    if (size > bytes_.size() - place_) return raise(ErrorKind::kEof, {"marshal data too short"});
    part = bytes_.subspan(place_, size);
    place_ += size;
    return Status::kDone;
  }
  [[nodiscard]] Status take_number(std::size_t size, std::uint64_t& number) noexcept {
    ByteSpan part;
    if (failed(take(size, part))) return kRaised;
    number = 0;
    for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{part[i]} << 8 * i;
    return Status::kDone;
  }

  // --- Values. ---

  [[nodiscard]] Ref<> read_small() noexcept {
    std::uint64_t bits = 0;
    if (failed(take_number(4, bits))) return kRaised;
    return make_int(std::int64_t{static_cast<std::int32_t>(bits)});
  }

  // Digits of 15 bits become bytes.
  [[nodiscard]] Ref<> read_digits() noexcept {
    std::uint64_t bits = 0;
    ByteSpan digits;
    if (failed(take_number(4, bits))) return kRaised;
    const std::int64_t count = static_cast<std::int32_t>(bits);
    const auto size = static_cast<std::size_t>(count < 0 ? -count : count);
    if (failed(take(2 * size, digits))) return kRaised;
    compiler::GrowingArray<std::uint8_t> out;
    std::uint32_t rest = 0;
    unsigned held = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t digit = digits[2 * i] | std::uint32_t{digits[2 * i + 1]} << 8;
      if (digit > 0x7FFF) return refuse("digit out of range in long");
      rest |= digit << held;
      for (held += 15; held >= 8; held -= 8, rest >>= 8) {
        if (!out.push(static_cast<std::uint8_t>(rest))) return raise_memory_error();
      }
    }
    if (!out.push(static_cast<std::uint8_t>(rest))) return raise_memory_error();
    Ref<> number =
        int_from_bytes({out.data(), out.size()}, integer::ByteOrder::kLittle, integer::Signed::kNo);
    return number && count < 0 ? int_negative(number.value()) : std::move(number);
  }

  [[nodiscard]] Ref<> read_float() noexcept {
    std::uint64_t bits = 0;
    return failed(take_number(8, bits)) ? Ref<>() : make_float(std::bit_cast<double>(bits));
  }
  [[nodiscard]] Ref<> read_complex() noexcept {
    std::uint64_t real = 0;
    std::uint64_t imaginary = 0;
    if (failed(take_number(8, real)) || failed(take_number(8, imaginary))) return kRaised;
    return make_complex({std::bit_cast<double>(real), std::bit_cast<double>(imaginary)});
  }

  [[nodiscard]] Ref<> read_reference() noexcept {
    std::uint64_t number = 0;
    Ref<> value;
    if (failed(take_number(4, number))) return kRaised;
    if (number >= seen_->size() || !seen_->get(signed_of(number), value) || value.value().is_none())
      return refuse("invalid reference");
    return value;
  }

  [[nodiscard]] Ref<> read_bytes(std::size_t size) noexcept {
    ByteSpan part;
    return failed(take(size, part)) ? Ref<>() : Ref<>(Bytes::of(part));
  }
  [[nodiscard]] static Ref<> name_of(Ref<Str> text, bool is_name) noexcept {
    return text && is_name ? Ref<>(intern(std::move(text))) : Ref<>(std::move(text));
  }
  [[nodiscard]] Ref<> read_ascii(std::size_t size, bool is_name) noexcept {
    ByteSpan part;
    return failed(take(size, part)) ? Ref<>() : name_of(Str::of_latin1(part), is_name);
  }
  [[nodiscard]] Ref<> read_utf8(std::size_t size, bool is_name) noexcept {
    ByteSpan part;
    Codec codec;
    Str* const errors = g_surrogates.get();
    if (errors == nullptr || failed(codec.take(Value(), Value(errors), "decode")) ||
        failed(take(size, part)))
      return kRaised;
    return name_of(codec.decode(part), is_name);
  }

  [[nodiscard]] Ref<> read_list(std::size_t size) noexcept {
    Ref<List> list = List::make();
    for (std::size_t i = 0; list && i < size; ++i) {
      Ref<> item = read_item();
      if (!item || failed(list->append(std::move(item)))) return kRaised;
    }
    return list;
  }
  // Whoever says that there are many has to bring them, so the room grows with what came.
  [[nodiscard]] Ref<> read_tuple(std::size_t size) noexcept {
    const Ref<> list = read_list(size);
    return list ? Ref<>(list.as<List>().to_tuple()) : Ref<>();
  }
  [[nodiscard]] Ref<> read_set(std::size_t size, Type& type) noexcept {
    Ref<Set> set = Set::make(type);
    for (std::size_t i = 0; set && i < size; ++i) {
      const Ref<> item = read_item();
      if (!item || failed(set->add(item.value()))) return kRaised;
    }
    return set;
  }
  [[nodiscard]] Ref<> read_dict() noexcept {
    Ref<Dict> dict = Dict::make();
    while (dict) {
      const Ref<> key = read();
      if (!key) break;
      Ref<> value = read_item();
      if (!value || failed(dict->set(key.value(), std::move(value)))) return kRaised;
    }
    return pending_kind() == ErrorKind::kNone ? Ref<>(std::move(dict)) : Ref<>();
  }

  const ByteSpan bytes_;
  std::size_t place_ = 0;
  int depth_ = 0;
  Ref<List> seen_;  // by number; None: it is not complete yet
};

}  // namespace

Ref<> read(ByteSpan bytes, std::size_t& used) noexcept {
  Reader reader(bytes);
  Ref<> value = reader.read_first();
  used = reader.used();
  return value;
}

}  // namespace orochi::inline OROCHI_DESIGN::marshal
