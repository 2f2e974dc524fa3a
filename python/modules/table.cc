// Every module that is written in C++, sorted by name.

#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

extern const NativeModule kAbcModule;
extern const NativeModule kBisectModule;
extern const NativeModule kCodecsModule;
extern const NativeModule kCollectionsModule;
extern const NativeModule kContextvarsModule;
extern const NativeModule kFunctoolsModule;
extern const NativeModule kHeapqModule;
extern const NativeModule kImpModule;
extern const NativeModule kIoModule;
extern const NativeModule kOperatorModule;
extern const NativeModule kRandomModule;
extern const NativeModule kSignalModule;
extern const NativeModule kSreModule;
extern const NativeModule kStatModule;
extern const NativeModule kStringModule;
extern const NativeModule kStructModule;
extern const NativeModule kThreadModule;
extern const NativeModule kWarningsModule;
extern const NativeModule kWeakrefModule;
extern const NativeModule kAtexitModule;
extern const NativeModule kBuiltinsModule;
extern const NativeModule kErrnoModule;
extern const NativeModule kGcModule;
extern const NativeModule kItertoolsModule;
extern const NativeModule kMarshalModule;
extern const NativeModule kMathModule;
extern const NativeModule kPosixModule;
extern const NativeModule kSysModule;
extern const NativeModule kTimeModule;

namespace {

constexpr const NativeModule* kModules[] = {
    &kAbcModule,       &kBisectModule, &kCodecsModule,   &kCollectionsModule, &kContextvarsModule,
    &kFunctoolsModule, &kHeapqModule,  &kImpModule,      &kIoModule,          &kOperatorModule,
    &kRandomModule,    &kSignalModule, &kSreModule,      &kStatModule,        &kStringModule,
    &kStructModule,    &kThreadModule, &kWarningsModule, &kWeakrefModule,     &kAtexitModule,
    &kBuiltinsModule,  &kErrnoModule,  &kGcModule,       &kItertoolsModule,   &kMarshalModule,
    &kMathModule,      &kPosixModule,  &kSysModule,      &kTimeModule,
};

}  // namespace

std::span<const NativeModule* const> native_modules() noexcept { return kModules; }

}  // namespace orochi::inline OROCHI_DESIGN
