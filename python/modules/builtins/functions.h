// python/modules/builtins/functions.h: the functions of the module `builtins`, by what they are
// about; the table of builtins.cc gives them their signatures.
//
// Attached threads. They run the code of what they are given.
// Tests: tests/python/modules/builtins_*_test.cc
#pragma once

#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN::builtins {

// numbers.cc
Ref<> abs(const Value* arguments) noexcept;
Ref<> bin(const Value* arguments) noexcept;
Ref<> chr(const Value* arguments) noexcept;
Ref<> divmod(const Value* arguments) noexcept;
Ref<> hex(const Value* arguments) noexcept;
Ref<> oct(const Value* arguments) noexcept;
Ref<> ord(const Value* arguments) noexcept;
Ref<> pow(const Value* arguments) noexcept;
Ref<> round(const Value* arguments) noexcept;

// iteration.cc
Ref<> all(const Value* arguments) noexcept;
Ref<> any(const Value* arguments) noexcept;
Ref<> iter(const Value* arguments) noexcept;
Ref<> next(const Value* arguments) noexcept;
Ref<> sorted(const Value* arguments) noexcept;

// reduction.cc
Ref<> max(const Value* arguments) noexcept;
Ref<> min(const Value* arguments) noexcept;
Ref<> sum(const Value* arguments) noexcept;

// async_iteration.cc
Ref<> aiter(const Value* arguments) noexcept;
Ref<> anext(const Value* arguments) noexcept;

// inspection.cc
Ref<> callable(const Value* arguments) noexcept;
Ref<> delattr(const Value* arguments) noexcept;
Ref<> dir(const Value* arguments) noexcept;
Ref<> getattr(const Value* arguments) noexcept;
Ref<> hasattr(const Value* arguments) noexcept;
Ref<> hash(const Value* arguments) noexcept;
Ref<> id(const Value* arguments) noexcept;
Ref<> isinstance(const Value* arguments) noexcept;
Ref<> issubclass(const Value* arguments) noexcept;
Ref<> len(const Value* arguments) noexcept;
Ref<> setattr(const Value* arguments) noexcept;
Ref<> vars(const Value* arguments) noexcept;

// compile.cc
Ref<> compile(const Value* arguments) noexcept;

// execution.cc
Ref<> eval(const Value* arguments) noexcept;
Ref<> exec(const Value* arguments) noexcept;
Ref<> globals(const Value* arguments) noexcept;
Ref<> locals(const Value* arguments) noexcept;
// dir() without an argument.
[[nodiscard]] Ref<> dir_of_caller() noexcept;

// imports.cc
Ref<> import(const Value* arguments) noexcept;

// text.cc
Ref<> ascii(const Value* arguments) noexcept;
Ref<> breakpoint(const Value* arguments) noexcept;
Ref<> format(const Value* arguments) noexcept;
Ref<> input(const Value* arguments) noexcept;
Ref<> print(const Value* arguments) noexcept;
Ref<> repr(const Value* arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::builtins
