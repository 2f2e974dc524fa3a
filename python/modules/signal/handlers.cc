#include "python/modules/signal/handlers.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "memory/door/sys_atomic.h"
#include "objects/model/operations.h"
#include "objects/types/exception_os.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/native_function.h"
#include "python/modules/io/system_call.h"
#include "python/vm/execute.h"
#include "python/vm/frame_object.h"
#include "python/vm/interruption.h"

namespace orochi::inline OROCHI_DESIGN::signals {
namespace {

constexpr std::int64_t kDefault = 0;
constexpr std::int64_t kIgnored = 1;

// By number; written by `start`, lives for ever.
constinit List* g_handlers = nullptr;

constinit std::array<SysAtomic<bool>, kNumbers> g_noted{};
constinit SysAtomic<int> g_wakeup_file{-1};

// --- In the system's hands: nothing here takes a lock or touches an object. ---

void on_signal(int number) {
  const int error = errno;
  g_noted[static_cast<std::size_t>(number)].store(true, kRelease);  // H1
  interrupt();
  const int file = g_wakeup_file.load(kRelaxed);  // relaxed: a number, and nothing hangs on it
  if (file >= 0) {
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = ::write(file, &byte, 1);
  }
  errno = error;
}

[[nodiscard]] bool install(int number, void (*function)(int)) noexcept {
  struct sigaction action {};
  action.sa_handler = function;
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  return ::sigaction(number, &action, nullptr) == 0;
}

// --- In the main thread. ---

[[nodiscard]] Ref<> current_frame_object() noexcept {
  Frame* const frame = current_frame(0);
  return frame == nullptr ? Ref<>(Special::kNone) : Ref<>(frame_object_of(*frame));
}

[[nodiscard]] Status run_handler(int number) noexcept {
  const Ref<> handler = handler_of(number);
  if (handler.value().is_none() || is_int(handler.value())) return Status::kDone;
  const Ref<> frame = current_frame_object();
  if (!frame) return kRaised;
  const std::array values{Value::of_int(number), frame.value()};
  return call(handler.value(), {values.data(), values.size()}) ? Status::kDone : Status::kFailed;
}

// After a failure the rest waits for the next look.
Status run_handlers() noexcept {
  for (int number = 1; number < kNumbers; ++number) {
    auto& noted = g_noted[static_cast<std::size_t>(number)];
    if (!noted.exchange(false, kAcqRel)) continue;  // H1
    if (!failed(run_handler(number))) continue;
    interrupt();
    return kRaised;
  }
  return Status::kDone;
}

// --- What there is at the start. ---

[[nodiscard]] Ref<> inherited(int number) noexcept {
  struct sigaction action {};
  if (::sigaction(number, nullptr, &action) != 0) return Special::kNone;
  if (action.sa_handler == SIG_DFL) return make_int(kDefault);
  if (action.sa_handler == SIG_IGN) return make_int(kIgnored);
  return Special::kNone;
}

Ref<> default_interrupt(const Value*) noexcept { return raise_interrupt(); }

constexpr NativeSpec kDefaultInterrupt{
    "default_int_handler(signalnum, frame, /)", default_interrupt,
    "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt."};

[[nodiscard]] Status catch_interrupts() noexcept {
  const Ref<> now = handler_of(SIGINT);
  if (now.value() != Value::of_int(kDefault)) return Status::kDone;
  const Ref<> function = make_native_function(kDefaultInterrupt, "_signal");
  return function && set_handler(SIGINT, function.value()) ? Status::kDone : Status::kFailed;
}

}  // namespace

Raised raise_interrupt() noexcept {
  return raise_exception(
      call_exception_type(exception_type(BuiltinException::kKeyboardInterrupt), {}));
}

Status start() noexcept {
  static_cast<void>(install(SIGPIPE, SIG_IGN));
  static_cast<void>(install(SIGXFSZ, SIG_IGN));
  Ref<List> handlers = List::make();
  for (int number = 0; handlers && number < kNumbers; ++number)
    if (failed(handlers->append(inherited(number)))) return kRaised;
  if (!handlers) return kRaised;
  handlers->count().immortalise();
  handlers->mark_shared();
  g_handlers = handlers.release();
  start_interruptions(run_handlers);
  set_signal_hook(heed_interruptions);
  return catch_interrupts();
}

Ref<> handler_of(int number) noexcept {
  Ref<> handler;
  return g_handlers->get(number, handler) ? std::move(handler) : Ref<>(Special::kNone);
}

Ref<> set_handler(int number, Value handler) noexcept {
  void (*function)(int) = on_signal;
  if (handler == Value::of_int(kDefault)) function = SIG_DFL;
  if (handler == Value::of_int(kIgnored)) function = SIG_IGN;
  // Those that came before are for the one before.
  if (failed(heed_interruptions())) return kRaised;
  if (!install(number, function)) return raise_os_error(errno, {});
  Ref<> before = handler_of(number);
  static_cast<void>(g_handlers->set(number, Ref<>::of(handler)));
  return before;
}

int set_wakeup_file(int file) noexcept { return g_wakeup_file.exchange(file, kAcqRel); }

}  // namespace orochi::inline OROCHI_DESIGN::signals
