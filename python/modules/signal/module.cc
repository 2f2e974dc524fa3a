// _signal: signals, timers that end in one, and masks, for the library's signal module.

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstring>

#include "objects/model/error.h"
#include "objects/types/each_item.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/set.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/io/system_call.h"
#include "python/modules/native_type.h"
#include "python/modules/numbers.h"
#include "python/modules/signal/handlers.h"
#include "python/vm/interruption.h"

namespace orochi::inline OROCHI_DESIGN {
namespace signals {
namespace {

[[nodiscard]] Status read_number(Value value, int& number) noexcept {
  if (failed(read_c_int(value, number))) return kRaised;
  if (number >= 1 && number < kNumbers) return Status::kDone;
  return raise(ErrorKind::kValue, {"signal number out of range"});
}

// A signal to this thread has come by then.
[[nodiscard]] Ref<> done_unless_interrupted(int error) noexcept {
  if (error != 0) return raise_failed({.error = error});
  return none_or_raised(heed_interruptions());
}

// --- Handlers. ---

[[nodiscard]] Status check_handler(Value handler) noexcept {
  const bool is_known = handler == Value::of_int(0) || handler == Value::of_int(1);
  if (is_known || type_of(handler).block().protocols().call != nullptr) return Status::kDone;
  return raise(ErrorKind::kType, {"signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a "
                                  "callable object"});
}

Ref<> set(const Value* arguments) noexcept {
  int number = 0;
  if (failed(read_c_int(arguments[0], number))) return kRaised;
  if (!is_main_thread())
    return raise(ErrorKind::kValue, {"signal only works in main thread of the main interpreter"});
  if (failed(read_number(arguments[0], number)) || failed(check_handler(arguments[1])))
    return kRaised;
  return set_handler(number, arguments[1]);
}

Ref<> get(const Value* arguments) noexcept {
  int number = 0;
  return failed(read_number(arguments[0], number)) ? Ref<>() : handler_of(number);
}

Ref<> default_handler(const Value*) noexcept { return raise_interrupt(); }

Ref<> interrupt_calls(const Value* arguments) noexcept {
  int number = 0;
  int flag = 0;
  if (failed(read_number(arguments[0], number)) || failed(read_c_int(arguments[1], flag)))
    return kRaised;
  struct sigaction action {};
  if (::sigaction(number, nullptr, &action) != 0) return raise_failed({.error = errno});
  action.sa_flags = flag != 0 ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  return done_unless_interrupted(::sigaction(number, &action, nullptr) == 0 ? 0 : errno);
}

[[nodiscard]] Status check_wakeup_file(int file) noexcept {
  if (file == -1) return Status::kDone;
  const int flags = ::fcntl(file, F_GETFL);
  if (flags < 0) return raise_failed({.error = errno});
  if ((flags & O_NONBLOCK) != 0) return Status::kDone;
  const Ref<Str> number = print_int(Value::of_int(file), 10);
  if (!number) return kRaised;
  return raise(ErrorKind::kValue, {"the fd ", number->ascii(), " must be in non-blocking mode"});
}

Ref<> wake_up_by(const Value* arguments) noexcept {
  int file = -1;
  if (failed(read_c_int(arguments[0], file))) return kRaised;
  if (!is_main_thread())
    return raise(ErrorKind::kValue,
                 {"set_wakeup_fd only works in main thread of the main interpreter"});
  return failed(check_wakeup_file(file)) ? Ref<>() : make_int(set_wakeup_file(file));
}

// --- Sending and waiting. ---

Ref<> raise_it(const Value* arguments) noexcept {
  int number = 0;
  if (failed(read_c_int(arguments[0], number))) return kRaised;
  return done_unless_interrupted(std::raise(number) == 0 ? 0 : errno);
}

Ref<> wait_for_any(const Value*) noexcept {
  {
    Detached away;
    ::pause();
    if (away.end() != Attach::kDone) return kRaised;
  }
  return none_or_raised(heed_interruptions());
}

Ref<> name_of_signal(const Value* arguments) noexcept {
  int number = 0;
  if (failed(read_number(arguments[0], number))) return kRaised;
  const char* const text = ::strsignal(number);
  if (text == nullptr || std::strncmp(text, "Unknown signal", 14) == 0) return Special::kNone;
  return Str::of_utf8(text);
}

// --- Sets of signals. ---

[[nodiscard]] Status add_to_set(Value value, sigset_t& numbers) noexcept {
  int number = 0;
  if (failed(read_c_int(value, number))) return kRaised;
  if (number >= 1 && number < kNumbers) {
    ::sigaddset(&numbers, number);
    return Status::kDone;
  }
  const Ref<Str> text = print_int(Value::of_int(number), 10);
  if (!text) return kRaised;
  return raise(ErrorKind::kValue, {"signal number ", text->ascii(), " out of range [1; 64]"});
}

[[nodiscard]] Status read_set(Value iterable, sigset_t& numbers) noexcept {
  ::sigemptyset(&numbers);
  return for_each_item(iterable, [&](Value value) noexcept { return add_to_set(value, numbers); });
}

[[nodiscard]] Ref<> set_of(const sigset_t& numbers) noexcept {
  Ref<Set> result = Set::make(set_type());
  for (int number = 1; result && number < kNumbers; ++number)
    if (::sigismember(&numbers, number) == 1 && failed(result->add(Value::of_int(number))))
      return kRaised;
  return result;
}

Ref<> all_numbers(const Value*) noexcept {
  sigset_t numbers;
  ::sigfillset(&numbers);
  return set_of(numbers);
}

Ref<> change_mask(const Value* arguments) noexcept {
  int how = 0;
  sigset_t wanted;
  sigset_t before;
  if (failed(read_c_int(arguments[0], how)) || failed(read_set(arguments[1], wanted)))
    return kRaised;
  const int error = ::pthread_sigmask(how, &wanted, &before);
  return done_unless_interrupted(error) ? set_of(before) : Ref<>();
}

Ref<> pending(const Value*) noexcept {
  sigset_t numbers;
  return ::sigpending(&numbers) == 0 ? set_of(numbers) : Ref<>(raise_failed({.error = errno}));
}

Ref<> wait_for_one_of(const Value* arguments) noexcept {
  sigset_t wanted;
  if (failed(read_set(arguments[0], wanted))) return kRaised;
  int number = 0;
  const SystemResult result = call_blocking([&] {
    const int error = ::sigwait(&wanted, &number);
    errno = error;
    return error == 0 ? 0 : -1;
  });
  return result.has_failed() ? Ref<>(raise_failed(result)) : make_int(number);
}

// --- Timers. ---

Ref<> set_alarm(const Value* arguments) noexcept {
  int seconds = 0;
  if (failed(read_c_int(arguments[0], seconds))) return kRaised;
  return make_int(::alarm(static_cast<unsigned>(seconds)));
}

[[nodiscard]] Status read_time(Value value, timeval& time) noexcept {
  double seconds = 0;
  if (value.is_empty()) return Status::kDone;
  if (failed(read_double(value, seconds))) return kRaised;
  const double whole = std::floor(seconds);
  time.tv_sec = static_cast<time_t>(whole);
  time.tv_usec = static_cast<suseconds_t>(std::ceil((seconds - whole) * 1e6));
  if (time.tv_usec < 1'000'000) return Status::kDone;
  time.tv_usec -= 1'000'000;
  ++time.tv_sec;
  return Status::kDone;
}

[[nodiscard]] Ref<> seconds_of(const timeval& time) noexcept {
  return make_float(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6);
}
[[nodiscard]] Ref<> pair_of(const itimerval& timer) noexcept {
  return Tuple::of(seconds_of(timer.it_value), seconds_of(timer.it_interval));
}

Ref<> set_timer(const Value* arguments) noexcept {
  int which = 0;
  itimerval wanted{};
  itimerval before{};
  if (failed(read_c_int(arguments[0], which)) || failed(read_time(arguments[1], wanted.it_value)) ||
      failed(read_time(arguments[2], wanted.it_interval)))
    return kRaised;
  if (::setitimer(static_cast<__itimer_which_t>(which), &wanted, &before) != 0)
    return raise_failed({.error = errno});
  return pair_of(before);
}

Ref<> get_timer(const Value* arguments) noexcept {
  int which = 0;
  itimerval now{};
  if (failed(read_c_int(arguments[0], which))) return kRaised;
  if (::getitimer(static_cast<__itimer_which_t>(which), &now) != 0)
    return raise_failed({.error = errno});
  return pair_of(now);
}

// --- The module. ---

constexpr NativeSpec kFunctions[] = {
    {"signal(signalnum, handler, /)", set, "Set the action for the given signal."},
    {"getsignal(signalnum, /)", get, "Return the current action for the given signal."},
    {"default_int_handler(signalnum, frame, /)", default_handler,
     "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt."},
    {"siginterrupt(signalnum, flag, /)", interrupt_calls, "Change system call restart behaviour."},
    {"set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)", wake_up_by,
     "Sets the fd to be written to when a signal comes in; gives the one before."},
    {"raise_signal(signalnum, /)", raise_it, "Send a signal to the executing process."},
    {"pause()", wait_for_any, "Wait until a signal arrives."},
    {"strsignal(signalnum, /)", name_of_signal, "Return the system description of the signal."},
    {"valid_signals()", all_numbers, "Return a set of valid signal numbers on this platform."},
    {"pthread_sigmask(how, mask, /)", change_mask,
     "Fetch and/or change the signal mask of the calling thread."},
    {"sigpending()", pending, "The signals that wait for being let in."},
    {"sigwait(sigset, /)", wait_for_one_of, "Waits for one of the signals; gives its number."},
    {"alarm(seconds, /)", set_alarm, "Arrange for SIGALRM to arrive after some seconds."},
    {"setitimer(which, seconds, interval=<none>, /)", set_timer,
     "Sets a timer; gives what was left of it, and its interval."},
    {"getitimer(which, /)", get_timer, "What is left of a timer, and its interval."},
};

struct Constant {
  std::string_view name;
  int number;
};
constexpr Constant kConstants[] = {
    {"SIGABRT", SIGABRT},
    {"SIGALRM", SIGALRM},
    {"SIGBUS", SIGBUS},
    {"SIGCHLD", SIGCHLD},
    {"SIGCLD", SIGCHLD},
    {"SIGCONT", SIGCONT},
    {"SIGFPE", SIGFPE},
    {"SIGHUP", SIGHUP},
    {"SIGILL", SIGILL},
    {"SIGINT", SIGINT},
    {"SIGIO", SIGIO},
    {"SIGIOT", SIGIOT},
    {"SIGKILL", SIGKILL},
    {"SIGPIPE", SIGPIPE},
    {"SIGPOLL", SIGPOLL},
    {"SIGPROF", SIGPROF},
    {"SIGPWR", SIGPWR},
    {"SIGQUIT", SIGQUIT},
    {"SIGSEGV", SIGSEGV},
    {"SIGSTKFLT", SIGSTKFLT},
    {"SIGSTOP", SIGSTOP},
    {"SIGSYS", SIGSYS},
    {"SIGTERM", SIGTERM},
    {"SIGTRAP", SIGTRAP},
    {"SIGTSTP", SIGTSTP},
    {"SIGTTIN", SIGTTIN},
    {"SIGTTOU", SIGTTOU},
    {"SIGURG", SIGURG},
    {"SIGUSR1", SIGUSR1},
    {"SIGUSR2", SIGUSR2},
    {"SIGVTALRM", SIGVTALRM},
    {"SIGWINCH", SIGWINCH},
    {"SIGXCPU", SIGXCPU},
    {"SIGXFSZ", SIGXFSZ},
    {"SIG_DFL", 0},
    {"SIG_IGN", 1},
    {"SIG_BLOCK", SIG_BLOCK},
    {"SIG_UNBLOCK", SIG_UNBLOCK},
    {"SIG_SETMASK", SIG_SETMASK},
    {"ITIMER_REAL", ITIMER_REAL},
    {"ITIMER_VIRTUAL", ITIMER_VIRTUAL},
    {"ITIMER_PROF", ITIMER_PROF},
    {"NSIG", kNumbers},
};

Status complete(Module& module) noexcept {
  for (const Constant& constant : kConstants)
    if (failed(add_int(module, constant.name, constant.number))) return kRaised;
  // Which of the real-time signals are for programs is known when they run.
  if (failed(add_int(module, "SIGRTMIN", SIGRTMIN)) ||
      failed(add_int(module, "SIGRTMAX", SIGRTMAX)))
    return kRaised;
  return add_value(module, "ItimerError",
                   Ref<>::of(Value(&exception_type(BuiltinException::kOSError))));
}

}  // namespace
}  // namespace signals

extern constinit const NativeModule kSignalModule{"_signal", "Signals, and timers that end in one.",
                                                  signals::kFunctions, signals::complete};

}  // namespace orochi::inline OROCHI_DESIGN
