// _operator: the operators of the language as functions, and functions that look into things.

#include "python/modules/operator/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status add_functions(Module& module, std::span<const NativeSpec> specs) noexcept {
  for (const NativeSpec& spec : specs) {
    const std::string_view name = spec.signature.substr(0, spec.signature.find('('));
    if (failed(add_value(module, name, make_native_function(spec, "_operator")))) return kRaised;
  }
  return Status::kDone;
}

Status complete(Module& module) noexcept {
  if (failed(add_functions(module, operators::plain_functions())) ||
      failed(add_functions(module, operators::other_functions())) ||
      failed(operators::add_getters(module)))
    return kRaised;
  return operators::add_method_caller(module);
}

}  // namespace

extern constinit const NativeModule kOperatorModule{
    "_operator", "Operator interface.", {}, complete};

}  // namespace orochi::inline OROCHI_DESIGN
