#include "python/modules/struct_sequence.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/instance.h"
#include "objects/model/new_object.h"
#include "objects/types/dict.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/struct_field.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Spec = StructSequenceSpec;

[[nodiscard]] const Tuple& self_of(Value self) noexcept {
  return static_cast<const Tuple&>(*self.object());
}

[[nodiscard]] std::size_t named_fields(const Spec& spec) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(
      spec.fields, [](const StructField& field) { return !field.name.empty(); }));
}

// The name before the item of that place: the nth of all names, as there are fewer names than
// items where the same number is there twice.
[[nodiscard]] std::string_view shown_name(const Spec& spec, std::size_t place) noexcept {
  for (const StructField& field : spec.fields) {
    if (!field.name.empty() && place-- == 0) return field.name;
  }
  return {};
}

Ref<> struct_repr(Value self) noexcept {
  const Spec& spec = *spec_of_struct_sequence(type_of(self));
  StrBuilder out;
  out.add(spec.module);
  out.add(".");
  out.add(spec.name);
  out.add("(");
  for (std::size_t i = 0; i < self_of(self).size(); ++i) {
    if (i > 0) out.add(", ");
    out.add(shown_name(spec, i));
    out.add("=");
    if (failed(out.add_repr(self_of(self)[i]))) return kRaised;
  }
  out.add(")");
  return out.finish();
}

// --- Making one from what a program gives. ---

Raised raise_size(const Spec& spec, std::string_view how, std::size_t wanted,
                  std::size_t given) noexcept {
  return raise(ErrorKind::kType,
               {spec.module, ".", spec.name, "() takes ", how, Digits(wanted).text(), "-sequence (",
                Digits(given).text(), "-sequence given)"});
}

[[nodiscard]] Status check_size(const Spec& spec, std::size_t given) noexcept {
  const std::size_t least = spec.shown;
  const std::size_t most = spec.fields.size();
  if (given >= least && given <= most) return Status::kDone;
  if (least == most) return raise_size(spec, "a ", least, given);
  if (given < least) return raise_size(spec, "an at least ", least, given);
  return raise_size(spec, "an at most ", most, given);
}

// What a field has that the sequence was too short for: what the dict says, or None.
[[nodiscard]] Ref<> field_from(Dict* named, std::string_view name) noexcept {
  Ref<> value = Special::kNone;
  if (named == nullptr || name.empty()) return value;
  const Ref<Str> key = intern(name);
  Ref<> found;
  if (!key || failed(named->find(key.value(), found))) return kRaised;
  return found ? std::move(found) : std::move(value);
}

// Puts in what the tuple does not have.
[[nodiscard]] Status fill_hidden(Object& made, const Spec& spec, std::size_t first,
                                 std::span<Ref<>> values) noexcept {
  const InstanceStore store(made);
  const Held mine = Held::unreachable(made);  // nobody has seen it yet
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) return kRaised;
    store.member(static_cast<std::uint32_t>(first + i - spec.shown))
        .fill(mine, std::move(values[i]));
  }
  return Status::kDone;
}

[[nodiscard]] Ref<Tuple> new_of(Type& type, const Spec& spec) noexcept {
  return new_object_with_trailing<Tuple>(type, spec.shown * sizeof(ConstField), spec.shown);
}

// (cls, sequence, dict)
Ref<> struct_new(const Value* arguments) noexcept {
  Type& type = static_cast<Type&>(*arguments[0].object());
  const Spec& spec = *spec_of_struct_sequence(type);
  Dict* const named = arguments[2].is_empty() ? nullptr : as_dict(arguments[2]);
  if (named == nullptr && !arguments[2].is_empty())
    return raise(ErrorKind::kType,
                 {spec.module, ".", spec.name, "() takes a dict as second arg, if any"});
  const Ref<Tuple> given = Tuple::from(arguments[1]);
  if (!given || failed(check_size(spec, given->size()))) return kRaised;
  Ref<Tuple> made = new_of(type, spec);
  if (!made) return kRaised;
  for (std::size_t i = 0; i < spec.shown; ++i) made->initialise(i, given->load(i));
  for (std::size_t i = spec.shown; i < spec.fields.size(); ++i) {
    Ref<> value = i < given->size() ? given->load(i) : field_from(named, spec.fields[i].name);
    if (failed(fill_hidden(*made, spec, i, {&value, 1}))) return kRaised;
  }
  return made;
}

