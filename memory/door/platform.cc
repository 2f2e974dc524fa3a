#include "memory/door/platform.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <ctime>

namespace orochi::inline OROCHI_DESIGN::platform {
namespace {

timespec to_timespec(Nanos nanos) noexcept {
  timespec result{};
  result.tv_sec = static_cast<time_t>(nanos / kSecond);
  result.tv_nsec = static_cast<long>(nanos % kSecond);
  return result;
}

// The kernel's struct sched_attr as it first was. Its own header and the C library's both define
// sched_param, so they cannot be included together.
struct ScheduleAttributes {
  std::uint32_t size = sizeof(ScheduleAttributes);
  std::uint32_t policy = 0;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0;  // under the ordinary policy: the length of a slice, in nanoseconds
  std::uint64_t deadline = 0;
  std::uint64_t period = 0;
};
static_assert(sizeof(ScheduleAttributes) == 48, "the kernel knows it by its size");

bool read_schedule(ScheduleAttributes& attributes) noexcept {
  return syscall(SYS_sched_getattr, 0, &attributes, sizeof(attributes), 0) == 0;
}

void futex_wake(const SysAtomic<std::uint32_t>& word, int count) noexcept {
  syscall(SYS_futex, word.address(), FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

}  // namespace

Nanos now() noexcept {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<Nanos>(time.tv_sec) * kSecond + time.tv_nsec;
}

Nanos deadline_in(Nanos span) noexcept {
  const Nanos start = now();
  if (span <= 0) return start;
  return span >= kNever - start ? kNever : start + span;
}

Wait futex_wait(const SysAtomic<std::uint32_t>& word, std::uint32_t expected,
                Nanos deadline) noexcept {
  // The bitset form takes an absolute time, so an interrupted wait needs no arithmetic.
  timespec until{};
  if (deadline != kNever) until = to_timespec(deadline < 0 ? 0 : deadline);
  const long failed =
      syscall(SYS_futex, word.address(), FUTEX_WAIT_BITSET_PRIVATE, expected,
              deadline == kNever ? nullptr : &until, nullptr, FUTEX_BITSET_MATCH_ANY);
  return failed != 0 && errno == ETIMEDOUT ? Wait::kTimedOut : Wait::kWoken;
}

void futex_wake_one(const SysAtomic<std::uint32_t>& word) noexcept { futex_wake(word, 1); }

void futex_wake_all(const SysAtomic<std::uint32_t>& word) noexcept { futex_wake(word, INT_MAX); }

void yield() noexcept { sched_yield(); }

ThreadToken this_thread() noexcept {
  static thread_local constinit char place = 0;
  return reinterpret_cast<ThreadToken>(&place);
}

void sleep_for(Nanos span) noexcept {
  const timespec until = to_timespec(deadline_in(span));
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

bool ask_for_time_slice(Nanos slice) noexcept {
  const auto wanted = static_cast<std::uint64_t>(slice);
  ScheduleAttributes attributes;
  if (!read_schedule(attributes) || attributes.policy != SCHED_OTHER) return false;
  attributes.runtime = wanted;
  if (syscall(SYS_sched_setattr, 0, &attributes, 0) != 0) return false;
  // Older kernels take the wish and forget it.
  return read_schedule(attributes) && attributes.runtime == wanted;
}

}  // namespace orochi::inline OROCHI_DESIGN::platform
