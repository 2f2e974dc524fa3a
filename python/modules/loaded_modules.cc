#include "python/modules/loaded_modules.h"

#include "objects/types/intern.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {

extern const NativeModule kBuiltinsModule;
extern const NativeModule kSysModule;

namespace {

constinit Once g_started;
// Written by start_modules; immortal.
constinit Dict* g_loaded = nullptr;
constinit Dict* g_made = nullptr;  // by name: the native modules there are
constinit Module* g_sys = nullptr;
constinit Module* g_builtins = nullptr;

template <class T>
[[nodiscard]] T* keep_for_ever(Ref<T> object) noexcept {
  if (object) object->count().immortalise();
  return object.release();
}

[[nodiscard]] Status make_dict(Dict*& place) noexcept {
  if (place == nullptr) place = keep_for_ever(Dict::make());
  if (place == nullptr) return kRaised;
  place->mark_shared();  // rule 10
  return Status::kDone;
}

[[nodiscard]] Status make_first(const NativeModule& native, Module*& place) noexcept {
  if (place == nullptr) place = keep_for_ever(load_native(native));
  if (place == nullptr) return kRaised;
  place->dict().mark_shared();  // rule 10
  return Status::kDone;
}

}  // namespace

Status start_modules() noexcept {
  const bool done = g_started.run([] {
    return !failed(make_dict(g_loaded)) && !failed(make_dict(g_made)) &&
           !failed(make_first(kSysModule, g_sys)) &&
           !failed(make_first(kBuiltinsModule, g_builtins));
  });
  return done ? Status::kDone : Status::kFailed;
}

Dict& loaded_modules() noexcept { return *g_loaded; }
Module& sys_module() noexcept { return *g_sys; }
Module& python_builtins() noexcept { return *g_builtins; }

Ref<Module> load_native(const NativeModule& native) noexcept {
  const Ref<Str> name = intern(native.name);
  Ref<> module;
  if (!name || failed(g_made->find(name.value(), module))) return kRaised;
  if (!module) {
    module = make_native_module(native);
    if (!module || failed(g_made->set(name.value(), module.share()))) return kRaised;
  }
  if (failed(g_loaded->set(name.value(), module.share()))) return kRaised;
  return std::move(module).cast<Module>();
}

Status find_in_sys(Str& name, Ref<>& value) noexcept { return g_sys->find(name, value); }

}  // namespace orochi::inline OROCHI_DESIGN
