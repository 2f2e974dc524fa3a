// ascii breakpoint format input print repr.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/format.h"
#include "objects/types/str_operations.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"
#include "python/modules/call_arguments.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"

namespace orochi::inline OROCHI_DESIGN::builtins {

Ref<> ascii(const Value* arguments) noexcept { return orochi::ascii(arguments[0]); }
Ref<> repr(const Value* arguments) noexcept { return orochi::repr(arguments[0]); }

Ref<> format(const Value* arguments) noexcept {
  const Str* const spec = as_str(arguments[1]);
  if (spec == nullptr)
    return raise(ErrorKind::kType,
                 {"format() argument 2 must be str, not ", type_name(arguments[1])});
  return orochi::format(arguments[0], *spec);
}

namespace {

constinit LateName g_breakpoint_hook("breakpointhook");
constinit LateName g_flush("flush");
constinit LateName g_readline("readline");
constinit LateName g_stderr("stderr");
constinit LateName g_stdin("stdin");
constinit LateName g_stdout("stdout");
constinit LateName g_write("write");

[[nodiscard]] Status call_name(Value object, LateName& late,
                               const Arguments& arguments = {}) noexcept {
  Str* const name = late.get();
  return name != nullptr && call_method(object, *name, arguments) ? Status::kDone : Status::kFailed;
}

[[nodiscard]] Status write(Value file, Value text) noexcept {
  return call_name(file, g_write, {&text, 1, nullptr});
}

// One of the standard streams. "lost sys.stdin": `prefix` stands before that.
[[nodiscard]] Ref<> stream(LateName& late, std::string_view prefix = {}) noexcept {
  Str* const name = late.get();
  Ref<> found;
  if (name == nullptr || failed(find_in_sys(*name, found))) return kRaised;
  if (!found) return raise(ErrorKind::kRuntime, {prefix, "lost sys.", name->ascii()});
  return found;
}

// --- print. ---

// Where the text goes: the argument, or sys.stdout. None: nowhere.
[[nodiscard]] Ref<> output_file(Value given) noexcept {
  return given.is_empty() || given.is_none() ? stream(g_stdout) : Ref<>::of(given);
}

// A text that an argument may replace.
[[nodiscard]] Status write_or(Value file, const Str* text, char standard) noexcept {
  if (text != nullptr) return write(file, Value(const_cast<Str*>(text)));
  const Ref<Str> one = Str::of_character(static_cast<text::CodePoint>(standard));
  return one ? write(file, one.value()) : Status::kFailed;
}

[[nodiscard]] Status write_shown(Value file, Value value) noexcept {
  const Ref<> text = str(value);
  return text ? write(file, text.value()) : Status::kFailed;
}

[[nodiscard]] Status write_all(Value file, const Tuple& values, const Str* separator) noexcept {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0 && failed(write_or(file, separator, ' '))) return kRaised;
    if (failed(write_shown(file, values[i]))) return kRaised;
  }
  return Status::kDone;
}

}  // namespace

// (*args, sep, end, file, flush)
Ref<> print(const Value* arguments) noexcept {
  Str* separator = nullptr;
  Str* end = nullptr;
  const Ref<> file = output_file(arguments[3]);
  if (!file) return kRaised;
  if (file.value().is_none()) return Special::kNone;
  if (failed(read_optional_str(arguments[1], "sep", separator)) ||
      failed(read_optional_str(arguments[2], "end", end)))
    return kRaised;
  const Tuple* const values = as_tuple(arguments[0]);
  if (values != nullptr && failed(write_all(file.value(), *values, separator))) return kRaised;
  if (failed(write_or(file.value(), end, '\n'))) return kRaised;
  const Truth flushes = truth(arguments[4]);
  if (failed(flushes)) return kRaised;
  if (flushes == Truth::kFalse) return Special::kNone;
  return none_or_raised(call_name(file.value(), g_flush));
}

// --- input. ---

namespace {

// A stream that cannot be flushed is as good as flushed.
void flush(Value file) noexcept {
  if (failed(call_name(file, g_flush))) clear_error();
}

[[nodiscard]] Status show_prompt(Value file, Value prompt) noexcept {
  if (!prompt.is_empty() && failed(write_shown(file, prompt))) return kRaised;
  flush(file);
  return Status::kDone;
}

// Without the newline behind it. Nothing at all is the end of the file.
[[nodiscard]] Ref<> line_of(Ref<> read) noexcept {
  Str* const line = as_str(read.value());
  if (line == nullptr) return raise(ErrorKind::kType, {"object.readline() returned non-string"});
  const std::size_t size = line->size();
  if (size == 0) return raise(ErrorKind::kEof, {"EOF when reading a line"});
  if (line->view()[size - 1] != U'\n') return read;
  return slice(*line, 0, size - 1);
}

}  // namespace

Ref<> input(const Value* arguments) noexcept {
  const Ref<> in = stream(g_stdin, "input(): ");
  const Ref<> out = in ? stream(g_stdout, "input(): ") : Ref<>();
  const Ref<> errors = out ? stream(g_stderr, "input(): ") : Ref<>();
  if (!errors) return kRaised;
  flush(errors.value());
  Str* const readline = g_readline.get();
  if (readline == nullptr || failed(show_prompt(out.value(), arguments[0]))) return kRaised;
  Ref<> line = call_method(in.value(), *readline);
  return line ? line_of(std::move(line)) : Ref<>();
}

// --- breakpoint. ---

Ref<> breakpoint(const Value* arguments) noexcept {
  const Ref<> hook = stream(g_breakpoint_hook);
  if (!hook) return kRaised;
  CallArguments passed;
  const Tuple* const values = as_tuple(arguments[0]);
  if (values != nullptr && failed(passed.add_all(*values))) return kRaised;
  if (!arguments[1].is_empty() && failed(passed.add_named(*as_dict(arguments[1])))) return kRaised;
  return call(hook.value(), passed.all());
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
