#include "objects/types/byte_edit.h"

#include <algorithm>
#include <bitset>

#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// False: it does not fit into any memory.
[[nodiscard]] bool add_to(std::size_t& sum, std::size_t more) noexcept {
  return !__builtin_add_overflow(sum, more, &sum) && sum <= PTRDIFF_MAX;
}

[[nodiscard]] std::uint8_t* put(std::uint8_t* out, ByteSpan bytes) noexcept {
  return std::ranges::copy(bytes, out).out;
}

// write(std::uint8_t*) into the room, if there is any.
template <class Write>
[[nodiscard]] Status fill(ByteRoom room, std::size_t size, Write write) noexcept {
  std::uint8_t* const out = room(size);
  if (out == nullptr) return kRaised;
  write(out);
  return Status::kDone;
}

Raised raise_too_long(std::string_view what) noexcept {
  return raise(ErrorKind::kOverflow, {what, " too long"});
}

}  // namespace

// --- Put together. ---

Status concat(ByteSpan a, ByteSpan b, ByteRoom room) noexcept {
  std::size_t size = a.size();
  if (!add_to(size, b.size())) return raise_memory_error();
  return fill(room, size, [&](std::uint8_t* out) { static_cast<void>(put(put(out, a), b)); });
}

Status repeat(ByteSpan bytes, std::int64_t times, ByteRoom room) noexcept {
  std::size_t size = 0;
  const std::size_t count = times <= 0 ? 0 : static_cast<std::size_t>(times);
  if (__builtin_mul_overflow(bytes.size(), count, &size) || size > PTRDIFF_MAX)
    return raise_too_long("repeated bytes are");
  return fill(room, size, [&](std::uint8_t* out) {
    if (bytes.size() == 1) {
      std::fill_n(out, size, bytes[0]);
      return;
    }
    for (std::size_t i = 0; i < (bytes.empty() ? 0 : count); ++i) out = put(out, bytes);
  });
}

Status join(ByteSpan separator, std::span<const Value> parts, ByteRoom room) noexcept {
  const auto span_of = [](Value part) { return static_cast<Bytes*>(part.object())->span(); };
  std::size_t size = 0;
  bool fits = parts.empty() || !__builtin_mul_overflow(parts.size() - 1, separator.size(), &size);
  for (const Value part : parts) fits = fits && add_to(size, span_of(part).size());
  if (!fits) return raise_too_long("join() result is");
  return fill(room, size, [&](std::uint8_t* out) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i != 0) out = put(out, separator);
      out = put(out, span_of(parts[i]));
    }
  });
}

// --- Changed. ---

Status replace(ByteSpan bytes, ByteSpan what, ByteSpan with, std::size_t most,
               ByteRoom room) noexcept {
  const std::size_t matches = text::count(view_of(bytes), view_of(what), most);
  std::size_t size = 0;
  const bool fits = !__builtin_mul_overflow(matches, with.size(), &size) &&
                    add_to(size, bytes.size() - matches * what.size());
  if (!fits) return raise_too_long("replace bytes is");
  return fill(room, size, [&](std::uint8_t* out) {
    text::Matches found(view_of(bytes), view_of(what));
    std::size_t done = 0;
    for (std::size_t i = 0; i < matches; ++i) {
      const std::size_t at = found.next();
      out = put(put(out, bytes.subspan(done, at - done)), with);
      done = at + what.size();
    }
    static_cast<void>(put(out, bytes.subspan(done)));
  });
}

Status translate(ByteSpan bytes, const std::uint8_t* table, ByteSpan deleted,
                 ByteRoom room) noexcept {
  std::bitset<256> goes;
  for (const std::uint8_t byte : deleted) goes.set(byte);
  const auto stays = [&goes](std::uint8_t byte) { return !goes.test(byte); };
  const auto size = static_cast<std::size_t>(std::ranges::count_if(bytes, stays));
  return fill(room, size, [&](std::uint8_t* out) {
    for (const std::uint8_t byte : bytes)
      if (stays(byte)) *out++ = table == nullptr ? byte : table[byte];
  });
}

Status change_case(ByteSpan bytes, text::AsciiCase to, ByteRoom room) noexcept {
  return fill(room, bytes.size(),
              [&](std::uint8_t* out) { text::change_ascii_case(out, bytes, to); });
}

Status expand_tabs(ByteSpan bytes, std::int64_t columns, ByteRoom room) noexcept {
  const std::size_t width = columns <= 0 ? 0 : static_cast<std::size_t>(columns);
  const std::size_t size = text::measure_expanded_tabs(bytes, width);
  if (size == SIZE_MAX) return raise_too_long("result is");
  return fill(room, size, [&](std::uint8_t* out) { text::expand_tabs(out, bytes, width); });
}

Margins Margins::of_centered(std::size_t size, std::int64_t width) noexcept {
  if (width <= 0 || static_cast<std::size_t>(width) <= size) return {};
  const std::size_t more = static_cast<std::size_t>(width) - size;
  // An odd one goes to the left where the width is odd, and else to the right.
  const std::size_t left = more / 2 + (more & static_cast<std::size_t>(width) & 1);
  return {left, more - left};
}

Status pad(ByteSpan bytes, std::size_t left, std::size_t right, std::uint8_t byte,
           ByteRoom room) noexcept {
  std::size_t size = bytes.size();
  if (!add_to(size, left) || !add_to(size, right)) return raise_memory_error();
  return fill(room, size, [&](std::uint8_t* out) {
    out = put(std::fill_n(out, left, byte), bytes);
    std::fill_n(out, right, byte);
  });
}

