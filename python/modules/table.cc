// Every module that is written in C++, sorted by name.

#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

extern const NativeModule kCollectionsModule;
extern const NativeModule kImpModule;
extern const NativeModule kIoModule;
extern const NativeModule kThreadModule;
extern const NativeModule kBuiltinsModule;
extern const NativeModule kErrnoModule;
extern const NativeModule kItertoolsModule;
extern const NativeModule kSysModule;

namespace {

constexpr const NativeModule* kModules[] = {
    &kCollectionsModule,
    &kImpModule,
    &kIoModule,
    &kThreadModule,
    &kBuiltinsModule,
    &kErrnoModule,
    &kItertoolsModule,
    &kSysModule,
};

}  // namespace

std::span<const NativeModule* const> native_modules() noexcept { return kModules; }

}  // namespace orochi::inline OROCHI_DESIGN
