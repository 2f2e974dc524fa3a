// posix: the calls of the operating system, for the library's os module.

#include "objects/types/exception_type.h"
#include "python/modules/posix/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace posix {

Status add_functions(Module& module, std::span<const NativeSpec> functions) noexcept {
  for (const NativeSpec& spec : functions) {
    Ref<> function = make_native_function(spec, "posix");
    const std::string_view name = spec.signature.substr(0, spec.signature.find('('));
    if (!function || failed(add_value(module, name, std::move(function)))) return kRaised;
  }
  return Status::kDone;
}

namespace {

Status complete(Module& module) noexcept {
  constexpr Status (*kParts[])(Module&) noexcept = {
      add_constants, add_stat, add_files, add_paths, add_folders, add_processes, add_machine,
  };
  for (const auto add : kParts)
    if (failed(add(module))) return kRaised;
  return add_value(module, "error", Ref<>::of(Value(&exception_type(BuiltinException::kOSError))));
}

}  // namespace
}  // namespace posix

extern constinit const NativeModule kPosixModule{
    "posix", "Calls of the operating system.", {}, posix::complete};

}  // namespace orochi::inline OROCHI_DESIGN
