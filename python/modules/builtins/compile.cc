// compile.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"
#include "python/modules/builtins/source_argument.h"
#include "python/vm/execute.h"

namespace orochi::inline OROCHI_DESIGN::builtins {
namespace {

// Those that programs may pass: what the compiler is asked for, and features of __future__.
constexpr int kDedentIsNotImplied = 0x200;
constexpr int kOnlyTree = 0x400;
constexpr int kTypeComments = 0x1000;
constexpr int kTopLevelAwait = 0x2000;
constexpr int kIncompleteInput = 0x4000;
constexpr int kFutures = 0x1FE0000;
constexpr int kNested = 0x10;  // of old; says nothing
constexpr int kKnown = kDedentIsNotImplied | kOnlyTree | kTypeComments | kTopLevelAwait |
                       kIncompleteInput | kFutures | kNested;

[[nodiscard]] Status read_mode(Value value, bool only_tree, compiler::Mode& mode) noexcept {
  const Str* const text = as_str(value);
  if (text == nullptr)
    return raise(ErrorKind::kType,
                 {"compile() argument 'mode' must be str, not ", type_name(value)});
  const Utf8Text name(*text);
  mode = compiler::Mode::kExec;
  if (name.view() == "exec") return Status::kDone;
  mode = name.view() == "eval" ? compiler::Mode::kEval : compiler::Mode::kSingle;
  if (name.view() == "eval" || name.view() == "single") return Status::kDone;
  if (only_tree)
    return raise(ErrorKind::kValue,
                 {"compile() mode must be 'exec', 'eval', 'single' or 'func_type'"});
  if (name.view() == "func_type")
    return raise(ErrorKind::kValue, {"compile() mode 'func_type' requires flag PyCF_ONLY_AST"});
  return raise(ErrorKind::kValue, {"compile() mode must be 'exec', 'eval' or 'single'"});
}

[[nodiscard]] Status read_flags(Value value, Value dont_inherit, int& flags) noexcept {
  if (failed(read_c_int(value, flags))) return kRaised;
  if ((flags & ~kKnown) != 0) return raise(ErrorKind::kValue, {"compile(): unrecognised flags"});
  const Truth alone = truth(dont_inherit);
  if (failed(alone)) return kRaised;
  if (alone == Truth::kFalse) flags |= static_cast<int>(inherited_flags());
  return Status::kDone;
}

[[nodiscard]] Status read_optimize(Value value, int& optimize) noexcept {
  if (failed(read_c_int(value, optimize))) return kRaised;
  if (optimize < -1 || optimize > 2)
    return raise(ErrorKind::kValue, {"compile(): invalid optimize value"});
  if (optimize == -1) optimize = 0;
  return Status::kDone;
}

}  // namespace

// (source, filename, mode, flags, dont_inherit, optimize, _feature_version)
Ref<> compile(const Value* arguments) noexcept {
  compiler::CompileOptions options;
  int flags = 0;
  Ref<Str> file = file_name_of(arguments[1]);
  if (!file || failed(read_flags(arguments[3], arguments[4], flags)) ||
      failed(read_optimize(arguments[5], options.optimize)) ||
      failed(read_mode(arguments[2], (flags & kOnlyTree) != 0, options.parse.mode)))
    return kRaised;
  SourceArgument source;
  if (failed(source.take(arguments[0], "compile", "string, bytes or AST"))) return kRaised;
  if ((flags & kOnlyTree) != 0)
    return raise(ErrorKind::kNotImplemented, {"compile() does not make trees of ast"});
  options.future_flags = static_cast<std::uint32_t>(flags & kFutures);
  options.top_level_await = (flags & kTopLevelAwait) != 0;
  const bool is_expression = options.parse.mode == compiler::Mode::kEval;
  return compile_source(is_expression ? source.without_indent() : source.view(), std::move(file),
                        options);
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
