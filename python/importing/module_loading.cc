#include "python/importing/module_loading.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/intern.h"
#include "objects/types/module.h"
#include "objects/types/names.h"
#include "python/importing/importlib.h"
#include "python/importing/light_spec.h"
#include "python/importing/source_runner.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_builtins("__builtins__");
constinit LateName g_initializing("_initializing");
constinit LateName g_loader("loader");
constinit LateName g_own_loader("__loader__");
constinit LateName g_package("__package__");
constinit LateName g_parent("parent");
constinit LateName g_path("__path__");
constinit LateName g_spec("__spec__");

[[nodiscard]] Status set(Module& module, LateName& late, Ref<> value) noexcept {
  Str* const name = late.get();
  return name == nullptr || !value ? Status::kFailed : module.set(*name, std::move(value));
}

// Sets what the attribute of the spec is.
[[nodiscard]] Status set_from(Module& module, LateName& late, const Ref<>& spec,
                              LateName& attribute) noexcept {
  Str* const name = attribute.get();
  return name == nullptr ? Status::kFailed : set(module, late, get_attribute(spec.value(), *name));
}

// --- Native modules. ---

[[nodiscard]] Ref<> load_builtin(Str& name, const NativeModule& native) noexcept {
  Ref<Module> module = load_native(native);
  if (!module || !has_importlib()) return module;
  const Ref<> spec = make_builtin_spec(name);
  if (!spec || failed(set(*module, g_spec, spec.share())) ||
      failed(set_from(*module, g_own_loader, spec, g_loader)) ||
      failed(set_from(*module, g_package, spec, g_parent)))
    return kRaised;
  return module;
}

// --- Source. ---

[[nodiscard]] Ref<> make_spec(Str& name, const FoundSource& found) noexcept {
  return has_importlib() ? make_true_spec(name, found) : make_light_spec(name, found);
}

[[nodiscard]] Status describe(Module& module, const Ref<>& spec,
                              const FoundSource& found) noexcept {
  if (failed(set(module, g_spec, spec.share())) ||
      failed(set_from(module, g_own_loader, spec, g_loader)) ||
      failed(set_from(module, g_package, spec, g_parent)))
    return kRaised;
  if (found.file && failed(module.set(*names().file, found.file.share()))) return kRaised;
  if (found.folders && failed(set(module, g_path, found.folders.share()))) return kRaised;
  return set(module, g_builtins, Ref<>::of(Value(&python_builtins().dict())));
}

[[nodiscard]] Ref<Module> make_module(Str& name, const FoundSource& found) noexcept {
  Ref<Module> module = Module::make(Ref<Str>::of(name));
  const Ref<> spec = module ? make_spec(name, found) : Ref<>();
  if (!spec || failed(describe(*module, spec, found))) return kRaised;
  return module;
}

// The module may have put something else in its place. It is the last one from now on.
[[nodiscard]] Ref<> take_result(Str& name) noexcept {
  Ref<> result;
  if (failed(loaded_modules().remove(Value(&name), result))) return kRaised;
  if (!result) return raise_value(ErrorKind::kKey, Ref<>::of(Value(&name)));
  if (failed(loaded_modules().set(Value(&name), result.share()))) return kRaised;
  return result;
}

// A light spec knows by itself.
[[nodiscard]] Status say_half_made(Module& module, Special half_made) noexcept {
  Str* const name = g_initializing.get();
  Str* const spec_name = g_spec.get();
  Ref<> spec;
  if (name == nullptr || spec_name == nullptr || failed(module.find(*spec_name, spec)))
    return kRaised;
  if (!spec || spec.value().is_none() || is_light_spec(spec.value())) return Status::kDone;
  return set_attribute(spec.value(), *name, half_made);
}

// What was made of it is no module.
void forget(Str& name, Module& module) noexcept {
  Error error = Error::take();
  if (failed(say_half_made(module, Special::kFalse))) clear_error();
  Ref<> half_made;
  if (failed(loaded_modules().remove(Value(&name), half_made))) clear_error();
  half_made = Ref<>();
  std::move(error).restore();
}

[[nodiscard]] Ref<> load_source(Str& name, const FoundSource& found) noexcept {
  const Ref<Module> module = make_module(name, found);
  if (!module || failed(say_half_made(*module, Special::kTrue)) ||
      failed(loaded_modules().set(Value(&name), module.share())))
    return kRaised;
  if (!found.file || !failed(run_file(*found.file, module->dict())))
    return failed(say_half_made(*module, Special::kFalse)) ? Ref<>() : take_result(name);
  forget(name, *module);
  return kRaised;
}

}  // namespace

Ref<> load_module(Str& name, const FoundModule& found) noexcept {
  if (found.native != nullptr) return load_builtin(name, *found.native);
  return found.spec ? load_by_spec(found.spec.value()) : load_source(name, found.source);
}

}  // namespace orochi::inline OROCHI_DESIGN
