#include "python/vm/builtins.h"

#include "objects/types/intern.h"
#include "python/vm/build_class.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Module* g_builtins = nullptr;  // written by set_builtins, and kept for ever

}  // namespace

Status set_builtins(Module& builtins) noexcept {
  g_builtins = Ref<Module>::of(builtins).release();
  const Ref<Str> name = intern("__build_class__");
  Ref<> build_class = make_native_function(kBuildClass, "builtins");
  if (!name || !build_class) return kRaised;
  return builtins.set(*name, std::move(build_class));
}

Ref<Dict> builtins_for(Dict& globals) noexcept {
  const Ref<Str> name = intern("__builtins__");
  Ref<> found;
  if (!name || failed(globals.find(Value(name.get()), found))) return kRaised;
  if (!found) {
    found = Ref<>::of(Value(g_builtins));
    if (failed(globals.set(Value(name.get()), found.share()))) return kRaised;
  }
  if (Dict* const dict = as_dict(found.value()); dict != nullptr) return Ref<Dict>::of(*dict);
  if (type_of(found.value()).is_subtype_of(module_type()))
    return Ref<Dict>::of(found.as<Module>().dict());
  return Ref<Dict>::of(g_builtins->dict());
}

}  // namespace orochi::inline OROCHI_DESIGN
