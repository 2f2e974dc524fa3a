// What a program sees of a match.

#include "objects/types/generic_alias.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/key.h"
#include "objects/types/list.h"
#include "objects/types/str_builder.h"
#include "python/modules/calls.h"
#include "python/modules/sre/match.h"
#include "python/modules/sre/types.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

constinit Type* g_match = nullptr;  // written by make_match_type

[[nodiscard]] Match& self_of(Value value) noexcept { return object_of<Match>(value); }

// --- Groups, by number or by name. ---

Raised raise_no_group() noexcept { return raise(ErrorKind::kIndex, {"no such group"}); }

// What is no number is a name. None: there is no such group.
[[nodiscard]] Ref<> number_of(const Match& self, Value key) noexcept {
  Ref<> number;
  if (failed(find_index(key, number))) return kRaised;
  if (number) return number;
  Dict& numbers = self.pattern().numbers();
  WantedKey wanted{key, 0};
  if (numbers.size() == 0) return Special::kNone;
  if (failed(hash_key(key, wanted.hash)) || failed(numbers.find(wanted, number))) return kRaised;
  return or_none(std::move(number));
}

[[nodiscard]] Status find_group(const Match& self, Value key, std::size_t& group) noexcept {
  const Ref<> number = number_of(self, key);
  if (!number) return kRaised;
  const Index index = index_of(number.value());
  const auto most = static_cast<std::int64_t>(self.groups());
  if (index.kind != IndexKind::kInside || index.number < 0 || index.number >= most)
    return raise_no_group();
  group = static_cast<std::size_t>(index.number);
  return Status::kDone;
}

[[nodiscard]] Ref<> text_of(const Match& self, Value key) noexcept {
  std::size_t group = 0;
  if (failed(find_group(self, key, group))) return kRaised;
  return self.text(group, Value(Special::kNone));
}

// group(1, 2): a tuple of each; fill(i) makes them.
template <class Fill>
[[nodiscard]] Ref<> tuple_of(std::size_t size, Fill fill) noexcept {
  Ref<Tuple> made = Tuple::make_blank(size);
  if (!made) return kRaised;
  for (std::size_t i = 0; i < size; ++i) {
    Ref<> item = fill(i);
    if (!item) return kRaised;
    made->initialise(i, std::move(item));
  }
  return made;
}

Ref<> group(const Value* arguments) noexcept {
  const Match& self = self_of(arguments[0]);
  const Tuple* const keys = as_tuple(arguments[1]);
  const std::size_t size = keys == nullptr ? 0 : keys->size();
  if (size == 0) return self.text(0, Value(Special::kNone));
  if (size == 1) return text_of(self, (*keys)[0]);
  return tuple_of(size, [&](std::size_t i) noexcept { return text_of(self, (*keys)[i]); });
}

Ref<> match_item(Value self, Value key) noexcept { return text_of(self_of(self), key); }

Ref<> groups(const Value* arguments) noexcept {
  const Match& self = self_of(arguments[0]);
  return tuple_of(self.groups() - 1,
                  [&](std::size_t i) noexcept { return self.text(i + 1, arguments[1]); });
}

Ref<> groupdict(const Value* arguments) noexcept {
  const Match& self = self_of(arguments[0]);
  Ref<Dict> made = Dict::make();
  const Ref<List> names = List::from(Value(&self.pattern().numbers()));
  if (!made || !names) return kRaised;
  Ref<> name;
  for (std::int64_t i = 0; names->get(i, name); ++i, name = Ref<>()) {
    std::size_t number = 0;
    if (failed(find_group(self, name.value(), number))) return kRaised;
    Ref<> text = self.text(number, arguments[1]);
    if (!text || failed(set_item(made.value(), name.value(), std::move(text)))) return kRaised;
  }
  return made;
}

// --- Places. ---

// -1: it has not matched.
[[nodiscard]] Ref<> place_or_none(std::size_t place) noexcept {
  return place == kUnset ? Ref<>::of(Value::of_int(-1)) : make_size(place);
}

[[nodiscard]] Ref<> span_of(const Match& self, std::size_t number) noexcept {
  return Tuple::of(place_or_none(self.begin(number)), place_or_none(self.end(number)));
}

// Of the group that the second argument names.
template <class Answer>
[[nodiscard]] Ref<> ask(const Value* arguments, Answer answer) noexcept {
  const Match& self = self_of(arguments[0]);
  std::size_t number = 0;
  if (failed(find_group(self, arguments[1], number))) return kRaised;
  return answer(self, number);
}

