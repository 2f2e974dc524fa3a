// objects/types/byte_edit_methods.h: the methods that bytes and bytearrays have in common and that
// make new ones.
//
// Attached threads. Included by bytes_methods.cc and bytearray_methods.cc alone.
#pragma once

#include <algorithm>

#include "objects/model/error.h"
#include "objects/text/compare.h"
#include "objects/types/byte_made.h"
#include "objects/types/byte_operands.h"
#include "objects/types/bytes_from.h"
#include "objects/types/digits.h"
#include "objects/types/each_item.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "objects/types/owned_values.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

template <class Kind>
class ByteEditMethods {
 private:
  [[nodiscard]] static Kind& self_of(const Value* arguments) noexcept {
    return *static_cast<Kind*>(arguments[0].object());
  }
  [[nodiscard]] static Ref<Kind> part(ByteSpan bytes, const BytePart& part) noexcept {
    return Kind::of(bytes.subspan(part.begin, part.end - part.begin));
  }
  // How often; below 0: as often as can be.
  [[nodiscard]] static std::size_t most(std::int64_t count) noexcept {
    return count < 0 ? SIZE_MAX : static_cast<std::size_t>(count);
  }

  // --- Joining and replacing. ---

  [[nodiscard]] static Status take_parts(Value iterable, OwnedValues& parts) noexcept {
    if (type_of(iterable).block().protocols().iter == nullptr)
      return raise(ErrorKind::kType, {"can only join an iterable"});
    return for_each_item(iterable, [&parts](Value item) noexcept -> Status {
      BytesLike bytes;
      if (!is_bytes_like(item))
        return raise(ErrorKind::kType,
                     {"sequence item ", Digits(parts.size()).text(),
                      ": expected a bytes-like object, ", type_of(item).name(), " found"});
      if (failed(bytes.take(item))) return kRaised;
      Ref<> kept = std::move(bytes.bytes());
      return parts.add(kept) ? Status::kDone : Status{raise_memory_error()};
    });
  }
  static Ref<> join(const Value* arguments) noexcept {
    OwnedValues parts;
    if (failed(take_parts(arguments[1], parts))) return kRaised;
    return made_of(self_of(arguments), [&](ByteSpan separator, ByteRoom room) {
      return orochi::join(separator, parts.all(), room);
    });
  }

  static Ref<> replace(const Value* arguments) noexcept {
    BytesLike what;
    BytesLike with;
    std::int64_t count = 0;
    if (failed(what.take(arguments[1])) || failed(with.take(arguments[2])) ||
        failed(read_index(arguments[3], count)))
      return kRaised;
    return made_of(self_of(arguments), [&](ByteSpan bytes, ByteRoom room) {
      return orochi::replace(bytes, what.span(), with.span(), most(count), room);
    });
  }

  static Ref<> translate(const Value* arguments) noexcept {
    BytesLike table;
    BytesLike deleted;
    const bool has_table = !arguments[1].is_none();
    if (has_table && failed(table.take(arguments[1]))) return kRaised;
    if (has_table && table.span().size() != 256)
      return raise(ErrorKind::kValue, {"translation table must be 256 characters long"});
    const bool deletes = !arguments[2].is_empty();
    if (deletes && failed(deleted.take(arguments[2]))) return kRaised;
    return made_of(self_of(arguments), [&](ByteSpan bytes, ByteRoom room) {
      return orochi::translate(bytes, has_table ? table.span().data() : nullptr,
                               deletes ? deleted.span() : ByteSpan(), room);
    });
  }

  // --- Case, and width. ---

  template <text::AsciiCase to>
  static Ref<> change_case(const Value* arguments) noexcept {
    return made_of(self_of(arguments), [](ByteSpan bytes, ByteRoom room) {
      return orochi::change_case(bytes, to, room);
    });
  }

  static Ref<> expand_tabs(const Value* arguments) noexcept {
    std::int64_t columns = 0;
    if (failed(read_index(arguments[1], columns))) return kRaised;
    return made_of(self_of(arguments), [&](ByteSpan bytes, ByteRoom room) {
      return orochi::expand_tabs(bytes, columns, room);
    });
  }

