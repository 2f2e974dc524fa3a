// What a program does with a pattern, but for replacing (substitution.cc) and going through all
// matches (scanner.cc).

#include "objects/types/generic_alias.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/mapping_proxy.h"
#include "python/modules/sre/search.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

constinit Type* g_pattern = nullptr;  // written by make_pattern_type

[[nodiscard]] Pattern& self_of(Value value) noexcept { return object_of<Pattern>(value); }

// --- One match: self, string, pos, endpos. ---

template <Matcher::Extent kExtent>
Ref<> match(const Value* arguments) noexcept {
  Search search(self_of(arguments[0]));
  if (failed(search.begin(arguments[1], arguments[2], arguments[3]))) return kRaised;
  return search.answer(search.matcher().match(kExtent));
}

Ref<> search_method(const Value* arguments) noexcept {
  Search search(self_of(arguments[0]));
  if (failed(search.begin(arguments[1], arguments[2], arguments[3]))) return kRaised;
  return search.answer(search.matcher().search());
}

// --- All matches. ---

[[nodiscard]] Status append(List& list, Ref<> item) noexcept {
  return item ? list.append(std::move(item)) : Status{kRaised};
}

// The whole where there are no groups, the one group, or a tuple of all of them.
[[nodiscard]] Ref<> found_texts(Search& search, const Ref<>& nothing) noexcept {
  const std::size_t groups = search.matcher().groups();
  if (groups <= 1) return search.text(groups, nothing);
  Ref<Tuple> made = Tuple::make_blank(groups);
  if (!made) return kRaised;
  for (std::size_t i = 0; i < groups; ++i) {
    Ref<> text = search.text(i + 1, nothing);
    if (!text) return kRaised;
    made->initialise(i, std::move(text));
  }
  return made;
}

Ref<> findall(const Value* arguments) noexcept {
  Search search(self_of(arguments[0]));
  if (failed(search.begin(arguments[1], arguments[2], arguments[3]))) return kRaised;
  const Ref<> nothing = search.subject().part(0, 0);
  Ref<List> made = List::make();
  if (!nothing || !made) return kRaised;
  for (;;) {
    const Truth found = search.matcher().search();
    if (failed(found)) return kRaised;
    if (found == Truth::kFalse) return made;
    if (failed(append(*made, found_texts(search, nothing)))) return kRaised;
    search.matcher().go_on();
  }
}

// What stands before the match, and its groups.
[[nodiscard]] Status append_piece(List& pieces, Search& search, std::size_t begin) noexcept {
  const Ref<> none = Special::kNone;
  const Matcher& found = search.matcher();
  if (failed(append(pieces, search.subject().part(begin, found.begin())))) return kRaised;
  for (std::size_t group = 1; group <= found.groups(); ++group)
    if (failed(append(pieces, search.text(group, none)))) return kRaised;
  return Status::kDone;
}

Ref<> split(const Value* arguments) noexcept {
  Search search(self_of(arguments[0]));
  std::int64_t most = 0;  // 0: all
  if (failed(read_index(arguments[2], most)) || failed(search.begin(arguments[1]))) return kRaised;
  Ref<List> made = List::make();
  if (!made) return kRaised;
  std::size_t begin = 0;
  for (std::int64_t count = 0; most == 0 || count < most; ++count) {
    const Truth found = search.matcher().search();
    if (failed(found)) return kRaised;
    if (found == Truth::kFalse) break;
    if (failed(append_piece(*made, search, begin))) return kRaised;
    begin = search.matcher().end();
    search.matcher().go_on();
  }
  const bool is_done = !failed(append(*made, search.subject().part(begin, search.bounds().end)));
  return is_done ? std::move(made) : Ref<List>();
}

// --- What it is. ---

Ref<> get_pattern(Value self) noexcept { return ref_of(self_of(self).source()); }
Ref<> get_flags(Value self) noexcept { return make_int(std::int64_t{self_of(self).flags()}); }
Ref<> get_groups(Value self) noexcept { return make_size(self_of(self).groups()); }
Ref<> get_groupindex(Value self) noexcept {
  return MappingProxy::make(Ref<Dict>::of(self_of(self).numbers()));
}

constexpr NativeSpec kMethods[] = {
    {"__copy__(self, /)", copy_self},
    {"__deepcopy__(self, memo, /)", copy_self},
    {"findall(self, /, string, pos=0, endpos=9223372036854775807)", findall,
     "Return a list of all non-overlapping matches of pattern in string."},
    {"finditer(self, /, string, pos=0, endpos=9223372036854775807)", pattern_finditer,
     "Return an iterator over all non-overlapping matches in the string."},
    {"fullmatch(self, /, string, pos=0, endpos=9223372036854775807)",
     match<Matcher::Extent::kWhole>, "Matches against all of the string."},
    {"match(self, /, string, pos=0, endpos=9223372036854775807)", match<Matcher::Extent::kPart>,
     "Matches zero or more characters at the beginning of the string."},
    {"scanner(self, /, string, pos=0, endpos=9223372036854775807)", pattern_scanner},
    {"search(self, /, string, pos=0, endpos=9223372036854775807)", search_method,
     "Looks through the string for the first match."},
    {"split(self, /, string, maxsplit=0)", split, "Split string by the occurrences of pattern."},
    {"sub(self, /, repl, string, count=0)", pattern_sub,
     "Return the string with the leftmost non-overlapping matches replaced by repl."},
    {"subn(self, /, repl, string, count=0)", pattern_subn,
     "Return what sub() returns, and how many matches were replaced."},
};
constexpr NativeSpec kClassMethods[] = {
    {"__class_getitem__(cls, object, /)", class_with_arguments}};
constexpr AttributeSpec kAttributes[] = {
    {.name = "flags", .get = get_flags, .set = refuse_write},
    {.name = "groupindex", .get = get_groupindex},
    {.name = "groups", .get = get_groups, .set = refuse_write},
    {.name = "pattern", .get = get_pattern, .set = refuse_write},
};

}  // namespace

Type& pattern_type() noexcept { return *g_pattern; }

Status make_pattern_type() noexcept {
  Protocols slots;
  slots.repr = repr_pattern;
  slots.compare = compare_patterns;
  slots.hash = hash_pattern;
  g_pattern = make_native_type({.name = "re.Pattern",
                                .layout = &layout_of<Pattern>,
                                .slots = slots,
                                .methods = kMethods,
                                .class_methods = kClassMethods,
                                .attributes = kAttributes,
                                .doc = "Compiled regular expression object.",
                                .is_weakly_referable = true,
                                .is_final = true});
  return g_pattern == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
