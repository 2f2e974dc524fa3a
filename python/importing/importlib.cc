#include "python/importing/importlib.h"

#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/each_item.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/importing/import_error.h"
#include "python/importing/importer.h"
#include "python/importing/light_spec.h"
#include "python/importing/module_turn.h"
#include "python/importing/source_runner.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// What this file asks the library for. Immortal; written before the flag.
struct Parts {
  Value builtin_finder;
  Value frozen_finder;
  Value path_finder;
  Value path_hook;
  Value spec_type;
  Value loader_type;
  Value spec_from_file;
  Value find_on_path;
  Value load_unlocked;
};
constinit Parts g_parts;
constinit Atomic<bool> g_is_here{false};
constinit Atomic<Object*> g_zip_hook{nullptr};  // immortal

constinit LateName g_bootstrap_name("_frozen_importlib");
constinit LateName g_external_name("_frozen_importlib_external");
constinit LateName g_file_name("__file__");
constinit LateName g_library("_stdlib_dir");
constinit LateName g_loader_name("__loader__");
constinit LateName g_path_hooks("path_hooks");
constinit LateName g_path("path");
constinit LateName g_spec_name("__spec__");

[[nodiscard]] Ref<> attribute_of(Value value, std::string_view text) noexcept {
  const Ref<Str> name = intern(text);
  return name ? get_attribute(value, *name) : Ref<>();
}

[[nodiscard]] Status keep(Value from, std::string_view name, Value& place) noexcept {
  Ref<> value = attribute_of(from, name);
  if (!value) return kRaised;
  if (value.value().is_object()) value.value().object()->count().immortalise();
  place = value.release();
  return Status::kDone;
}

// --- The two files. ---

// Where the library is: no folder of the program is asked, which may have an importlib of its own.
// Without a library the path is.
[[nodiscard]] Ref<> library_path() noexcept {
  Str* const library_name = g_library.get();
  Str* const path_name = g_path.get();
  Ref<> library;
  Ref<> path;
  if (library_name == nullptr || path_name == nullptr ||
      failed(find_in_sys(*library_name, library)) || failed(find_in_sys(*path_name, path)))
    return kRaised;
  if (library && as_str(library.value()) != nullptr) return List::of(std::move(library));
  return path ? std::move(path) : Ref<>(List::make());
}

[[nodiscard]] Ref<Str> importlib_folder() noexcept {
  const Ref<Str> name = intern("importlib");
  const Ref<> path = name ? library_path() : Ref<>();
  FoundSource found;
  if (!path || failed(search_path(*name, path.value(), found))) return kRaised;
  if (found.kind != FoundKind::kPackage)
    return raise_module_not_found({"No module named 'importlib'"}, *name);
  Ref<> folder;
  static_cast<void>(found.folders->get(0, folder));
  return std::move(folder).cast<Str>();
}

[[nodiscard]] Ref<Module> make_module(Str& name, Str& file) noexcept {
  Ref<Module> module = Module::make(Ref<Str>::of(name));
  Str* const file_name = g_file_name.get();
  if (!module || file_name == nullptr || failed(module->set(*file_name, Ref<>::of(Value(&file)))))
    return kRaised;
  return module;
}

// Runs a file of importlib under the name that it has where it is part of the program.
[[nodiscard]] Ref<Module> run_frozen(LateName& late, const Str& folder,
                                     std::string_view file) noexcept {
  Str* const name = late.get();
  const Ref<Str> path = str_of({Utf8Text(folder).view(), file});
  if (name == nullptr || !path) return kRaised;
  Ref<Module> module = make_module(*name, *path);
  if (!module || failed(loaded_modules().set(Value(name), module.share()))) return kRaised;
  if (!failed(run_file(*path, module->dict()))) return module;
  Error error = Error::take();
  Ref<> half_made;
  if (failed(loaded_modules().remove(Value(name), half_made))) clear_error();
  std::move(error).restore();
  return kRaised;
}

[[nodiscard]] Ref<> find_and_load_native(const Value* arguments) noexcept {
  Str* const name = as_str(arguments[0]);
  if (name == nullptr) return raise(ErrorKind::kType, {"module name must be a string"});
  return find_and_load(*name);
}

constexpr NativeSpec kFindAndLoad{"_find_and_load(name, import_)", find_and_load_native};

// --- Putting them to work. ---

