// What the system says of the machine, of itself, and of the environment.

#include <sched.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "objects/model/error.h"
#include "objects/types/dict.h"
#include "objects/types/float.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/io/path.h"
#include "python/modules/native_type.h"
#include "python/modules/posix/arguments.h"
#include "python/modules/posix/parts.h"
#include "python/modules/struct_sequence.h"

extern char** environ;

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

constexpr StructField kUnameFields[] = {
    {"sysname", "operating system name"},
    {"nodename", "name of machine on network (implementation-defined)"},
    {"release", "operating system release"},
    {"version", "operating system version"},
    {"machine", "hardware identifier"},
};
constexpr StructSequenceSpec kUnameSpec{.module = "posix",
                                        .name = "uname_result",
                                        .doc = "What the system says of itself.",
                                        .fields = kUnameFields,
                                        .shown = 5};
constexpr StructField kTimesFields[] = {
    {"user", "user time"},
    {"system", "system time"},
    {"children_user", "user time of children"},
    {"children_system", "system time of children"},
    {"elapsed", "elapsed time since an arbitrary point in the past"},
};
constexpr StructSequenceSpec kTimesSpec{.module = "posix",
                                        .name = "times_result",
                                        .doc = "How long the process has run.",
                                        .fields = kTimesFields,
                                        .shown = 5};
constexpr StructField kSizeFields[] = {
    {"columns", "width of the terminal window in characters"},
    {"lines", "height of the terminal window in characters"},
};
constexpr StructSequenceSpec kSizeSpec{.module = "os",
                                       .name = "terminal_size",
                                       .doc =
                                           "A tuple of (columns, lines) for holding terminal "
                                           "window size",
                                       .fields = kSizeFields,
                                       .shown = 2};

// Written by add_machine.
constinit Type* g_uname_result = nullptr;
constinit Type* g_times_result = nullptr;
constinit Type* g_terminal_size = nullptr;

Ref<> get_uname(const Value*) noexcept {
  utsname got{};
  const SystemResult result = call_blocking([&] { return ::uname(&got); });
  if (result.has_failed()) return raise_failed(result);
  std::array<Ref<>, 5> values{decode_path(got.sysname), decode_path(got.nodename),
                              decode_path(got.release), decode_path(got.version),
                              decode_path(got.machine)};
  return make_struct_sequence(*g_uname_result, values);
}

Ref<> get_times(const Value*) noexcept {
  tms got{};
  const clock_t elapsed = ::times(&got);
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  const auto seconds = [ticks](clock_t time) {
    return make_float(static_cast<double>(time) / ticks);
  };
  std::array values{seconds(got.tms_utime), seconds(got.tms_stime), seconds(got.tms_cutime),
                    seconds(got.tms_cstime), seconds(elapsed)};
  return make_struct_sequence(*g_times_result, values);
}

Ref<> get_terminal_size(const Value* arguments) noexcept {
  int file = STDOUT_FILENO;
  if (arguments[0] && failed(read_c_int(arguments[0], file))) return kRaised;
  winsize got{};
  const SystemResult result = call_blocking([&] { return ::ioctl(file, TIOCGWINSZ, &got); });
  if (result.has_failed()) return raise_failed(result);
  std::array values{make_int(got.ws_col), make_int(got.ws_row)};
  return make_struct_sequence(*g_terminal_size, values);
}

Ref<> cpu_count(const Value*) noexcept {
  const long count = ::sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? Ref<>(Special::kNone) : make_int(count);
}

Ref<> load_average(const Value*) noexcept {
  double loads[3];
  if (::getloadavg(loads, 3) != 3) return raise(ErrorKind::kOs, {"Load averages are unobtainable"});
  return Tuple::of(make_float(loads[0]), make_float(loads[1]), make_float(loads[2]));
}

Ref<> yield_processor(const Value*) noexcept {
  return none_of([] { return ::sched_yield(); });
}

Ref<> error_text(const Value* arguments) noexcept {
  int number = 0;
  if (failed(read_c_int(arguments[0], number))) return kRaised;
  if (const char* const text = strerrordesc_np(number)) return Str::of_ascii(text);
  StrBuilder text;
  text.add("Unknown error ");
  text.add_number(number);
  return text.finish();
}

Ref<> random_bytes(const Value* arguments) noexcept {
  std::int64_t size = 0;
  if (failed(read_number(arguments[0], size))) return kRaised;
  if (size < 0) return raise(ErrorKind::kValue, {"negative argument not allowed"});
  Ref<Bytes> room = Bytes::make_blank(static_cast<std::size_t>(size));
  if (!room) return kRaised;
  for (std::size_t done = 0; done < room->size();) {
    const SystemResult got =
        call_blocking([&] { return ::getrandom(room->writable() + done, room->size() - done, 0); });
    if (got.has_failed()) return raise_failed(got);
    done += static_cast<std::size_t>(got.value);
  }
  return room;
}

// --- Settings of the system. ---

