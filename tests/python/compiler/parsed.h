// tests/python/compiler/parsed.h: a program, parsed, for tests.
#pragma once

#include <string>
#include <string_view>

#include "python/compiler/ast_dump.h"
#include "python/compiler/parse.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class Parsed {
 public:
  explicit Parsed(std::string_view program, const ParseOptions& options = {})
      : tree_(parse(program, options, arena_, diagnostics_)) {}

  [[nodiscard]] bool whole() const { return tree_ != nullptr; }
  [[nodiscard]] const ast::Root* tree() const { return tree_; }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }
  [[nodiscard]] const Arena& arena() const { return arena_; }

  [[nodiscard]] std::string dump() const {
    if (!whole()) return error();
    std::string text;
    const bool had_memory = ast::dump(*tree_, [&text](std::string_view piece) { text += piece; });
    return had_memory ? text : "no memory";
  }
  // class|line|column|end line|end column|message
  [[nodiscard]] std::string error() const {
    const Diagnostic& error = diagnostics_.error();
    std::string text(name_of(error.kind));
    for (const int number : {error.line, error.column, error.end_line, error.end_column})
      text += "|" + std::to_string(number);
    return text + "|" + std::string(error.message);
  }

 private:
  Arena arena_;
  Diagnostics diagnostics_;
  ast::Root* tree_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
