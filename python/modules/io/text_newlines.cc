// Where lines of text end.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/types/utf8_text.h"
#include "python/modules/io/text_io.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Ends = NewlineChoice::Ends;
using Newlines = ChunkDecoder::Newlines;

Raised raise_illegal(const Str& newline, bool is_shown_as_repr) noexcept {
  if (!is_shown_as_repr)
    return raise(ErrorKind::kValue, {"illegal newline value: ", Utf8Text(newline).view()});
  const Ref<> shown = repr(Value(const_cast<Str*>(&newline)));  // NOLINT(*-const-cast): a constant
  if (!shown) return kRaised;
  return raise(ErrorKind::kValue, {"illegal newline value: ", Utf8Text(shown.as<Str>()).view()});
}

[[nodiscard]] std::size_t find(text::View text, std::size_t from, std::string_view what) noexcept {
  const std::size_t found = text::find(text.slice(from, text.size), {what.data(), what.size(), 1});
  return found == text::kNotFound ? found : from + found;
}

// Behind what is found there.
[[nodiscard]] std::size_t find_end(text::View text, std::size_t from,
                                   std::string_view what) noexcept {
  const std::size_t found = find(text, from, what);
  return found == text::kNotFound ? found : found + what.size();
}

[[nodiscard]] std::size_t find_any_end(text::View text, std::size_t from) noexcept {
  const std::size_t feed = find(text, from, "\n");
  const text::View before = text.slice(0, feed == text::kNotFound ? text.size : feed);
  const std::size_t back = find(before, from, "\r");
  if (back == text::kNotFound) return feed == text::kNotFound ? feed : feed + 1;
  return back + 1 == feed ? back + 2 : back + 1;
}

}  // namespace

Status NewlineChoice::parse(Value newline, bool is_shown_as_repr, NewlineChoice& choice) noexcept {
  choice = NewlineChoice();
  if (newline.is_empty() || newline.is_none()) return Status::kDone;
  const auto& wanted = static_cast<const Str&>(*newline.object());
  const std::string_view text = wanted.is_ascii() ? wanted.ascii() : std::string_view("?");
  choice.decoding = text.empty() ? Newlines::kSeen : Newlines::kIgnored;
  if (text.empty()) {
    choice.ends = Ends::kAny;
  } else if (text == "\r") {
    choice.ends = Ends::kReturn;
    choice.written = "\r";
  } else if (text == "\r\n") {
    choice.ends = Ends::kBoth;
    choice.written = "\r\n";
  } else if (text != "\n") {
    return raise_illegal(wanted, is_shown_as_repr);
  }
  return Status::kDone;
}

std::size_t find_line_end(text::View text, std::size_t from, Ends ends) noexcept {
  switch (ends) {
    case Ends::kFeed:
      return find_end(text, from, "\n");
    case Ends::kAny:
      return find_any_end(text, from);
    case Ends::kReturn:
      return find_end(text, from, "\r");
    case Ends::kBoth:
      break;
  }
  return find_end(text, from, "\r\n");
}

}  // namespace orochi::inline OROCHI_DESIGN
