// addaudithook audit.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/sys/functions.h"

namespace orochi::inline OROCHI_DESIGN::sys {
namespace {

constinit List* g_hooks = nullptr;  // written by start_audit; immortal

// Those that were there at the beginning are asked, the first one first.
[[nodiscard]] Status ask_hooks(Value event, Value arguments) noexcept {
  const Ref<List> hooks = g_hooks->copy();
  if (!hooks) return kRaised;
  const Value passed[] = {event, arguments};
  Ref<> hook;
  for (std::int64_t i = 0; hooks->get(i, hook); ++i) {
    if (!call(hook.value(), {passed, 2, nullptr})) return kRaised;
    hook = Ref<>();
  }
  return Status::kDone;
}

}  // namespace

Status start_audit() noexcept {
  Ref<List> hooks = List::make();
  if (!hooks) return kRaised;
  hooks->count().immortalise();
  hooks->mark_shared();
  g_hooks = hooks.release();
  return Status::kDone;
}

// A hook may refuse another one with an exception of its own.
Ref<> addaudithook(const Value* arguments) noexcept {
  if (g_hooks->size() > 0) {
    const Ref<Str> event = Str::of_ascii("sys.addaudithook");
    const Ref<Tuple> none = Tuple::of();
    if (!event || !none || failed(ask_hooks(event.value(), none.value()))) return kRaised;
  }
  return none_or_raised(g_hooks->append(Ref<>::of(arguments[0])));
}

Ref<> audit(const Value* arguments) noexcept {
  if (g_hooks->size() == 0) return Special::kNone;
  if (as_str(arguments[0]) == nullptr)
    return raise(ErrorKind::kType,
                 {"expected str for argument 'event', not ", type_name(arguments[0])});
  const Ref<Tuple> none = Tuple::of();
  const Value rest = arguments[1].is_empty() ? none.value() : arguments[1];
  return none_or_raised(ask_hooks(arguments[0], rest));
}

}  // namespace orochi::inline OROCHI_DESIGN::sys
