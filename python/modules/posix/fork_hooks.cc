#include "python/modules/posix/fork_hooks.h"

#include <cerrno>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/exception_os.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "python/modules/arguments.h"
#include "runtime/lifecycle.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

// Written by make_fork_hooks; live for ever.
constinit List* g_before = nullptr;
constinit List* g_in_child = nullptr;
constinit List* g_in_parent = nullptr;

[[nodiscard]] Status check(Value hook, std::string_view name) noexcept {
  if (hook.is_empty() || type_of(hook).block().protocols().call != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {"'", name, "' must be callable, not ", type_name(hook)});
}

[[nodiscard]] Status add(List& hooks, Value hook) noexcept {
  return hook.is_empty() ? Status::kDone : hooks.append(Ref<>::of(hook));
}

void call_hook(Value hook) noexcept {
  if (!call(hook, {})) report_unraisable(hook);
}

enum class Order : bool { kFirstFirst, kLastFirst };

// Each may register others, which are for the next fork.
void call_all(List& hooks, Order order) noexcept {
  const Ref<List> now = hooks.copy();
  if (!now) return report_unraisable(Value(&hooks));
  if (order == Order::kLastFirst) now->reverse();
  for (std::int64_t i = 0;; ++i) {
    Ref<> hook;
    if (!now->get(i, hook)) return;
    call_hook(hook.value());
  }
}

}  // namespace

Ref<> register_fork_hooks(const Value* arguments) noexcept {
  const Value before = arguments[0];
  const Value in_child = arguments[1];
  const Value in_parent = arguments[2];
  if (before.is_empty() && in_child.is_empty() && in_parent.is_empty())
    return raise(ErrorKind::kType, {"At least one argument is required."});
  if (failed(check(before, "before")) || failed(check(in_child, "after_in_child")) ||
      failed(check(in_parent, "after_in_parent")))
    return kRaised;
  if (failed(add(*g_before, before)) || failed(add(*g_in_child, in_child)) ||
      failed(add(*g_in_parent, in_parent)))
    return kRaised;
  return Special::kNone;
}

Ref<> fork_with_hooks() noexcept {
  call_all(*g_before, Order::kLastFirst);
  const int process = Lifecycle::fork();
  const int error = errno;
  call_all(process == 0 ? *g_in_child : *g_in_parent, Order::kFirstFirst);
  if (process < 0) return raise_os_error(error, {});
  return make_int(process);
}

Status make_fork_hooks() noexcept {
  for (List** const hooks : {&g_before, &g_in_child, &g_in_parent}) {
    Ref<List> made = List::make();
    if (!made) return kRaised;
    *hooks = made.release();
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
