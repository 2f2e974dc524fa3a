#include "objects/model/unraisable.h"

#include <cstdio>
#include <utility>

#include "memory/door/sys_atomic.h"
#include "objects/model/type.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<UnraisableHook> g_hook{nullptr};

// Formatted by an attached thread; written by a detached one, as whoever reads stderr may take his
// time, and no stop is to wait for him.
void show(const Error& error, Value where) noexcept {
  const std::string_view type = type_of(where).name();
  const std::string_view kind =
      error.kind() == ErrorKind::kObject ? type_of(error.value()).name() : name_of(error.kind());
  const std::string_view text = error.text();
  const Error message = Error::of_text(
      ErrorKind::kRuntime,
      {"Exception ignored in: <", type, " object>\n", kind, text.empty() ? "" : ": ", text, "\n"});
  const std::string_view lines =
      message.text().empty() ? "Exception ignored: no memory to say which\n" : message.text();
  Thread& me = *Thread::current();
  me.detach_to_wait();  // not refusable: the caller is in the middle of a destruction
  std::fwrite(lines.data(), 1, lines.size(), stderr);
  me.attach_after_wait();
}

}  // namespace

void report_unraisable(Value where) noexcept {
  Error error = Error::take();
  if (!error) return;
  // acquire: pairs with the release in set_unraisable_hook.
  const UnraisableHook hook = g_hook.load(kAcquire);
  if (hook == nullptr) return show(error, where);
  hook(std::move(error), where);
}

void set_unraisable_hook(UnraisableHook hook) noexcept { g_hook.store(hook, kRelease); }

}  // namespace orochi::inline OROCHI_DESIGN
