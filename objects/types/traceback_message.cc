// What an exception says: its type, its text, its notes, and the line that a SyntaxError is about.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/index.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/intern.h"
#include "objects/types/str_edit.h"
#include "objects/types/traceback_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- Type and text. ---

// An attribute of a type, if that is a text.
[[nodiscard]] Ref<> text_attribute(const Type& type, std::string_view name) noexcept {
  const Ref<Str> key = intern(name);
  if (!key) clear_error();
  Ref<> value = key ? type.find(*key) : Ref<>();
  return value && as_str(value.value()) != nullptr ? std::move(value) : Ref<>();
}

[[nodiscard]] bool is_written(const Str& module) noexcept {
  return !module.is_ascii() || (module.ascii() != "builtins" && module.ascii() != "__main__");
}

void add_type_name(StrBuilder& out, const Type& type) noexcept {
  const Ref<> module = text_attribute(type, "__module__");
  if (module && is_written(module.as<Str>())) {
    out.add(module.as<Str>());
    out.add(".");
  }
  const Ref<> name = text_attribute(type, "__qualname__");
  if (name)
    out.add(name.as<Str>());
  else
    out.add_utf8(type.name());
}

// Of whatever a program has put there.
void add_text_of(StrBuilder& out, Value value, std::string_view otherwise) noexcept {
  const Ref<> text = str(value);
  if (!text) clear_error();
  if (text)
    out.add(text.as<Str>());
  else
    out.add(otherwise);
}

void add_message(StrBuilder& out, const Exception& exception, Value message) noexcept {
  add_type_name(out, type_of(exception));
  const std::size_t size = out.size();
  out.add(": ");
  add_text_of(out, message, "<exception str() failed>");
  if (out.size() == size + 2) out.cut(size);
  out.add("\n");
}

// --- The line of a SyntaxError. ---

constexpr std::int64_t kUnknown = -1;

[[nodiscard]] std::int64_t number_of(const Ref<>& value) noexcept {
  if (!value) return kUnknown;
  const Index index = index_of(value.value());
  return index.kind == IndexKind::kInside ? index.number : kUnknown;
}

[[nodiscard]] bool is_blank(text::CodePoint point) noexcept {
  return point == ' ' || point == '\t' || point == '\f';
}

// The text of a SyntaxError from the line on in which its offset, from 0, lies; and that offset
// there.
class ErrorText {
 public:
  ErrorText(text::View text, std::int64_t offset, std::int64_t end_offset) noexcept
      : text_(text),
        offset_(offset - 1),
        marks_(end_offset > 0 && end_offset > offset ? end_offset - offset : 1) {
    if (text_.size > 0 && text_[text_.size - 1] == '\n') text_ = text_.slice(0, text_.size - 1);
    skip_lines();
    std::size_t blanks = 0;
    while (blanks < text_.size && is_blank(text_[blanks])) ++blanks;
    skip(blanks);
  }

  void add_text_to(StrBuilder& out) const noexcept {
    out.add("    ");
    out.add(text_);
    out.add("\n");
  }
  [[nodiscard]] bool has_marks() const noexcept { return offset_ >= 0; }
  void add_marks_to(StrBuilder& out) const noexcept {
    const auto size = static_cast<std::int64_t>(text_.size);
    const std::int64_t begin = std::min(offset_, size);
    const std::int64_t count = std::max<std::int64_t>(std::min(marks_, size - begin), 1);
    out.add(text::CodePoint{' '}, 4 + static_cast<std::size_t>(begin));
    out.add(text::CodePoint{'^'}, static_cast<std::size_t>(count));
    out.add("\n");
  }

 private:
  void skip(std::size_t count) noexcept {
    text_ = text_.slice(count, text_.size);
    offset_ -= static_cast<std::int64_t>(count);
  }
  void skip_lines() noexcept {
    for (;;) {
      std::size_t end = 0;
      while (end < text_.size && text_[end] != '\n') ++end;
      if (end == text_.size || static_cast<std::int64_t>(end) >= offset_) return;
      skip(end + 1);
    }
  }