Status zero_fill(ByteSpan bytes, std::int64_t width, ByteRoom room) noexcept {
  const bool has_sign = !bytes.empty() && (bytes[0] == '+' || bytes[0] == '-');
  const std::size_t wanted = width <= 0 ? 0 : static_cast<std::size_t>(width);
  const std::size_t zeros = wanted > bytes.size() ? wanted - bytes.size() : 0;
  std::size_t size = bytes.size();
  if (!add_to(size, zeros)) return raise_memory_error();
  return fill(room, size, [&](std::uint8_t* out) {
    if (has_sign) *out++ = bytes[0];
    out = std::fill_n(out, zeros, std::uint8_t{'0'});
    static_cast<void>(put(out, bytes.subspan(has_sign ? 1 : 0)));
  });
}

// --- Cut. ---

BytePart strip(ByteSpan bytes, const ByteSpan* unwanted, Sides sides) noexcept {
  const auto goes = [unwanted](std::uint8_t byte) {
    if (unwanted == nullptr) return text::is_ascii_space(byte);
    return std::ranges::find(*unwanted, byte) != unwanted->end();
  };
  BytePart part{0, bytes.size()};
  if (sides != Sides::kRight)
    while (part.begin < part.end && goes(bytes[part.begin])) ++part.begin;
  if (sides != Sides::kLeft)
    while (part.begin < part.end && goes(bytes[part.end - 1])) --part.end;
  return part;
}

Status slice(ByteSpan bytes, const SlicePart& part, ByteRoom room) noexcept {
  return fill(room, part.count, [&](std::uint8_t* out) {
    for (std::size_t i = 0; i < part.count; ++i) out[i] = bytes[part.place(i)];
  });
}

namespace {

[[nodiscard]] Status split_from_left(ByteSpan bytes, ByteSpan separator, std::size_t most,
                                     PieceVisitor visit) noexcept {
  text::Matches found(view_of(bytes), view_of(separator));
  std::size_t begin = 0;
  for (std::size_t cuts = 0; cuts < most; ++cuts) {
    const std::size_t at = found.next();
    if (at == text::kNotFound) break;
    if (failed(visit(begin, at))) return kRaised;
    begin = at + separator.size();
  }
  return visit(begin, bytes.size());
}

[[nodiscard]] Status split_from_right(ByteSpan bytes, ByteSpan separator, std::size_t most,
                                      PieceVisitor visit) noexcept {
  text::MatchesFromRight found(view_of(bytes), view_of(separator));
  std::size_t end = bytes.size();
  for (std::size_t cuts = 0; cuts < most; ++cuts) {
    const std::size_t at = found.next();
    if (at == text::kNotFound) break;
    if (failed(visit(at + separator.size(), end))) return kRaised;
    end = at;
  }
  return visit(0, end);
}

[[nodiscard]] Status split_at_spaces_from_left(ByteSpan bytes, std::size_t most,
                                               PieceVisitor visit) noexcept {
  const auto skip = [&bytes](std::size_t at, bool spaces) {
    while (at < bytes.size() && text::is_ascii_space(bytes[at]) == spaces) ++at;
    return at;
  };
  std::size_t begin = skip(0, true);
  for (std::size_t cuts = 0; begin < bytes.size() && cuts < most; ++cuts) {
    const std::size_t end = skip(begin, false);
    if (failed(visit(begin, end))) return kRaised;
    begin = skip(end, true);
  }
  if (begin == bytes.size()) return Status::kDone;
  return visit(begin, bytes.size());  // the rest is one piece, with the spaces at its end
}

[[nodiscard]] Status split_at_spaces_from_right(ByteSpan bytes, std::size_t most,
                                                PieceVisitor visit) noexcept {
  const auto skip = [&bytes](std::size_t end, bool spaces) {
    while (end > 0 && text::is_ascii_space(bytes[end - 1]) == spaces) --end;
    return end;
  };
  std::size_t end = skip(bytes.size(), true);
  for (std::size_t cuts = 0; end > 0 && cuts < most; ++cuts) {
    const std::size_t begin = skip(end, false);
    if (failed(visit(begin, end))) return kRaised;
    end = skip(begin, true);
  }
  if (end == 0) return Status::kDone;
  return visit(0, end);  // as above, with those at its begin
}

}  // namespace

Status split(ByteSpan bytes, ByteSpan separator, std::size_t most, From from,
             PieceVisitor visit) noexcept {
  return from == From::kLeft ? split_from_left(bytes, separator, most, visit)
                             : split_from_right(bytes, separator, most, visit);
}

Status split_at_spaces(ByteSpan bytes, std::size_t most, From from, PieceVisitor visit) noexcept {
  return from == From::kLeft ? split_at_spaces_from_left(bytes, most, visit)
                             : split_at_spaces_from_right(bytes, most, visit);
}

Status split_lines(ByteSpan bytes, LineEnds ends, PieceVisitor visit) noexcept {
  for (std::size_t begin = 0; begin < bytes.size();) {
    const text::AsciiLine line = text::ascii_line(bytes, begin);
    if (failed(visit(begin, ends == LineEnds::kKeep ? line.next : line.end))) return kRaised;
    begin = line.next;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
