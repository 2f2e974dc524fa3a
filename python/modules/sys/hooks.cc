// displayhook excepthook unraisablehook.

#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/unraisable.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_raise.h"
#include "objects/types/str_builder.h"
#include "objects/types/traceback.h"
#include "objects/types/tuple.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/show_traceback.h"
#include "python/modules/struct_sequence.h"
#include "python/modules/sys/functions.h"

namespace orochi::inline OROCHI_DESIGN::sys {
namespace {

constinit LateName g_stdout("stdout");
constinit LateName g_underscore("_");
constinit LateName g_unraisable_hook("unraisablehook");
constinit LateName g_write("write");

// --- displayhook. ---

[[nodiscard]] Status write_line(Value text) noexcept {
  Str* const name = g_stdout.get();
  Str* const write = g_write.get();
  Ref<> out;
  if (name == nullptr || write == nullptr || failed(find_in_sys(*name, out))) return kRaised;
  if (!out || out.value().is_none()) return raise(ErrorKind::kRuntime, {"lost sys.stdout"});
  const Ref<Str> newline = Str::of_character('\n');
  const Value end = newline.value();
  return newline && call_method(out.value(), *write, {&text, 1, nullptr}) &&
                 call_method(out.value(), *write, {&end, 1, nullptr})
             ? Status::kDone
             : Status::kFailed;
}

}  // namespace

Ref<> displayhook(const Value* arguments) noexcept {
  const Value value = arguments[0];
  if (value.is_none()) return Special::kNone;
  Str* const last = g_underscore.get();
  // Not this value while it is being shown: its repr may ask for the last one.
  if (last == nullptr || failed(python_builtins().set(*last, Special::kNone))) return kRaised;
  const Ref<> text = orochi::repr(value);
  if (!text || failed(write_line(text.value()))) return kRaised;
  return none_or_raised(python_builtins().set(*last, Ref<>::of(value)));
}

// --- excepthook. ---

// (exctype, value, traceback): what is shown is the value, with the traceback if it has none.
Ref<> excepthook(const Value* arguments) noexcept {
  Exception* const exception = as_exception(arguments[1]);
  if (exception == nullptr) {
    const Ref<Str> text = str_of({"TypeError: print_exception(): Exception expected for value, ",
                                  type_name(arguments[1]), " found\n"});
    if (text) write_to_stderr(*text);
    clear_error();
    return Special::kNone;
  }
  Traceback* const traceback = as_traceback(arguments[2]);
  if (traceback != nullptr && !exception->traceback())
    exception->set_traceback(Ref<Traceback>::of(*traceback));
  show_traceback(*exception);
  return Special::kNone;
}

// --- unraisablehook. ---

namespace {

constexpr StructField kUnraisableFields[] = {
    {"exc_type", "The type of the exception."},   {"exc_value", "The exception, or None."},
    {"exc_traceback", "Its traceback, or None."}, {"err_msg", "What is to be said of it, or None."},
    {"object", "What has raised it, or None."},
};
constexpr StructSequenceSpec kUnraisable{.module = "sys",
                                         .name = "UnraisableHookArgs",
                                         .doc = "What sys.unraisablehook is told.",
                                         .fields = kUnraisableFields,
                                         .shown = std::size(kUnraisableFields)};

constinit Type* g_unraisable_type = nullptr;  // written by start_hooks

// "Exception ignored in: <repr>", or with a message of its own.
[[nodiscard]] Status add_heading(StrBuilder& out, Value message, Value object) noexcept {
  const Str* const text = as_str(message);
  if (text == nullptr && object.is_none()) return Status::kDone;
  if (text != nullptr)
    out.add(*text);
  else
    out.add("Exception ignored in");
  out.add(": ");
  if (!object.is_none() && failed(out.add_repr(object))) {
    clear_error();
    out.add("<object repr() failed>");
  }
  out.add("\n");
  return Status::kDone;
}

void show_unraisable(const Tuple& args) noexcept {
  StrBuilder out;
  if (failed(add_heading(out, args[3], args[4]))) return clear_error();
  Exception* const exception = as_exception(args[1]);
  const Ref<Str> trace = exception == nullptr ? Ref<Str>() : traceback_text(*exception);
  if (trace) out.add(*trace);
  const Ref<Str> text = out.finish();
  if (text) write_to_stderr(*text);
  clear_error();
}

[[nodiscard]] Ref<> unraisable_args(Ref<Exception> exception, Value where) noexcept {
  Ref<Traceback> traceback = exception->traceback();
  std::array<Ref<>, std::size(kUnraisableFields)> values{
      Ref<>::of(Value(&type_of(*exception))), Ref<>(),
      traceback ? Ref<>(std::move(traceback)) : Ref<>(Special::kNone), Special::kNone,
      where.is_empty() ? Ref<>(Special::kNone) : Ref<>::of(where)};
  values[1] = std::move(exception);
  return make_struct_sequence(*g_unraisable_type, values);
}

// As the runtime reports it: to whatever sys.unraisablehook is.
void report(Error error, Value where) noexcept {
  const Ref<> args = unraisable_args(exception_of(std::move(error)), where);
  Str* const name = g_unraisable_hook.get();
  Ref<> hook;
  if (!args || name == nullptr || failed(find_in_sys(*name, hook))) return clear_error();
  const Value passed = args.value();
  if (hook && !hook.value().is_none() && call(hook.value(), {&passed, 1, nullptr})) return;
  clear_error();
  show_unraisable(args.as<Tuple>());
}

}  // namespace

Status start_hooks() noexcept {
  g_unraisable_type = make_struct_sequence_type(kUnraisable);
  if (g_unraisable_type == nullptr) return kRaised;
  set_unraisable_hook(report);
  return Status::kDone;
}

Ref<> unraisablehook(const Value* arguments) noexcept {
  if (!arguments[0].is_object() || &type_of(arguments[0]) != g_unraisable_type)
    return raise(ErrorKind::kType, {"sys.unraisablehook argument type must be UnraisableHookArgs"});
  show_unraisable(static_cast<const Tuple&>(*arguments[0].object()));
  return Special::kNone;
}

}  // namespace orochi::inline OROCHI_DESIGN::sys
