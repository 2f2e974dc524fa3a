#include "python/compiler/future.h"

#include "python/bytecode/code.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using namespace ast;  // NOLINT(google-build-using-namespace): this file walks the tree

struct Feature {
  std::string_view name;
  std::uint32_t flag;  // 0: it has been part of the language for so long that nothing asks
};
constexpr Feature kFeatures[] = {
    {"nested_scopes", 0},    {"generators", 0},
    {"division", 0},         {"absolute_import", 0},
    {"with_statement", 0},   {"print_function", 0},
    {"unicode_literals", 0}, {"barry_as_FLUFL", bytecode::kFutureBarryAsBdfl},
    {"generator_stop", 0},   {"annotations", bytecode::kFutureAnnotations},
};

bool take_feature(const Alias& alias, const Place& place, CompileContext& context,
                  Future& future) noexcept {
  for (const Feature& feature : kFeatures) {
    if (feature.name != alias.name) continue;
    future.flags |= feature.flag;
    return true;
  }
  const auto column = static_cast<std::int32_t>(place.column) + 1;
  if (alias.name == "braces") {
    context.error_at(place, column, "not a chance");
  } else {
    context.error_at(place, column,
                     context.arena().join({"future feature ", alias.name, " is not defined"}));
  }
  return false;
}

bool is_docstring(const Stmt& statement) noexcept {
  if (!is<ExprStmt>(&statement)) return false;
  const Expr* const value = as<ExprStmt>(&statement)->value;
  return is<Constant>(value) && as<Constant>(value)->value.kind == Literal::Kind::kStr;
}

}  // namespace

bool find_future(const Root& tree, CompileContext& context, Future& future) noexcept {
  if (!is<Module>(&tree) && !is<Interactive>(&tree)) return true;
  const Sequence<Stmt*>& body =
      is<Module>(&tree) ? as<Module>(&tree)->body : as<Interactive>(&tree)->body;
  for (std::uint32_t i = 0; i < body.size; ++i) {
    const Stmt& statement = *body[i];
    if (i == 0 && is_docstring(statement)) continue;
    if (!is<ImportFrom>(&statement)) return true;
    const auto& import = *as<ImportFrom>(&statement);
    if (import.module != "__future__") return true;
    for (std::uint32_t n = 0; n < import.names.size; ++n)
      if (!take_feature(*import.names[n], import.place, context, future)) return false;
    future.last = import.place;
  }
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
