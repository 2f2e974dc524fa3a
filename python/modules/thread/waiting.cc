#include "python/modules/thread/waiting.h"

#include <cmath>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/float.h"
#include "python/modules/arguments.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {
namespace {

[[nodiscard]] Status read_seconds(Value timeout, double& seconds) noexcept {
  const Ref<> number = is_float(timeout) ? Ref<>::of(timeout) : integer_of(timeout);
  if (!number || failed(float_of(number.value(), seconds))) return kRaised;
  if (!std::isnan(seconds)) return Status::kDone;
  return raise(ErrorKind::kValue, {"Invalid value NaN (not a number)"});
}

}  // namespace

Status read_deadline(Value blocking, Value timeout, platform::Nanos& deadline) noexcept {
  const Truth blocks = truth(blocking);
  double seconds = 0;
  if (failed(blocks) || failed(read_seconds(timeout, seconds))) return kRaised;
  const bool has_timeout = seconds != -1;
  if (blocks == Truth::kFalse) {
    if (has_timeout)
      return raise(ErrorKind::kValue, {"can't specify a timeout for a non-blocking call"});
    deadline = 0;
    return Status::kDone;
  }
  if (has_timeout && seconds < 0)
    return raise(ErrorKind::kValue, {"timeout value must be positive"});
  if (seconds > 9.2e18)
    return raise(ErrorKind::kOverflow, {"timestamp out of range for platform time_t"});
  if (seconds > kLongestWait) return raise(ErrorKind::kOverflow, {"timeout value is too large"});
  constexpr auto kSecond = static_cast<double>(platform::kSecond);
  deadline = has_timeout
                 ? platform::deadline_in(static_cast<platform::Nanos>(std::ceil(seconds * kSecond)))
                 : platform::kNever;
  return Status::kDone;
}

Truth take(ByteLock& lock, platform::Nanos deadline) noexcept {
  if (deadline == 0) return truth_of(lock.try_lock());
  for (;;) {
    constexpr auto kSignal = static_cast<std::uint32_t>(Breaker::kUpper);
    const Locking answer = lock.lock({.deadline = deadline, .interrupts = kSignal});
    if (answer != Locking::kInterrupted) return truth_of(answer == Locking::kDone);
    safepoint();
    if (pending_kind() != ErrorKind::kNone) return kRaised;
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
