#include "python/cli/exit_code.h"

#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "objects/types/traceback.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/show_traceback.h"

namespace orochi::inline OROCHI_DESIGN::cli {
namespace {

// None: 0. A number: that. Anything else is shown, and the code is 1.
[[nodiscard]] int code_of(Exception& exit) noexcept {
  const Ref<> code = exit.extra(extra::kExitCode);
  if (!code || code.value().is_none()) return 0;
  if (code.value().is_int()) return static_cast<int>(code.value().as_int() & 0xFF);
  if (code.value().is_bool()) return code.value().is(Special::kTrue) ? 1 : 0;
  Ref<> text = str(code.value());
  Ref<Str> newline = Str::of_ascii("\n");
  if (!text || !newline) {
    clear_error();
    return 1;
  }
  write_to_stderr(text.as<Str>());
  write_to_stderr(*newline);
  return 1;
}

// False: sys has no hook, or it raised.
[[nodiscard]] bool call_hook(Exception& exception) noexcept {
  const Ref<Str> name = intern("excepthook");
  Ref<> hook;
  if (!name || failed(find_in_sys(*name, hook)) || !hook) return false;
  const Ref<Traceback> traceback = exception.traceback();
  const Value arguments[] = {Value(&type_of(exception)), Value(&exception),
                             traceback ? traceback.value() : Value::kNone};
  return static_cast<bool>(call(hook.value(), {arguments, 3}));
}

}  // namespace

int exit_code_of_pending() noexcept {
  const Ref<Exception> exception = take_exception();
  if (type_of(*exception).is_subtype_of(exception_type(BuiltinException::kSystemExit)))
    return code_of(*exception);
  if (!call_hook(*exception)) {
    clear_error();
    show_traceback(*exception);
  }
  const bool interrupted =
      type_of(*exception).is_subtype_of(exception_type(BuiltinException::kKeyboardInterrupt));
  return interrupted ? 130 : 1;
}

}  // namespace orochi::inline OROCHI_DESIGN::cli
