#include "python/vm/hooks.h"

#include "memory/atomic.h"
#include "objects/model/error.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Atomic<Display> g_display{nullptr};
constinit Atomic<ImportFromHook> g_import_from{nullptr};
constinit Atomic<UnawaitedHook> g_unawaited{nullptr};

}  // namespace

// release, acquire, all: who calls it sees what it was made with.
void set_display(Display display) noexcept { g_display.store(display, kRelease); }

Ref<> display(Value value) noexcept {
  const Display display = g_display.load(kAcquire);
  if (display == nullptr) return raise(ErrorKind::kRuntime, {"lost sys.displayhook"});
  return display(value);
}

void set_import_from(ImportFromHook hook) noexcept { g_import_from.store(hook, kRelease); }

Ref<> import_from(Value module, Str& name) noexcept {
  const ImportFromHook hook = g_import_from.load(kAcquire);
  if (hook != nullptr) return hook(module, name);
  return raise(ErrorKind::kImport, {"cannot import name '", Utf8Text(name).view(), "'"});
}

void set_unawaited_hook(UnawaitedHook hook) noexcept { g_unawaited.store(hook, kRelease); }

void report_unawaited(Value coroutine) noexcept {
  if (const UnawaitedHook hook = g_unawaited.load(kAcquire); hook != nullptr) hook(coroutine);
}

}  // namespace orochi::inline OROCHI_DESIGN
