#include "python/vm/execute.h"

#include "objects/model/operations.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/int.h"
#include "python/vm/builtins.h"
#include "python/vm/constants.h"
#include "python/vm/frame_object.h"
#include "python/vm/generator.h"
#include "python/vm/super_call.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- What the compiler complains about. ---

[[nodiscard]] BuiltinException exception_for(compiler::ErrorKind kind) noexcept {
  switch (kind) {
    case compiler::ErrorKind::kIndentation:
      return BuiltinException::kIndentationError;
    case compiler::ErrorKind::kTab:
      return BuiltinException::kTabError;
    case compiler::ErrorKind::kMemory:
      return BuiltinException::kMemoryError;
    case compiler::ErrorKind::kRecursion:
      return BuiltinException::kRecursionError;
    case compiler::ErrorKind::kValue:
      return BuiltinException::kValueError;
    case compiler::ErrorKind::kOverflow:
      return BuiltinException::kOverflowError;
    case compiler::ErrorKind::kNone:
    case compiler::ErrorKind::kSyntax:
      break;
  }
  return BuiltinException::kSyntaxError;
}

[[nodiscard]] Ref<> number_or_none(std::int32_t number) noexcept {
  return number < 0 ? Ref<>(Special::kNone) : make_int(number);
}

// (file, line, column, text, end line, end column)
[[nodiscard]] Ref<Tuple> place_of(const compiler::Diagnostic& error, Str& file) noexcept {
  Ref<> text = error.text.empty() ? Ref<>(Special::kNone) : Ref<>(str_of_source(error.text));
  if (!text) return kRaised;
  return Tuple::of(Ref<Str>::of(file), number_or_none(error.line), number_or_none(error.column),
                   std::move(text), number_or_none(error.end_line),
                   number_or_none(error.end_column));
}

Raised raise_error(const compiler::Diagnostic& error, Str& file) noexcept {
  if (error.kind == compiler::ErrorKind::kMemory && error.message.empty())
    return raise_memory_error();
  const BuiltinException which = exception_for(error.kind);
  Type& type = exception_type(which);
  const Ref<Str> message = str_of_source(error.message);
  if (!message) return kRaised;
  const bool has_place =
      type.is_subtype_of(exception_type(BuiltinException::kSyntaxError)) && error.line != 0;
  const Ref<Tuple> place = has_place ? place_of(error, file) : Ref<Tuple>();
  if (has_place && !place) return kRaised;
  const Value arguments[] = {message.value(), place.get() == nullptr ? Value() : place.value()};
  const Ref<> made = call(Value(&type), {arguments, has_place ? 2U : 1U});
  if (!made) return kRaised;
  return raise_any(made.value(), Value());
}

}  // namespace

Ref<CodeObject> compile_source(std::string_view bytes, Ref<Str> file,
                               const compiler::CompileOptions& options) noexcept {
  Ref<CodeMemory> memory = CodeMemory::make();
  if (!memory) return kRaised;
  compiler::Diagnostics diagnostics;
  const bytecode::Code* const code =
      compiler::compile(bytes, options, memory->arena(), diagnostics);
  if (code == nullptr) return raise_error(diagnostics.error(), *file);
  return CodeObject::make(*code, std::move(memory), std::move(file));
}

Ref<> execute(CodeObject& code, Dict& globals, Object& names) noexcept {
  Ref<Dict> builtins = builtins_for(globals);
  if (!builtins) return kRaised;
  const Ref<Function> function = Function::make(Ref<CodeObject>::of(code), Ref<Dict>::of(globals),
                                                std::move(builtins), Ref<Tuple>());
  return function ? run_body(*function, names) : Ref<>();
}

// --- Around the caller. ---

Frame* current_frame(std::size_t depth) noexcept {
  const auto* const machine = static_cast<Machine*>(ThreadRecord::mine().language);
  Frame* frame = machine == nullptr ? nullptr : machine->frame;
  for (; frame != nullptr && depth > 0; --depth) frame = frame->caller;
  return frame;
}

Ref<Dict> current_globals() noexcept {
  const Frame* const frame = current_frame();
  return frame == nullptr ? Ref<Dict>() : Ref<Dict>::of(frame->function->globals());
}

Ref<> current_locals() noexcept {
  Frame* const frame = current_frame();
  if (frame == nullptr) return {};
  const Ref<FrameObject> object = frame_object_of(*frame);
  return object ? object->locals() : Ref<>();
}

// --- Start. ---

Status start_machine() noexcept {
  for (const auto step : {make_code_type, make_function_type, make_frame_type, make_generator_types,
                          make_super_calls})
    if (failed(step())) return kRaised;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
