// objects/types/byte_search_methods.h: the methods that bytes and bytearrays have in common and
// that find something or answer a question.
//
// Attached threads. Included by bytes_methods.cc and bytearray_methods.cc alone.
#pragma once

#include "objects/model/error.h"
#include "objects/text/compare.h"
#include "objects/types/byte_hex.h"
#include "objects/types/byte_made.h"
#include "objects/types/byte_operands.h"
#include "objects/types/codec.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/str_operations.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

template <class Kind>
class ByteSearchMethods {
 private:
  [[nodiscard]] static Kind& self_of(const Value* arguments) noexcept {
    return *static_cast<Kind*>(arguments[0].object());
  }
  [[nodiscard]] static Ref<> number(std::size_t count) noexcept {
    return Ref<>::adopt(Value::of_int(static_cast<std::int64_t>(count)));
  }

  // start and end, as they are given behind something else.
  struct Range {
    std::int64_t start = 0;
    std::int64_t end = INT64_MAX;

    [[nodiscard]] Status take(const Value* arguments) noexcept {
      if (failed(read_bound(arguments[0], 0, start))) return kRaised;
      return read_bound(arguments[1], INT64_MAX, end);
    }
    [[nodiscard]] Bounds within(ByteSpan bytes) const noexcept {
      return Bounds::within(bytes.size(), start, end);
    }
  };
  [[nodiscard]] static text::View part_of(ByteSpan bytes, const Bounds& bounds) noexcept {
    return view_of(bytes).slice(bounds.begin, bounds.end);
  }

  // --- Finding. ---

  struct Search {
    Needle needle;
    Range range;

    [[nodiscard]] Status take(const Value* arguments) noexcept {
      if (failed(needle.take_argument(arguments[1]))) return kRaised;
      return range.take(arguments + 2);
    }
  };
  using Finder = std::size_t (*)(text::View, text::View) noexcept;

  // Where it is, or text::kNotFound.
  template <Finder find>
  [[nodiscard]] static std::size_t found(Kind& self, const Search& search) noexcept {
    return read_bytes(self, [&](ByteSpan bytes) {
      const Bounds bounds = search.range.within(bytes);
      if (bounds.is_outside) return text::kNotFound;
      const std::size_t at = find(part_of(bytes, bounds), view_of(search.needle.span()));
      return at == text::kNotFound ? at : at + bounds.begin;
    });
  }
  template <Finder find>
  static Ref<> find_or_minus_one(const Value* arguments) noexcept {
    Search search;
    if (failed(search.take(arguments))) return kRaised;
    const std::size_t at = found<find>(self_of(arguments), search);
    return at == text::kNotFound ? Ref<>::adopt(Value::of_int(-1)) : number(at);
  }
  template <Finder find>
  static Ref<> find_or_raise(const Value* arguments) noexcept {
    Search search;
    if (failed(search.take(arguments))) return kRaised;
    const std::size_t at = found<find>(self_of(arguments), search);
    if (at == text::kNotFound) return raise(ErrorKind::kValue, {"subsection not found"});
    return number(at);
  }
  static Ref<> count(const Value* arguments) noexcept {
    Search search;
    if (failed(search.take(arguments))) return kRaised;
    return number(read_bytes(self_of(arguments), [&](ByteSpan bytes) {
      const Bounds bounds = search.range.within(bytes);
      if (bounds.is_outside) return std::size_t{0};
      return text::count(part_of(bytes, bounds), view_of(search.needle.span()));
    }));
  }

  // --- Ends. ---

  using EndTest = bool (*)(text::View, text::View) noexcept;

