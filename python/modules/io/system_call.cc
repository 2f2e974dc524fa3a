#include "python/modules/io/system_call.h"

#include "memory/door/sys_atomic.h"
#include "objects/types/exception_os.h"

namespace orochi::inline OROCHI_DESIGN {

namespace {

constinit SysAtomic<SignalHook> g_signal_hook{nullptr};

}  // namespace

void set_signal_hook(SignalHook hook) noexcept { g_signal_hook.store(hook, kRelease); }

Status run_signal_hook() noexcept {
  const SignalHook hook = g_signal_hook.load(kAcquire);  // pairs with the release above
  return hook == nullptr ? Status::kDone : hook();
}

Raised raise_failed(const SystemResult& result, Ref<> file) noexcept {
  if (result.is_refused || result.is_raised) return kRaised;
  return raise_os_error(result.error, std::move(file));
}

}  // namespace orochi::inline OROCHI_DESIGN
