#include "objects/types/str_split.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/text/unicode.h"
#include "objects/types/digits.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/str_join.h"
#include "objects/types/str_operations.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status add_piece(List& list, Str& str, std::size_t begin, std::size_t end) noexcept {
  Ref<Str> piece = slice(str, begin, end);
  return piece ? list.append(std::move(piece)) : Status{kRaised};
}

[[nodiscard]] Status check_separator(const Str* separator) noexcept {
  if (separator == nullptr || separator->size() != 0) return Status::kDone;
  return raise(ErrorKind::kValue, {"empty separator"});
}

// cut(visit) tells `visit` where each piece is.
template <class Cut>
[[nodiscard]] Ref<List> list_of_pieces(Str& str, Cut cut) noexcept {
  Ref<List> list = List::make();
  if (!list) return kRaised;
  const auto visit = [&](std::size_t begin, std::size_t end) {
    return add_piece(*list, str, begin, end);
  };
  return failed(cut(visit)) ? Ref<List>() : std::move(list);
}

// --- From the right: the last piece is told first. ---

[[nodiscard]] Status cut_from_right(const Str& str, const Str& separator, std::size_t most,
                                    PieceVisitor visit) noexcept {
  text::MatchesFromRight found(str.view(), separator.view());
  std::size_t end = str.size();
  for (std::size_t cuts = 0; cuts < most; ++cuts) {
    const std::size_t at = found.next();
    if (at == text::kNotFound) break;
    if (failed(visit(at + separator.size(), end))) return kRaised;
    end = at;
  }
  return visit(0, end);
}

[[nodiscard]] Status cut_at_spaces_from_right(const Str& str, std::size_t most,
                                              PieceVisitor visit) noexcept {
  const text::View points = str.view();
  const auto skip = [&points](std::size_t end, bool spaces) {
    while (end > 0 && text::is_space(points[end - 1]) == spaces) --end;
    return end;
  };
  std::size_t end = skip(points.size, true);
  for (std::size_t cuts = 0; end > 0 && cuts < most; ++cuts) {
    const std::size_t begin = skip(end, false);
    if (failed(visit(begin, end))) return kRaised;
    end = skip(begin, true);
  }
  return end == 0 ? Status::kDone : visit(0, end);
}

}  // namespace

// --- Lists. ---

Ref<List> split_to_list(Str& str, const Str* separator, std::size_t most) noexcept {
  if (failed(check_separator(separator))) return kRaised;
  return list_of_pieces(str, [&](PieceVisitor visit) {
    return separator == nullptr ? split_at_spaces(str, most, visit)
                                : split(str, *separator, most, visit);
  });
}

Ref<List> split_from_right(Str& str, const Str* separator, std::size_t most) noexcept {
  if (failed(check_separator(separator))) return kRaised;
  Ref<List> list = list_of_pieces(str, [&](PieceVisitor visit) {
    return separator == nullptr ? cut_at_spaces_from_right(str, most, visit)
                                : cut_from_right(str, *separator, most, visit);
  });
  if (list) list->reverse();
  return list;
}

Ref<List> lines_of(Str& str, LineEnds ends) noexcept {
  return list_of_pieces(str, [&](PieceVisitor visit) { return split_lines(str, ends, visit); });
}

// --- Three parts. ---

namespace {

[[nodiscard]] Ref<Tuple> parts_around(Str& str, Str& separator, std::size_t at) noexcept {
  Ref<Str> before = slice(str, 0, at);
  if (!before) return kRaised;
  Ref<Str> after = slice(str, at + separator.size(), str.size());
  if (!after) return kRaised;
  return Tuple::of(std::move(before), Ref<Str>::of(separator), std::move(after));
}

}  // namespace

Ref<Tuple> partition(Str& str, Str& separator) noexcept {
  if (failed(check_separator(&separator))) return kRaised;
  const std::size_t at = find(str, separator, Bounds::within(str.size()));
  if (at != text::kNotFound) return parts_around(str, separator, at);
  Ref<Str> whole = slice(str, 0, str.size());
  if (!whole) return kRaised;
  return Tuple::of(std::move(whole), Str::empty(), Str::empty());
}

Ref<Tuple> partition_from_right(Str& str, Str& separator) noexcept {
  if (failed(check_separator(&separator))) return kRaised;
  const std::size_t at = find_last(str, separator, Bounds::within(str.size()));
  if (at != text::kNotFound) return parts_around(str, separator, at);
  Ref<Str> whole = slice(str, 0, str.size());
  if (!whole) return kRaised;
  return Tuple::of(Str::empty(), Str::empty(), std::move(whole));
}

// --- Joining. ---

namespace {

[[nodiscard]] Ref<Tuple> parts_from(Value parts) noexcept {
  if (as_exact_tuple(parts) != nullptr || as_exact_list(parts) != nullptr)
    return Tuple::from(parts);
  const Ref<> iterator = iterate(parts);
  if (iterator) return Tuple::from(iterator.value());
  if (!is_pending(exception_type(ErrorKind::kType))) return kRaised;
  return raise(ErrorKind::kType, {"can only join an iterable"});
}

[[nodiscard]] Status check_parts(const Tuple& parts) noexcept {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (as_str(parts[i]) == nullptr)
      return raise(ErrorKind::kType,
                   {"sequence item ", Digits(i).text(), ": expected str instance, ",
                    type_of(parts[i]).name(), " found"});
  }
  return Status::kDone;
}

}  // namespace

Ref<Str> join_all(const Str& separator, Value parts) noexcept {
  const Ref<Tuple> all = parts_from(parts);
  if (!all || failed(check_parts(*all))) return kRaised;
  if (all->size() == 1 && as_exact_str((*all)[0]) != nullptr) return all->load(0).cast<Str>();
  return join_parts(separator, all->size(), [&](std::size_t i) noexcept -> const Str& {
    return static_cast<const Str&>(*(*all)[i].object());
  });
}

}  // namespace orochi::inline OROCHI_DESIGN
