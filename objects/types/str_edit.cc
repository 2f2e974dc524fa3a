#include "objects/types/str_edit.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/unicode.h"
#include "objects/types/str_operations.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::CodePoint;
using text::Repertoire;

// Fills a blank str from the left.
class Writer {
 public:
  explicit Writer(Str& out) noexcept
      : at_(static_cast<std::uint8_t*>(out.writable())), width_(out.width()) {}

  void add(text::View part) noexcept {
    text::copy_points(at_, width_, part);
    at_ += part.size * width_;
  }

 private:
  std::uint8_t* at_;
  std::size_t width_;
};

[[nodiscard]] Ref<Str> narrowest(Ref<Str> made) noexcept {
  if (!made || text::repertoire_of(made->view()) == made->repertoire()) return made;
  return Str::of(made->view());
}

// False: it does not fit into any memory.
[[nodiscard]] bool add_to(std::size_t& sum, std::size_t more) noexcept {
  return !__builtin_add_overflow(sum, more, &sum);
}

}  // namespace

// --- Joining. ---

Ref<Str> join(const Str& separator, std::span<const Str* const> parts) noexcept {
  if (parts.empty()) return Str::empty();
  std::size_t size = 0;
  bool fits = !__builtin_mul_overflow(parts.size() - 1, separator.size(), &size);
  Repertoire repertoire = parts.size() > 1 ? separator.repertoire() : Repertoire::kAscii;
  for (const Str* part : parts) {
    fits = fits && add_to(size, part->size());
    repertoire = std::max(repertoire, part->repertoire());
  }
  if (!fits) return raise(ErrorKind::kOverflow, {"join() result is too long for a Python string"});
  Ref<Str> made = Str::make_blank(size, repertoire);
  if (!made) return kRaised;
  Writer out(*made);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out.add(separator.view());
    out.add(parts[i]->view());
  }
  return made;
}

// --- Replacing. ---

namespace {

// Requires: so many matches are there.
void write_replaced(Str& made, const Str& str, const Str& what, const Str& with,
                    std::size_t matches) noexcept {
  Writer out(made);
  text::Matches found(str.view(), what.view());
  std::size_t done = 0;
  for (std::size_t i = 0; i < matches; ++i) {
    const std::size_t at = found.next();
    out.add(str.view().slice(done, at));
    out.add(with.view());
    done = at + what.size();
  }
  out.add(str.view().slice(done, str.size()));
}

}  // namespace

Ref<Str> replace(Str& str, const Str& what, const Str& with, std::size_t most) noexcept {
  const std::size_t matches = text::count(str.view(), what.view(), most);
  if (matches == 0) return slice(str, 0, str.size());
  std::size_t size = 0;
  const bool fits = !__builtin_mul_overflow(matches, with.size(), &size) &&
                    add_to(size, str.size() - matches * what.size());
  if (!fits) return raise(ErrorKind::kOverflow, {"replace string is too long"});
  Ref<Str> made = Str::make_blank(size, std::max(str.repertoire(), with.repertoire()));
  if (!made) return kRaised;
  write_replaced(*made, str, what, with, matches);
  // What took the widest code points away may have left none.
  const bool may_be_narrower =
      what.repertoire() == str.repertoire() && with.repertoire() < str.repertoire();
  return may_be_narrower ? narrowest(std::move(made)) : std::move(made);
}

// --- Stripping. ---

namespace {

[[nodiscard]] bool has(text::View characters, CodePoint point) noexcept {
  return text::with_units(characters, [point](auto units) {
    return std::find(units.begin(), units.end(), point) != units.end();
  });
}

}  // namespace

Ref<Str> strip(Str& str, const Str* characters, Sides sides) noexcept {
  const text::View points = str.view();
  const auto goes = [&](std::size_t i) {
    return characters == nullptr ? text::is_space(points[i]) : has(characters->view(), points[i]);
  };
  std::size_t begin = 0;
  std::size_t end = points.size;
  if (sides != Sides::kRight)
    while (begin < end && goes(begin)) ++begin;
  if (sides != Sides::kLeft)
    while (begin < end && goes(end - 1)) --end;
  return slice(str, begin, end);
}

// --- Case, and as shown. ---

Ref<Str> change_case(const Str& str, text::CaseChange change) noexcept {
  const text::CaseMeasure measure = text::measure_case(str.view(), change);
  Ref<Str> made = Str::make_blank(measure.size, measure.repertoire);
  if (made) text::map_case(made->writable(), measure, str.view(), change);
  return made;
}

Ref<Str> quote(const Str& str, text::Escapes escapes) noexcept {
  const text::ReprMeasure measure = text::measure_repr(str.view(), escapes);
  Ref<Str> made = Str::make_blank(measure.size, measure.repertoire);
  if (made) text::write_repr(made->writable(), measure, str.view(), escapes);
  return made;
}

// --- Cutting. ---

Status split(const Str& str, const Str& separator, std::size_t most, PieceVisitor visit) noexcept {
  text::Matches found(str.view(), separator.view());
  std::size_t begin = 0;
  for (std::size_t cuts = 0; cuts < most; ++cuts) {
    const std::size_t at = found.next();
    if (at == text::kNotFound) break;
    if (failed(visit(begin, at))) return kRaised;
    begin = at + separator.size();
  }
  return visit(begin, str.size());
}

Status split_at_spaces(const Str& str, std::size_t most, PieceVisitor visit) noexcept {
  const text::View points = str.view();
  const auto skip = [&points](std::size_t at, bool spaces) {
    while (at < points.size && text::is_space(points[at]) == spaces) ++at;
    return at;
  };
  std::size_t begin = skip(0, true);
  for (std::size_t cuts = 0; begin < points.size && cuts < most; ++cuts) {
    const std::size_t end = skip(begin, false);
    if (failed(visit(begin, end))) return kRaised;
    begin = skip(end, true);
  }
  if (begin == points.size) return Status::kDone;
  return visit(begin, points.size);  // the rest is one piece, with the spaces at its end
}

Status split_lines(const Str& str, LineEnds ends, PieceVisitor visit) noexcept {
  const text::View points = str.view();
  std::size_t begin = 0;
  while (begin < points.size) {
    std::size_t end = begin;
    while (end < points.size && !text::is_line_break(points[end])) ++end;
    std::size_t next = end;
    if (next < points.size) ++next;
    const bool is_pair = next < points.size && points[end] == '\r' && points[next] == '\n';
    if (is_pair) ++next;
    if (failed(visit(begin, ends == LineEnds::kKeep ? next : end))) return kRaised;
    begin = next;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
