// Every module that is written in C++, sorted by name.

#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

extern const NativeModule kErrnoModule;

namespace {

constexpr const NativeModule* kModules[] = {
    &kErrnoModule,
};

}  // namespace

std::span<const NativeModule* const> native_modules() noexcept { return kModules; }

}  // namespace orochi::inline OROCHI_DESIGN
