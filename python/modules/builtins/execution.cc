// compile eval exec, and what runs around the caller: globals locals, dir and vars of nothing.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/cell.h"
#include "objects/types/digits.h"
#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"
#include "python/modules/builtins/source_argument.h"
#include "python/vm/builtins.h"
#include "python/vm/execute.h"
#include "python/vm/frame_object.h"

namespace orochi::inline OROCHI_DESIGN::builtins {
namespace {

// --- Namespaces. ---

struct Namespaces {
  Ref<Dict> globals;
  Ref<> names;
};

[[nodiscard]] bool is_mapping(Value value) noexcept {
  return value.is_object() && type_of(value).block().protocols().get_item != nullptr;
}

// Those of the caller where none are given; names without globals of their own are looked up in
// the globals.
[[nodiscard]] Status find_namespaces(Value globals, Value names, Namespaces& found) noexcept {
  if (!globals.is_none()) {
    found.globals = Ref<Dict>::of(static_cast<Dict&>(*globals.object()));
    found.names = names.is_none() ? found.globals.share() : Ref<>::of(names);
    return Status::kDone;
  }
  found.globals = current_globals();
  if (!found.globals) return raise(ErrorKind::kSystem, {"globals and locals cannot be NULL"});
  found.names = names.is_none() ? current_locals() : Ref<>::of(names);
  return found.names ? Status::kDone : Status::kFailed;
}

// --- Running code. ---

[[nodiscard]] Ref<> run(CodeObject& code, const Namespaces& where, Ref<Tuple> cells) noexcept {
  Ref<Dict> builtins = builtins_for(*where.globals);
  if (!builtins) return kRaised;
  const Ref<Function> function = Function::make(Ref<CodeObject>::of(code), where.globals.share(),
                                                std::move(builtins), std::move(cells));
  return function ? run_body(*function, *where.names.value().object()) : Ref<>();
}

[[nodiscard]] Ref<CodeObject> compile_argument(Value source, std::string_view function,
                                               compiler::Mode mode) noexcept {
  SourceArgument text;
  if (failed(text.take(source, function, "string, bytes or code"))) return kRaised;
  compiler::CompileOptions options;
  options.parse.mode = mode;
  options.future_flags = inherited_flags();
  Ref<Str> file = Str::of_ascii("<string>");
  if (!file) return kRaised;
  return compile_source(mode == compiler::Mode::kEval ? text.without_indent() : text.view(),
                        std::move(file), options);
}

// The cells that exec() is given for the free variables of code.
[[nodiscard]] Status check_closure(const CodeObject& code, Value closure) noexcept {
  const std::size_t wanted = code.code().free_variables.size();
  if (closure.is_none()) {
    if (wanted == 0) return Status::kDone;
    return raise(ErrorKind::kType, {"code object passed to exec() may not contain free variables"});
  }
  if (wanted == 0) return raise(ErrorKind::kType, {"cannot use a closure with this code object"});
  const Tuple* const cells = as_exact_tuple(closure);
  bool fits = cells != nullptr && cells->size() == wanted;
  for (std::size_t i = 0; fits && i < wanted; ++i)
    fits = (*cells)[i].is_object() && &type_of((*cells)[i]) == &cell_type();
  if (fits) return Status::kDone;
  return raise(ErrorKind::kType,
               {"code object requires a closure of exactly length ", Digits(wanted).text()});
}

}  // namespace

Ref<> eval(const Value* arguments) noexcept {
  const Value globals = arguments[1];
  const Value names = arguments[2];
  if (!names.is_none() && !is_mapping(names))
    return raise(ErrorKind::kType, {"locals must be a mapping"});
  if (!globals.is_none() && as_dict(globals) == nullptr)
    return raise(ErrorKind::kType,
                 {is_mapping(globals) ? "globals must be a real dict; try eval(code, {}, mapping)"
                                      : "globals must be a dict"});
  Namespaces where;
  if (failed(find_namespaces(globals, names, where))) return kRaised;
  if (CodeObject* const code = as_code(arguments[0])) {
    if (code->code().free_variables.empty()) return run(*code, where, Ref<Tuple>());
    return raise(ErrorKind::kType, {"code object passed to eval() may not contain free variables"});
  }
  const Ref<CodeObject> code = compile_argument(arguments[0], "eval", compiler::Mode::kEval);
  return code ? run(*code, where, Ref<Tuple>()) : Ref<>();
}

Ref<> exec(const Value* arguments) noexcept {
  const Value globals = arguments[1];
  const Value names = arguments[2];
  const Value closure = arguments[3];
  if (!globals.is_none() && as_dict(globals) == nullptr)
    return raise(ErrorKind::kType, {"exec() globals must be a dict, not ", type_name(globals)});
  if (!names.is_none() && !is_mapping(names))
    return raise(ErrorKind::kType, {"locals must be a mapping or None, not ", type_name(names)});
  Namespaces where;
  if (failed(find_namespaces(globals, names, where))) return kRaised;
  CodeObject* const given = as_code(arguments[0]);
  if (given != nullptr && failed(check_closure(*given, closure))) return kRaised;
  if (given == nullptr && !closure.is_none())
    return raise(ErrorKind::kType, {"closure can only be used when source is a code object"});
  const Ref<CodeObject> code = given != nullptr
                                   ? Ref<CodeObject>::of(*given)
                                   : compile_argument(arguments[0], "exec", compiler::Mode::kExec);
  if (!code) return kRaised;
  Ref<Tuple> cells = closure.is_none() ? Ref<Tuple>() : Ref<>::of(closure).cast<Tuple>();
  return run(*code, where, std::move(cells)) ? Ref<>(Special::kNone) : Ref<>();
}

// --- Around the caller. ---

Ref<> globals(const Value*) noexcept {
  Ref<Dict> found = current_globals();
  return found ? Ref<>(std::move(found)) : Ref<>(Special::kNone);
}

Ref<> locals(const Value*) noexcept {
  Ref<> found = current_locals();
  if (found || pending_kind() != ErrorKind::kNone) return found;
  return raise(ErrorKind::kSystem, {"frame does not exist"});
}

Ref<> dir_of_caller() noexcept {
  const Ref<> names = locals(nullptr);
  Ref<List> sorted = names ? List::from(names.value()) : Ref<List>();
  if (!sorted || failed(sorted->sort(Value::kNone, List::Order::kRising))) return kRaised;
  return sorted;
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
