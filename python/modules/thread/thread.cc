// _thread: threads, locks and what belongs to one thread.

#include <unistd.h>

#include <csignal>

#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "python/modules/arguments.h"
#include "python/modules/thread/parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace thread_module;  // NOLINT(google-build-using-namespace): its own parts

Ref<> allocate_lock(const Value*) noexcept { return Lock::make(); }
Ref<> get_ident(const Value*) noexcept { return make_size(platform::this_thread()); }
Ref<> get_native_id(const Value*) noexcept { return make_int(gettid()); }

Ref<> exit_thread(const Value*) noexcept {
  return raise_any(Value(&exception_type(BuiltinException::kSystemExit)), Value());
}

// As if the signal had come.
Ref<> interrupt_main(const Value* arguments) noexcept {
  int number = 0;
  if (failed(read_c_int(arguments[0], number))) return kRaised;
  if (number < 1 || number >= NSIG) return raise(ErrorKind::kValue, {"signal number out of range"});
  std::raise(number);
  return Special::kNone;
}

constexpr NativeSpec kFunctions[] = {
    {"start_new_thread(function, args, kwargs=<none>, /)", start_new_thread,
     "Runs the function in a new thread; gives the thread's number."},
    {"start_new(function, args, kwargs=<none>, /)", start_new_thread},
    {"allocate_lock()", allocate_lock, "A new lock."},
    {"allocate()", allocate_lock},
    {"exit()", exit_thread, "Ends this thread: raises SystemExit."},
    {"exit_thread()", exit_thread},
    {"interrupt_main(signum=2, /)", interrupt_main, "As if the signal had come."},
    {"get_ident()", get_ident, "A number that no other living thread has."},
    {"get_native_id()", get_native_id, "The number by which the system knows this thread."},
    {"_count()", count, "How many threads there are that were started here."},
    {"stack_size(size=0, /)", stack_size, "Sets how much stack new threads get; gives the last."},
    {"_excepthook(args, /)", except_hook, "Shows an exception that has ended a thread."},
    {"_set_sentinel()", set_sentinel, "A lock that is let go of when this thread ends."},
};

Status complete(Module& module) noexcept {
  if (failed(add_lock(module)) || failed(add_recursive_lock(module)) || failed(add_local(module)) ||
      failed(add_except_hook(module)))
    return kRaised;
  Type& error = exception_type(BuiltinException::kRuntimeError);
  if (failed(add_value(module, "error", Ref<>::of(Value(&error))))) return kRaised;
  return add_float(module, "TIMEOUT_MAX", kLongestWait);
}

}  // namespace

extern constinit const NativeModule kThreadModule{"_thread", "Threads and locks.", kFunctions,
                                                  complete};

}  // namespace orochi::inline OROCHI_DESIGN
