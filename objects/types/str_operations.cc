#include "objects/types/str_operations.h"

#include <algorithm>
#include <cstring>

#include "objects/model/error.h"
#include "objects/text/compare.h"
#include "objects/text/search.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::Repertoire;

// A str for itself: one of a subtype is copied, so that the result is a str and no more.
[[nodiscard]] Ref<Str> same(Str& str) noexcept {
  return &type_of(str) == &str_type() ? Ref<Str>::of(str) : Str::of(str.view());
}

// Doubles what is there until it is enough.
void fill_by_doubling(std::uint8_t* bytes, std::size_t known, std::size_t total) noexcept {
  while (known < total) {
    const std::size_t more = std::min(known, total - known);
    std::memcpy(bytes + known, bytes, more);
    known += more;
  }
}

// Every step-th code point.
class Strided {
 public:
  Strided(text::View text, std::size_t begin, std::int64_t step, std::size_t count) noexcept
      : text_(text), begin_(static_cast<std::int64_t>(begin)), step_(step), count_(count) {}

  [[nodiscard]] Repertoire repertoire() const noexcept {
    text::CodePoint widest = 0;
    for_each([&widest](text::CodePoint point) { widest = std::max(widest, point); });
    return text::repertoire_of(widest);
  }
  void copy_to(Str& out) const noexcept {
    text::with_units(out.view(), [&](auto units) {
      using Unit = typename decltype(units)::value_type;
      Unit* at = out.writable<Unit>();
      for_each([&at](text::CodePoint point) { *at++ = static_cast<Unit>(point); });
    });
  }

 private:
  template <class Action>
  void for_each(Action action) const noexcept {
    text::with_units(text_, [&](auto units) {
      // Not added up: behind the last one there may be no number of 64 bits.
      for (std::size_t i = 0; i < count_; ++i)
        action(units[static_cast<std::size_t>(begin_ + static_cast<std::int64_t>(i) * step_)]);
    });
  }

  text::View text_;
  std::int64_t begin_;
  std::int64_t step_;
  std::size_t count_;
};

[[nodiscard]] text::View part_of(const Str& str, Bounds bounds) noexcept {
  return str.view().slice(bounds.begin, bounds.end);
}

[[nodiscard]] bool may_be_in(const Str& what, const Str& str, Bounds bounds) noexcept {
  return !bounds.is_outside && what.repertoire() <= str.repertoire();
}

[[nodiscard]] std::size_t from_begin(std::size_t found, Bounds bounds) noexcept {
  return found == text::kNotFound ? found : found + bounds.begin;
}

}  // namespace

// --- New texts. ---

Ref<Str> concat(Str& a, Str& b) noexcept {
  if (a.size() == 0) return same(b);
  if (b.size() == 0) return same(a);
  Ref<Str> made = Str::make_blank(a.size() + b.size(), std::max(a.repertoire(), b.repertoire()));
  if (!made) return kRaised;
  const std::size_t width = made->width();
  auto* const out = static_cast<std::uint8_t*>(made->writable());
  text::copy_points(out, width, a.view());
  text::copy_points(out + a.size() * width, width, b.view());
  return made;
}

Ref<Str> repeat(Str& str, std::int64_t times) noexcept {
  if (times <= 0 || str.size() == 0) return Str::empty();
  if (times == 1) return same(str);
  const auto count = static_cast<std::size_t>(times);
  if (count > PTRDIFF_MAX / str.size())
    return raise(ErrorKind::kOverflow, {"repeated string is too long"});
  Ref<Str> made = Str::make_blank(str.size() * count, str.repertoire());
  if (!made) return kRaised;
  auto* const out = static_cast<std::uint8_t*>(made->writable());
  const std::span<const std::uint8_t> once = str.bytes();
  std::memcpy(out, once.data(), once.size());
  fill_by_doubling(out, once.size(), once.size() * count);
  return made;
}

Ref<Str> slice(Str& str, std::size_t begin, std::int64_t step, std::size_t count) noexcept {
  if (count == 0) return Str::empty();
  if (count == 1) return Str::of_character(str.view()[begin]);
  if (step == 1) return slice(str, begin, begin + count);
  const Strided points(str.view(), begin, step, count);
  Ref<Str> made = Str::make_blank(count, str.is_ascii() ? str.repertoire() : points.repertoire());
  if (made) points.copy_to(*made);
  return made;
}

Ref<Str> slice(Str& str, std::size_t begin, std::size_t end) noexcept {
  if (begin == 0 && end == str.size()) return same(str);
  if (str.is_ascii()) return Str::of_ascii(str.ascii().substr(begin, end - begin));
  return Str::of(str.view().slice(begin, end));
}

// --- Searching. ---

Bounds Bounds::within(std::size_t size, std::int64_t begin, std::int64_t end) noexcept {
  const auto length = static_cast<std::int64_t>(size);
  const auto from_front = [length](std::int64_t at) {
    return at < 0 ? std::max<std::int64_t>(at + length, 0) : at;
  };
  const std::int64_t first = from_front(begin);
  const std::int64_t last = std::min(from_front(end), length);
  if (first > last) return {.is_outside = true};
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
}

std::size_t find(const Str& str, const Str& what, Bounds bounds) noexcept {
  if (!may_be_in(what, str, bounds)) return text::kNotFound;
  return from_begin(text::find(part_of(str, bounds), what.view()), bounds);
}

std::size_t find_last(const Str& str, const Str& what, Bounds bounds) noexcept {
  if (!may_be_in(what, str, bounds)) return text::kNotFound;
  return from_begin(text::find_last(part_of(str, bounds), what.view()), bounds);
}

std::size_t count(const Str& str, const Str& what, Bounds bounds) noexcept {
  return may_be_in(what, str, bounds) ? text::count(part_of(str, bounds), what.view()) : 0;
}

bool contains(const Str& str, const Str& what) noexcept {
  return find(str, what, Bounds::within(str.size())) != text::kNotFound;
}

bool starts_with(const Str& str, const Str& what, Bounds bounds) noexcept {
  return may_be_in(what, str, bounds) && text::starts_with(part_of(str, bounds), what.view());
}

bool ends_with(const Str& str, const Str& what, Bounds bounds) noexcept {
  return may_be_in(what, str, bounds) && text::ends_with(part_of(str, bounds), what.view());
}

}  // namespace orochi::inline OROCHI_DESIGN
