// Imports.
#include "python/compiler/codegen.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

void CodeGenerator::import_module(Register to, std::uint32_t level, const bytecode::Constant& names,
                                  Identifier module) noexcept {
  const Temps temps(*this);
  const Register window = push_many(2);
  load_int(window, level);
  load_constant(static_cast<Register>(window + 1), names);
  emit(Opcode::kImportModule, to, window, assembler_.short_name(mangled(module)));
}

void CodeGenerator::typed(const Import& node) noexcept {
  for (std::uint32_t i = 0; i < node.names.size && !stopped(); ++i) {
    const Temps temps(*this);
    import_one(*node.names[i]);
  }
}

// `import a.b` binds a; `import a.b as c` binds b.
void CodeGenerator::import_one(const Alias& alias) noexcept {
  const Register module = push();
  import_module(module, 0, {}, alias.name);
  std::size_t dot = alias.name.find('.');
  if (alias.asname.empty()) return store_name(alias.name.substr(0, dot), module);
  while (dot != Identifier::npos) {
    const std::size_t next = alias.name.find('.', dot + 1);
    const Identifier part = alias.name.substr(dot + 1, next - dot - 1);
    emit(Opcode::kImportFrom, module, module, assembler_.short_name(mangled(part)));
    dot = next;
  }
  store_name(alias.asname, module);
}

bool CodeGenerator::future_import_is_late(const ast::ImportFrom& node) const noexcept {
  if (node.module != "__future__") return false;
  const Place& last = program_.future.last;
  return node.place.line > last.line ||
         (node.place.line == last.line && node.place.column > last.column);
}

void CodeGenerator::typed(const ast::ImportFrom& node) noexcept {
  if (future_import_is_late(node))
    return error("from __future__ imports must occur at the beginning of the file");
  GrowingArray<Identifier> names;
  for (std::uint32_t i = 0; i < node.names.size; ++i)
    if (!names.push(node.names[i]->name)) context_.out_of_memory();
  const Register module = push();
  import_module(module, static_cast<std::uint32_t>(node.level), names_constant(names), node.module);
  for (std::uint32_t i = 0; i < node.names.size && !stopped(); ++i) {
    const Alias& alias = *node.names[i];
    if (alias.name == "*") return emit(Opcode::kImportStar, module);
    const Temps temps(*this);
    const Register value = push();
    emit(Opcode::kImportFrom, value, module, assembler_.short_name(mangled(alias.name)));
    store_name(alias.asname.empty() ? alias.name : alias.asname, value);
  }
  drop(module);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