Ref<> start(const Value* arguments) noexcept {
  return ask(arguments, [](const Match& self, std::size_t number) noexcept {
    return place_or_none(self.begin(number));
  });
}

Ref<> end(const Value* arguments) noexcept {
  return ask(arguments, [](const Match& self, std::size_t number) noexcept {
    return place_or_none(self.end(number));
  });
}

Ref<> span(const Value* arguments) noexcept { return ask(arguments, span_of); }

Ref<> expand(const Value* arguments) noexcept {
  const Ref<> function = function_of_re("_expand");
  if (!function) return kRaised;
  const Value pattern(&self_of(arguments[0]).pattern());
  return call_with(function.value(), {pattern, arguments[0], arguments[1]});
}

// --- What it is. ---

Ref<> get_regs(Value value) noexcept {
  const Match& self = self_of(value);
  return tuple_of(self.groups(), [&](std::size_t i) noexcept { return span_of(self, i); });
}

Ref<> get_pos(Value self) noexcept { return make_size(self_of(self).bounds().start); }
Ref<> get_endpos(Value self) noexcept { return make_size(self_of(self).bounds().end); }
Ref<> get_string(Value self) noexcept { return ref_of(self_of(self).string()); }
Ref<> get_re(Value self) noexcept { return ref_of(Value(&self_of(self).pattern())); }

Ref<> get_lastindex(Value self) noexcept {
  const std::size_t last = self_of(self).last_group();
  return last == 0 ? Ref<>(Special::kNone) : make_size(last);
}

Ref<> get_lastgroup(Value value) noexcept {
  const Match& self = self_of(value);
  const Tuple& names = self.pattern().names();
  const std::size_t last = self.last_group();
  return last == 0 || last >= names.size() ? Ref<>(Special::kNone) : names.load(last);
}

Ref<> repr_match(Value value) noexcept {
  const Match& self = self_of(value);
  const Ref<> text = self.text(0, Value(Special::kNone));
  if (!text) return kRaised;
  StrBuilder out;
  out.add("<");
  out.add_utf8(type_of(value).name());
  out.add(" object; span=(");
  out.add_number(static_cast<std::int64_t>(self.begin(0)));
  out.add(", ");
  out.add_number(static_cast<std::int64_t>(self.end(0)));
  out.add("), match=");
  if (failed(out.add_repr(text.value()))) return kRaised;
  out.add(">");
  return out.finish();
}

constexpr NativeSpec kMethods[] = {
    {"__copy__(self, /)", copy_self},
    {"__deepcopy__(self, memo, /)", copy_self},
    {"end(self, group=0, /)", end, "Return index of the end of the substring matched by group."},
    {"expand(self, /, template)", expand,
     "Return the string obtained by substituting in the template, as done by sub()."},
    {"group(self, /, *groups)", group, "Return one or more subgroups of the match."},
    {"groupdict(self, /, default=None)", groupdict,
     "Return a dictionary of all named subgroups of the match, by name."},
    {"groups(self, /, default=None)", groups,
     "Return a tuple of all subgroups of the match, from 1."},
    {"span(self, group=0, /)", span, "Return a tuple of start and end of what group matched."},
    {"start(self, group=0, /)", start,
     "Return index of the start of the substring matched by group."},
};
constexpr NativeSpec kClassMethods[] = {
    {"__class_getitem__(cls, object, /)", class_with_arguments}};
constexpr AttributeSpec kAttributes[] = {
    {.name = "endpos", .get = get_endpos, .set = refuse_write},
    {.name = "lastgroup", .get = get_lastgroup},
    {.name = "lastindex", .get = get_lastindex},
    {.name = "pos", .get = get_pos, .set = refuse_write},
    {.name = "re", .get = get_re, .set = refuse_write},
    {.name = "regs", .get = get_regs},
    {.name = "string", .get = get_string, .set = refuse_write},
};

}  // namespace

Type& match_type() noexcept { return *g_match; }

Status make_match_type() noexcept {
  Protocols slots;
  slots.repr = repr_match;
  slots.get_item = match_item;
  g_match = make_native_type({.name = "re.Match",
                              .layout = &layout_of<Match>,
                              .slots = slots,
                              .methods = kMethods,
                              .class_methods = kClassMethods,
                              .attributes = kAttributes,
                              .doc = "Where and what a regular expression has matched.",
                              .is_final = true});
  return g_match == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
