#include "python/vm/build_class.h"

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/cell.h"
#include "objects/types/class.h"
#include "objects/types/descriptor.h"
#include "objects/types/intern.h"
#include "objects/types/owned_values.h"
#include "objects/types/utf8_text.h"
#include "python/vm/machine.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- Bases. ---

// Adds what stands in place of a base that is no class. False in `found`: it says nothing.
[[nodiscard]] Status add_entries(Value base, const Tuple& bases, OwnedValues& all,
                                 bool& found) noexcept {
  const Ref<Str> name = intern("__mro_entries__");
  Ref<> method;
  if (!name || failed(find_attribute(base, *name, method))) return kRaised;
  found = static_cast<bool>(method);
  if (!found) return Status::kDone;
  const Value argument(&const_cast<Tuple&>(bases));
  const Ref<> entries = call(method.value(), {&argument, 1});
  if (!entries) return kRaised;
  if (!type_of(entries.value()).is_subtype_of(tuple_type()))
    return raise(ErrorKind::kType, {"__mro_entries__ must return a tuple"});
  const auto& tuple = entries.as<Tuple>();
  for (std::size_t i = 0; i < tuple.size(); ++i) {
    Ref<> entry = tuple.load(i);
    if (!all.add(entry)) return raise_memory_error();
  }
  return Status::kDone;
}

// The same tuple, if all are classes.
[[nodiscard]] Ref<Tuple> real_bases(Tuple& bases) noexcept {
  OwnedValues all;
  bool is_changed = false;
  for (std::size_t i = 0; i < bases.size(); ++i) {
    bool found = false;
    if (as_type(bases[i]) == nullptr && failed(add_entries(bases[i], bases, all, found)))
      return kRaised;
    is_changed = is_changed || found;
    Ref<> base = bases.load(i);
    if (!found && !all.add(base)) return raise_memory_error();
  }
  if (!is_changed) return Ref<Tuple>::of(bases);
  Ref<Tuple> made = Tuple::make_blank(all.size());
  for (std::size_t i = 0; made && i < all.size(); ++i) made->initialise(i, all.take(i));
  return made;
}

// --- The metaclass. ---

// Takes it out of the keywords, if it is there.
[[nodiscard]] Ref<> metaclass_of(const Tuple& bases, Dict* keywords) noexcept {
  const Ref<Str> name = intern("metaclass");
  Ref<> given;
  if (!name || (keywords != nullptr && failed(keywords->remove(name.value(), given))))
    return kRaised;
  if (!given) given = Ref<>::of(Value(bases.size() == 0 ? &type_type() : &type_of(bases[0])));
  Type* const asked = as_type(given.value());
  if (asked == nullptr) return given;
  Type* const meta = find_metatype(*asked, bases);
  return meta == nullptr ? Ref<>() : Ref<>::of(Value(meta));
}

// Two values by position, or three, and all keywords.
[[nodiscard]] Ref<> call_with_keywords(Value callee, std::span<const Value> positional,
                                       Dict* keywords) noexcept {
  if (keywords == nullptr || keywords->size() == 0)
    return call(callee, {positional.data(), positional.size()});
  OwnedValues values;
  for (const Value each : positional) {
    Ref<> value = Ref<>::of(each);
    if (!values.add(value)) return raise_memory_error();
  }
  const Ref<Tuple> names = Tuple::make_blank(keywords->size());
  if (!names) return kRaised;
  std::size_t place = 0;
  for (std::size_t i = 0; i < names->size(); ++i, ++place) {
    DictItem item = keywords->next(place);
    names->initialise(i, std::move(item.key));
    if (!values.add(item.value)) return raise_memory_error();
  }
  return call(callee, {values.all().data(), positional.size(), names.get()});
}

// --- The namespace. ---

[[nodiscard]] Ref<> namespace_of(Value meta, Value name, Value bases, Dict* keywords) noexcept {
  const Ref<Str> prepare = intern("__prepare__");
  Ref<> method;
  if (!prepare || failed(find_attribute(meta, *prepare, method))) return kRaised;
  if (!method) return Dict::make();
  const Value arguments[] = {name, bases};
  Ref<> names = call_with_keywords(method.value(), arguments, keywords);
  if (!names) return kRaised;
  if (type_of(names.value()).block().protocols().get_item != nullptr) return names;
  Type* const type = as_type(meta);
  return raise(ErrorKind::kType,
               {type == nullptr ? "<metaclass>" : type->name(),
                ".__prepare__() must return a mapping, not ", type_of(names.value()).name()});
}

[[nodiscard]] Status note_bases(Value names, Value original) noexcept {
  const Ref<Str> name = intern("__orig_bases__");
  return name ? set_item(names, name.value(), Ref<>::of(original)) : Status::kFailed;
}

// --- The class. ---

// What the methods see as __class__ is the class.
[[nodiscard]] Status check_cell(Value cell, Value made, const Str& name) noexcept {
  if (!cell.is_object() || &type_of(*cell.object()) != &cell_type()) return Status::kDone;
  const Ref<> content = static_cast<Cell&>(*cell.object()).get();
  if (content.value() == made) return Status::kDone;
  const Ref<> text = repr(made);
  if (!text) return kRaised;
  const Utf8Text class_text(text.as<Str>());
  const Utf8Text name_text(name);
  if (!content)
    return raise(ErrorKind::kRuntime,
                 {"__class__ not set defining '", name_text.view(), "' as ", class_text.view(),
                  ". Was __classcell__ propagated to type.__new__?"});
  const Ref<> other = repr(content.value());
  if (!other) return kRaised;
  return raise(ErrorKind::kType, {"__class__ set to ", Utf8Text(other.as<Str>()).view(),
                                  " defining '", name_text.view(), "' as ", class_text.view()});
}

[[nodiscard]] Ref<> build(Function& body, Str& name, Tuple& original, Dict* keywords) noexcept {
  const Ref<Tuple> bases = real_bases(original);
  const Ref<> meta = bases ? metaclass_of(*bases, keywords) : Ref<>();
  if (!meta) return kRaised;
  const Ref<> names = namespace_of(meta.value(), Value(&name), bases.value(), keywords);
  if (!names) return kRaised;
  const Ref<> cell = run_body(body, *names.value().object());
  if (!cell) return kRaised;
  if (bases.get() != &original && failed(note_bases(names.value(), Value(&original))))
    return kRaised;
  const Value arguments[] = {Value(&name), bases.value(), names.value()};
  Ref<> made = call_with_keywords(meta.value(), arguments, keywords);
  if (!made || failed(check_cell(cell.value(), made.value(), name))) return kRaised;
  return made;
}

Ref<> build_class(const Value* arguments) noexcept {
  if (!is_function(arguments[0]))
    return raise(ErrorKind::kType, {"__build_class__: func must be a function"});
  Str* const name = as_str(arguments[1]);
  if (name == nullptr) return raise(ErrorKind::kType, {"__build_class__: name is not a string"});
  Dict* const keywords = arguments[3].is_empty() ? nullptr : as_dict(arguments[3]);
  return build(static_cast<Function&>(*arguments[0].object()), *name,
               static_cast<Tuple&>(*arguments[2].object()), keywords);
}

}  // namespace

constinit const NativeSpec kBuildClass{"__build_class__(func, name, /, *bases, **kwds)",
                                       build_class,
                                       "Internal helper function used by the class statement."};

}  // namespace orochi::inline OROCHI_DESIGN
