// Every module that is written in C++, sorted by name.

#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

extern const NativeModule kAbcModule;
extern const NativeModule kBisectModule;
extern const NativeModule kCollectionsModule;
extern const NativeModule kFunctoolsModule;
extern const NativeModule kHeapqModule;
extern const NativeModule kImpModule;
extern const NativeModule kIoModule;
extern const NativeModule kOperatorModule;
extern const NativeModule kStatModule;
extern const NativeModule kThreadModule;
extern const NativeModule kWeakrefModule;
extern const NativeModule kAtexitModule;
extern const NativeModule kBuiltinsModule;
extern const NativeModule kErrnoModule;
extern const NativeModule kItertoolsModule;
extern const NativeModule kMathModule;
extern const NativeModule kSysModule;

namespace {

constexpr const NativeModule* kModules[] = {
    &kAbcModule,
    &kBisectModule,
    &kCollectionsModule,
    &kFunctoolsModule,
    &kHeapqModule,
    &kImpModule,
    &kIoModule,
    &kOperatorModule,
    &kStatModule,
    &kThreadModule,
    &kWeakrefModule,
    &kAtexitModule,
    &kBuiltinsModule,
    &kErrnoModule,
    &kItertoolsModule,
    &kMathModule,
    &kSysModule,
};

}  // namespace

std::span<const NativeModule* const> native_modules() noexcept { return kModules; }

}  // namespace orochi::inline OROCHI_DESIGN
