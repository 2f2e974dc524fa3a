#include "objects/model/unraisable.h"

#include <cstdio>
#include <utility>

#include "memory/door/sys_atomic.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<UnraisableHook> g_hook{nullptr};

int length_of(std::string_view text) noexcept { return static_cast<int>(text.size()); }

void show(const Error& error, Value where) noexcept {
  const std::string_view type = type_of(where).name();
  const std::string_view kind =
      error.kind() == ErrorKind::kObject ? type_of(error.value()).name() : name_of(error.kind());
  const std::string_view text = error.text();
  std::fprintf(stderr, "Exception ignored in: <%.*s object>\n%.*s%s%.*s\n", length_of(type),
               type.data(), length_of(kind), kind.data(), text.empty() ? "" : ": ", length_of(text),
               text.data());
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
