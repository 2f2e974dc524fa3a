#include "python/vm/constants.h"

#include "objects/model/operations.h"
#include "objects/text/utf8.h"
#include "objects/types/bytes.h"
#include "objects/types/complex.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/set.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using bytecode::Constant;

[[nodiscard]] std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What looks like a name is interned: it will be compared with names.
[[nodiscard]] bool looks_like_name(std::string_view text) noexcept {
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_letter && c != '_' && (c < '0' || c > '9')) return false;
  }
  return true;
}

[[nodiscard]] Ref<> make_int_constant(std::string_view text) noexcept {
  const bool is_negative = text.front() == '-';
  Ref<> number = parse_int(text.substr(is_negative ? 1 : 0), 0);
  return number && is_negative ? unary(UnaryOp::kNegative, number.value()) : std::move(number);
}

[[nodiscard]] Ref<Tuple> make_items(std::span<const Constant> items, CodeMemory& memory,
                                    Str& file) noexcept {
  Ref<Tuple> made = Tuple::make_blank(items.size());
  for (std::size_t i = 0; made && i < items.size(); ++i) {
    Ref<> item = make_constant(items[i], memory, file);
    if (!item) return kRaised;
    made->initialise(i, std::move(item));
  }
  return made;
}

[[nodiscard]] Ref<> make_frozenset(const Constant& constant, CodeMemory& memory,
                                   Str& file) noexcept {
  const Ref<Tuple> items = make_items(constant.items, memory, file);
  if (!items) return kRaised;
  return Set::from(items.value(), frozenset_type());
}

}  // namespace

Ref<Str> str_of_source(std::string_view utf8) noexcept {
  if (looks_like_name(utf8)) return intern(utf8);
  constexpr auto kErrors = text::DecodeErrors::kSurrogatePass;
  const text::Utf8Measure measure = text::measure_utf8(bytes_of(utf8), kErrors);
  Ref<Str> made = Str::make_blank(measure.size, measure.repertoire);
  if (made) text::decode_utf8(made->writable(), measure, bytes_of(utf8), kErrors);
  return made;
}

Ref<> make_constant(const Constant& constant, CodeMemory& memory, Str& file) noexcept {
  using Kind = Constant::Kind;
  switch (constant.kind) {
    case Kind::kNone:
      return Special::kNone;
    case Kind::kFalse:
      return Special::kFalse;
    case Kind::kTrue:
      return Special::kTrue;
    case Kind::kEllipsis:
      return Special::kEllipsis;
    case Kind::kInt:
      return make_int_constant(constant.text);
    case Kind::kFloat:
      return make_float(constant.number);
    case Kind::kComplex:
      return make_complex({constant.number, constant.imaginary});
    case Kind::kStr:
      return str_of_source(constant.text);
    case Kind::kBytes:
      return Bytes::of(bytes_of(constant.text));
    case Kind::kTuple:
      return make_items(constant.items, memory, file);
    case Kind::kFrozenSet:
      return make_frozenset(constant, memory, file);
    case Kind::kCode:
      return CodeObject::make(*constant.code, Ref<CodeMemory>::of(memory), Ref<Str>::of(file));
  }
  return kRaised;
}

}  // namespace orochi::inline OROCHI_DESIGN
