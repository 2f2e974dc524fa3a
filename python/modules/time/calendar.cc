// Points in time as dates: struct_time, gmtime, localtime, mktime.

#include <array>
#include <cerrno>
#include <cmath>

#include "objects/types/exception_os.h"
#include "objects/types/float.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "python/modules/numbers.h"
#include "python/modules/struct_sequence.h"
#include "python/modules/time/parts.h"

namespace orochi::inline OROCHI_DESIGN::time {
namespace {

constexpr std::size_t kShown = 9;
constexpr StructField kFields[] = {
    {"tm_year", "year, for example, 1993"},
    {"tm_mon", "month of year, range [1, 12]"},
    {"tm_mday", "day of month, range [1, 31]"},
    {"tm_hour", "hours, range [0, 23]"},
    {"tm_min", "minutes, range [0, 59]"},
    {"tm_sec", "seconds, range [0, 61])"},
    {"tm_wday", "day of week, range [0, 6], Monday is 0"},
    {"tm_yday", "day of year, range [1, 366]"},
    {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
    {"tm_zone", "abbreviation of timezone name"},
    {"tm_gmtoff", "offset from UTC in seconds"},
};
constexpr StructSequenceSpec kSpec{
    .module = "time",
    .name = "struct_time",
    .doc = "The time value as returned by gmtime(), localtime(), and strptime().",
    .fields = kFields,
    .shown = kShown};

constinit Type* g_struct_time = nullptr;  // written by add_calendar

// Days of the week begin with Monday, months and days of the year with 1.
[[nodiscard]] Ref<> make_struct_time(const std::tm& parts) noexcept {
  const std::int64_t numbers[kShown] = {std::int64_t{parts.tm_year} + 1900,
                                        parts.tm_mon + 1,
                                        parts.tm_mday,
                                        parts.tm_hour,
                                        parts.tm_min,
                                        parts.tm_sec,
                                        (parts.tm_wday + 6) % 7,
                                        parts.tm_yday + 1,
                                        parts.tm_isdst};
  std::array<Ref<>, std::size(kFields)> values;
  for (std::size_t i = 0; i < kShown; ++i) values[i] = make_int(numbers[i]);
  values[kShown] = Str::of_utf8(parts.tm_zone == nullptr ? "" : parts.tm_zone);
  values[kShown + 1] = make_int(parts.tm_gmtoff);
  return make_struct_sequence(*g_struct_time, values);
}

Raised raise_out_of_range() noexcept {
  return raise(ErrorKind::kOverflow, {"timestamp out of range for platform time_t"});
}

[[nodiscard]] Status to_utc(time_t seconds, std::tm& parts) noexcept {
  errno = 0;
  if (gmtime_r(&seconds, &parts) != nullptr) return Status::kDone;
  return raise_os_error(errno == 0 ? EINVAL : errno, Ref<>());
}

using Convert = Status (*)(time_t, std::tm&) noexcept;
template <Convert kConvert>
Ref<> convert(const Value* arguments) noexcept {
  time_t seconds = 0;
  std::tm parts{};
  if (failed(read_seconds(arguments[0], seconds)) || failed(kConvert(seconds, parts)))
    return kRaised;
  return make_struct_time(parts);
}

Ref<> make_time(const Value* arguments) noexcept {
  std::tm parts{};
  if (failed(read_time_tuple(arguments[0], "mktime", parts))) return kRaised;
  parts.tm_wday = -1;  // what stays so was not converted
  const time_t seconds = mktime(&parts);
  if (seconds == -1 && parts.tm_wday == -1)
    return raise(ErrorKind::kOverflow, {"mktime argument out of range"});
  return make_float(static_cast<double>(seconds));
}

[[nodiscard]] Status read_part(Value value, int& part) noexcept {
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  const Index index = index_of(number.value());
  if (index.kind == IndexKind::kTooLarge || index.number > INT32_MAX || index.number < INT32_MIN) {
    return raise(ErrorKind::kOverflow, {index.number > 0 ? "signed integer is greater than maximum"
                                                         : "signed integer is less than minimum"});
  }
  part = static_cast<int>(index.number);
  return Status::kDone;
}

// --- The zone. ---

// Of the day in the middle of winter, and of that in the middle of summer.
[[nodiscard]] Status add_zone(Module& module) noexcept {
  tzset();
  constexpr time_t kYear = (365 * 24 + 6) * 3600;
  const time_t winter = (::time(nullptr) / kYear) * kYear;
  std::tm january{};
  std::tm july{};
  if (failed(to_local(winter, january)) || failed(to_local(winter + kYear / 2, july)))
    return kRaised;
  const bool is_northern = -january.tm_gmtoff >= -july.tm_gmtoff;
  const std::tm& standard = is_northern ? january : july;
  const std::tm& summer = is_northern ? july : january;
  if (failed(add_int(module, "timezone", -standard.tm_gmtoff)) ||
      failed(add_int(module, "altzone", -summer.tm_gmtoff)) ||
      failed(add_int(module, "daylight", january.tm_gmtoff != july.tm_gmtoff ? 1 : 0)))
    return kRaised;
  return add_value(module, "tzname",
                   whole_tuple(Str::of_utf8(standard.tm_zone), Str::of_utf8(summer.tm_zone)));
}

constinit Module* g_module = nullptr;  // lives for ever; written by add_calendar

Ref<> set_zone(const Value*) noexcept { return none_or_raised(add_zone(*g_module)); }

constexpr NativeSpec kFunctions[] = {
    {"gmtime(seconds=None, /)", convert<to_utc>,
     "Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a. GMT)."},
    {"localtime(seconds=None, /)", convert<to_local>,
     "Convert seconds since the Epoch to a time tuple expressing local time."},
    {"mktime(tuple, /)", make_time,
     "Convert a time tuple in local time to seconds since the Epoch."},
    {"tzset()", set_zone, "Initialize, or reinitialize, the local timezone."},
};

}  // namespace

Status read_seconds(Value value, time_t& seconds) noexcept {
  if (value.is_empty() || value.is_none()) {
    seconds = ::time(nullptr);
    return Status::kDone;
  }
  if (is_float(value)) {
    const double whole = std::floor(as_float(value));
    if (std::isnan(whole)) return raise(ErrorKind::kValue, {"Invalid value NaN (not a number)"});
    if (!(whole >= -0x1p63 && whole < 0x1p63)) return raise_out_of_range();
    seconds = static_cast<time_t>(whole);
    return Status::kDone;
  }
  const Ref<> number = to_index(value);
  if (!number) return kRaised;
  const Index index = index_of(number.value());
  if (index.kind == IndexKind::kTooLarge) return raise_out_of_range();
  seconds = index.number;
  return Status::kDone;
}

Status to_local(time_t seconds, std::tm& parts) noexcept {
  errno = 0;
  if (localtime_r(&seconds, &parts) != nullptr) return Status::kDone;
  return raise_os_error(errno == 0 ? EINVAL : errno, Ref<>());
}

Status read_time_tuple(Value value, std::string_view function, std::tm& parts) noexcept {
  const Tuple* const tuple = as_tuple(value);
  if (tuple == nullptr) return raise(ErrorKind::kType, {"Tuple or struct_time argument required"});
  if (tuple->size() != kShown)
    return raise(ErrorKind::kType, {function, "(): illegal time tuple argument"});
  int* const fields[kShown] = {&parts.tm_year, &parts.tm_mon,  &parts.tm_mday,
                               &parts.tm_hour, &parts.tm_min,  &parts.tm_sec,
                               &parts.tm_wday, &parts.tm_yday, &parts.tm_isdst};
  for (std::size_t i = 0; i < kShown; ++i)
    if (failed(read_part((*tuple)[i], *fields[i]))) return kRaised;
  if (__builtin_sub_overflow(parts.tm_year, 1900, &parts.tm_year))
    return raise(ErrorKind::kOverflow, {"year out of range"});
  --parts.tm_mon;
  parts.tm_wday = (parts.tm_wday + 1) % 7;
  --parts.tm_yday;
  return Status::kDone;
}

Status check_parts(std::tm& parts) noexcept {
  const auto refuse = [](std::string_view what) {
    return Status{raise(ErrorKind::kValue, {what, " out of range"})};
  };
  if (parts.tm_mon == -1) parts.tm_mon = 0;
  if (parts.tm_mon < 0 || parts.tm_mon > 11) return refuse("month");
  if (parts.tm_mday == 0) parts.tm_mday = 1;
  if (parts.tm_mday < 0 || parts.tm_mday > 31) return refuse("day of month");
  if (parts.tm_hour < 0 || parts.tm_hour > 23) return refuse("hour");
  if (parts.tm_min < 0 || parts.tm_min > 59) return refuse("minute");
  if (parts.tm_sec < 0 || parts.tm_sec > 61) return refuse("seconds");
  if (parts.tm_wday < 0) return refuse("day of week");
  if (parts.tm_yday == -1) parts.tm_yday = 0;
  if (parts.tm_yday < 0 || parts.tm_yday > 365) return refuse("day of year");
  return Status::kDone;
}

std::span<const NativeSpec> calendar_functions() noexcept { return kFunctions; }

Status add_calendar(Module& module) noexcept {
  g_struct_time = make_struct_sequence_type(kSpec);
  if (g_struct_time == nullptr || failed(add_type(module, *g_struct_time))) return kRaised;
  module.count().immortalise();
  g_module = &module;
  if (failed(add_int(module, "_STRUCT_TM_ITEMS", std::size(kFields)))) return kRaised;
  return add_zone(module);
}

}  // namespace orochi::inline OROCHI_DESIGN::time
