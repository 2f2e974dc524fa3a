// objects/types/byte_protocols.h: the operators that bytes and bytearrays have in common.
//
// Attached threads. Included by bytes_protocols.cc and bytearray_protocols.cc alone.
#pragma once

#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/compare.h"
#include "objects/text/escape.h"
#include "objects/types/byte_made.h"
#include "objects/types/byte_operands.h"
#include "objects/types/bytes_iterator.h"
#include "objects/types/bytes_percent.h"
#include "objects/types/index.h"
#include "objects/types/ordering.h"
#include "objects/types/sequence_operands.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

template <class Kind>
class ByteProtocols {
 public:
  [[nodiscard]] static Kind& self_of(Value value) noexcept {
    return *static_cast<Kind*>(value.object());
  }

  static Status length(Value self, std::size_t& length) noexcept {
    length = self_of(self).size();
    return Status::kDone;
  }

  static Truth contains(Value self, Value item) noexcept {
    Needle needle;
    if (failed(needle.take_operand(item))) return kRaised;
    return read_bytes(self_of(self), [&](ByteSpan bytes) {
      return truth_of(text::find(view_of(bytes), view_of(needle.span())) != text::kNotFound);
    });
  }

  static Ref<> iterate(Value self) noexcept { return BytesIterator::make(self); }

  static Ref<> add(Value self, Value other) noexcept {
    if (!is_bytes_like(other)) return refuse_byte_concat(self, other);
    BytesLike more;
    if (failed(more.take(other))) return kRaised;
    return made_of(self_of(self),
                   [&](ByteSpan bytes, ByteRoom room) { return concat(bytes, more.span(), room); });
  }

  static Ref<> multiply(Value self, Value other) noexcept {
    std::int64_t times = 0;
    Ref<> answer;
    if (!read_repeats(self, other, times, answer)) return answer;
    return made_of(self_of(self),
                   [&](ByteSpan bytes, ByteRoom room) { return repeat(bytes, times, room); });
  }

  static Ref<> modulo(Value self, Value other) noexcept {
    BytesLike format;
    if (failed(format.take(self))) return kRaised;
    const Ref<Str> text = format_bytes_percent(format.span(), other);
    return text ? Ref<>(Kind::of(text->bytes())) : Ref<>();
  }

  // With what is bytes-like and knows no better.
  static Ref<> compare(CompareOp op, Value self, Value other) noexcept {
    BytesLike others;
    if (failed(others.take(other))) return kRaised;
    return read_bytes(self_of(self), [&](ByteSpan bytes) {
      const bool is_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
      if (is_equality && bytes.size() != others.span().size())
        return bool_of(op == CompareOp::kNotEqual);
      return bool_of(holds(op, text::compare(view_of(bytes), view_of(others.span()))));
    });
  }

  // repr, between `before` and `after`.
  [[nodiscard]] static Ref<> shown(Value self, text::ByteQuotes quotes, std::string_view before,
                                   std::string_view after) noexcept {
    return read_bytes(self_of(self), [&](ByteSpan bytes) -> Ref<> {
      const std::size_t size = text::measure_bytes_repr(bytes, quotes);
      Ref<Str> text =
          Str::make_blank(before.size() + size + after.size(), text::Repertoire::kAscii);
      if (!text) return kRaised;
      auto* out = reinterpret_cast<char*>(text->template writable<std::uint8_t>());
      out = text::write_bytes_repr(std::ranges::copy(before, out).out, bytes, quotes);
      std::ranges::copy(after, out);
      return text;
    });
  }

  [[nodiscard]] static Protocols common() noexcept {
    Protocols slots;
    slots.length = length;
    slots.contains = contains;
    slots.iter = iterate;
    slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = add;
    slots.binary[static_cast<std::size_t>(BinaryOp::kMultiply)] = multiply;
    slots.binary[static_cast<std::size_t>(BinaryOp::kModulo)] = modulo;
    slots.reflected[static_cast<std::size_t>(BinaryOp::kMultiply)] = multiply;
    return slots;
  }
};

}  // namespace orochi::inline OROCHI_DESIGN
