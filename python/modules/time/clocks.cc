// Clocks, and sleeping.

#include <pthread.h>

#include <cerrno>
#include <cmath>

#include "memory/door/platform.h"
#include "objects/types/dict.h"
#include "objects/types/exception_os.h"
#include "objects/types/float.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/simple_namespace.h"
#include "objects/types/utf8_text.h"
#include "python/modules/numbers.h"
#include "python/modules/time/parts.h"
#include "runtime/parking.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN::time {
namespace {

// --- Reading. ---

[[nodiscard]] double seconds_of(const timespec& time) noexcept {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}
[[nodiscard]] Ref<> nanos_of(const timespec& time) noexcept {
  return make_int(std::int64_t{time.tv_sec} * kNanosPerSecond + time.tv_nsec);
}

[[nodiscard]] Status read_clock(clockid_t clock, timespec& time) noexcept {
  if (clock_gettime(clock, &time) == 0) return Status::kDone;
  return raise_os_error(errno, Ref<>());
}

template <clockid_t kClock>
Ref<> seconds(const Value*) noexcept {
  timespec time{};
  return failed(read_clock(kClock, time)) ? Ref<>() : make_float(seconds_of(time));
}
template <clockid_t kClock>
Ref<> nanos(const Value*) noexcept {
  timespec time{};
  return failed(read_clock(kClock, time)) ? Ref<>() : nanos_of(time);
}

[[nodiscard]] Status read_clock_id(Value value, clockid_t& clock) noexcept {
  std::int64_t number = 0;
  if (failed(read_index(value, number))) return kRaised;
  if (number != static_cast<clockid_t>(number))
    return raise(ErrorKind::kOverflow, {"signed integer is greater than maximum"});
  clock = static_cast<clockid_t>(number);
  return Status::kDone;
}

Ref<> get_time(const Value* arguments) noexcept {
  clockid_t clock = 0;
  timespec time{};
  if (failed(read_clock_id(arguments[0], clock)) || failed(read_clock(clock, time))) return kRaised;
  return make_float(seconds_of(time));
}
Ref<> get_time_ns(const Value* arguments) noexcept {
  clockid_t clock = 0;
  timespec time{};
  if (failed(read_clock_id(arguments[0], clock)) || failed(read_clock(clock, time))) return kRaised;
  return nanos_of(time);
}
Ref<> get_resolution(const Value* arguments) noexcept {
  clockid_t clock = 0;
  timespec time{};
  if (failed(read_clock_id(arguments[0], clock))) return kRaised;
  if (clock_getres(clock, &time) != 0) return raise_os_error(errno, Ref<>());
  return make_float(seconds_of(time));
}
Ref<> get_thread_clock(const Value* arguments) noexcept {
  std::int64_t thread = 0;
  if (failed(read_index(arguments[0], thread))) return kRaised;
  clockid_t clock = 0;
  const int error = pthread_getcpuclockid(static_cast<pthread_t>(thread), &clock);
  return error == 0 ? make_int(clock) : Ref<>(raise_os_error(error, Ref<>()));
}

// --- Spans. ---

enum class Rounding : std::uint8_t { kDown, kAwayFromZero };

Raised raise_too_large() noexcept {
  return raise(ErrorKind::kOverflow, {"timestamp too large to convert to C _PyTime_t"});
}

// Seconds, as a float or an int, in nanoseconds.
[[nodiscard]] Status read_nanos(Value value, Rounding rounding, std::int64_t& nanos) noexcept {
  if (is_float(value)) {
    const double seconds = as_float(value);
    if (std::isnan(seconds)) return raise(ErrorKind::kValue, {"Invalid value NaN (not a number)"});
    const double exact = seconds * 1e9;
    const bool goes_up = rounding == Rounding::kAwayFromZero && exact > 0;
    const double whole = goes_up ? std::ceil(exact) : std::floor(exact);
    if (!(whole >= -0x1p63 && whole < 0x1p63)) return raise_too_large();
    nanos = static_cast<std::int64_t>(whole);
    return Status::kDone;
  }
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  const Index whole = index_of(number.value());
  if (whole.kind == IndexKind::kTooLarge ||
      __builtin_mul_overflow(whole.number, kNanosPerSecond, &nanos))
    return raise_too_large();
  return Status::kDone;
}

// --- Setting. ---

[[nodiscard]] Ref<> set_clock(Value clock_value, std::int64_t nanos) noexcept {
  clockid_t clock = 0;
  if (failed(read_clock_id(clock_value, clock))) return kRaised;
  std::int64_t rest = nanos % kNanosPerSecond;
  if (rest < 0) rest += kNanosPerSecond;
  const timespec time{.tv_sec = (nanos - rest) / kNanosPerSecond, .tv_nsec = rest};
  if (clock_settime(clock, &time) != 0) return raise_os_error(errno, Ref<>());
  return Special::kNone;
}

Ref<> set_time(const Value* arguments) noexcept {
  std::int64_t nanos = 0;
  if (failed(read_nanos(arguments[1], Rounding::kDown, nanos))) return kRaised;
  return set_clock(arguments[0], nanos);
}
Ref<> set_time_ns(const Value* arguments) noexcept {
  std::int64_t nanos = 0;
  if (failed(read_index(arguments[1], nanos))) return kRaised;
  return set_clock(arguments[0], nanos);
}

// --- Sleeping. ---

// Who wants something of the thread that the language gives a meaning to, as a signal's handler,
// ends the sleep; it is done at a safepoint, and if that raises nothing the sleep goes on.
constexpr auto kInterrupts = ~(static_cast<std::uint32_t>(Breaker::kUpper) - 1);

[[nodiscard]] Status sleep_until(platform::Nanos deadline) noexcept {
  const char bed = 0;  // nobody else knows the address
  for (;;) {
    const Parked how = ParkingLot::park(
        &bed, [] { return true; }, Sleep{.deadline = deadline, .interrupts = kInterrupts});
    if (how != Parked::kInterrupted) return Status::kDone;
    safepoint();
    if (pending_kind() != ErrorKind::kNone) return kRaised;
    if (platform::now() >= deadline) return Status::kDone;
  }
}

Ref<> sleep(const Value* arguments) noexcept {
  std::int64_t nanos = 0;
  if (failed(read_nanos(arguments[0], Rounding::kAwayFromZero, nanos))) return kRaised;
  if (nanos < 0) return raise(ErrorKind::kValue, {"sleep length must be non-negative"});
  return none_or_raised(sleep_until(platform::deadline_in(nanos)));
}

// --- What is known of clocks. ---

struct ClockInfo {
  std::string_view name;
  clockid_t clock;
  std::string_view implementation;
  bool is_monotonic;
  bool is_adjustable;
};
constexpr ClockInfo kClockInfos[] = {
    {"time", CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", false, true},
    {"monotonic", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"perf_counter", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"process_time", CLOCK_PROCESS_CPUTIME_ID, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true,
     false},
    {"thread_time", CLOCK_THREAD_CPUTIME_ID, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false},
};

[[nodiscard]] Ref<> describe(const ClockInfo& info) noexcept {
  timespec resolution{};
  if (clock_getres(info.clock, &resolution) != 0) return raise_os_error(errno, Ref<>());
  Ref<Dict> names = Dict::make();
  const auto set = [&names](std::string_view name, Ref<> value) {
    const Ref<Str> key = intern(name);
    return key && value ? names->set(key.value(), std::move(value)) : Status{kRaised};
  };
  if (!names || failed(set("implementation", Str::of_utf8(info.implementation))) ||
      failed(set("monotonic", truth_value(info.is_monotonic))) ||
      failed(set("adjustable", truth_value(info.is_adjustable))) ||
      failed(set("resolution", make_float(seconds_of(resolution)))))
    return kRaised;
  return SimpleNamespace::make(*names);
}

Ref<> get_clock_info(const Value* arguments) noexcept {
  const Str* const name = as_str(arguments[0]);
  if (name == nullptr)
    return raise(ErrorKind::kType,
                 {"get_clock_info() argument 1 must be str, not ", type_of(arguments[0]).name()});
  const Utf8Text text(*name);
  for (const ClockInfo& info : kClockInfos)
    if (info.name == text.view()) return describe(info);
  return raise(ErrorKind::kValue, {"unknown clock"});
}

constexpr NativeSpec kFunctions[] = {
    {"time()", seconds<CLOCK_REALTIME>, "Return the current time in seconds since the Epoch."},
    {"time_ns()", nanos<CLOCK_REALTIME>, "Return the current time in nanoseconds since the Epoch."},
    {"monotonic()", seconds<CLOCK_MONOTONIC>, "Monotonic clock, cannot go backward."},
    {"monotonic_ns()", nanos<CLOCK_MONOTONIC>,
     "Monotonic clock, cannot go backward, as nanoseconds."},
    {"perf_counter()", seconds<CLOCK_MONOTONIC>, "Performance counter for benchmarking."},
    {"perf_counter_ns()", nanos<CLOCK_MONOTONIC>,
     "Performance counter for benchmarking as nanoseconds."},
    {"process_time()", seconds<CLOCK_PROCESS_CPUTIME_ID>,
     "Process time for profiling: sum of the kernel and user-space CPU time."},
    {"process_time_ns()", nanos<CLOCK_PROCESS_CPUTIME_ID>,
     "Process time for profiling as nanoseconds."},
    {"thread_time()", seconds<CLOCK_THREAD_CPUTIME_ID>,
     "Thread time for profiling: sum of the kernel and user-space CPU time."},
    {"thread_time_ns()", nanos<CLOCK_THREAD_CPUTIME_ID>,
     "Thread time for profiling as nanoseconds."},
    {"clock_gettime(clk_id, /)", get_time, "Return the time of the specified clock as a float."},
    {"clock_gettime_ns(clk_id, /)", get_time_ns,
     "Return the time of the specified clock as nanoseconds."},
    {"clock_getres(clk_id, /)", get_resolution,
     "Return the resolution (precision) of the specified clock."},
    {"clock_settime(clk_id, time, /)", set_time, "Set the time of the specified clock."},
    {"clock_settime_ns(clk_id, time, /)", set_time_ns,
     "Set the time of the specified clock with nanoseconds."},
    {"pthread_getcpuclockid(thread_id, /)", get_thread_clock,
     "Return the clk_id of a thread's CPU time clock."},
    {"get_clock_info(name, /)", get_clock_info, "Get information of the specified clock."},
    {"sleep(seconds, /)", sleep, "Delay execution for a given number of seconds."},
};

}  // namespace

std::span<const NativeSpec> clock_functions() noexcept { return kFunctions; }

Status add_clocks(Module& module) noexcept {
  constexpr struct {
    std::string_view name;
    clockid_t clock;
  } kClocks[] = {
      {"CLOCK_REALTIME", CLOCK_REALTIME},
      {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
      {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
      {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
      {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
      {"CLOCK_TAI", CLOCK_TAI},
  };
  for (const auto& each : kClocks)
    if (failed(add_int(module, each.name, each.clock))) return kRaised;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN::time