// (type, (items, {name: value of those that are not shown}))
Ref<> struct_reduce(const Value* arguments) noexcept {
  Object& self = *arguments[0].object();
  const Spec& spec = *spec_of_struct_sequence(type_of(self));
  Ref<Tuple> items = Tuple::make_blank(spec.shown);
  Ref<Dict> hidden = Dict::make();
  if (!items || !hidden) return kRaised;
  for (std::size_t i = 0; i < spec.shown; ++i) items->initialise(i, self_of(arguments[0]).load(i));
  for (std::size_t i = spec.shown; i < spec.fields.size(); ++i) {
    const Ref<Str> name = intern(spec.fields[i].name);
    if (!name || failed(hidden->set(name.value(), load_struct_field(self, spec, i))))
      return kRaised;
  }
  return Tuple::of(Ref<>::of(Value(&type_of(self))),
                   Tuple::of(std::move(items), std::move(hidden)));
}

Ref<> refuse_to_make(const Value* arguments) noexcept {
  const Spec& spec = *spec_of_struct_sequence(static_cast<Type&>(*arguments[0].object()));
  return raise(ErrorKind::kType, {"cannot create '", spec.module, ".", spec.name, "' instances"});
}

constexpr NativeSpec kNew[] = {{"__new__(cls, sequence, dict=<none>)", struct_new}};
constexpr NativeSpec kNoNew[] = {{"__new__(cls, /, *args, **kwargs)", refuse_to_make}};
constexpr NativeSpec kMethods[] = {{"__reduce__(self, /)", struct_reduce}};

// --- Making a type. ---

[[nodiscard]] Status set_attribute_of(Type& type, std::string_view name, Ref<> value) noexcept {
  Str* const key = intern_for_ever(name);
  return key == nullptr || !value ? Status::kFailed : type.set(*key, std::move(value));
}

[[nodiscard]] Ref<> match_names(const Spec& spec) noexcept {
  const auto has_name = [](const StructField& field) { return !field.name.empty(); };
  const auto shown = spec.fields.first(spec.shown);
  const auto count = static_cast<std::size_t>(std::ranges::count_if(shown, has_name));
  Ref<Tuple> names = Tuple::make_blank(count);
  std::size_t place = 0;
  for (const StructField& field : shown) {
    if (!names || field.name.empty()) continue;
    Ref<Str> name = intern(field.name);
    if (!name) return kRaised;
    names->initialise(place++, std::move(name));
  }
  return names;
}

[[nodiscard]] Status describe(Type& type, const Spec& spec) noexcept {
  const std::size_t all = spec.fields.size();
  if (failed(type.set(*names().doc, Str::of_utf8(spec.doc))) ||
      failed(set_attribute_of(type, "n_fields", make_size(all))) ||
      failed(set_attribute_of(type, "n_sequence_fields", make_size(spec.shown))) ||
      failed(set_attribute_of(type, "n_unnamed_fields", make_size(all - named_fields(spec)))) ||
      failed(set_attribute_of(type, "__match_args__", match_names(spec))))
    return kRaised;
  return add_struct_fields(type, spec);
}

}  // namespace

Type* make_struct_sequence_type(const Spec& spec) noexcept {
  Protocols slots;
  slots.repr = struct_repr;
  Type* const ancestors[] = {&tuple_type(), &object_type()};
  const auto hidden = static_cast<std::uint32_t>(spec.fields.size() - spec.shown);
  const Ref<Str> name = str_of({spec.module, ".", spec.name});
  if (!name) return nullptr;
  Type* const type = Type::make({.name = name->ascii(),
                                 .layout = &layout_of<Tuple>,
                                 .ancestors = ancestors,
                                 .protocols = slots,
                                 .parts = {.members = hidden}});
  if (type == nullptr || failed(keep_struct_spec(*type, spec)) || failed(describe(*type, spec)) ||
      failed(define_methods(*type, kMethods)))
    return nullptr;
  const Status made = define_static_methods(*type, spec.can_be_called ? kNew : kNoNew);
  return failed(made) ? nullptr : type;
}

Ref<> make_struct_sequence(Type& type, std::span<Ref<>> values) noexcept {
  const Spec& spec = *spec_of_struct_sequence(type);
  Ref<Tuple> made = new_of(type, spec);
  if (!made) return kRaised;
  for (std::size_t i = 0; i < spec.shown; ++i) {
    if (!values[i]) return kRaised;
    made->initialise(i, std::move(values[i]));
  }
  if (failed(fill_hidden(*made, spec, spec.shown, values.subspan(spec.shown)))) return kRaised;
  return made;
}

}  // namespace orochi::inline OROCHI_DESIGN
