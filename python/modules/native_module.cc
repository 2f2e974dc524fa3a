#include "python/modules/native_module.h"

#include <algorithm>

#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/type_object.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status add_functions(Module& module, const NativeModule& native) noexcept {
  for (const NativeSpec& spec : native.functions) {
    Ref<> function = make_native_function(spec, native.name);
    if (!function) return kRaised;
    const std::string_view name = spec.signature.substr(0, spec.signature.find('('));
    if (failed(add_value(module, name, std::move(function)))) return kRaised;
  }
  return Status::kDone;
}

}  // namespace

const NativeModule* find_native_module(std::string_view name) noexcept {
  const auto all = native_modules();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto* each) { return each->name == name; });
  return found == all.end() ? nullptr : *found;
}

Ref<Module> make_native_module(const NativeModule& native) noexcept {
  Ref<Str> name = intern(native.name);
  if (!name) return kRaised;
  Ref<Module> module = Module::make(std::move(name));
  if (!module) return kRaised;
  Ref<Str> doc = Str::of_utf8(native.doc);
  if (!doc || failed(module->set(*names().doc, std::move(doc)))) return kRaised;
  if (failed(add_functions(*module, native))) return kRaised;
  if (native.complete != nullptr && failed(native.complete(*module))) return kRaised;
  return module;
}

Status add_value(Module& module, std::string_view name, Ref<> value) noexcept {
  const Ref<Str> key = intern(name);
  if (!key || !value) return kRaised;
  return module.set(*key, std::move(value));
}

Status add_int(Module& module, std::string_view name, std::int64_t number) noexcept {
  return add_value(module, name, make_int(number));
}

Status add_float(Module& module, std::string_view name, double number) noexcept {
  return add_value(module, name, make_float(number));
}

Status add_str(Module& module, std::string_view name, std::string_view utf8) noexcept {
  return add_value(module, name, Str::of_utf8(utf8));
}

Status add_type(Module& module, Type& type) noexcept {
  return add_value(module, plain_name(type), Ref<>::of(Value(&type)));
}

}  // namespace orochi::inline OROCHI_DESIGN
