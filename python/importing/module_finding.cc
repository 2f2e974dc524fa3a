#include "python/importing/module_finding.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/types/attribute.h"
#include "objects/types/each_item.h"
#include "objects/types/list.h"
#include "objects/types/str_operations.h"
#include "objects/types/utf8_text.h"
#include "python/importing/import_error.h"
#include "python/importing/importlib.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_find_spec("find_spec");
constinit LateName g_meta_path("meta_path");
constinit LateName g_path("path");
constinit LateName g_path_hooks("path_hooks");

// What stands behind the last dot.
[[nodiscard]] Ref<Str> last_part(Str& name) noexcept {
  const Ref<Str> dot = Str::of_character('.');
  if (!dot) return kRaised;
  const std::size_t place = find_last(name, *dot, Bounds::within(name.size()));
  if (place == text::kNotFound) return Ref<Str>::of(name);
  return slice(name, place + 1, name.size());
}

// --- The path. ---

// Somebody wants to be asked what entries of the path are.
[[nodiscard]] Truth has_other_hooks() noexcept {
  Str* const name = g_path_hooks.get();
  Ref<> hooks;
  if (name == nullptr || failed(find_in_sys(*name, hooks))) return kRaised;
  if (!hooks) return Truth::kFalse;
  const bool knows_some = has_importlib();
  const Truth all = for_all_items(hooks.value(), [&](Value hook) noexcept {
    return truth_of(knows_some && is_standard_hook(hook));
  });
  return failed(all) ? all : truth_of(all == Truth::kFalse);
}

[[nodiscard]] Status ask_path_finder(Str& name, Value path, FoundModule& found) noexcept {
  if (failed(need_importlib())) return kRaised;
  Ref<> spec = find_on_path(name, path);
  if (!spec) return kRaised;
  if (!spec.value().is_none()) found.spec = std::move(spec);
  return Status::kDone;
}

[[nodiscard]] Status find_on_folders(Str& name, Value path, FoundModule& found) noexcept {
  const Truth others = has_other_hooks();
  if (failed(others)) return kRaised;
  if (others == Truth::kTrue) return ask_path_finder(name, path, found);
  const Ref<Str> tail = last_part(name);
  Ref<> entries = Ref<>::of(path);
  Str* const path_name = g_path.get();
  if (!tail || path_name == nullptr) return kRaised;
  if (path.is_none() && failed(find_in_sys(*path_name, entries))) return kRaised;
  if (!entries || entries.value().is_none()) return Status::kDone;
  if (failed(search_path(*tail, entries.value(), found.source))) return kRaised;
  if (found.source.kind != FoundKind::kElsewhere) return Status::kDone;
  found.source = FoundSource();
  if (failed(need_importlib()) || failed(need_zipimport())) return kRaised;
  return ask_path_finder(name, path, found);
}

// --- The others. ---

void find_builtin(const Str& name, Value path, FoundModule& found) noexcept {
  if (path.is_none()) found.native = find_native_module(Utf8Text(name).view());
}

// A finder without a find_spec knows nothing.
[[nodiscard]] Status ask_finder(Value finder, Str& name, Value path, FoundModule& found) noexcept {
  Str* const method = g_find_spec.get();
  Ref<> find;
  if (method == nullptr || failed(find_attribute(finder, *method, find))) return kRaised;
  if (!find) return Status::kDone;
  const Value arguments[] = {Value(&name), path, Value::kNone};
  Ref<> spec = call(find.value(), {arguments, 3, nullptr});
  if (!spec || spec.value().is_none()) return spec ? Status::kDone : Status::kFailed;
  if (failed(need_importlib())) return kRaised;
  found.spec = std::move(spec);
  return Status::kDone;
}

[[nodiscard]] Status ask_any(Value finder, Str& name, Value path, FoundModule& found) noexcept {
  const auto kind = has_importlib() ? standard_finder(finder) : StandardFinder::kOther;
  if (kind == StandardFinder::kOther) return ask_finder(finder, name, path, found);
  if (kind == StandardFinder::kBuiltin) find_builtin(name, path, found);
  if (kind == StandardFinder::kPath) return find_on_folders(name, path, found);
  return Status::kDone;
}

[[nodiscard]] Ref<List> finders() noexcept {
  Str* const name = g_meta_path.get();
  Ref<> all;
  if (name == nullptr || failed(find_in_sys(*name, all))) return kRaised;
  if (all && !all.value().is_none()) return List::from(all.value());
  return raise_import_error({"sys.meta_path is None, Python is likely shutting down"}, Value(),
                            Value());
}

}  // namespace

Status find_module(Str& name, Value path, FoundModule& found) noexcept {
  const bool had_importlib = has_importlib();
  const Ref<List> all = finders();
  if (!all) return kRaised;
  Ref<> finder;
  for (std::int64_t i = 0; !found.is_found() && all->get(i, finder); ++i) {
    if (failed(ask_any(finder.value(), name, path, found))) return kRaised;
    finder = Ref<>();
  }
  if (had_importlib || found.is_found()) return Status::kDone;
  find_builtin(name, path, found);
  return found.is_found() ? Status::kDone : find_on_folders(name, path, found);
}

}  // namespace orochi::inline OROCHI_DESIGN