  static Ref<> zero_fill(const Value* arguments) noexcept {
    std::int64_t width = 0;
    if (failed(read_index(arguments[1], width))) return kRaised;
    return made_of(self_of(arguments), [&](ByteSpan bytes, ByteRoom room) {
      return orochi::zero_fill(bytes, width, room);
    });
  }

  [[nodiscard]] static Status read_fill(Value value, std::string_view name,
                                        std::uint8_t& fill) noexcept {
    fill = ' ';
    if (value.is_empty()) return Status::kDone;
    BytesLike bytes;
    const bool has_bytes = as_bytes(value) != nullptr || as_bytearray(value) != nullptr;
    if (has_bytes && failed(bytes.take(value))) return kRaised;
    if (!has_bytes || bytes.span().size() != 1)
      return raise(ErrorKind::kType, {name, "() argument 2 must be a byte string of length 1, not ",
                                      type_of(value).name()});
    fill = bytes.span()[0];
    return Status::kDone;
  }
  // margins(size, width): of a text that is to be so wide.
  template <class ToMargins>
  [[nodiscard]] static Ref<> padded(const Value* arguments, std::string_view name,
                                    ToMargins margins) noexcept {
    std::int64_t width = 0;
    std::uint8_t fill = 0;
    if (failed(read_index(arguments[1], width)) || failed(read_fill(arguments[2], name, fill)))
      return kRaised;
    return made_of(self_of(arguments), [&](ByteSpan bytes, ByteRoom room) {
      const Margins sides = margins(bytes.size(), width);
      return pad(bytes, sides.left, sides.right, fill, room);
    });
  }
  static Ref<> center(const Value* arguments) noexcept {
    return padded(arguments, "center", Margins::of_centered);
  }
  static Ref<> ljust(const Value* arguments) noexcept {
    return padded(arguments, "ljust", [](std::size_t size, std::int64_t width) {
      const Margins both = Margins::of_centered(size, width);
      return Margins{0, both.left + both.right};
    });
  }
  static Ref<> rjust(const Value* arguments) noexcept {
    return padded(arguments, "rjust", [](std::size_t size, std::int64_t width) {
      const Margins both = Margins::of_centered(size, width);
      return Margins{both.left + both.right, 0};
    });
  }

  // --- Ends. ---

  template <Sides sides>
  static Ref<> strip(const Value* arguments) noexcept {
    BytesLike unwanted;
    const bool has_own = !arguments[1].is_none();
    if (has_own && failed(unwanted.take(arguments[1]))) return kRaised;
    const ByteSpan own = has_own ? unwanted.span() : ByteSpan();
    return read_bytes(self_of(arguments), [&](ByteSpan bytes) {
      return part(bytes, orochi::strip(bytes, has_own ? &own : nullptr, sides));
    });
  }
  static Ref<> remove_prefix(const Value* arguments) noexcept {
    BytesLike prefix;
    if (failed(prefix.take(arguments[1]))) return kRaised;
    return read_bytes(self_of(arguments), [&](ByteSpan bytes) {
      const bool has = text::starts_with(view_of(bytes), view_of(prefix.span()));
      return part(bytes, {has ? prefix.span().size() : 0, bytes.size()});
    });
  }
  static Ref<> remove_suffix(const Value* arguments) noexcept {
    BytesLike suffix;
    if (failed(suffix.take(arguments[1]))) return kRaised;
    return read_bytes(self_of(arguments), [&](ByteSpan bytes) {
      const bool has = text::ends_with(view_of(bytes), view_of(suffix.span()));
      return part(bytes, {0, bytes.size() - (has ? suffix.span().size() : 0)});
    });
  }

  // --- Cutting. ---

