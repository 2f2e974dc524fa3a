#include "objects/types/str_format.h"

#include <bit>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/format.h"
#include "objects/types/format_markup.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What fields are filled from.
class FieldSources {
 public:
  // `positional`: null if no field may ask for it.
  FieldSources(const Tuple* positional, Value keywords) noexcept
      : positional_(positional), keywords_(keywords) {}

  [[nodiscard]] Ref<> by_position(std::int64_t index) const noexcept {
    if (positional_ == nullptr)
      return raise(ErrorKind::kValue, {"Format string contains positional fields"});
    if (std::cmp_less(index, positional_->size()))
      return positional_->load(static_cast<std::size_t>(index));
    StrBuilder text;
    text.add("Replacement index ");
    text.add_number(index);
    text.add(" out of range for positional args tuple");
    return raise(ErrorKind::kIndex, text);
  }

  [[nodiscard]] Ref<> by_name(text::View name) const noexcept {
    const Ref<Str> key = Str::of(name);
    if (!key) return kRaised;
    if (keywords_.is_empty()) return raise_missing_key(key.value());
    return get_item(keywords_, key.value());
  }

 private:
  const Tuple* positional_;
  Value keywords_;
};

// Fields are numbered by hand or by themselves, not both.
class Numbering {
 public:
  // False: a ValueError is pending. `index`: the number that stands there, which a field without
  // one gets here.
  [[nodiscard]] bool number(bool is_automatic, std::int64_t& index) noexcept {
    const Kind kind = is_automatic ? Kind::kAutomatic : Kind::kManual;
    if (kind_ == Kind::kNone) kind_ = kind;
    if (kind_ != kind) {
      raise(ErrorKind::kValue, {is_automatic ? "cannot switch from manual field specification to "
                                               "automatic field numbering"
                                             : "cannot switch from automatic field numbering to "
                                               "manual field specification"});
      return false;
    }
    if (is_automatic) index = next_++;
    return true;
  }

 private:
  enum class Kind : std::uint8_t { kNone, kAutomatic, kManual };
  Kind kind_ = Kind::kNone;
  std::int64_t next_ = 0;
};

Raised raise_too_many_digits() noexcept {
  return raise(ErrorKind::kValue, {"Too many decimal digits in format string"});
}

// What is between brackets is a text, unless it looks like a number.
[[nodiscard]] Ref<> item_of(Value value, text::View name) noexcept {
  std::int64_t number = 0;
  switch (read_index(name, number)) {
    case IndexText::kTooLarge:
      return raise_too_many_digits();
    case IndexText::kNumber: {
      const Ref<> index = make_int(number);
      return index ? get_item(value, index.value()) : Ref<>();
    }
    case IndexText::kNone:
      break;
  }
  const Ref<Str> key = Str::of(name);
  return key ? get_item(value, key.value()) : Ref<>();
}

[[nodiscard]] Ref<> attribute_of(Value value, text::View name) noexcept {
  Ref<Str> text = Str::of(name);
  if (!text) return kRaised;
  const Ref<Str> interned = intern(std::move(text));
  return interned ? get_attribute(value, *interned) : Ref<>();
}

// One call of str.format.
class Filling {
 public:
  explicit Filling(const FieldSources& arguments) noexcept : arguments_(arguments) {}

  // `levels`: of fields inside of fields that are left.
  [[nodiscard]] Status fill(text::View format, int levels, StrBuilder& out) noexcept {
    if (levels == 0) return raise(ErrorKind::kValue, {"Max string recursion exceeded"});
    Markup markup(format);
    while (!markup.at_end()) {
      MarkupPart part;
      const MarkupFault fault = markup.next(part);
      if (fault != MarkupFault::kNone) return raise(ErrorKind::kValue, {text_of(fault)});
      out.add(part.text);
      if (part.has_field && failed(fill_field(part, levels, out))) return kRaised;
    }
    return Status::kDone;
  }

 private:
  [[nodiscard]] Status fill_field(const MarkupPart& part, int levels, StrBuilder& out) noexcept {
    Ref<> value = find(part.name);
    if (!value) return kRaised;
    value = converted(value.value(), part.conversion);
    if (!value) return kRaised;
    StrBuilder nested;
    if (part.has_nested && failed(fill(part.spec, levels - 1, nested))) return kRaised;
    const Ref<Str> spec = part.has_nested ? nested.finish() : Str::of(part.spec);
    if (!spec) return kRaised;
    const Ref<Str> shown = format(value.value(), *spec);
    if (!shown) return kRaised;
    out.add(*shown);
    return Status::kDone;
  }

  [[nodiscard]] static Ref<> converted(Value value, text::CodePoint conversion) noexcept {
    switch (conversion) {
      case 0:
        return Ref<>::of(value);
      case 's':
        return convert(value, Conversion::kStr);
      case 'r':
        return convert(value, Conversion::kRepr);
      case 'a':
        return convert(value, Conversion::kAscii);
      default:
        break;
    }
    StrBuilder text;
    text.add("Unknown conversion specifier ");
    const bool is_plain = conversion > ' ' && conversion < 0x7F;
    if (is_plain) text.add(conversion);
    if (!is_plain) text.add("\\x");
    if (!is_plain)
      text.add_hex(conversion, (static_cast<unsigned>(std::bit_width(conversion)) + 3) / 4);
    return raise(ErrorKind::kValue, text);
  }

  [[nodiscard]] Ref<> find(text::View name) noexcept {
    FieldPath path(name);
    Ref<> value = find_first(path.first());
    text::View step;
    while (value) {
      switch (path.next(step)) {
        case FieldPath::Step::kEnd:
          return value;
        case FieldPath::Step::kAttribute:
          value = attribute_of(value.value(), step);
          break;
        case FieldPath::Step::kItem:
          value = item_of(value.value(), step);
          break;
        case FieldPath::Step::kEmpty:
          return raise(ErrorKind::kValue, {"Empty attribute in format string"});
        case FieldPath::Step::kUnclosed:
          return raise(ErrorKind::kValue, {"Missing ']' in format string"});
        case FieldPath::Step::kNoStep:
          return raise(ErrorKind::kValue,
                       {"Only '.' or '[' may follow ']' in format field specifier"});
      }
    }
    return value;
  }

  [[nodiscard]] Ref<> find_first(text::View name) noexcept {
    std::int64_t index = 0;
    const IndexText number = read_index(name, index);
    if (number == IndexText::kTooLarge) return raise_too_many_digits();
    const bool is_automatic = name.size == 0;
    if (!is_automatic && number == IndexText::kNone) return arguments_.by_name(name);
    if (!numbering_.number(is_automatic, index)) return kRaised;
    return arguments_.by_position(index);
  }

  const FieldSources& arguments_;
  Numbering numbering_;
};

constexpr int kLevels = 2;

[[nodiscard]] Ref<Str> filled(const Str& format, const FieldSources& arguments) noexcept {
  StrBuilder out;
  if (failed(Filling(arguments).fill(format.view(), kLevels, out))) return kRaised;
  return out.finish();
}

}  // namespace

Ref<Str> format_str_with(const Str& format, const Tuple& positional, Value keywords) noexcept {
  return filled(format, FieldSources(&positional, keywords));
}

Ref<Str> format_str_map(const Str& format, Value mapping) noexcept {
  return filled(format, FieldSources(nullptr, mapping));
}

}  // namespace orochi::inline OROCHI_DESIGN
