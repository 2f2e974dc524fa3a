#include "python/compiler/compile.h"

#include "python/compiler/codegen.h"
#include "python/compiler/source.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

const bytecode::Code* compile(std::string_view bytes, const CompileOptions& options, Arena& arena,
                              Diagnostics& diagnostics) noexcept {
  Source source;
  if (!decode_source(bytes, arena, diagnostics, source)) return nullptr;
  const ast::Root* const tree = parse_text(source.text, options.parse, arena, diagnostics);
  if (tree == nullptr) return nullptr;
  return compile_tree(*tree, source.text, options, arena, diagnostics);
}

const bytecode::Code* compile_tree(const ast::Root& tree, std::string_view text,
                                   const CompileOptions& options, Arena& arena,
                                   Diagnostics& diagnostics) noexcept {
  CompileContext context(arena, diagnostics, text);
  Program program{context, options, {}, ast::is<ast::Interactive>(&tree)};
  program.future.flags = options.future_flags;
  if (!find_future(tree, context, program.future)) return nullptr;
  const bool strings = (program.future.flags & bytecode::kFutureAnnotations) != 0;
  Scope* const module = build_scopes(tree, {strings}, context);
  const bytecode::Code* code = nullptr;
  if (module != nullptr) code = CodeGenerator(program, *module, nullptr).module(tree);
  if (code == nullptr && !diagnostics.has_error()) context.out_of_memory();
  return diagnostics.has_error() ? nullptr : code;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
