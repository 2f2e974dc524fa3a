// The entries of a traceback, with lines of source and what is marked in them.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/utf8.h"
#include "objects/types/traceback_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kMostEntries = 1000;
constexpr std::size_t kMostRepetitions = 3;

[[nodiscard]] bool is_blank(text::CodePoint point) noexcept {
  return point == ' ' || point == '\t' || point == '\f';
}

// A stretch of a line, in code points.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

[[nodiscard]] std::size_t utf8_bytes(text::CodePoint point) noexcept {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

// How many code points begin in the first `bytes` of the line in UTF-8.
[[nodiscard]] std::size_t points_in(text::View line, std::int64_t bytes) noexcept {
  const auto length = static_cast<std::size_t>(bytes);
  std::size_t count = 0;
  for (std::size_t sum = 0; count < line.size && sum < length; ++count)
    sum += utf8_bytes(line[count]);
  return count;
}

// One line of source, and the place in it.
class ShownLine {
 public:
  ShownLine(text::View line, const SourcePlace& place) noexcept : line_(line) {
    while (indent_ < line.size && is_blank(line[indent_])) ++indent_;
    is_one_line_ = place.line == place.end_line;
    is_known_ = place.line > 0 && place.end_line > 0 && place.column >= 0 && place.end_column >= 0;
    if (!is_known_) return;
    marked_.begin = points_in(line, place.column);
    marked_.end = is_one_line_ ? points_in(line, place.end_column) : end_of_text();
  }

  void add_text_to(StrBuilder& out) const noexcept {
    out.add("    ");
    out.add(line_.slice(indent_, line_.size));
    out.add("\n");
  }

  [[nodiscard]] Anchors find_anchors(const SourceText& source) const noexcept {
    Anchors anchors;
    const bool has_some = is_one_line_ && marked_.begin < marked_.end &&
                          source.find_anchors(line_.slice(marked_.begin, marked_.end), anchors);
    return has_some ? anchors : Anchors();
  }
  // Marks that would be under all of the line say nothing.
  [[nodiscard]] bool is_worth_marks(const Anchors& anchors) const noexcept {
    if (!is_known_) return false;
    return anchors.end != 0 || marked_.end - marked_.begin != line_.size - indent_;
  }
  void add_marks_to(StrBuilder& out, const Anchors& anchors) const noexcept {
    out.add("    ");
    for (std::size_t i = indent_; i < marked_.end; ++i) {
      const bool is_around = anchors.end != 0 && (i < marked_.begin + anchors.begin ||
                                                  i >= marked_.begin + anchors.end);
      out.add(i < marked_.begin ? " " : is_around ? "~" : "^");
    }
    out.add("\n");
  }

 private:
  [[nodiscard]] std::size_t end_of_text() const noexcept {
    std::size_t end = line_.size;
    while (end > 0 && (is_blank(line_[end - 1]) || line_[end - 1] == '\r')) --end;
    return end;
  }

  text::View line_;
  std::size_t indent_ = 0;
  Span marked_;
  bool is_one_line_ = true;
  bool is_known_ = false;
};

// Entries one after another. Those that repeat the one before are counted, not shown.
class Entries {
 public:
  Entries(StrBuilder& out, const SourceText& source, TracebackMargin margin) noexcept
      : out_(out), source_(source), margin_(margin) {}

  void add(SourcePlace place) noexcept {
    if (!is_as_before(place)) {
      end_repetition();
      repetitions_ = 0;
      before_ = std::move(place);
    }
    if (++repetitions_ <= kMostRepetitions) show(before_);
  }

  void end_repetition() noexcept {
    if (repetitions_ <= kMostRepetitions) return;
    const std::size_t more = repetitions_ - kMostRepetitions;
    margin_.add_to(out_);
    out_.add("  [Previous line repeated ");
    out_.add_number(static_cast<std::int64_t>(more));
    out_.add(more == 1 ? " more time]\n" : " more times]\n");
  }

 private:
  [[nodiscard]] bool is_as_before(const SourcePlace& place) const noexcept {
    return before_.file && place.line == before_.line && equal(*place.file, *before_.file) &&
           equal(*place.function, *before_.function);
  }

  void show(const SourcePlace& place) noexcept {
    margin_.add_to(out_);
    out_.add("  File \"");
    out_.add(*place.file);
    out_.add("\", line ");
    out_.add_number(place.line);
    out_.add(", in ");
    out_.add(*place.function);
    out_.add("\n");
    if (const Ref<Str> line = source_.line(*place.file, place.line)) show_line(*line, place);
  }

  void show_line(const Str& text, const SourcePlace& place) noexcept {
    const ShownLine line(text.view(), place);
    margin_.add_to(out_);
    line.add_text_to(out_);
    const Anchors anchors = line.find_anchors(source_);
    if (!line.is_worth_marks(anchors)) return;
    margin_.add_to(out_);
    line.add_marks_to(out_, anchors);
  }

  StrBuilder& out_;
  const SourceText& source_;
  const TracebackMargin margin_;
  SourcePlace before_;
  std::size_t repetitions_ = 0;
};

[[nodiscard]] std::size_t count_entries(Traceback& traceback) noexcept {
  std::size_t count = 0;
  for (Ref<Traceback> at = Ref<Traceback>::of(traceback); at; at = at->next()) ++count;
  return count;
}

}  // namespace

void add_traceback_text(StrBuilder& out, Traceback& traceback, const SourceText& source,
                        TracebackMargin margin) noexcept {
  const std::size_t count = count_entries(traceback);
  std::size_t skipped = count > kMostEntries ? count - kMostEntries : 0;
  Entries entries(out, source, margin);
  for (Ref<Traceback> at = Ref<Traceback>::of(traceback); at; at = at->next()) {
    if (skipped > 0) {
      --skipped;
      continue;
    }
    SourcePlace place;
    if (failed(at->find_place(place))) return clear_error();
    entries.add(std::move(place));
  }
  entries.end_repetition();
}

}  // namespace orochi::inline OROCHI_DESIGN
