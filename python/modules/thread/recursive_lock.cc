// _thread.RLock: a lock that its owner may take again.
//
// R1  `owner_` and `depth_` belong to whoever has the lock; another thread that reads its own token
//     in `owner_` does not exist, so the question "is it mine?" needs no lock.

#include "objects/model/new_object.h"
#include "objects/types/digits.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/native_type.h"
#include "python/modules/thread/parts.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {
namespace {

constinit Type* g_recursive_lock = nullptr;  // written by add_recursive_lock

class RecursiveLock : public Object {
 public:
  explicit RecursiveLock(ShapeIndex shape) noexcept : Object(shape) {}

  // relaxed, both: R1
  [[nodiscard]] bool is_mine() const noexcept {
    return owner_.load(kRelaxed) == platform::this_thread();
  }
  [[nodiscard]] platform::ThreadToken owner() const noexcept { return owner_.load(kRelaxed); }
  // Requires: is_mine().
  [[nodiscard]] std::int64_t depth() const noexcept { return depth_; }

  [[nodiscard]] Truth acquire(platform::Nanos deadline) noexcept {
    if (is_mine()) {
      ++depth_;
      return Truth::kTrue;
    }
    const Truth done = take(lock_, deadline);
    if (done == Truth::kTrue) begin(1);
    return done;
  }
  // Requires: is_mine().
  void release() noexcept {
    if (--depth_ == 0) give_up();
  }
  std::int64_t give_up() noexcept {
    const std::int64_t depth = depth_;
    depth_ = 0;
    owner_.store(0, kRelaxed);  // R1; the unlock releases
    lock_.unlock();
    return depth;
  }
  void begin(std::int64_t depth) noexcept {
    owner_.store(platform::this_thread(), kRelaxed);  // R1
    depth_ = depth;
  }
  void reset_after_fork() noexcept {
    owner_.store(0, kRelaxed);
    depth_ = 0;
    lock_.reset_after_fork();
  }

 private:
  ByteLock lock_;
  SysAtomic<platform::ThreadToken> owner_{0};
  std::int64_t depth_ = 0;  // R1
};

[[nodiscard]] RecursiveLock& self_of(const Value* arguments) noexcept {
  return object_of<RecursiveLock>(arguments[0]);
}

[[nodiscard]] Ref<> as_value(Truth done) noexcept {
  return failed(done) ? Ref<>() : truth_value(done == Truth::kTrue);
}

Ref<> acquire(const Value* arguments) noexcept {
  platform::Nanos deadline = 0;
  if (failed(read_deadline(arguments[1], arguments[2], deadline))) return kRaised;
  return as_value(self_of(arguments).acquire(deadline));
}

Raised raise_not_mine() noexcept {
  return raise(ErrorKind::kRuntime, {"cannot release un-acquired lock"});
}

Ref<> release(const Value* arguments) noexcept {
  RecursiveLock& lock = self_of(arguments);
  if (!lock.is_mine()) return raise_not_mine();
  lock.release();
  return Special::kNone;
}

Ref<> enter(const Value* arguments) noexcept {
  return as_value(self_of(arguments).acquire(platform::kNever));
}

Ref<> is_owned(const Value* arguments) noexcept {
  return truth_value(self_of(arguments).is_mine());
}

// For conditions: gives the lock up, however often it was taken, and takes it back.
Ref<> release_save(const Value* arguments) noexcept {
  RecursiveLock& lock = self_of(arguments);
  if (!lock.is_mine()) return raise_not_mine();
  const platform::ThreadToken owner = lock.owner();
  return Tuple::of(make_int(lock.give_up()), make_size(owner));
}

Ref<> acquire_restore(const Value* arguments) noexcept {
  const auto& state = object_of<Tuple>(arguments[1]);
  std::int64_t depth = 0;
  if (failed(read_integer(state[0], "long", depth))) return kRaised;
  RecursiveLock& lock = self_of(arguments);
  const Truth done = lock.acquire(platform::kNever);
  if (failed(done)) return kRaised;
  lock.begin(depth);
  return Special::kNone;
}

Ref<> at_fork_reinit(const Value* arguments) noexcept {
  self_of(arguments).reset_after_fork();
  return Special::kNone;
}

constexpr NativeSpec kMethods[] = {
    {"acquire(self, blocking=True, timeout=-1)", acquire, "Waits for the lock and takes it."},
    {"release(self, /)", release, "Lets go of the lock once."},
    {"__enter__(self, /)", enter},
    {"__exit__(self, /, *args)", release},
    {"_is_owned(self, /)", is_owned},
    {"_release_save(self, /)", release_save},
    {"_acquire_restore(self, state, /)", acquire_restore},
    {"_at_fork_reinit(self, /)", at_fork_reinit},
};

Ref<> recursive_lock_new(const Value* arguments) noexcept {
  return new_object<RecursiveLock>(wanted_type(arguments));
}
constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", recursive_lock_new}};

Ref<> repr_of(Value self) noexcept {
  const auto& lock = object_of<RecursiveLock>(self);
  const platform::ThreadToken owner = lock.owner();
  const std::size_t depth = lock.is_mine() ? static_cast<std::size_t>(lock.depth()) : owner != 0;
  return str_of({"<", owner != 0 ? "locked " : "unlocked ", type_of(self).name(),
                 " object owner=", Digits(owner).text(), " count=", Digits(depth).text(), " at ",
                 Address(&lock).text(), ">"});
}

}  // namespace

Status add_recursive_lock(Module& module) noexcept {
  Protocols slots;
  slots.repr = repr_of;
  g_recursive_lock = add_native_type(module, {.name = "_thread.RLock",
                                              .layout = &layout_of<RecursiveLock>,
                                              .slots = slots,
                                              .statics = kNew,
                                              .methods = kMethods,
                                              .is_weakly_referable = true});
  return g_recursive_lock == nullptr ? Status::kFailed : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
