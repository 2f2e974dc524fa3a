// python/modules/thread/parts.h: what the module is made of; each adds its types.
#pragma once

#include "python/modules/native_module.h"
#include "python/modules/thread/lock.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {

[[nodiscard]] Status add_lock(Module& module) noexcept;
[[nodiscard]] Status add_recursive_lock(Module& module) noexcept;
[[nodiscard]] Status add_local(Module& module) noexcept;
[[nodiscard]] Status add_except_hook(Module& module) noexcept;
[[nodiscard]] Ref<> except_hook(const Value* arguments) noexcept;

// threads.cc
[[nodiscard]] Ref<> start_new_thread(const Value* arguments) noexcept;
[[nodiscard]] Ref<> set_sentinel(const Value* arguments) noexcept;
[[nodiscard]] Ref<> count(const Value* arguments) noexcept;
[[nodiscard]] Ref<> stack_size(const Value* arguments) noexcept;

// local.cc: the thread's attributes of all locals are over.
void forget_locals() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
