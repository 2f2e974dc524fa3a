#include "python/modules/io/newline_filter.h"

#include <array>

#include "objects/text/search.h"
#include "objects/types/intern.h"
#include "objects/types/str_edit.h"
#include "objects/types/str_operations.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::string_view kReturnText = "\r";
constexpr std::string_view kFeedText = "\n";
constexpr std::string_view kBothText = "\r\n";

[[nodiscard]] text::View view_of(std::string_view ascii) noexcept {
  return {ascii.data(), ascii.size(), 1};
}

[[nodiscard]] bool has(text::View text, std::string_view ascii) noexcept {
  return text::find(text, view_of(ascii)) != text::kNotFound;
}

[[nodiscard]] Ref<Str> replace_all(Ref<Str> text, std::string_view what) noexcept {
  const Ref<Str> before = intern(what);
  const Ref<Str> after = intern(kFeedText);
  if (!text || !before || !after) return kRaised;
  return replace(*text, *before, *after);
}

}  // namespace

Ref<Str> NewlineFilter::filter(Ref<Str> text, bool is_final) noexcept {
  text = join_return(std::move(text), is_final);
  if (text && !is_final) text = cut_return(std::move(text));
  if (!text) return kRaised;
  if (!has(text->view(), kReturnText)) {
    if (has(text->view(), kFeedText)) seen_ |= kFeed;
    return text;
  }
  note_kinds(text->view());
  if (!translates_) return text;
  return replace_all(replace_all(std::move(text), kBothText), kReturnText);
}

// What was held back comes first.
Ref<Str> NewlineFilter::join_return(Ref<Str> text, bool is_final) noexcept {
  if (!text || !holds_return_ || (text->size() == 0 && !is_final)) return text;
  const Ref<Str> held = intern(kReturnText);
  if (!held) return kRaised;
  holds_return_ = false;
  return concat(*held, *text);
}

Ref<Str> NewlineFilter::cut_return(Ref<Str> text) noexcept {
  const std::size_t size = text->size();
  if (size == 0 || text->view()[size - 1] != '\r') return text;
  holds_return_ = true;
  return slice(*text, 0, size - 1);
}

void NewlineFilter::note_kinds(text::View text) noexcept {
  for (std::size_t i = 0; i < text.size; ++i) {
    const text::CodePoint point = text[i];
    if (point == '\n') seen_ |= kFeed;
    if (point != '\r') continue;
    const bool is_both = i + 1 < text.size && text[i + 1] == '\n';
    seen_ |= is_both ? kBoth : kReturn;
    if (is_both) ++i;
  }
}

Ref<> NewlineFilter::kinds() const noexcept {
  constexpr std::array<std::string_view, 3> kTexts{kReturnText, kFeedText, kBothText};
  std::array<Ref<>, 3> found;
  std::size_t count = 0;
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    if ((seen_ >> i & 1U) == 0) continue;
    found[count] = intern(kTexts[i]);
    if (!found[count++]) return kRaised;
  }
  if (count == 0) return Special::kNone;
  return count == 1 ? std::move(found[0]) : Ref<>(Tuple::make(std::span(found).first(count)));
}

}  // namespace orochi::inline OROCHI_DESIGN