  // A list of what cut(bytes, visit) visits.
  template <class Cut>
  [[nodiscard]] static Ref<List> pieces(Kind& self, Cut cut) noexcept {
    Ref<List> list = List::make();
    if (!list) return kRaised;
    const Status done = read_bytes(self, [&](ByteSpan bytes) {
      const auto visit = [&](std::size_t begin, std::size_t end) -> Status {
        Ref<Kind> piece = part(bytes, {begin, end});
        return piece ? list->append(std::move(piece)) : Status::kFailed;
      };
      return cut(bytes, PieceVisitor(visit));
    });
    return failed(done) ? Ref<List>() : std::move(list);
  }
  template <From from>
  static Ref<> split(const Value* arguments) noexcept {
    BytesLike separator;
    std::int64_t count = 0;
    const bool at_spaces = arguments[1].is_none();
    if (failed(read_index(arguments[2], count))) return kRaised;
    if (!at_spaces && failed(take_separator(arguments[1], separator))) return kRaised;
    Ref<List> list = pieces(self_of(arguments), [&](ByteSpan bytes, PieceVisitor visit) {
      return at_spaces ? split_at_spaces(bytes, most(count), from, visit)
                       : orochi::split(bytes, separator.span(), most(count), from, visit);
    });
    if (list && from == From::kRight) list->reverse();
    return list;
  }
  static Ref<> split_lines(const Value* arguments) noexcept {
    const Truth keeps = truth(arguments[1]);
    if (failed(keeps)) return kRaised;
    const LineEnds ends = keeps == Truth::kTrue ? LineEnds::kKeep : LineEnds::kDrop;
    return pieces(self_of(arguments), [ends](ByteSpan bytes, PieceVisitor visit) {
      return orochi::split_lines(bytes, ends, visit);
    });
  }
  [[nodiscard]] static Status take_separator(Value value, BytesLike& separator) noexcept {
    if (failed(separator.take(value))) return kRaised;
    if (separator.span().empty()) return raise(ErrorKind::kValue, {"empty separator"});
    return Status::kDone;
  }

  // Before it, it, and behind it; if it is not there, all stands at the side that is not searched
  // first.
  template <From from>
  static Ref<> partition(const Value* arguments) noexcept {
    BytesLike separator;
    if (failed(take_separator(arguments[1], separator))) return kRaised;
    return read_bytes(self_of(arguments), [&](ByteSpan bytes) -> Ref<> {
      const text::View wanted = view_of(separator.span());
      const std::size_t at = from == From::kLeft ? text::find(view_of(bytes), wanted)
                                                 : text::find_last(view_of(bytes), wanted);
      if (at != text::kNotFound) return three(bytes, at, at + separator.span().size());
      return from == From::kLeft ? three(bytes, bytes.size(), bytes.size()) : three(bytes, 0, 0);
    });
  }
  [[nodiscard]] static Ref<> three(ByteSpan bytes, std::size_t begin, std::size_t end) noexcept {
    Ref<Kind> before = part(bytes, {0, begin});
    Ref<Kind> it = part(bytes, {begin, end});
    Ref<Kind> behind = part(bytes, {end, bytes.size()});
    if (!before || !it || !behind) return kRaised;
    return Tuple::of(std::move(before), std::move(it), std::move(behind));
  }

 public:
  static constexpr NativeSpec kMethods[] = {
      {"join(self, iterable_of_bytes, /)", join},
      {"replace(self, old, new, count=-1, /)", replace},
      {"translate(self, table, /, delete=<none>)", translate},
      {"lower(self, /)", change_case<text::AsciiCase::kLower>},
      {"upper(self, /)", change_case<text::AsciiCase::kUpper>},
      {"title(self, /)", change_case<text::AsciiCase::kTitle>},
      {"capitalize(self, /)", change_case<text::AsciiCase::kCapitalized>},
      {"swapcase(self, /)", change_case<text::AsciiCase::kSwapped>},
      {"expandtabs(self, /, tabsize=8)", expand_tabs},
      {"zfill(self, width, /)", zero_fill},
      {"center(self, width, fillchar=<none>, /)", center},
      {"ljust(self, width, fillchar=<none>, /)", ljust},
      {"rjust(self, width, fillchar=<none>, /)", rjust},
      {"strip(self, bytes=None, /)", strip<Sides::kBoth>},
      {"lstrip(self, bytes=None, /)", strip<Sides::kLeft>},
      {"rstrip(self, bytes=None, /)", strip<Sides::kRight>},
      {"removeprefix(self, prefix, /)", remove_prefix},
      {"removesuffix(self, suffix, /)", remove_suffix},
      {"split(self, /, sep=None, maxsplit=-1)", split<From::kLeft>},
      {"rsplit(self, /, sep=None, maxsplit=-1)", split<From::kRight>},
      {"splitlines(self, /, keepends=False)", split_lines},
      {"partition(self, sep, /)", partition<From::kLeft>},
      {"rpartition(self, sep, /)", partition<From::kRight>},
  };
};

}  // namespace orochi::inline OROCHI_DESIGN
