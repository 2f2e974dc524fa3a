#include "python/importing/import_statement.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/types/attribute.h"
#include "objects/types/each_item.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_operations.h"
#include "objects/types/utf8_text.h"
#include "python/importing/import_error.h"
#include "python/importing/importer.h"
#include "python/importing/module_turn.h"
#include "python/importing/relative_name.h"
#include "python/modules/arguments.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_all("__all__");
constinit LateName g_path("__path__");

[[nodiscard]] Ref<Str> joined_name(const Str& package, const Str& name) noexcept {
  const Ref<Str> full = str_of({Utf8Text(package).view(), ".", Utf8Text(name).view()});
  return full ? intern(full.share()) : Ref<Str>();
}

// --- from package import names. ---

Raised raise_no_str(Value module, Value item, bool is_all) noexcept {
  StrBuilder text;
  text.add("Item in ");
  const Ref<> name = is_all ? get_attribute(module, *names().name) : Ref<>();
  if (is_all && (!name || failed(text.add_str(name.value())))) return kRaised;
  text.add(is_all ? ".__all__" : "``from list''");
  text.add(" must be str, not ");
  text.add_utf8(type_name(item));
  return raise(ErrorKind::kType, text);
}

// There may be no such module; whoever binds the name will say so.
[[nodiscard]] Status import_submodule(Value module, Str& name) noexcept {
  const Ref<> package = get_attribute(module, *names().name);
  if (!package || as_str(package.value()) == nullptr) return kRaised;
  const Ref<Str> full = joined_name(package.as<Str>(), name);
  if (!full) return kRaised;
  if (find_and_load(*full)) return Status::kDone;
  if (!is_not_found(*full)) return kRaised;
  Error error = Error::take();
  Ref<> there;
  if (failed(loaded_modules().find(Value(full.get()), there))) return kRaised;
  if (there && there.value().is_none()) std::move(error).restore();
  return there && there.value().is_none() ? Status::kFailed : Status::kDone;
}

[[nodiscard]] Status import_wanted(Value module, Value wanted, bool is_all) noexcept;

[[nodiscard]] Status import_all(Value module) noexcept {
  Str* const all_name = g_all.get();
  Ref<> all;
  if (all_name == nullptr || failed(find_attribute(module, *all_name, all))) return kRaised;
  return all ? import_wanted(module, all.value(), true) : Status::kDone;
}

[[nodiscard]] Status import_one(Value module, Value item, bool is_all) noexcept {
  const Str* const text = as_str(item);
  if (text == nullptr) return raise_no_str(module, item, is_all);
  const Ref<Str> name = attribute_name(item);
  if (!name) return kRaised;
  if (name->size() == 1 && name->view()[0] == '*')
    return is_all ? Status::kDone : import_all(module);
  Ref<> there;
  if (failed(find_attribute(module, *name, there))) return kRaised;
  return there ? Status::kDone : import_submodule(module, *name);
}

[[nodiscard]] Status import_wanted(Value module, Value wanted, bool is_all) noexcept {
  return for_each_item(wanted,
                       [&](Value item) noexcept { return import_one(module, item, is_all); });
}

// A module that is no package has no submodules.
[[nodiscard]] Ref<> with_names(Ref<> module, Value wanted) noexcept {
  Str* const path_name = g_path.get();
  Ref<> path;
  if (path_name == nullptr || failed(find_attribute(module.value(), *path_name, path)))
    return kRaised;
  if (path && failed(import_wanted(module.value(), wanted, false))) return kRaised;
  return module;
}

// --- import a.b.c: the first of them. ---

[[nodiscard]] Ref<> first_of(Str& name, const Str& full, std::int64_t level,
                             Ref<> module) noexcept {
  const Ref<Str> separator = Str::of_character('.');
  if (!separator) return kRaised;
  const std::size_t dot = find(name, *separator, Bounds::within(name.size()));
  if (name.size() == 0 || dot == text::kNotFound) return module;
  // Of a relative name the package that asks is a part of the first one's.
  const std::size_t before = full.size() - name.size();
  const Ref<Str> first = slice(const_cast<Str&>(full), 0, before + dot);
  if (!first) return kRaised;
  if (level == 0) return import_module(*first);
  Ref<> found;
  if (failed(loaded_modules().find(first.value(), found))) return kRaised;
  if (found) return found;
  StrBuilder text;
  if (failed(text.add_repr(first.value()))) return kRaised;
  text.add(" not in sys.modules as expected");
  return raise(ErrorKind::kKey, text);
}

}  // namespace

Ref<> import_name(Str& name, Value globals, Value wanted, std::int64_t level) noexcept {
  if (level < 0) return raise(ErrorKind::kValue, {"level must be >= 0"});
  const Ref<Str> full = level == 0 ? Ref<Str>::of(name) : absolute_name(name, globals, level);
  if (!full) return kRaised;
  Ref<> module = import_module(*full);
  if (!module) return kRaised;
  const Truth has_names = wanted.is_empty() ? Truth::kFalse : truth(wanted);
  if (failed(has_names)) return kRaised;
  if (has_names == Truth::kTrue) return with_names(std::move(module), wanted);
  return first_of(name, *full, level, std::move(module));
}

// --- A name that is not there. ---

namespace {

// Of a module that has one; empty otherwise, and nothing is pending.
[[nodiscard]] Ref<> text_attribute(Value module, Str& name) noexcept {
  Ref<> value;
  if (failed(find_attribute(module, name, value))) clear_error();
  return value && as_str(value.value()) != nullptr ? std::move(value) : Ref<>();
}

[[nodiscard]] Status quote(StrBuilder& out, const Ref<>& text) noexcept {
  if (text) return out.add_repr(text.value());
  out.add("'<unknown module name>'");
  return Status::kDone;
}

Raised raise_cannot_import(Str& name, const Ref<>& module, const Ref<>& file) noexcept {
  const bool is_half_made = file && module && ModuleTurn::is_taken(module.as<Str>());
  StrBuilder out;
  out.add("cannot import name ");
  if (failed(out.add_repr(Value(&name)))) return kRaised;
  out.add(is_half_made ? " from partially initialized module " : " from ");
  if (failed(quote(out, module))) return kRaised;
  if (is_half_made) out.add(" (most likely due to a circular import)");
  out.add(" (");
  if (file)
    out.add(file.as<Str>());
  else
    out.add("unknown location");
  out.add(")");
  const Ref<Str> text = out.finish();
  if (!text) return kRaised;
  return raise_import_error({Utf8Text(*text).view()}, module.value(), file.value());
}

}  // namespace

Ref<> import_missing(Value module, Str& name) noexcept {
  const Ref<> own = text_attribute(module, *names().name);
  if (own) {
    const Ref<Str> full = joined_name(own.as<Str>(), name);
    Ref<> found;
    if (!full || failed(loaded_modules().find(full.value(), found))) return kRaised;
    if (found) return found;
  }
  return raise_cannot_import(name, own, text_attribute(module, *names().file));
}

}  // namespace orochi::inline OROCHI_DESIGN
