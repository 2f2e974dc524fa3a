#include "python/modules/thread/lock.h"

#include "objects/model/new_object.h"
#include "objects/types/digits.h"
#include "objects/types/utf8_text.h"
#include "python/modules/native_type.h"
#include "python/modules/thread/parts.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {
namespace {

constinit Type* g_lock = nullptr;  // written by add_lock

[[nodiscard]] Lock& self_of(const Value* arguments) noexcept {
  return object_of<Lock>(arguments[0]);
}

[[nodiscard]] Ref<> as_value(Truth done) noexcept {
  return failed(done) ? Ref<>() : truth_value(done == Truth::kTrue);
}

Ref<> acquire(const Value* arguments) noexcept {
  platform::Nanos deadline = 0;
  if (failed(read_deadline(arguments[1], arguments[2], deadline))) return kRaised;
  return as_value(self_of(arguments).acquire(deadline));
}

Ref<> release(const Value* arguments) noexcept {
  if (self_of(arguments).release()) return Special::kNone;
  return raise(ErrorKind::kRuntime, {"release unlocked lock"});
}

Ref<> locked(const Value* arguments) noexcept { return truth_value(self_of(arguments).is_held()); }

Ref<> enter(const Value* arguments) noexcept {
  return as_value(self_of(arguments).acquire(platform::kNever));
}

Ref<> at_fork_reinit(const Value* arguments) noexcept {
  self_of(arguments).reset_after_fork();
  return Special::kNone;
}

constexpr NativeSpec kMethods[] = {
    {"acquire(self, blocking=True, timeout=-1)", acquire, "Waits for the lock and takes it."},
    {"acquire_lock(self, blocking=True, timeout=-1)", acquire},
    {"release(self, /)", release, "Lets go of the lock, whoever has taken it."},
    {"release_lock(self, /)", release},
    {"locked(self, /)", locked, "Whether somebody has the lock."},
    {"locked_lock(self, /)", locked},
    {"__enter__(self, /)", enter},
    {"__exit__(self, /, *args)", release},
    {"_at_fork_reinit(self, /)", at_fork_reinit},
};

Ref<> repr_of(Value self) noexcept {
  const auto& lock = object_of<Lock>(self);
  return str_of({"<", lock.is_held() ? "locked " : "unlocked ", type_of(self).name(), " object at ",
                 Address(&lock).text(), ">"});
}

}  // namespace

Ref<Lock> Lock::make() noexcept { return new_object<Lock>(*g_lock); }

Type& lock_type() noexcept { return *g_lock; }

Status add_lock(Module& module) noexcept {
  Protocols slots;
  slots.repr = repr_of;
  g_lock = make_native_type({.name = "_thread.lock",
                             .layout = &layout_of<Lock>,
                             .slots = slots,
                             .methods = kMethods,
                             .is_weakly_referable = true,
                             .is_final = true});
  if (g_lock == nullptr) return kRaised;
  g_lock->set_abstract(true);
  return add_value(module, "LockType", Ref<>::of(Value(g_lock)));
}

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
