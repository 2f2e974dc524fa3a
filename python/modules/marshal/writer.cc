#include <bit>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_like.h"
#include "objects/types/codec.h"
#include "objects/types/complex.h"
#include "objects/types/dict.h"
#include "objects/types/each_item.h"
#include "objects/types/exception_type.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/set.h"
#include "objects/types/tuple.h"
#include "python/compiler/growing_array.h"
#include "python/modules/late_name.h"
#include "python/modules/marshal/marshal.h"

namespace orochi::inline OROCHI_DESIGN::marshal {
namespace {

constinit LateName g_surrogates("surrogatepass");

class Writer {
 public:
  [[nodiscard]] Status write(Value value) noexcept {
    if (++depth_ > kMostDepth)
      return raise(ErrorKind::kValue, {"object too deeply nested to marshal"});
    const Status done = write_any(value);
    --depth_;
    return done;
  }
  [[nodiscard]] Ref<Bytes> finish() noexcept {
    if (!has_memory_) return raise_memory_error();
    return Bytes::of({bytes_.data(), bytes_.size()});
  }

 private:
  [[nodiscard]] Status write_any(Value value) noexcept {
    if (value.is_special()) return write_special(value);
    const Type& type = type_of(value);
    if (&type == &int_type()) return write_int(value);
    if (&type == &float_type()) return write_float('g', as_float(value));
    if (&type == &complex_type()) return write_complex(value);
    if (&type == &str_type()) return write_str(static_cast<Str&>(*value.object()));
    if (&type == &tuple_type()) return write_tuple(static_cast<Tuple&>(*value.object()));
    if (&type == &list_type()) return write_list(*as_list(value));
    if (&type == &dict_type()) return write_dict(*as_dict(value));
    if (&type == &set_type()) return write_set('<', value);
    if (&type == &frozenset_type()) return write_set('>', value);
    if (value == Value(&exception_type(BuiltinException::kStopIteration))) return put('S');
    if (is_bytes_like(value)) return write_bytes(value);
    return refuse();
  }

  [[nodiscard]] static Status refuse() noexcept {
    return raise(ErrorKind::kValue, {"unmarshallable object"});
  }

  // --- Bytes. Without memory `finish` says so. ---

  Status put(char byte) noexcept {
    has_memory_ = bytes_.push(static_cast<std::uint8_t>(byte)) && has_memory_;
    return Status::kDone;
  }
  void put_number(std::uint64_t number, unsigned size) noexcept {
    for (unsigned i = 0; i < size; ++i) static_cast<void>(put(static_cast<char>(number >> 8 * i)));
  }
  [[nodiscard]] Status put_all(ByteSpan bytes) noexcept {
    has_memory_ = bytes_.append(bytes.data(), bytes.size()) && has_memory_;
    return Status::kDone;
  }
  [[nodiscard]] Status put_size(char kind, std::size_t size) noexcept {
    if (size > INT32_MAX) return refuse();
    static_cast<void>(put(kind));
    put_number(size, 4);
    return Status::kDone;
  }

  // --- Values. ---

  [[nodiscard]] Status write_special(Value value) noexcept {
    if (value.is_none()) return put('N');
    if (value.is_bool()) return put(value.is(Special::kTrue) ? 'T' : 'F');
    return value.is(Special::kEllipsis) ? put('.') : refuse();
  }

  [[nodiscard]] Status write_int(Value value) noexcept {
    if (value.is_int() && value.as_int() >= INT32_MIN && value.as_int() <= INT32_MAX) {
      static_cast<void>(put('i'));
      put_number(static_cast<std::uint64_t>(value.as_int()), 4);
      return Status::kDone;
    }
    return write_digits(IntView(value));
  }

