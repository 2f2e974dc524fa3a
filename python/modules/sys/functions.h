// python/modules/sys/functions.h: the functions of the module `sys`, by what they are about; the
// table of sys.cc gives them their signatures.
//
// Attached threads. Tests: tests/python/modules/sys_test.cc, sys_hooks_test.cc
#pragma once

#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN::sys {

// breakpoint.cc
Ref<> breakpointhook(const Value* arguments) noexcept;

// hooks.cc
Ref<> displayhook(const Value* arguments) noexcept;
Ref<> excepthook(const Value* arguments) noexcept;
Ref<> unraisablehook(const Value* arguments) noexcept;

// audit.cc
Ref<> addaudithook(const Value* arguments) noexcept;
Ref<> audit(const Value* arguments) noexcept;

// settings.cc
Ref<> get_int_max_str_digits(const Value* arguments) noexcept;
Ref<> getdefaultencoding(const Value* arguments) noexcept;
Ref<> getdlopenflags(const Value* arguments) noexcept;
Ref<> getfilesystemencodeerrors(const Value* arguments) noexcept;
Ref<> getfilesystemencoding(const Value* arguments) noexcept;
Ref<> getrecursionlimit(const Value* arguments) noexcept;
Ref<> getswitchinterval(const Value* arguments) noexcept;
Ref<> is_finalizing(const Value* arguments) noexcept;
Ref<> is_gil_enabled(const Value* arguments) noexcept;
Ref<> set_int_max_str_digits(const Value* arguments) noexcept;
Ref<> setdlopenflags(const Value* arguments) noexcept;
Ref<> setrecursionlimit(const Value* arguments) noexcept;
Ref<> setswitchinterval(const Value* arguments) noexcept;

// frames.cc
Ref<> getframe(const Value* arguments) noexcept;
Ref<> getprofile(const Value* arguments) noexcept;
Ref<> gettrace(const Value* arguments) noexcept;

// coroutines.cc
Ref<> get_asyncgen_hooks(const Value* arguments) noexcept;
Ref<> get_coroutine_origin_tracking_depth(const Value* arguments) noexcept;
Ref<> set_asyncgen_hooks(const Value* arguments) noexcept;
Ref<> set_coroutine_origin_tracking_depth(const Value* arguments) noexcept;

// inspection.cc
Ref<> exc_info(const Value* arguments) noexcept;
Ref<> exception(const Value* arguments) noexcept;
Ref<> exit(const Value* arguments) noexcept;
Ref<> getallocatedblocks(const Value* arguments) noexcept;
Ref<> getrefcount(const Value* arguments) noexcept;
Ref<> getsizeof(const Value* arguments) noexcept;
Ref<> intern(const Value* arguments) noexcept;

// Once, by `sys`: the types and objects that these need.
[[nodiscard]] Status start_hooks() noexcept;
[[nodiscard]] Status start_audit() noexcept;
[[nodiscard]] Status start_coroutines() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::sys
