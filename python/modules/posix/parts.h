// python/modules/posix/parts.h: what posix is made of, by the files that have it.
//
// Each `add` is called once, when the module is made.
#pragma once

#include <span>

#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN::posix {

[[nodiscard]] Status add_constants(Module& module) noexcept;
[[nodiscard]] Status add_stat(Module& module) noexcept;
[[nodiscard]] Status add_files(Module& module) noexcept;
[[nodiscard]] Status add_paths(Module& module) noexcept;
[[nodiscard]] Status add_folders(Module& module) noexcept;
[[nodiscard]] Status add_processes(Module& module) noexcept;
[[nodiscard]] Status add_machine(Module& module) noexcept;

[[nodiscard]] Status add_functions(Module& module, std::span<const NativeSpec> functions) noexcept;

// os.stat_result of a file.
class PathArgument;
[[nodiscard]] Ref<> stat_of(const PathArgument& path, int folder, bool follows) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::posix
