// time: clocks, dates and sleeping.

#include "python/modules/time/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Status add_functions(Module& module, std::span<const NativeSpec> specs) noexcept {
  for (const NativeSpec& spec : specs) {
    const std::string_view name = spec.signature.substr(0, spec.signature.find('('));
    if (failed(add_value(module, name, make_native_function(spec, "time")))) return kRaised;
  }
  return Status::kDone;
}

Status complete(Module& module) noexcept {
  for (const auto functions :
       {time::clock_functions, time::calendar_functions, time::text_functions})
    if (failed(add_functions(module, functions()))) return kRaised;
  return failed(time::add_clocks(module)) ? Status::kFailed : time::add_calendar(module);
}

}  // namespace

extern constinit const NativeModule kTimeModule{
    "time", "This module provides various functions to manipulate time values.", {}, complete};

}  // namespace orochi::inline OROCHI_DESIGN