  // Digits of 15 bits, the least first; how many there are has the sign.
  [[nodiscard]] Status write_digits(const IntView& number) noexcept {
    constexpr unsigned kDigit = 15;
    const integer::View view = number.view();
    const std::size_t bits =
        view.size * 64 - static_cast<std::size_t>(std::countl_zero(view.limbs[view.size - 1]));
    const std::size_t digits = (bits + kDigit - 1) / kDigit;
    if (digits > INT32_MAX) return refuse();
    const auto count = static_cast<std::int64_t>(digits);
    static_cast<void>(put('l'));
    put_number(static_cast<std::uint64_t>(view.negative ? -count : count), 4);
    for (std::size_t i = 0; i < digits; ++i) {
      const std::size_t limb = i * kDigit / 64;
      const unsigned shift = i * kDigit % 64;
      std::uint64_t digit = view.limbs[limb] >> shift;
      if (shift > 64 - kDigit && limb + 1 < view.size)
        digit |= view.limbs[limb + 1] << (64 - shift);
      put_number(digit & ((1U << kDigit) - 1), 2);
    }
    return Status::kDone;
  }

  [[nodiscard]] Status write_float(char kind, double number) noexcept {
    static_cast<void>(put(kind));
    put_number(std::bit_cast<std::uint64_t>(number), 8);
    return Status::kDone;
  }
  [[nodiscard]] Status write_complex(Value value) noexcept {
    const Complex& number = static_cast<const Complex&>(*value.object());
    static_cast<void>(write_float('y', number.number().real));
    put_number(std::bit_cast<std::uint64_t>(number.number().imag), 8);
    return Status::kDone;
  }

  [[nodiscard]] Status write_str(Str& text) noexcept {
    const bool is_short = text.is_ascii() && text.size() < 256;
    if (is_short) {
      static_cast<void>(put(text.is_interned() ? 'Z' : 'z'));
      put_number(text.size(), 1);
      return put_all(text.bytes());
    }
    if (text.is_ascii()) {
      if (failed(put_size(text.is_interned() ? 'A' : 'a', text.size()))) return kRaised;
      return put_all(text.bytes());
    }
    Str* const errors = g_surrogates.get();
    Codec codec;
    if (errors == nullptr || failed(codec.take(Value(), Value(errors), "encode"))) return kRaised;
    const Ref<Bytes> utf8 = codec.encode(text);
    if (!utf8 || failed(put_size(text.is_interned() ? 't' : 'u', utf8->size()))) return kRaised;
    return put_all(utf8->span());
  }

  [[nodiscard]] Status write_bytes(Value value) noexcept {
    const Ref<Bytes> bytes = copy_of_bytes(value);
    if (!bytes || failed(put_size('s', bytes->size()))) return kRaised;
    return put_all(bytes->span());
  }

  [[nodiscard]] Status write_tuple(const Tuple& tuple) noexcept {
    if (tuple.size() < 256) {
      static_cast<void>(put(')'));
      put_number(tuple.size(), 1);
    } else if (failed(put_size('(', tuple.size()))) {
      return kRaised;
    }
    for (std::size_t i = 0; i < tuple.size(); ++i) {
      if (failed(write(tuple[i]))) return kRaised;
    }
    return Status::kDone;
  }
  // As it is at one moment.
  [[nodiscard]] Status write_items(char kind, const Tuple& items) noexcept {
    if (failed(put_size(kind, items.size()))) return kRaised;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (failed(write(items[i]))) return kRaised;
    }
    return Status::kDone;
  }
  [[nodiscard]] Status write_list(List& list) noexcept {
    const Ref<Tuple> items = list.to_tuple();
    return items ? write_items('[', *items) : Status::kFailed;
  }
  [[nodiscard]] Status write_set(char kind, Value set) noexcept {
    const Ref<Tuple> items = Tuple::from(set);
    return items ? write_items(kind, *items) : Status::kFailed;
  }
  [[nodiscard]] Status write_dict(Dict& dict) noexcept {
    const Ref<Dict> copy = dict.copy();
    if (!copy) return kRaised;
    static_cast<void>(put('{'));
    std::size_t place = 0;
    for (DictItem item = copy->next(place); item; item = copy->next(++place)) {
      if (failed(write(item.key.value())) || failed(write(item.value.value()))) return kRaised;
    }
    return put('0');
  }

  compiler::GrowingArray<std::uint8_t> bytes_;
  int depth_ = 0;
  bool has_memory_ = true;
};

}  // namespace

Ref<Bytes> write(Value value) noexcept {
  Writer writer;
  return failed(writer.write(value)) ? Ref<Bytes>() : writer.finish();
}

}  // namespace orochi::inline OROCHI_DESIGN::marshal
