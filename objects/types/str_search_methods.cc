// The methods of `str` that look for something: find and its kin, replace, strip.
#include <string_view>

#include "objects/model/error.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/ordering.h"
#include "objects/types/str_arguments.h"
#include "objects/types/str_edit.h"
#include "objects/types/str_methods.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- find, index, count. ---

struct Wanted {
  const Str* what = nullptr;
  Bounds bounds;
};
[[nodiscard]] Status read_wanted(const Value* arguments, Wanted& wanted) noexcept {
  wanted.what = read_str(arguments[1], "");
  if (wanted.what == nullptr) return kRaised;
  return read_bounds(self_str(arguments).size(), arguments[2], arguments[3], wanted.bounds);
}

using Finder = std::size_t (*)(const Str&, const Str&, Bounds) noexcept;

template <Finder kFind>
Ref<> find_it(const Value* arguments) noexcept {
  Wanted wanted;
  if (failed(read_wanted(arguments, wanted))) return kRaised;
  const std::size_t place = kFind(self_str(arguments), *wanted.what, wanted.bounds);
  return place == text::kNotFound ? make_int(std::int64_t{-1}) : make_size(place);
}

template <Finder kFind>
Ref<> index_of_it(const Value* arguments) noexcept {
  Wanted wanted;
  if (failed(read_wanted(arguments, wanted))) return kRaised;
  const std::size_t place = kFind(self_str(arguments), *wanted.what, wanted.bounds);
  if (place == text::kNotFound) return raise(ErrorKind::kValue, {"substring not found"});
  return make_size(place);
}

Ref<> count_it(const Value* arguments) noexcept {
  Wanted wanted;
  if (failed(read_wanted(arguments, wanted))) return kRaised;
  return make_size(count(self_str(arguments), *wanted.what, wanted.bounds));
}

// --- startswith, endswith. ---

using Question = bool (*)(const Str&, const Str&, Bounds) noexcept;

[[nodiscard]] Truth any_fits(const Str& str, const Tuple& affixes, Bounds bounds, Question fits,
                             std::string_view name) noexcept {
  for (std::size_t i = 0; i < affixes.size(); ++i) {
    const Str* const affix = as_str(affixes[i]);
    if (affix == nullptr)
      return raise(ErrorKind::kType, {"tuple for ", name, " must only contain str, not ",
                                      type_of(affixes[i]).name()});
    if (fits(str, *affix, bounds)) return Truth::kTrue;
  }
  return Truth::kFalse;
}

[[nodiscard]] Ref<> fits(const Value* arguments, Question question,
                         std::string_view name) noexcept {
  const Str& self = self_str(arguments);
  Bounds bounds;
  if (failed(read_bounds(self.size(), arguments[2], arguments[3], bounds))) return kRaised;
  if (const Tuple* const affixes = as_tuple(arguments[1])) {
    const Truth fit = any_fits(self, *affixes, bounds, question, name);
    return failed(fit) ? Ref<>() : bool_of(fit == Truth::kTrue);
  }
  if (const Str* const affix = as_str(arguments[1])) return bool_of(question(self, *affix, bounds));
  return raise(ErrorKind::kType, {name, " first arg must be str or a tuple of str, not ",
                                  type_of(arguments[1]).name()});
}

Ref<> startswith(const Value* arguments) noexcept {
  return fits(arguments, starts_with, "startswith");
}
Ref<> endswith(const Value* arguments) noexcept { return fits(arguments, ends_with, "endswith"); }

Ref<> removeprefix(const Value* arguments) noexcept {
  Str& self = self_str(arguments);
  const Str* const prefix = read_str(arguments[1], "removeprefix() argument");
  if (prefix == nullptr) return kRaised;
  const bool is_there = starts_with(self, *prefix, Bounds::within(self.size()));
  return slice(self, is_there ? prefix->size() : 0, self.size());
}

Ref<> removesuffix(const Value* arguments) noexcept {
  Str& self = self_str(arguments);
  const Str* const suffix = read_str(arguments[1], "removesuffix() argument");
  if (suffix == nullptr) return kRaised;
  const bool is_there = ends_with(self, *suffix, Bounds::within(self.size()));
  return slice(self, 0, self.size() - (is_there ? suffix->size() : 0));
}

// --- replace, strip. ---

Ref<> replace_it(const Value* arguments) noexcept {
  const Str* const what = read_str(arguments[1], "replace() argument 1");
  if (what == nullptr) return kRaised;
  const Str* const with = read_str(arguments[2], "replace() argument 2");
  if (with == nullptr) return kRaised;
  std::int64_t most = 0;
  if (failed(read_index(arguments[3], most))) return kRaised;
  return replace(self_str(arguments), *what, *with,
                 most < 0 ? text::kNotFound : static_cast<std::size_t>(most));
}

[[nodiscard]] Ref<> strip_it(const Value* arguments, Sides sides, std::string_view name) noexcept {
  const Str* const characters = as_str(arguments[1]);
  if (characters == nullptr && !arguments[1].is_none())
    return raise(ErrorKind::kType, {name, " arg must be None or str"});
  return strip(self_str(arguments), characters, sides);
}

Ref<> strip_both(const Value* arguments) noexcept {
  return strip_it(arguments, Sides::kBoth, "strip");
}
Ref<> strip_left(const Value* arguments) noexcept {
  return strip_it(arguments, Sides::kLeft, "lstrip");
}
Ref<> strip_right(const Value* arguments) noexcept {
  return strip_it(arguments, Sides::kRight, "rstrip");
}

constexpr NativeSpec kMethods[] = {
    {"count(self, sub, start=None, end=None, /)", count_it},
    {"find(self, sub, start=None, end=None, /)", find_it<find>},
    {"index(self, sub, start=None, end=None, /)", index_of_it<find>},
    {"rfind(self, sub, start=None, end=None, /)", find_it<find_last>},
    {"rindex(self, sub, start=None, end=None, /)", index_of_it<find_last>},
    {"startswith(self, prefix, start=None, end=None, /)", startswith},
    {"endswith(self, suffix, start=None, end=None, /)", endswith},
    {"removeprefix(self, prefix, /)", removeprefix},
    {"removesuffix(self, suffix, /)", removesuffix},
    {"replace(self, old, new, count=-1, /)", replace_it},
    {"strip(self, chars=None, /)", strip_both},
    {"lstrip(self, chars=None, /)", strip_left},
    {"rstrip(self, chars=None, /)", strip_right},
};

}  // namespace

std::span<const NativeSpec> str_search_methods() noexcept { return kMethods; }

}  // namespace orochi::inline OROCHI_DESIGN
