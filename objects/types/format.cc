#include "objects/types/format.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/recursion.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_join.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Of a slot that may be a program's own.
[[nodiscard]] Ref<Str> checked(Ref<> result) noexcept {
  if (!result) return kRaised;
  if (as_str(result.value()) != nullptr) return std::move(result).cast<Str>();
  return raise(ErrorKind::kType,
               {"__format__ must return a str, not ", type_of(result.value()).name()});
}

[[nodiscard]] bool is_exactly(Value value, const Type& type) noexcept {
  return &type_of(value) == &type;
}

}  // namespace

Ref<> format_plainly(Value self, Value spec) noexcept {
  if (static_cast<const Str&>(*spec.object()).size() == 0) return str(self);
  return raise(ErrorKind::kType,
               {"unsupported format string passed to ", type_of(self).name(), ".__format__"});
}

Ref<Str> format(Value value, const Str& spec) noexcept {
  if (spec.size() == 0) {
    if (as_exact_str(value) != nullptr) return Ref<>::of(value).cast<Str>();
    if (is_exactly(value, int_type())) return print_int(value, 10);
  }
  const BinaryFunction slot = type_of(value).block().protocols().format;
  const RecursionGuard guard;
  if (!guard) return kRaised;
  const Value argument(const_cast<Str*>(&spec));
  return checked(slot == nullptr ? format_plainly(value, argument) : slot(value, argument));
}

Ref<Str> ascii(Value value) noexcept {
  Ref<> shown = repr(value);
  if (!shown) return kRaised;
  if (shown.as<Str>().is_ascii()) return std::move(shown).cast<Str>();
  const text::View points = shown.as<Str>().view();
  StrBuilder out;
  for (std::size_t i = 0; i < points.size; ++i) {
    if (points[i] < 0x80)
      out.add(points[i]);
    else
      out.add_escape(points[i]);
  }
  return out.finish();
}

Ref<> convert(Value value, Conversion conversion) noexcept {
  switch (conversion) {
    case Conversion::kNone:
      return Ref<>::of(value);
    case Conversion::kStr:
      return str(value);
    case Conversion::kRepr:
      return repr(value);
    case Conversion::kAscii:
      return ascii(value);
  }
  return kRaised;
}

Ref<Str> format_field(Value value, Conversion conversion, const Str* spec) noexcept {
  const Ref<> converted = convert(value, conversion);
  if (!converted) return kRaised;
  const Ref<Str> none = Str::empty();
  return format(converted.value(), spec == nullptr ? *none : *spec);
}

Ref<Str> concat_all(std::span<const Value> parts) noexcept {
  const auto part_at = [parts](std::size_t i) noexcept -> const Str& {
    return static_cast<const Str&>(*parts[i].object());
  };
  if (parts.size() == 1 && as_exact_str(parts[0]) != nullptr)
    return Ref<>::of(parts[0]).cast<Str>();
  const Ref<Str> nothing = Str::empty();
  return join_parts(*nothing, parts.size(), part_at);
}

}  // namespace orochi::inline OROCHI_DESIGN
