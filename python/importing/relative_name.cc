#include "python/importing/relative_name.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/types/dict.h"
#include "objects/types/names.h"
#include "objects/types/str_operations.h"
#include "objects/types/utf8_text.h"
#include "python/importing/import_error.h"
#include "python/modules/late_name.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_package("__package__");
constinit LateName g_parent("parent");
constinit LateName g_path("__path__");
constinit LateName g_spec("__spec__");

// What the globals have; empty: nothing, or None.
[[nodiscard]] Status find_global(Dict& globals, Str* name, Ref<>& value) noexcept {
  if (name == nullptr || failed(globals.find(Value(name), value))) return kRaised;
  if (value && value.value().is_none()) value = Ref<>();
  return Status::kDone;
}

[[nodiscard]] Ref<Str> as_text(Ref<> value, std::string_view otherwise) noexcept {
  if (!value) return kRaised;
  if (as_str(value.value()) == nullptr) return raise(ErrorKind::kType, {otherwise});
  return std::move(value).cast<Str>();
}

// Up to the last dot; without one nothing.
[[nodiscard]] Ref<Str> without_last_part(Str& name) noexcept {
  const Ref<Str> dot = Str::of_character('.');
  if (!dot) return kRaised;
  const std::size_t place = find_last(name, *dot, Bounds::within(name.size()));
  return place == text::kNotFound ? Str::empty() : slice(name, 0, place);
}

// A module that says nothing of its package: its name, if it is a package, or what that is in.
[[nodiscard]] Ref<Str> package_by_name(Dict& globals) noexcept {
  Ref<> name;
  Ref<> path;
  if (failed(globals.find(Value(orochi::names().name), name))) return kRaised;
  if (!name) {
    const Ref<Str> text = Str::of_ascii("'__name__' not in globals");
    return text ? Ref<Str>(raise_value(ErrorKind::kKey, text.share())) : Ref<Str>();
  }
  Ref<Str> own = as_text(std::move(name), "__name__ must be a string");
  Str* const path_name = g_path.get();
  if (!own || path_name == nullptr || failed(globals.find(Value(path_name), path))) return kRaised;
  return path ? std::move(own) : without_last_part(*own);
}

[[nodiscard]] Ref<Str> package_of(Dict& globals) noexcept {
  Ref<> package;
  Ref<> spec;
  if (failed(find_global(globals, g_package.get(), package)) ||
      failed(find_global(globals, g_spec.get(), spec)))
    return kRaised;
  if (package) return as_text(std::move(package), "package must be a string");
  if (!spec) return package_by_name(globals);
  Str* const parent = g_parent.get();
  if (parent == nullptr) return kRaised;
  return as_text(get_attribute(spec.value(), *parent), "__spec__.parent must be a string");
}

}  // namespace

Ref<Str> absolute_name(Str& name, Value globals, std::int64_t level) noexcept {
  Dict* const dict = globals.is_empty() ? nullptr : as_dict(globals);
  const Ref<Dict> none = dict == nullptr ? Dict::make() : Ref<Dict>();
  if (dict == nullptr && !globals.is_empty() && !globals.is_none())
    return raise(ErrorKind::kType, {"globals must be a dict"});
  if (dict == nullptr && !none) return kRaised;
  Ref<Str> base = package_of(dict == nullptr ? *none : *dict);
  if (!base) return kRaised;
  if (base->size() == 0)
    return raise_import_error({"attempted relative import with no known parent package"}, Value(),
                              Value());
  for (std::int64_t up = 1; up < level; ++up) {
    base = without_last_part(*base);
    if (!base) return kRaised;
    if (base->size() == 0)
      return raise_import_error({"attempted relative import beyond top-level package"}, Value(),
                                Value());
  }
  if (name.size() == 0) return base;
  return str_of({Utf8Text(*base).view(), ".", Utf8Text(name).view()});
}

}  // namespace orochi::inline OROCHI_DESIGN
