// Starting threads and what becomes of them.

#include <pthread.h>

#include "memory/buffer.h"
#include "objects/model/call_out.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/calls.h"
#include "python/modules/contextvars.h"
#include "python/modules/thread/parts.h"
#include "python/vm/machine.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {
namespace {

constinit SysAtomic<std::size_t> g_count{0};
constinit SysAtomic<std::size_t> g_stack_size{0};  // 0: the system's

// What a new thread is to do; it belongs to that thread from the moment that it runs.
struct Errand {
  Ref<> function;
  Ref<Tuple> arguments;
  Ref<> named;
};

// Of the calling thread: let go of at its end, for whoever joins it.
thread_local constinit Lock* t_sentinel = nullptr;  // counted

void release_sentinel() noexcept {
  const Ref<Lock> sentinel = Ref<Lock>::adopt(std::exchange(t_sentinel, nullptr));
  if (sentinel) static_cast<void>(sentinel->release());
}

// SystemExit ends a thread and nothing else.
void report(Value function) noexcept {
  if (is_pending(exception_type(BuiltinException::kSystemExit))) return clear_error();
  report_unraisable(function);
}

// False: the thread was refused, and must touch no object any more.
[[nodiscard]] bool do_errand(const Errand& errand) noexcept {
  const Ref<> result =
      call_with_all(errand.function.value(), *errand.arguments, errand.named.value());
  if (!CallOut::may_go_on()) return false;
  if (!result) report(errand.function.value());
  return true;
}

void leave() noexcept {
  forget_locals();
  end_context();
  release_sentinel();
  Machine::end();
}

void* run_thread(void* given) {
  auto* const errand = static_cast<Errand*>(given);
  if (Thread::start() != Attach::kDone) {
    g_count.fetch_sub(1U, kRelaxed);
    return nullptr;  // what it was given stays, for good: a shutdown is on
  }
  if (do_errand(*errand)) {
    errand->~Errand();
    free_buffer(errand);
    leave();
  }
  g_count.fetch_sub(1U, kRelaxed);
  Thread::exit();
  return nullptr;
}

[[nodiscard]] bool spawn(Errand& errand, pthread_t& thread) noexcept {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  const std::size_t size = g_stack_size.load(kRelaxed);  // relaxed: a setting
  const bool done = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0 &&
                    (size == 0 || pthread_attr_setstacksize(&attributes, size) == 0) &&
                    pthread_create(&thread, &attributes, run_thread, &errand) == 0;
  pthread_attr_destroy(&attributes);
  return done;
}

[[nodiscard]] Status check(const Value* arguments) noexcept {
  if (type_of(arguments[0]).block().protocols().call == nullptr)
    return raise(ErrorKind::kType, {"first arg must be callable"});
  if (!type_of(arguments[1]).is_subtype_of(tuple_type()))
    return raise(ErrorKind::kType, {"2nd arg must be a tuple"});
  if (!arguments[2].is_empty() && as_dict(arguments[2]) == nullptr)
    return raise(ErrorKind::kType, {"optional 3rd arg must be a dictionary"});
  return Status::kDone;
}

}  // namespace

Ref<> start_new_thread(const Value* arguments) noexcept {
  if (failed(check(arguments))) return kRaised;
  void* const room = allocate_buffer(sizeof(Errand));
  if (room == nullptr) return raise_memory_error();
  auto* const errand = new (room) Errand{
      Ref<>::of(arguments[0]), Ref<>::of(arguments[1]).cast<Tuple>(), Ref<>::of(arguments[2])};
  g_count.fetch_add(1U, kRelaxed);  // relaxed, all: a figure
  pthread_t thread = 0;
  if (spawn(*errand, thread)) return make_size(thread);
  g_count.fetch_sub(1U, kRelaxed);
  errand->~Errand();
  free_buffer(errand);
  return raise(ErrorKind::kRuntime, {"can't start new thread"});
}

Ref<> set_sentinel(const Value*) noexcept {
  release_sentinel();
  Ref<Lock> made = Lock::make();
  if (made) t_sentinel = made.share().release();
  return made;
}

Ref<> count(const Value*) noexcept { return make_size(g_count.load(kRelaxed)); }

Ref<> stack_size(const Value* arguments) noexcept {
  constexpr std::int64_t kLeast = 32 * 1024;
  std::int64_t wanted = 0;
  if (failed(read_integer(arguments[0], "ssize_t", wanted))) return kRaised;
  if (wanted < 0) return raise(ErrorKind::kValue, {"size must be 0 or a positive value"});
  if (wanted != 0 && wanted < kLeast) {
    const Ref<Str> text = print_int(arguments[0], 10);
    if (!text) return kRaised;
    return raise(ErrorKind::kValue, {"size not valid: ", Utf8Text(*text).view(), " bytes"});
  }
  return make_size(g_stack_size.exchange(static_cast<std::size_t>(wanted), kRelaxed));
}

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
