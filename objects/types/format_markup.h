// objects/types/format_markup.h: what str.format finds in a format: texts and fields between them.
//
//     text {name!conversion:spec} text {{ text
//
//     Markup markup(points);
//     MarkupPart part;
//     while (!(done = markup.next(part)) ...
//
// Pure functions; any thread. Tests: tests/objects/types/str_format_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN {

enum class MarkupFault : std::uint8_t {
  kNone,
  kSingleOpen,
  kSingleClose,
  kOpenInName,
  kUnclosed,
  kNoConversion,
  kNoColon,
  kUnclosedSpec,
};
[[nodiscard]] const char* text_of(MarkupFault fault) noexcept;

// A text, and perhaps the field behind it.
struct MarkupPart {
  text::View text;
  bool has_field = false;
  text::View name;
  text::CodePoint conversion = 0;  // none
  text::View spec;
  bool has_nested = false;  // the spec has fields of its own
};

class Markup {
 public:
  explicit Markup(text::View points) noexcept : points_(points) {}

  [[nodiscard]] bool at_end() const noexcept { return at_ == points_.size; }
  // Requires: not at_end(). kNone: `part` is the next part.
  [[nodiscard]] MarkupFault next(MarkupPart& part) noexcept;

 private:
  [[nodiscard]] bool has_more() const noexcept { return at_ < points_.size; }
  [[nodiscard]] MarkupFault read_text(MarkupPart& part) noexcept;
  [[nodiscard]] MarkupFault read_field(MarkupPart& part) noexcept;
  [[nodiscard]] MarkupFault read_name(MarkupPart& part, text::CodePoint& end) noexcept;
  [[nodiscard]] MarkupFault read_conversion(MarkupPart& part, bool& is_over) noexcept;
  [[nodiscard]] MarkupFault read_spec(MarkupPart& part) noexcept;

  text::View points_;
  std::size_t at_ = 0;
};

// The way from an argument to what is shown: "0.name[key]".
class FieldPath {
 public:
  explicit FieldPath(text::View name) noexcept;

  // What comes before the first attribute or item.
  [[nodiscard]] text::View first() const noexcept { return first_; }

  enum class Step : std::uint8_t { kEnd, kAttribute, kItem, kEmpty, kUnclosed, kNoStep };
  // Where kAttribute or kItem: its name.
  [[nodiscard]] Step next(text::View& name) noexcept;

 private:
  [[nodiscard]] std::size_t find(const char* ends, std::size_t from) const noexcept;

  text::View points_;
  text::View first_;
  std::size_t at_ = 0;
};

// A number in decimal digits of any script.
enum class IndexText : std::uint8_t { kNone, kNumber, kTooLarge };
[[nodiscard]] IndexText read_index(text::View digits, std::int64_t& number) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
