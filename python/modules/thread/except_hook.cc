// _thread._excepthook: what happens to an exception that ends a thread: it is shown, with the
// thread's name.

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/traceback.h"
#include "objects/types/utf8_text.h"
#include "python/modules/native_type.h"
#include "python/modules/show_traceback.h"
#include "python/modules/struct_sequence.h"
#include "python/modules/thread/parts.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {
namespace {

constinit Type* g_arguments = nullptr;  // written by add_except_hook

constexpr StructField kFields[] = {
    {"exc_type", "The class of the exception."},
    {"exc_value", "The exception; None: it was not made."},
    {"exc_traceback", "Where it came from, or None."},
    {"thread", "The thread that it has ended, or None."},
};
constexpr StructSequenceSpec kArguments{
    .module = "_thread",
    .name = "_ExceptHookArgs",
    .doc = "What threading.excepthook is called with.",
    .fields = kFields,
    .shown = 4,
};

// "Exception in thread NAME:"; of a thread without a name, its number.
[[nodiscard]] Ref<Str> heading(Value thread) noexcept {
  const Ref<Str> name = intern("name");
  Ref<> own;
  if (!name || (!thread.is_none() && failed(find_attribute(thread, *name, own)))) return kRaised;
  if (!own) own = make_size(platform::this_thread());
  const Ref<> text = own ? str(own.value()) : Ref<>();
  if (!text) return kRaised;
  return str_of({"Exception in thread ", Utf8Text(text.as<Str>()).view(), ":\n"});
}

}  // namespace

Ref<> except_hook(const Value* arguments) noexcept {
  if (&type_of(arguments[0]) != g_arguments)
    return raise(ErrorKind::kType, {"_thread.excepthook argument type must be ExceptHookArgs"});
  const auto& given = object_of<Tuple>(arguments[0]);
  if (given[0] == Value(&exception_type(BuiltinException::kSystemExit))) return Special::kNone;
  const Ref<Str> text = heading(given[3]);
  if (!text) return kRaised;
  write_to_stderr(*text);
  Exception* const exception = as_exception(given[1]);
  if (exception == nullptr) return Special::kNone;
  const Ref<Str> traceback = traceback_text(*exception);
  if (!traceback) return kRaised;
  write_to_stderr(*traceback);
  return Special::kNone;
}

Status add_except_hook(Module& module) noexcept {
  g_arguments = make_struct_sequence_type(kArguments);
  if (g_arguments == nullptr) return kRaised;
  return add_value(module, "_ExceptHookArgs", Ref<>::of(Value(g_arguments)));
}

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
