#include "python/importing/importer.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/text/search.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/import_hook.h"
#include "objects/types/intern.h"
#include "objects/types/str_operations.h"
#include "objects/types/utf8_text.h"
#include "python/importing/import_error.h"
#include "python/importing/import_statement.h"
#include "python/importing/importlib.h"
#include "python/importing/light_spec.h"
#include "python/importing/module_loading.h"
#include "python/importing/module_turn.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "python/vm/hooks.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_path("__path__");

Raised raise_no_module(Str& name) noexcept {
  return raise_module_not_found({"No module named '", Utf8Text(name).view(), "'"}, name);
}

// --- The package that a module is in. ---

struct Package {
  Ref<Str> name;  // empty: none
  Ref<> module;
  Ref<> path = Special::kNone;
};

Raised raise_no_package(Str& name, const Str& parent) noexcept {
  return raise_module_not_found({"No module named '", Utf8Text(name).view(), "'; '",
                                 Utf8Text(parent).view(), "' is not a package"},
                                name);
}

[[nodiscard]] Status enter_package(Str& name, std::size_t dot, Package& package) noexcept {
  const Ref<Str> parent = slice(name, 0, dot);
  package.name = parent ? intern(parent.share()) : Ref<Str>();
  package.module = package.name ? find_and_load(*package.name) : Ref<>();
  Str* const path_name = g_path.get();
  if (!package.module || path_name == nullptr) return kRaised;
  Ref<> path;
  if (failed(find_attribute(package.module.value(), *path_name, path))) return kRaised;
  if (!path) return raise_no_package(name, *package.name);
  package.path = std::move(path);
  return Status::kDone;
}

[[nodiscard]] Status find_package(Str& name, Package& package, Ref<Str>& child) noexcept {
  const Ref<Str> separator = Str::of_character('.');
  if (!separator) return kRaised;
  const std::size_t dot = find_last(name, *separator, Bounds::within(name.size()));
  if (dot == text::kNotFound || dot == 0) return Status::kDone;
  const Ref<Str> tail = slice(name, dot + 1, name.size());
  child = tail ? intern(tail.share()) : Ref<Str>();
  return child ? enter_package(name, dot, package) : Status::kFailed;
}

// A package that takes no attributes has none of its modules.
[[nodiscard]] Status add_to_package(const Package& package, Str& child, Value module) noexcept {
  if (!package.name) return Status::kDone;
  if (!failed(set_attribute(package.module.value(), child, Ref<>::of(module))))
    return Status::kDone;
  if (!is_pending(exception_type(ErrorKind::kAttribute))) return kRaised;
  clear_error();
  return Status::kDone;
}

// --- Finding and loading, in the module's turn. ---

// These two files of importlib are modules under other names than their own.
[[nodiscard]] bool is_frozen_name(const Str& name) noexcept {
  const Utf8Text text(name);
  return text.view() == "_frozen_importlib" || text.view() == "_frozen_importlib_external";
}

[[nodiscard]] Status find_loaded(Str& name, Ref<>& module) noexcept {
  return loaded_modules().find(Value(&name), module);
}

[[nodiscard]] Ref<> load_frozen(Str& name) noexcept {
  Ref<> module;
  if (failed(need_importlib()) || failed(find_loaded(name, module))) return kRaised;
  return module ? std::move(module) : Ref<>(raise_no_module(name));
}

[[nodiscard]] Ref<> find_and_load_now(Str& name) noexcept {
  if (is_frozen_name(name)) return load_frozen(name);
  Package package;
  Ref<Str> child;
  Ref<> loaded;
  if (failed(find_package(name, package, child)) || failed(find_loaded(name, loaded)))
    return kRaised;
  // The package has imported it.
  if (loaded && package.name) return loaded;
  FoundModule found;
  if (failed(find_module(name, package.path.value(), found))) return kRaised;
  if (!found.is_found()) return raise_no_module(name);
  Ref<> module = load_module(name, found);
  if (!module || (package.name && failed(add_to_package(package, *child, module.value()))))
    return kRaised;
  return module;
}

[[nodiscard]] Ref<> check_result(Str& name, Ref<> module) noexcept {
  if (!module.value().is_none()) return module;
  return raise_module_not_found(
      {"import of ", Utf8Text(name).view(), " halted; None in sys.modules"}, name);
}

// Whoever would wait for himself takes a module that is half made.
[[nodiscard]] Ref<> find_and_load_in_turn(Str& name) noexcept {
  const ModuleTurn turn(name);
  Ref<> module;
  if (failed(find_loaded(name, module))) return kRaised;
  if (module) return check_result(name, std::move(module));
  if (turn) return find_and_load_now(name);
  return raise(ErrorKind::kRuntime,
               {"deadlock detected by the import of '", Utf8Text(name).view(), "'"});
}

// As objects ask for what lies in modules.
Ref<> import_for_types(std::string_view text) noexcept {
  const Ref<Str> name = intern(text);
  return name ? find_and_load(*name) : Ref<>();
}

// builtins.open is the one of the module of files.
[[nodiscard]] Status add_open() noexcept {
  const NativeModule* const files = find_native_module("_io");
  const Ref<Str> name = intern("open");
  const Ref<Module> module = files == nullptr ? Ref<Module>() : load_native(*files);
  if (files == nullptr || !name) return name ? Status::kDone : Status::kFailed;
  Ref<> open;
  if (!module || failed(module->find(*name, open)) || !open) return kRaised;
  return python_builtins().set(*name, std::move(open));
}

constinit Once g_started;

}  // namespace

Status start_importing() noexcept {
  const bool done = g_started.run([] {
    set_import_from(import_missing);
    set_import_hook(import_for_types);
    return !failed(make_light_spec_types()) && !failed(add_open());
  });
  return done ? Status::kDone : Status::kFailed;
}

Ref<> find_and_load(Str& name) noexcept {
  Ref<> module;
  if (failed(find_loaded(name, module))) return kRaised;
  if (module && !ModuleTurn::is_taken_by_others(name)) return check_result(name, std::move(module));
  module = Ref<>();
  return find_and_load_in_turn(name);
}

Ref<> import_module(Str& name) noexcept {
  if (name.size() == 0) return raise(ErrorKind::kValue, {"Empty module name"});
  const Ref<Str> interned = intern(Ref<Str>::of(name));
  return interned ? find_and_load(*interned) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
