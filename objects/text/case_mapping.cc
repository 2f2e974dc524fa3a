#include "objects/text/case_mapping.h"

#include <algorithm>

#include "objects/text/unicode.h"
#include "objects/text/unicode_tables.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

constexpr CodePoint kCapitalSigma = 0x3A3;
constexpr CodePoint kSmallSigma = 0x3C3;
constexpr CodePoint kFinalSigma = 0x3C2;

// A cased letter before it and none behind, whatever case-ignorable ones stand between.
template <class Unit>
bool ends_word(std::span<const Unit> text, std::size_t at) noexcept {
  std::size_t before = at;
  while (before != 0 && is_case_ignorable(text[before - 1])) --before;
  if (before == 0 || !is_cased(text[before - 1])) return false;
  std::size_t behind = at + 1;
  while (behind != text.size() && is_case_ignorable(text[behind])) ++behind;
  return behind == text.size() || !is_cased(text[behind]);
}

template <class Unit>
Mapped lower_at(std::span<const Unit> text, std::size_t at) noexcept {
  if (text[at] == kCapitalSigma) return Mapped{ends_word(text, at) ? kFinalSigma : kSmallSigma};
  return mapped(text[at], Case::kLower);
}

template <class Unit>
Mapped swapped_at(std::span<const Unit> text, std::size_t at) noexcept {
  const CodePoint point = text[at];
  if (is_upper(point)) return lower_at(text, at);
  return is_lower(point) ? mapped(point, Case::kUpper) : Mapped{point};
}

// What the code point at `at` becomes. `in_word`: the one before it is cased.
template <class Unit>
Mapped changed_at(std::span<const Unit> text, std::size_t at, CaseChange change,
                  bool in_word) noexcept {
  switch (change) {
    case CaseChange::kLower:
      return lower_at(text, at);
    case CaseChange::kUpper:
      return mapped(text[at], Case::kUpper);
    case CaseChange::kTitle:
      return in_word ? lower_at(text, at) : mapped(text[at], Case::kTitle);
    case CaseChange::kCapitalize:
      return at != 0 ? lower_at(text, at) : mapped(text[at], Case::kTitle);
    case CaseChange::kSwap:
      return swapped_at(text, at);
    default:
      return mapped(text[at], Case::kFold);
  }
}

// Gives `put` each code point of the result.
template <class Put>
void for_changed(View text, CaseChange change, Put put) noexcept {
  with_units(text, [&](auto units) {
    bool in_word = false;
    for (std::size_t i = 0; i < units.size(); ++i) {
      for (const CodePoint point : changed_at(units, i, change, in_word)) put(point);
      in_word = change == CaseChange::kTitle && is_cased(units[i]);
    }
  });
}

template <class Unit>
void write(void* out, View text, CaseChange change) noexcept {
  auto* next = static_cast<Unit*>(out);
  for_changed(text, change, [&](CodePoint point) { *next++ = static_cast<Unit>(point); });
}

}  // namespace

CaseMeasure measure_case(View text, CaseChange change) noexcept {
  std::size_t size = 0;
  CodePoint widest = 0;
  for_changed(text, change, [&](CodePoint point) {
    ++size;
    widest = std::max(widest, point);
  });
  return {size, repertoire_of(widest)};
}

void map_case(void* out, const CaseMeasure& measure, View text, CaseChange change) noexcept {
  const std::size_t width = bytes_per_point(measure.repertoire);
  if (width == 1)
    write<std::uint8_t>(out, text, change);
  else if (width == 2)
    write<std::uint16_t>(out, text, change);
  else
    write<std::uint32_t>(out, text, change);
}

}  // namespace orochi::inline OROCHI_DESIGN::text
