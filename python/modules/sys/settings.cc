// Functions of sys that read and change how the process runs.

#include <dlfcn.h>

#include <cmath>

#include "memory/atomic.h"
#include "objects/model/error.h"
#include "objects/types/constructors.h"
#include "objects/types/digit_limit.h"
#include "objects/types/digits.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "python/modules/arguments.h"
#include "python/modules/sys/functions.h"
#include "python/vm/machine.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// relaxed, wherever they are touched: numbers that order nothing.
constinit Atomic<int> g_dlopen_flags{RTLD_NOW};

}  // namespace

namespace sys {

// --- Recursion. ---

Ref<> getrecursionlimit(const Value*) noexcept { return make_int(MachineStack::limit()); }

Ref<> setrecursionlimit(const Value* arguments) noexcept {
  int limit = 0;
  if (failed(read_c_int(arguments[0], limit))) return kRaised;
  if (limit < 1)
    return raise(ErrorKind::kValue, {"recursion limit must be greater or equal than 1"});
  const Machine* const machine = Machine::mine();
  if (machine == nullptr) return kRaised;
  const std::uint32_t depth = machine->stack.depth();
  if (static_cast<std::uint32_t>(limit) <= depth)
    return raise(
        ErrorKind::kRecursion,
        {"cannot set the recursion limit to ", Digits(static_cast<std::size_t>(limit)).text(),
         " at the recursion depth ", Digits(depth).text(), ": the limit is too low"});
  MachineStack::set_limit(static_cast<std::uint32_t>(limit));
  return Special::kNone;
}

// --- Decimal texts of integers. ---

Ref<> get_int_max_str_digits(const Value*) noexcept { return make_size(digit_limit()); }

Ref<> set_int_max_str_digits(const Value* arguments) noexcept {
  int digits = 0;
  if (failed(read_c_int(arguments[0], digits))) return kRaised;
  if (digits != 0 && digits < static_cast<int>(kLeastDigitLimit))
    return raise(ErrorKind::kValue, {"maxdigits must be 0 or larger than 640"});
  set_digit_limit(static_cast<std::size_t>(digits));
  return Special::kNone;
}

// --- Turns of threads. ---

Ref<> getswitchinterval(const Value*) noexcept {
  return make_float(static_cast<double>(Gil::interval()) / 1e9);
}

Ref<> setswitchinterval(const Value* arguments) noexcept {
  if (!is_int(arguments[0]) && !is_float(arguments[0]))
    return raise(ErrorKind::kType, {"must be real number, not ", type_name(arguments[0])});
  const Ref<> seconds = to_float(arguments[0]);
  if (!seconds) return kRaised;
  const double span = as_float(seconds.value());
  if (!(span > 0)) return raise(ErrorKind::kValue, {"switch interval must be strictly positive"});
  constexpr double kLongest = 1e6;
  Gil::set_interval(static_cast<platform::Nanos>(std::fmin(span, kLongest) * 1e9));
  return Special::kNone;
}

Ref<> is_gil_enabled(const Value*) noexcept { return Value::of_bool(Gil::is_on()).as_special(); }

Ref<> is_finalizing(const Value*) noexcept {
  return Value::of_bool(Lifecycle::is_shutting_down()).as_special();
}

// --- Texts of the system. ---

Ref<> getdefaultencoding(const Value*) noexcept { return orochi::intern("utf-8"); }
Ref<> getfilesystemencoding(const Value*) noexcept { return orochi::intern("utf-8"); }
Ref<> getfilesystemencodeerrors(const Value*) noexcept { return orochi::intern("surrogateescape"); }

// --- Shared libraries. ---

Ref<> getdlopenflags(const Value*) noexcept { return make_int(g_dlopen_flags.load(kRelaxed)); }

Ref<> setdlopenflags(const Value* arguments) noexcept {
  int flags = 0;
  if (failed(read_c_int(arguments[0], flags))) return kRaised;
  g_dlopen_flags.store(flags, kRelaxed);
  return Special::kNone;
}

}  // namespace sys
}  // namespace orochi::inline OROCHI_DESIGN
