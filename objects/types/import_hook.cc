#include "objects/types/import_hook.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit ImportModule g_import = nullptr;  // written by set_import_hook

}  // namespace

void set_import_hook(ImportModule import) noexcept { g_import = import; }

Ref<> import_module(std::string_view name) noexcept {
  if (g_import != nullptr) return g_import(name);
  return raise(ErrorKind::kImport, {"No module named '", name, "'"});
}

Ref<> import_from(std::string_view module, std::string_view name) noexcept {
  const Ref<> found = import_module(module);
  const Ref<Str> attribute = found ? intern(name) : Ref<Str>();
  return attribute ? get_attribute(found.value(), *attribute) : Ref<>();
}

}  // namespace orochi::inline OROCHI_DESIGN