  text::View text_;
  std::int64_t offset_;
  std::int64_t marks_;
};

void add_error_text(StrBuilder& out, Exception& error, std::int64_t line,
                    TracebackMargin margin) noexcept {
  const Ref<> text = error.extra(extra::kSyntaxText);
  const Str* const str = text ? as_str(text.value()) : nullptr;
  if (str == nullptr) return;
  const std::int64_t end_line = number_of(error.extra(extra::kSyntaxEndLine));
  std::int64_t end_offset = number_of(error.extra(extra::kSyntaxEndOffset));
  if (end_line > line) end_offset = static_cast<std::int64_t>(str->size());
  const ErrorText shown(str->view(), number_of(error.extra(extra::kSyntaxOffset)), end_offset);
  margin.add_to(out);
  shown.add_text_to(out);
  if (!shown.has_marks()) return;
  margin.add_to(out);
  shown.add_marks_to(out);
}

// False: it does not say where.
[[nodiscard]] bool add_syntax_error(StrBuilder& out, Exception& error,
                                    TracebackMargin margin) noexcept {
  const std::int64_t line = number_of(error.extra(extra::kSyntaxLine));
  if (line == kUnknown) return false;
  const Ref<> file = error.extra(extra::kSyntaxFile);
  margin.add_to(out);
  out.add("  File \"");
  if (!file || file.value().is_none())
    out.add("<string>");
  else
    add_text_of(out, file.value(), "");
  out.add("\", line ");
  out.add_number(line);
  out.add("\n");
  add_error_text(out, error, line, margin);
  const Ref<> message = error.extra(extra::kSyntaxMessage);
  margin.add_to(out);
  add_message(out, error, message ? message.value() : Value::kNone);
  return true;
}

// --- Notes. ---

void add_note(StrBuilder& out, Value note, TracebackMargin margin) noexcept {
  const Ref<> text = str(note);
  if (!text) {
    clear_error();
    margin.add_to(out);
    out.add("<note str() failed>");
  } else {
    const Str& lines = text.as<Str>();
    static_cast<void>(split_lines(lines, LineEnds::kKeep, [&](std::size_t begin, std::size_t end) {
      margin.add_to(out);
      out.add(lines.view().slice(begin, end));
      return Status::kDone;
    }));
  }
  out.add("\n");
}

[[nodiscard]] bool is_sequence(Value value) noexcept {
  const Protocols& slots = type_of(value).block().protocols();
  return slots.get_item != nullptr && slots.length != nullptr && as_dict(value) == nullptr;
}

void add_notes(StrBuilder& out, Exception& exception, TracebackMargin margin) noexcept {
  const Ref<Str> name = intern("__notes__");
  Ref<> notes;
  if (!name || failed(find_own_attribute(exception, *name, notes))) return clear_error();
  if (!notes) return;
  if (!is_sequence(notes.value())) {
    const Ref<> shown = repr(notes.value());
    if (!shown) clear_error();
    margin.add_to(out);
    return shown ? out.add(shown.as<Str>()) : out.add("<__notes__ repr() failed>");
  }
  std::size_t count = 0;
  if (failed(length(notes.value(), count))) clear_error();
  for (std::size_t i = 0; i < count; ++i) {
    const Ref<> note = get_item(notes.value(), Value::of_int(static_cast<std::int64_t>(i)));
    if (!note) return clear_error();
    add_note(out, note.value(), margin);
  }
}

}  // namespace

void add_exception_text(StrBuilder& out, Exception& exception, TracebackMargin margin) noexcept {
  const bool is_about_a_line = exception.family() == ExceptionFamily::kSyntax;
  if (!is_about_a_line || !add_syntax_error(out, exception, margin)) {
    margin.add_to(out);
    add_message(out, exception, Value(&exception));
  }
  add_notes(out, exception, margin);
}

}  // namespace orochi::inline OROCHI_DESIGN