[[nodiscard]] Status call_in(Module& module, std::string_view function,
                             std::span<const Value> arguments) noexcept {
  const Ref<> callee = attribute_of(Value(&module), function);
  if (!callee) return kRaised;
  return call(callee.value(), {arguments.data(), arguments.size(), nullptr}) ? Status::kDone
                                                                             : Status::kFailed;
}

// The last of sys.path_hooks is the one that was put there just now.
[[nodiscard]] Status keep_path_hook() noexcept {
  Str* const name = g_path_hooks.get();
  Ref<> hooks;
  if (name == nullptr || failed(find_in_sys(*name, hooks))) return kRaised;
  List* const list = hooks ? as_list(hooks.value()) : nullptr;
  Ref<> last;
  if (list == nullptr || !list->get(-1, last)) return Status::kDone;
  if (last.value().is_object()) last.value().object()->count().immortalise();
  g_parts.path_hook = last.release();
  return Status::kDone;
}

[[nodiscard]] Status keep_parts(Module& bootstrap, Module& external) noexcept {
  const Value first(&bootstrap);
  const Value second(&external);
  if (failed(keep(first, "BuiltinImporter", g_parts.builtin_finder)) ||
      failed(keep(first, "FrozenImporter", g_parts.frozen_finder)) ||
      failed(keep(first, "ModuleSpec", g_parts.spec_type)) ||
      failed(keep(first, "_load_unlocked", g_parts.load_unlocked)) ||
      failed(keep(second, "PathFinder", g_parts.path_finder)) ||
      failed(keep(second, "SourceFileLoader", g_parts.loader_type)) ||
      failed(keep(second, "spec_from_file_location", g_parts.spec_from_file)) ||
      failed(keep(g_parts.path_finder, "find_spec", g_parts.find_on_path)))
    return kRaised;
  return keep_path_hook();
}

// --- True specs in place of the light ones. ---

[[nodiscard]] Status give_true_spec(Module& module) noexcept {
  Str* const spec_name = g_spec_name.get();
  Str* const loader_name = g_loader_name.get();
  Ref<> spec;
  Ref<> name;
  if (spec_name == nullptr || loader_name == nullptr || failed(module.find(*spec_name, spec)))
    return kRaised;
  if (!spec || !is_light_spec(spec.value())) return Status::kDone;
  FoundSource found;
  name = attribute_of(spec.value(), "name");
  if (!name || failed(read_light_spec(spec.value(), found))) return kRaised;
  const Ref<> true_spec = make_true_spec(name.as<Str>(), found);
  Ref<> loader = true_spec ? attribute_of(true_spec.value(), "loader") : Ref<>();
  if (!loader || failed(module.set(*loader_name, std::move(loader)))) return kRaised;
  return module.set(*spec_name, true_spec.share());
}

[[nodiscard]] Status give_true_specs() noexcept {
  const Ref<Dict> all = loaded_modules().copy();
  if (!all) return kRaised;
  std::size_t place = 0;
  for (DictItem item = all->next(place); item; item = all->next(++place)) {
    const Value module = item.value.value();
    if (!type_of(module).is_subtype_of(module_type())) continue;
    if (failed(give_true_spec(static_cast<Module&>(*module.object())))) return kRaised;
  }
  return Status::kDone;
}

[[nodiscard]] Status install(Module& bootstrap, Module& external) noexcept {
  const Ref<Str> imp_name = intern("_imp");
  const Ref<> imp = imp_name ? find_and_load(*imp_name) : Ref<>();
  if (!imp) return kRaised;
  const Value arguments[] = {Value(&sys_module()), imp.value()};
  if (failed(call_in(bootstrap, "_install", arguments)) ||
      failed(call_in(bootstrap, "_install_external_importers", {})) ||
      failed(keep_parts(bootstrap, external)))
    return kRaised;
  // release: whoever sees it sees the parts.
  g_is_here.store(true, kRelease);
  if (failed(give_true_specs())) return kRaised;
  const Ref<Str> name = intern("_find_and_load");
  Ref<> function = make_native_function(kFindAndLoad, "_frozen_importlib");
  return name && function ? bootstrap.set(*name, std::move(function)) : Status::kFailed;
}

[[nodiscard]] Status bring_importlib() noexcept {
  const Ref<Str> folder = importlib_folder();
  if (!folder) return kRaised;
  const Ref<Module> bootstrap = run_frozen(g_bootstrap_name, *folder, "/_bootstrap.py");
  if (!bootstrap) return kRaised;
  const Ref<Module> external = run_frozen(g_external_name, *folder, "/_bootstrap_external.py");
  return external ? install(*bootstrap, *external) : Status::kFailed;
}

}  // namespace

