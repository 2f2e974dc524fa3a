// python/modules/native_module.h: modules that are written in C++.
//
//     extern constinit const NativeModule kMathModule{                      // math.cc
//         "math", "Mathematical functions.", kFunctions, complete};
//
// and a row in table.cc. A module is made when it is imported first, and all threads share it: what
// its functions need besides their arguments is either a type that is made once (NativeModule::
// complete runs once in a process) or lies in objects.
//
// Attached threads. Tests: tests/python/modules/native_module_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "objects/types/module.h"
#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN {

struct NativeModule {
  std::string_view name;
  std::string_view doc;
  std::span<const NativeSpec> functions{};
  // Adds types and constants. Null: there are none.
  Status (*complete)(Module& module) noexcept = nullptr;
};

// All there are, by name (table.cc).
[[nodiscard]] std::span<const NativeModule* const> native_modules() noexcept;
// Null: there is none of that name.
[[nodiscard]] const NativeModule* find_native_module(std::string_view name) noexcept;
// A new module of this kind. By the importer, which sees to it that there is one only.
[[nodiscard]] Ref<Module> make_native_module(const NativeModule& native) noexcept;

// For `complete`.
[[nodiscard]] Status add_value(Module& module, std::string_view name, Ref<> value) noexcept;
[[nodiscard]] Status add_int(Module& module, std::string_view name, std::int64_t number) noexcept;
[[nodiscard]] Status add_float(Module& module, std::string_view name, double number) noexcept;
[[nodiscard]] Status add_str(Module& module, std::string_view name, std::string_view utf8) noexcept;
// Under its own name.
[[nodiscard]] Status add_type(Module& module, Type& type) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