struct Setting {
  std::string_view name;
  int number;
};
constexpr Setting kSettings[] = {
    {"SC_ARG_MAX", _SC_ARG_MAX},
    {"SC_CHILD_MAX", _SC_CHILD_MAX},
    {"SC_CLK_TCK", _SC_CLK_TCK},
    {"SC_GETPW_R_SIZE_MAX", _SC_GETPW_R_SIZE_MAX},
    {"SC_HOST_NAME_MAX", _SC_HOST_NAME_MAX},
    {"SC_IOV_MAX", _SC_IOV_MAX},
    {"SC_LINE_MAX", _SC_LINE_MAX},
    {"SC_LOGIN_NAME_MAX", _SC_LOGIN_NAME_MAX},
    {"SC_NGROUPS_MAX", _SC_NGROUPS_MAX},
    {"SC_NPROCESSORS_CONF", _SC_NPROCESSORS_CONF},
    {"SC_NPROCESSORS_ONLN", _SC_NPROCESSORS_ONLN},
    {"SC_OPEN_MAX", _SC_OPEN_MAX},
    {"SC_PAGESIZE", _SC_PAGESIZE},
    {"SC_PAGE_SIZE", _SC_PAGE_SIZE},
    {"SC_PHYS_PAGES", _SC_PHYS_PAGES},
    {"SC_AVPHYS_PAGES", _SC_AVPHYS_PAGES},
    {"SC_SEM_NSEMS_MAX", _SC_SEM_NSEMS_MAX},
    {"SC_SEM_VALUE_MAX", _SC_SEM_VALUE_MAX},
    {"SC_STREAM_MAX", _SC_STREAM_MAX},
    {"SC_SYMLOOP_MAX", _SC_SYMLOOP_MAX},
    {"SC_THREADS", _SC_THREADS},
    {"SC_TTY_NAME_MAX", _SC_TTY_NAME_MAX},
    {"SC_TZNAME_MAX", _SC_TZNAME_MAX},
    {"SC_VERSION", _SC_VERSION},
};

[[nodiscard]] Status read_setting(Value name, int& number) noexcept {
  const Str* const text = as_str(name);
  if (text == nullptr && !is_int(name))
    return raise(ErrorKind::kType, {"configuration names must be strings or integers"});
  if (text == nullptr) return read_c_int(name, number);
  const Utf8Text wanted(*text);
  for (const Setting& setting : kSettings) {
    if (setting.name != wanted.view()) continue;
    number = setting.number;
    return Status::kDone;
  }
  return raise(ErrorKind::kValue, {"unrecognized configuration name"});
}

Ref<> get_setting(const Value* arguments) noexcept {
  int name = 0;
  if (failed(read_setting(arguments[0], name))) return kRaised;
  errno = 0;
  const long value = ::sysconf(name);
  if (value == -1 && errno != 0) return raise_failed({.error = errno});
  return make_int(value);
}

// --- The environment. ---

[[nodiscard]] Status check_name(const Bytes& name) noexcept {
  const auto* const text = reinterpret_cast<const char*>(name.span().data());
  if (std::strchr(text, '=') == nullptr) return Status::kDone;
  return raise(ErrorKind::kValue, {"illegal environment variable name"});
}

Ref<> put_setting(const Value* arguments) noexcept {
  const Ref<Bytes> name = system_path_of(arguments[0]);
  const Ref<Bytes> value = name ? system_path_of(arguments[1]) : Ref<Bytes>();
  if (!value || failed(check_name(*name))) return kRaised;
  return none_of([&] {
    return ::setenv(reinterpret_cast<const char*>(name->span().data()),
                    reinterpret_cast<const char*>(value->span().data()), 1);
  });
}

Ref<> remove_setting(const Value* arguments) noexcept {
  const Ref<Bytes> name = system_path_of(arguments[0]);
  if (!name) return kRaised;
  return none_of([&] { return ::unsetenv(reinterpret_cast<const char*>(name->span().data())); });
}

// Of names that are there twice the first counts.
[[nodiscard]] Ref<Dict> environment() noexcept {
  Ref<Dict> all = Dict::make();
  for (char** each = ::environ; all && each != nullptr && *each != nullptr; ++each) {
    const std::string_view text = *each;
    const std::size_t end = text.find('=');
    if (end == std::string_view::npos) continue;
    const Ref<> name = path_result(text.substr(0, end), true);
    Ref<> value = path_result(text.substr(end + 1), true);
    if (!name || !value || !all->set_default(name.value(), std::move(value))) return kRaised;
  }
  return all;
}

[[nodiscard]] Ref<Dict> setting_names() noexcept {
  Ref<Dict> all = Dict::make();
  for (const Setting& setting : kSettings) {
    const Ref<Str> name = Str::of_ascii(setting.name);
    if (!all || !name || failed(all->set(name.value(), make_int(setting.number)))) return kRaised;
  }
  return all;
}

constexpr NativeSpec kFunctions[] = {
    {"uname()", get_uname, "Return an object identifying the current operating system."},
    {"times()", get_times, "Return a collection containing process timing information."},
    {"get_terminal_size(fd=<none>, /)", get_terminal_size,
     "Return the size of the terminal window as (columns, lines)."},
    {"cpu_count()", cpu_count, "Return the number of CPUs in the system; None if unknown."},
    {"getloadavg()", load_average, "The load over the last 1, 5, and 15 minutes."},
    {"sched_yield()", yield_processor, "Voluntarily relinquish the CPU."},
    {"strerror(code, /)", error_text, "Translate an error code to a message string."},
    {"urandom(size, /)", random_bytes, "Return random bytes suitable for cryptographic use."},
    {"sysconf(name, /)", get_setting, "Return an integer-valued system configuration variable."},
    {"putenv(name, value, /)", put_setting, "Change or add an environment variable."},
    {"unsetenv(name, /)", remove_setting, "Delete an environment variable."},
};

}  // namespace

Status add_machine(Module& module) noexcept {
  g_uname_result = make_struct_sequence_type(kUnameSpec);
  g_times_result = make_struct_sequence_type(kTimesSpec);
  g_terminal_size = make_struct_sequence_type(kSizeSpec);
  for (Type* const type : {g_uname_result, g_times_result, g_terminal_size})
    if (type == nullptr || failed(add_type(module, *type))) return kRaised;
  if (failed(add_value(module, "environ", environment())) ||
      failed(add_value(module, "sysconf_names", setting_names())))
    return kRaised;
  return add_functions(module, kFunctions);
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