bool has_importlib() noexcept { return g_is_here.load(kAcquire); }  // pairs with the release above

Status need_importlib() noexcept {
  if (has_importlib()) return Status::kDone;
  Str* const name = g_bootstrap_name.get();
  if (name == nullptr) return kRaised;
  const ModuleTurn turn(*name);
  if (has_importlib()) return Status::kDone;
  if (!turn) return raise(ErrorKind::kRuntime, {"importlib is being made by a thread that waits"});
  return bring_importlib();
}

// --- Questions. ---

StandardFinder standard_finder(Value finder) noexcept {
  if (finder == g_parts.builtin_finder) return StandardFinder::kBuiltin;
  if (finder == g_parts.frozen_finder) return StandardFinder::kFrozen;
  return finder == g_parts.path_finder ? StandardFinder::kPath : StandardFinder::kOther;
}

bool is_standard_hook(Value hook) noexcept {
  const Object* const zip = g_zip_hook.load(kAcquire);  // pairs with the release in need_zipimport
  return hook == g_parts.path_hook || (zip != nullptr && hook.is_object() && hook.object() == zip);
}

// --- What it makes. ---

Ref<> make_true_loader(Value name, Value path) noexcept {
  const Value arguments[] = {name, path};
  return call(g_parts.loader_type, {arguments, 2, nullptr});
}

namespace {

[[nodiscard]] Ref<Tuple> names_of(std::initializer_list<std::string_view> texts) noexcept {
  Ref<Tuple> names = Tuple::make_blank(texts.size());
  std::size_t place = 0;
  for (const std::string_view text : texts) {
    Ref<Str> name = names ? intern(text) : Ref<Str>();
    if (!name) return kRaised;
    names->initialise(place++, std::move(name));
  }
  return names;
}

// A namespace has folders and nobody to load it.
[[nodiscard]] Ref<> make_namespace_spec(Str& name, const FoundSource& found) noexcept {
  const Value arguments[] = {Value(&name), Value::kNone};
  Ref<> spec = call(g_parts.spec_type, {arguments, 2, nullptr});
  const Ref<Str> folders = intern("submodule_search_locations");
  if (!spec || !folders || failed(set_attribute(spec.value(), *folders, found.folders.share())))
    return kRaised;
  return spec;
}

}  // namespace

Ref<> make_true_spec(Str& name, const FoundSource& found) noexcept {
  if (!found.file) return make_namespace_spec(name, found);
  const Ref<Tuple> keywords = names_of({"loader", "submodule_search_locations"});
  const Ref<> loader = make_true_loader(Value(&name), found.file.value());
  if (!keywords || !loader) return kRaised;
  const Value folders = found.folders ? found.folders.value() : Value::kNone;
  const Value arguments[] = {Value(&name), found.file.value(), loader.value(), folders};
  return call(g_parts.spec_from_file, {arguments, 2, keywords.get()});
}

Ref<> make_builtin_spec(Str& name) noexcept {
  const Ref<Tuple> keywords = names_of({"origin"});
  const Ref<Str> origin = intern("built-in");
  if (!keywords || !origin) return kRaised;
  const Value arguments[] = {Value(&name), g_parts.builtin_finder, origin.value()};
  return call(g_parts.spec_type, {arguments, 2, keywords.get()});
}

Ref<> find_on_path(Str& name, Value path) noexcept {
  const Value arguments[] = {Value(&name), path};
  return call(g_parts.find_on_path, {arguments, 2, nullptr});
}

Ref<> load_by_spec(Value spec) noexcept { return call(g_parts.load_unlocked, {&spec, 1, nullptr}); }

Status need_zipimport() noexcept {
  if (g_zip_hook.load(kAcquire) != nullptr) return Status::kDone;  // as in is_standard_hook
  const Ref<Str> name = intern("zipimport");
  const Ref<> module = name ? find_and_load(*name) : Ref<>();
  Ref<> importer = module ? attribute_of(module.value(), "zipimporter") : Ref<>();
  Str* const hooks_name = g_path_hooks.get();
  Ref<> hooks;
  if (!importer || hooks_name == nullptr || failed(find_in_sys(*hooks_name, hooks))) return kRaised;
  List* const list = hooks ? as_list(hooks.value()) : nullptr;
  if (list == nullptr || failed(list->insert(0, importer.share()))) return kRaised;
  importer.value().object()->count().immortalise();
  g_zip_hook.store(importer.release().object(), kRelease);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