  template <EndTest is_at_end>
  [[nodiscard]] static Truth has_end(Kind& self, Value wanted, const Range& range) noexcept {
    BytesLike end;
    if (failed(end.take(wanted))) return kRaised;
    return read_bytes(self, [&](ByteSpan bytes) {
      const Bounds bounds = range.within(bytes);
      return truth_of(!bounds.is_outside && is_at_end(part_of(bytes, bounds), view_of(end.span())));
    });
  }
  template <EndTest is_at_end>
  [[nodiscard]] static Truth has_any_end(Kind& self, const Tuple& wanted,
                                         const Range& range) noexcept {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Truth has = has_end<is_at_end>(self, wanted[i], range);
      if (has != Truth::kFalse) return has;
    }
    return Truth::kFalse;
  }
  template <EndTest is_at_end>
  [[nodiscard]] static Ref<> test_end(const Value* arguments, std::string_view name) noexcept {
    Range range;
    if (failed(range.take(arguments + 2))) return kRaised;
    const Value wanted = arguments[1];
    const Tuple* const several = as_tuple(wanted);
    if (several == nullptr && !is_bytes_like(wanted))
      return raise(ErrorKind::kType, {name, " first arg must be bytes or a tuple of bytes, not ",
                                      type_of(wanted).name()});
    Kind& self = self_of(arguments);
    const Truth has = several == nullptr ? has_end<is_at_end>(self, wanted, range)
                                         : has_any_end<is_at_end>(self, *several, range);
    return failed(has) ? Ref<>() : bool_of(has == Truth::kTrue);
  }
  static Ref<> starts_with(const Value* arguments) noexcept {
    return test_end<text::starts_with>(arguments, "startswith");
  }
  static Ref<> ends_with(const Value* arguments) noexcept {
    return test_end<text::ends_with>(arguments, "endswith");
  }

  // --- Kinds, and as text. ---

  template <text::AsciiKind kind>
  static Ref<> is_kind(const Value* arguments) noexcept {
    return bool_of(read_bytes(self_of(arguments),
                              [](ByteSpan bytes) { return text::is_ascii_kind(bytes, kind); }));
  }

  static Ref<> hex(const Value* arguments) noexcept {
    HexGroups groups;
    if (failed(groups.take(arguments[1], arguments[2]))) return kRaised;
    return read_bytes(self_of(arguments), [&](ByteSpan bytes) { return hex_of(bytes, groups); });
  }

  static Ref<> decode(const Value* arguments) noexcept {
    Codec codec;
    if (failed(codec.take(arguments[1], arguments[2], "decode"))) return kRaised;
    return read_bytes(self_of(arguments), [&](ByteSpan bytes) { return codec.decode(bytes); });
  }

  using Ascii = text::AsciiKind;

 public:
  static constexpr NativeSpec kMethods[] = {
      {"find(self, sub, start=None, end=None, /)", find_or_minus_one<text::find>},
      {"rfind(self, sub, start=None, end=None, /)", find_or_minus_one<text::find_last>},
      {"index(self, sub, start=None, end=None, /)", find_or_raise<text::find>},
      {"rindex(self, sub, start=None, end=None, /)", find_or_raise<text::find_last>},
      {"count(self, sub, start=None, end=None, /)", count},
      {"startswith(self, prefix, start=None, end=None, /)", starts_with},
      {"endswith(self, suffix, start=None, end=None, /)", ends_with},
      {"isalnum(self, /)", is_kind<Ascii::kAlphanumeric>},
      {"isalpha(self, /)", is_kind<Ascii::kAlphabetic>},
      {"isascii(self, /)", is_kind<Ascii::kAscii>},
      {"isdigit(self, /)", is_kind<Ascii::kDigit>},
      {"islower(self, /)", is_kind<Ascii::kLower>},
      {"isspace(self, /)", is_kind<Ascii::kSpace>},
      {"istitle(self, /)", is_kind<Ascii::kTitle>},
      {"isupper(self, /)", is_kind<Ascii::kUpper>},
      {"hex(self, /, sep=<none>, bytes_per_sep=1)", hex},
      {"decode(self, /, encoding='utf-8', errors='strict')", decode},
  };
};

}  // namespace orochi::inline OROCHI_DESIGN
